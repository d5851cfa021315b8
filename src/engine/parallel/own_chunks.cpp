#include "engine/parallel/own_chunks.hpp"

#include <algorithm>
#include <exception>
#include <functional>
#include <map>
#include <vector>

#include "core/checked.hpp"
#include "core/thread_pool.hpp"
#include "engine/parallel/chunk_shares.hpp"
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
    Round(const OwnChunks& chunks, const Turn& turn)
        : chunks_(chunks), turn_(turn), before_(turn.made.size()), bytes_(turn.made.size()) {}

    // What chunks hold of which nobody writes all.
    void read_before(const storage::File& file, const std::vector<h5d::IndexedChunk>& stored) {
        for (std::size_t i = 0; i < bytes_.size(); ++i) {
            const auto found = std::ranges::lower_bound(
                stored, number(i), std::less<>(), &h5d::IndexedChunk::number);
            if (turn_.made[i].needs_before && found != stored.end() && found->number == number(i)) {
                StoredBytes before{std::vector<std::byte>(core::checked_size(found->size)),
                                   found->filter_mask};
                file.read(found->address, before.bytes);
                before_[i] = std::move(before);
            }
        }
    }

    void encode(const ChunkWriter& writer, const Pieces& pieces) {
        core::parallel_for(bytes_.size(), [&](std::size_t i) {
            const auto found = pieces.find(number(i));
            ChunkWriter::Amend amend;
            if (found != pieces.end()) {
                amend = [&](std::span<std::byte> chunk) {
                    for (const std::span<const std::byte> piece : found->second) {
                        put_piece(piece, chunks_.conversion->to_size(), chunk);
                    }
                };
            }
            writer.make(turn_.made[i].part, before_[i], bytes_[i], amend);
        });
    }

    // What could not be made is not written, and nobody is told of it.
    void forget() { bytes_.clear(); }

    std::vector<std::uint64_t> told() const {
        std::vector<std::uint64_t> numbers;
        for (std::size_t i = 0; i < bytes_.size(); ++i) {
            numbers.push_back(number(i));
            numbers.push_back(bytes_[i].bytes.size());
            numbers.push_back(bytes_[i].skipped);
        }
        return numbers;
    }

    /// \param addresses  by number, of the chunks that this process writes
    void write(const storage::FileWriter& file,
               const std::map<std::uint64_t, std::uint64_t>& addresses) {
        for (std::size_t i = 0; i < bytes_.size(); ++i) {
            if (const auto found = addresses.find(number(i)); found != addresses.end()) {
                file.write(found->second, bytes_[i].bytes);
            }
        }
    }

private:
    std::uint64_t number(std::size_t i) const { return chunks_.parts.number(turn_.made[i].part); }

    const OwnChunks& chunks_;
    const Turn& turn_;
    std::vector<std::optional<StoredBytes>> before_;
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

}  // namespace

std::uint64_t OwnChunks::batch() const {
    return std::clamp<std::size_t>(
        kBatchBytes / std::max<std::size_t>(storage->facts().chunk_bytes, 1), 1, kMaxBatch);
}

std::uint64_t OwnChunks::rounds() const { return (parts.size() + batch() - 1) / batch(); }

namespace {

/// The write of one process, round by round. What fails here is kept to the end, because the others
/// wait for this process in each round.
class Writing {
public:
    Writing(const OwnChunks& chunks, const Request& request, const void* memory)
        : chunks_(chunks),
          dataset_(request.dataset),
          memory_(static_cast<const std::byte*>(memory)),
          processes_(chunks.storage->access(dataset_).communicator),
          encoding_(chunks.storage->encoding(dataset_)),
          writer_(
              {chunks.storage->facts(), encoding_.filters(), chunks.parts, encoding_.fill_value()},
              {*chunks.conversion, memory_}),
          grid_(dataset_.extent()->dims, chunks.storage->facts().chunk) {}

