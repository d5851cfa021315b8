// write_stacked_spectra: v2, a dataset for each column and a row for each fibre.
//
// The coadds of a plate have one grid of wavelengths, the union of those of its fibres; a fibre
// without a pixel there has zeros, so its IVAR says that nothing was measured. `fiberid` says whose
// the rows are, and `present`, which is there only when some fibre lacks a pixel, which pixels a
// fibre has. Exposures keep the wavelengths of each fibre, in rows as long as the longest.

#include <algorithm>
#include <cstring>
#include <iterator>
#include <mutex>

#include "h5boss/formats/names.hpp"
#include "h5boss/formats/writer.hpp"

namespace hyperslab::apps::h5boss {
namespace {

/// The rows that are written at a time, and the rows of a chunk.
constexpr std::size_t kRows = 16;

std::vector<double> waves_of(const Table& table) {
    std::vector<double> waves(table.size());
    for (std::size_t i = 0; i < waves.size(); ++i) {
        waves[i] = table.real(i, "WAVE");
    }
    return waves;
}

/// The union of the wavelengths of all spectra, sorted.
std::vector<double> union_of_waves(const Spectra& spectra) {
    std::vector<double> all;
    std::mutex mutex;
    in_parallel(spectra.fibers.size(), [&](std::size_t i) {
        std::vector<double> own = waves_of(spectra.read(i));
        std::sort(own.begin(), own.end());
        const std::scoped_lock lock(mutex);
        if (!std::includes(all.begin(), all.end(), own.begin(), own.end())) {
            std::vector<double> both;
            std::set_union(
                all.begin(), all.end(), own.begin(), own.end(), std::back_inserter(both));
            both.erase(std::unique(both.begin(), both.end()), both.end());
            all = std::move(both);
        }
    });
    return all;
}

/// One column's stack, in the file.
struct Stack {
    std::size_t offset;  // of the member in a pixel
    std::size_t size;    // of an element
    Dataset dataset{};
    Extent extent{};
};

class StackWriter {
public:
    StackWriter(const OutputFile& output,
                const Group& group,
                const Spectra& spectra,
                const WriteOptions& options)
        : output_(output), group_(group), spectra_(spectra), options_(options) {}

    /// \param grid  the wavelengths of the columns; empty: each spectrum begins at the first column
    void write(const std::vector<double>& grid) {
        grid_ = &grid;
        width_ = grid.size();
        ragged_ = false;
        for (std::size_t i = 0; i < spectra_.fibers.size(); ++i) {
            const auto pixels = static_cast<std::size_t>(spectra_.pixels(i));
            ragged_ =
                ragged_ || (i > 0 && pixels != pixels_) || (!grid.empty() && pixels != width_);
            pixels_ = pixels;
            width_ = grid.empty() ? std::max(width_, pixels) : width_;
        }
        create();
        const std::size_t blocks = (spectra_.fibers.size() + kRows - 1) / kRows;
        in_parallel(blocks, [&](std::size_t block) { write_block(block * kRows); });
        group_.create_dataset(
            "fiberid", std::vector<std::int32_t>(spectra_.fibers.begin(), spectra_.fibers.end()));
    }

private:
    void create() {
        for (const CompoundMember& member : spectra_.type.members()) {
            if (member.name == "WAVE" && !grid_->empty()) {
                write_grid(member.type);
            } else {
                stacks_.push_back({member.offset, member.type.size()});
                create_stack(stacks_.back(), lower_name(member.name), member.type);
            }
        }
        if (ragged_) {
            create_stack(present_, "present", Datatype::integer(1, false));
        }
    }

    void create_stack(Stack& stack, const std::string& name, const Datatype& type) {
        const Shape shape{spectra_.fibers.size(), width_};
        if (options_.filters.empty() || shape[0] == 0 || shape[1] == 0) {
            stack.dataset = output_.create_extent(group_, name, type, shape, stack.extent);
            return;
        }
        DatasetOptions storage;
        storage.chunks = {std::min<std::uint64_t>(kRows, shape[0]), shape[1]};
        storage.filters = options_.filters;
        stack.dataset = group_.create_dataset(name, type, shape, storage);
    }

