#include "engine/parallel/own_elements.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "core/thread_pool.hpp"
#include "engine/facts/engine_choice.hpp"
#include "engine/parallel/thread_share.hpp"
#include "engine/store/chunk_encoding.hpp"

namespace hyperslab::engine {
namespace {

using selection::ChunkRun;

// Elements that are converted at once, in bytes of the file: they stay in the core's cache until
// they are written, and a call of the operating system costs little beside them.
constexpr std::size_t kWindowBytes = 1U << 20;

/// Writes the runs of one chunk or block.
class PartWriter {
public:
    PartWriter(const OwnElements& elements, std::uint64_t address, const std::byte* memory)
        : elements_(elements),
          address_(address),
          memory_(memory),
          size_(elements.conversion->to_size()) {}

    void write(const ChunkRun& run) const {
        const datatype::Conversion& conversion = *elements_.conversion;
        const std::byte* const from = memory_ + run.to * conversion.from_size();
        if (conversion.is_copy()) {
            write_pieces(run, 0, run.count(), from);
            return;
        }
        // Other processes write between our windows, whose places would be cut into small ones.
        if (run.span() == run.count()) {
            elements_.file->reserve(address_ + run.from * size_, run.count() * size_);
        }
        // While a window is written others are converted.
        const std::uint64_t window = std::max<std::uint64_t>(kWindowBytes / size_, 1);
        const auto write_window = [&](std::size_t number) {
            const std::uint64_t first = number * window;
            const std::uint64_t count = std::min(window, run.count() - first);
            const auto converted = std::make_unique_for_overwrite<std::byte[]>(count * size_);
            conversion(from + first * conversion.from_size(), converted.get(), count);
            write_pieces(run, first, count, converted.get());
        };
        core::parallel_for((run.count() + window - 1) / window, write_window);
    }

private:
    // Writes `count` elements of a run from the `first` one on; `bytes` has them in the file's
    // type.
    void write_pieces(const ChunkRun& run,
                      std::uint64_t first,
                      std::uint64_t count,
                      const std::byte* bytes) const {
        while (count > 0) {
            const std::uint64_t piece = first / run.length;
            const std::uint64_t inside = first % run.length;
            const std::uint64_t length = std::min(count, run.length - inside);
            const std::uint64_t place = run.from + piece * run.step + inside;
            elements_.file->write(address_ + place * size_, {bytes, length * size_});
            bytes += length * size_;
            first += length;
            count -= length;
        }
    }

    const OwnElements& elements_;
    std::uint64_t address_;
    const std::byte* memory_;
    std::size_t size_;
};

}  // namespace

bool OwnElements::has_pieces_of(std::uint64_t bytes) const {
    std::uint64_t pieces = 0;
    std::uint64_t written = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        parts.for_each_run(i, [&](const ChunkRun& run) {
            pieces += run.pieces;
            written += run.count() * conversion->to_size();
        });
    }
    return written >= pieces * bytes;
}

void OwnElements::write(const void* memory) const {
    const auto* const bytes = static_cast<const std::byte*>(memory);
    const auto write_part = [&](std::size_t i) {
        const PartWriter writer(*this, storage->address(parts, i), bytes);
        parts.for_each_run(i, [&](const ChunkRun& run) { writer.write(run); });
    };
    // Writing takes turns in the operating system, so that threads pay for converting only.
    if (conversion->is_copy()) {
        core::serial_for(parts.size(), write_part);
    } else {
        const ThreadShare share(processes_here);
        core::parallel_for(parts.size(), write_part);
    }
}

std::shared_ptr<const storage::FileWriter> writer_past_mpi(const Request& request) {
    if (engine_choice() == EngineChoice::library) {
        return nullptr;
    }
    const hdf5::ParallelAccess& access =
        request.dataset.stored_in_parallel().access(request.dataset);
    return access.atomic ? nullptr : access.writer;
}

std::shared_ptr<const datatype::Conversion> whole_conversion(const Request& request) {
    ChunkEncoding& encoding = request.dataset.stored_in_parallel().encoding(request.dataset);
    auto conversion = encoding.conversion(request.dataset, request.memory_type);
    const bool whole = conversion != nullptr && conversion->fills_elements();
    return whole ? std::move(conversion) : nullptr;
}

std::optional<OwnElements> plan_own_elements(const Request& request) {
    ParallelStorage& storage = request.dataset.stored_in_parallel();
    const StorageFacts& facts = storage.facts();
    if (facts.refusal != Refusal::none || facts.heap || facts.pipeline) {
        return std::nullopt;
    }
    auto file = writer_past_mpi(request);
    auto conversion = file == nullptr ? nullptr : whole_conversion(request);
    if (conversion == nullptr || !storage.locate(request.dataset)) {
        return std::nullopt;
    }
    return OwnElements{&storage,
                       storage.access(request.dataset).processes_here,
                       std::move(file),
                       std::move(conversion),
                       selection::ChunkedSelection(request.selection, facts.chunk)};
}

}  // namespace hyperslab::engine