    void tune() {
        const std::size_t count = chunks_.parts.size();
        if (encoding_.wants_tuning(count * chunks_.storage->facts().chunk_bytes)) {
            attempt([&] { encoding_.tune(writer_.elements(count / 2)); });
        }
    }

    /// \returns the rounds of this process, as many as all have
    std::vector<Turn> share(const Agreed& agreed) {
        std::vector<Turn> turns = agreed.in_part
                                      ? shared_turns(chunks_.parts, processes_, chunks_.batch())
                                      : own_turns(chunks_.parts, chunks_.batch());
        if (agreed.in_part) {
            attempt([&] {
                // One pass over the index: libhdf5 makes one for each chunk that it is asked for.
                stored_ = h5d::stored_chunks(
                    dataset_.id(), dataset_.extent()->dims, dataset_.creation().chunk);
                reader_ = chunks_.file->reader();
            });
        } else {
            turns.resize(agreed.rounds);
        }
        return turns;
    }

    void make(const Turn& turn, bool in_part) {
        Round part(chunks_, turn);
        if (in_part) {
            const auto parcels = processes_.deliver(parcels_for_others(turn));
            encode(part, unpack(parcels));
        } else {
            encode(part, {});
        }
        const auto chunks = by_number(processes_.gather(part.told()));
        const auto mine = static_cast<std::uint64_t>(processes_.rank());
        std::map<std::uint64_t, std::uint64_t> addresses;
        for (const auto& [number, made] : chunks) {
            const auto mask = static_cast<unsigned>(made.mask);
            const std::uint64_t address =
                h5d::place_chunk(dataset_.id(), grid_.offset(number), mask, made.size);
            if (made.rank == mine) {
                addresses.emplace(number, address);
            }
        }
        attempt([&] { part.write(*chunks_.file, addresses); });
    }

    void end() const {
        if (failure_) {
            std::rethrow_exception(failure_);
        }
    }

private:
    template <class Action>
    void attempt(const Action& action) {
        try {
            action();
        } catch (...) {
            failure_ = failure_ ? failure_ : std::current_exception();
        }
    }

    std::vector<std::vector<std::byte>> parcels_for_others(const Turn& turn) {
        Parcels parcels(static_cast<std::size_t>(processes_.size()));
        attempt([&] {
            for (const Turn::Sent& sent : turn.sent) {
                parcels.add(chunks_.parts, sent, *chunks_.conversion, memory_);
            }
        });
        return parcels.bytes();
    }

    void encode(Round& part, const Pieces& pieces) {
        attempt([&] {
            try {
                if (reader_ != nullptr) {
                    part.read_before(*reader_, stored_);
                } else if (failure_) {
                    std::rethrow_exception(failure_);  // what chunks hold is not known
                }
                part.encode(writer_, pieces);
            } catch (...) {
                part.forget();
                throw;
            }
        });
    }

    const OwnChunks& chunks_;
    OpenDataset& dataset_;
    const std::byte* memory_;
    parallel::Communicator processes_;
    ChunkEncoding& encoding_;
    ChunkWriter writer_;
    selection::Grid grid_;
    std::vector<h5d::IndexedChunk> stored_{};  // before the write, where chunks are written in part
    std::shared_ptr<const storage::File> reader_{};
    std::exception_ptr failure_{};
};

}  // namespace

void OwnChunks::write(const Request& request, const void* memory, const Agreed& agreed) const {
    const ThreadShare share(storage->access(request.dataset).processes_here);
    Writing writing(*this, request, memory);
    writing.tune();
    for (const Turn& turn : writing.share(agreed)) {
        writing.make(turn, agreed.in_part);
    }
    writing.end();
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
    for (std::size_t i = 0; i < chunks.parts.size() && !chunks.in_part; ++i) {
        chunks.in_part = !chunks.parts.is_covered(i);
    }
    return chunks;
}

}  // namespace hyperslab::engine