    void write_grid(const Datatype& type) const {
        Bytes bytes(grid_->size() * type.size());
        for (std::size_t i = 0; i < grid_->size(); ++i) {
            const double wave = (*grid_)[i];
            const auto single = static_cast<float>(wave);
            std::memcpy(bytes.data() + i * type.size(),
                        type.size() == sizeof single ? static_cast<const void*>(&single) : &wave,
                        type.size());
        }
        write_elements(group_.create_dataset("wave", type, {grid_->size()}), bytes);
    }

    /// Where in a row the pixels of a spectrum belong.
    std::vector<std::size_t> places(const Table& table) const {
        std::vector<std::size_t> where(table.size());
        for (std::size_t i = 0; i < where.size(); ++i) {
            where[i] = i;
        }
        if (grid_->empty() || !ragged_) {
            return where;
        }
        const std::vector<double> waves = waves_of(table);
        for (std::size_t i = 0; i < where.size(); ++i) {
            const auto at = std::lower_bound(grid_->begin(), grid_->end(), waves[i]);
            where[i] = static_cast<std::size_t>(at - grid_->begin());
        }
        return where;
    }

    void write_block(std::size_t first) {
        const std::size_t count = std::min(kRows, spectra_.fibers.size() - first);
        std::vector<Bytes> planes;
        planes.reserve(stacks_.size());
        for (const Stack& stack : stacks_) {
            planes.emplace_back(count * width_ * stack.size);
        }
        Bytes present(ragged_ ? count * width_ : 0);
        for (std::size_t row = 0; row < count; ++row) {
            const Table table = spectra_.read(first + row);
            const std::vector<std::size_t> where = places(table);
            for (std::size_t s = 0; s < stacks_.size(); ++s) {
                const Stack& stack = stacks_[s];
                std::byte* const target = planes[s].data() + row * width_ * stack.size;
                for (std::size_t i = 0; i < where.size(); ++i) {
                    std::memcpy(
                        target + where[i] * stack.size, table.row(i) + stack.offset, stack.size);
                }
            }
            for (std::size_t i = 0; ragged_ && i < where.size(); ++i) {
                present[row * width_ + where[i]] = std::byte{1};
            }
        }
        options_.bar->advance(count);
        for (std::size_t s = 0; s < stacks_.size(); ++s) {
            write_plane(stacks_[s], first, count, planes[s]);
        }
        if (ragged_) {
            write_plane(present_, first, count, present);
        }
    }

    void write_plane(const Stack& stack,
                     std::size_t first,
                     std::size_t count,
                     const Bytes& bytes) const {
        if (stack.extent.bytes != 0) {
            output_.write_at(stack.extent.offset + first * (bytes.size() / count), bytes);
        } else {
            write_rows(stack.dataset, first, count, bytes);
        }
    }

    const OutputFile& output_;
    const Group& group_;
    const Spectra& spectra_;
    const WriteOptions& options_;
    const std::vector<double>* grid_ = nullptr;
    std::size_t width_ = 0;
    std::size_t pixels_ = 0;
    bool ragged_ = false;
    std::vector<Stack> stacks_;
    Stack present_{0, 1};
};

}  // namespace

void write_stacked_spectra(const OutputFile& output,
                           const Group& plate,
                           const PlateContents& contents,
                           const WriteOptions& options) {
    for (const Spectra& spectra : contents.spectra) {
        const bool exposure = is_exposure(spectra.place);
        const Group group = plate.create_group(exposure ? spectra.place : "coadds");
        const bool has_wave = spectra.type.find_member("WAVE") != nullptr;
        const std::vector<double> grid = exposure || !has_wave   ? std::vector<double>{}
                                         : !spectra.grid.empty() ? spectra.grid
                                                                 : union_of_waves(spectra);
        StackWriter(output, group, spectra, options).write(grid);
    }
}

}  // namespace hyperslab::apps::h5boss
