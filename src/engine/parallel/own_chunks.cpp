#include "engine/parallel/own_chunks.hpp"

#include <algorithm>
#include <exception>
#include <map>
#include <vector>

#include "core/thread_pool.hpp"
#include "engine/facts/io_stats.hpp"
#include "engine/parallel/own_elements.hpp"
#include "engine/parallel/thread_share.hpp"
#include "engine/store/chunk_encoding.hpp"
#include "engine/write/chunk_writer.hpp"
#include "hdf5/api/h5d.hpp"
#include "parallel/communicator.hpp"
#include "selection/grid.hpp"

namespace hyperslab::engine {
namespace {

namespace h5d = hdf5::h5d;

// Bytes that a process encodes before it tells the others.
constexpr std::uint64_t kBatchBytes = 32U << 20;
constexpr std::size_t kMaxBatch = 1024;

/// What a process tells of a chunk.
struct Made {
    std::uint64_t number = 0;
    std::uint64_t size = 0;
    std::uint64_t mask = 0;
    std::uint64_t rank = 0;
};
constexpr std::size_t kTold = 3;  // numbers: all but the rank

/// A round, as a process has its part in it.
class Round {
public:
    Round(const OwnChunks& chunks, std::size_t first, std::size_t count)
        : chunks_(chunks), first_(first), bytes_(count) {}

    void encode(const ChunkWriter& writer) {
        core::parallel_for(bytes_.size(), [&](std::size_t i) {
            writer.make(first_ + i, std::nullopt, bytes_[i]);
        });
    }

    // What could not be made is not written, and nobody is told of it.
    void forget() { bytes_.clear(); }

    std::vector<std::uint64_t> told() const {
        std::vector<std::uint64_t> numbers;
        for (std::size_t i = 0; i < bytes_.size(); ++i) {
            numbers.push_back(chunks_.parts.number(first_ + i));
            numbers.push_back(bytes_[i].bytes.size());
            numbers.push_back(bytes_[i].skipped);
        }
        return numbers;
    }

    // Both are sorted by number.
    void write(const storage::FileWriter& file, const std::vector<h5d::IndexedChunk>& placed) {
        std::size_t i = 0;
        for (const h5d::IndexedChunk& chunk : placed) {
            while (chunks_.parts.number(first_ + i) != chunk.number) {
                ++i;
            }
            file.write(chunk.address, bytes_[i].bytes);
        }
    }

private:
    const OwnChunks& chunks_;
    std::size_t first_;
    std::vector<StoredBytes> bytes_;
};

// The chunks of all processes, by number. Where several write the same one, the last of them does.
std::map<std::uint64_t, Made> by_number(const std::vector<std::vector<std::uint64_t>>& told) {
    std::map<std::uint64_t, Made> chunks;
    for (std::size_t rank = 0; rank < told.size(); ++rank) {
        for (std::size_t i = 0; i + kTold <= told[rank].size(); i += kTold) {
            const std::uint64_t* const numbers = told[rank].data() + i;
            chunks[numbers[0]] = {numbers[0], numbers[1], numbers[2], rank};
        }
    }
    return chunks;
}

// Where chunks lie now. One pass over the index: libhdf5 makes one for each chunk that it is asked
// for by its coordinates.
template <class Wanted>
std::vector<h5d::IndexedChunk> placed_chunks(OpenDataset& dataset, Wanted&& is_wanted) {
    std::vector<h5d::IndexedChunk> chunks =
        h5d::stored_chunks(dataset.id(), dataset.extent()->dims, dataset.creation().chunk);
    std::erase_if(chunks, [&](const h5d::IndexedChunk& chunk) { return !is_wanted(chunk); });
    return chunks;
}

}  // namespace

std::uint64_t OwnChunks::batch() const {
    return std::clamp<std::size_t>(
        kBatchBytes / std::max<std::size_t>(storage->facts().chunk_bytes, 1), 1, kMaxBatch);
}

void OwnChunks::write(const Request& request, const void* memory, std::uint64_t rounds) const {
    OpenDataset& dataset = request.dataset;
    const hdf5::ParallelAccess access = storage->access(dataset);
    const parallel::Communicator processes(access.communicator);
    const auto mine = static_cast<std::uint64_t>(processes.rank());
    const ThreadShare share(access.processes_here);
    ChunkEncoding& encoding = storage->encoding(dataset);
    const ChunkWriter writer({storage->facts(), encoding.filters(), parts, encoding.fill_value()},
                             {*conversion, static_cast<const std::byte*>(memory)});
    std::exception_ptr failure;
    const auto attempt = [&failure](const auto& action) {
        try {
            action();
        } catch (...) {
            failure = failure ? failure : std::current_exception();
        }
    };
    if (encoding.wants_tuning(parts.size() * storage->facts().chunk_bytes)) {
        attempt([&] { encoding.tune(writer.elements(parts.size() / 2)); });
    }
    const selection::Grid grid(dataset.extent()->dims, storage->facts().chunk);
    for (std::uint64_t round = 0; round < rounds; ++round) {
        const std::size_t first = std::min<std::size_t>(round * batch(), parts.size());
        Round part(*this, first, std::min<std::size_t>(batch(), parts.size() - first));
        attempt([&] {
            try {
                part.encode(writer);
            } catch (...) {
                part.forget();
                throw;
            }
        });
        const auto chunks = by_number(processes.gather(part.told()));
        for (const auto& [number, made] : chunks) {
            const auto mask = static_cast<unsigned>(made.mask);
            h5d::place_chunk(dataset.id(), grid.offset(number), mask, made.size);
        }
        attempt([&] {
            const auto is_mine = [&](const h5d::IndexedChunk& chunk) {
                const auto found = chunks.find(chunk.number);
                return found != chunks.end() && found->second.rank == mine;
            };
            part.write(*file, placed_chunks(dataset, is_mine));
        });
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

std::optional<OwnChunks> plan_own_chunks(const Request& request) {
    OpenDataset& dataset = request.dataset;
    ParallelStorage& storage = dataset.stored_in_parallel();
    const StorageFacts& facts = storage.facts();
    if (facts.refusal != Refusal::none || facts.heap || !facts.pipeline ||
        facts.cut_chunks_are_raw || !h5d::can_place_chunks()) {
        return std::nullopt;
    }
    auto file = writer_past_mpi(request);
    auto conversion = file == nullptr ? nullptr : whole_conversion(request);
    const filter::EncodePipeline& filters = storage.encoding(dataset).filters();
    if (conversion == nullptr || !filters.refusal().empty() ||
        (filters.may_skip() && !h5d::keeps_filter_masks())) {
        return std::nullopt;
    }
    OwnChunks chunks{&storage,
                     std::move(file),
                     std::move(conversion),
                     selection::ChunkedSelection(request.selection, facts.chunk)};
    for (std::size_t i = 0; i < chunks.parts.size(); ++i) {
        if (!chunks.parts.is_covered(i)) {
            return std::nullopt;
        }
    }
    return chunks;
}

}  // namespace hyperslab::engine
