#include "object/repack/elements.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "core/checked.hpp"
#include "engine/engine.hpp"
#include "engine/library/library_engine.hpp"
#include "engine/store/open_dataset.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/types/h5t.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hdf5/types/vlen_arena.hpp"
#include "object/repack/chunks.hpp"
#include "object/repack/references.hpp"
#include "object/repack/stored_parts.hpp"
#include "selection/grid.hpp"

namespace hyperslab::object {
namespace {

namespace h5d = hdf5::h5d;
using engine::OpenDataset;
using hdf5::Handle;

// The bytes of a block in memory: enough that all cores have something to do.
constexpr std::uint64_t kBlockBytes = 32U << 20;

/// The element type in memory is that of the file, so that nothing is converted.
struct Elements {
    Handle type;
    Datatype described;
    bool moves_as_bytes = true;
    bool has_standard_references = false;
};

bool has_standard_reference(const Datatype& type) {
    switch (type.type_class()) {
        case TypeClass::reference:
            return type.reference_kind() == ReferenceKind::standard;
        case TypeClass::compound:
            return std::ranges::any_of(type.members(), [](const CompoundMember& member) {
                return has_standard_reference(member.type);
            });
        case TypeClass::array:
        case TypeClass::vlen:
            return has_standard_reference(type.base());
        default:
            return false;
    }
}

Elements elements_of(hdf5::Id dataset) {
    Elements made{.type = h5d::type(dataset), .described = {}};
    made.described = hdf5::describe_type(made.type.id());
    made.moves_as_bytes = !made.described.has_variable_length() && !made.described.has_reference();
    made.has_standard_references = has_standard_reference(made.described);
    return made;
}

/// Gives back what elements own that were read without an arena.
class Reclaimed {
public:
    Reclaimed(const Elements& elements, std::size_t count, std::byte* bytes)
        : elements_(elements), count_(count), bytes_(bytes) {}
    ~Reclaimed() { hdf5::h5t::reclaim(elements_.type.id(), count_, bytes_); }
    Reclaimed(const Reclaimed&) = delete;
    Reclaimed& operator=(const Reclaimed&) = delete;

private:
    const Elements& elements_;
    std::size_t count_;
    std::byte* bytes_;
};

void copy_block(Repacking& work,
                const Elements& elements,
                OpenDataset& source,
                OpenDataset& target,
                const Selection& block) {
    const hdf5::Id type = elements.type.id();
    const std::size_t count = core::checked_size(block.element_count());
    std::vector<std::byte> bytes(core::checked_multiply(count, hdf5::h5t::size(type)));
    if (elements.moves_as_bytes) {
        engine::read({source, block, type}, bytes.data());
        engine::write({target, block, type}, bytes.data());
        return;
    }
    std::optional<hdf5::VlenArena> arena;
    std::optional<Reclaimed> reclaimed;
    if (elements.has_standard_references) {
        reclaimed.emplace(elements, count, bytes.data());
    } else {
        arena.emplace();
    }
    engine::read_by_library({source, block, type, arena ? arena->dxpl() : hdf5::kDefault},
                            bytes.data());
    const TurnedReferences turned(work, elements.described, bytes.data(), count);
    engine::write_by_library({target, block, type}, bytes.data());
    work.lost_references += turned.lost();
}

void copy_blocks(Repacking& work,
                 const Elements& elements,
                 OpenDataset& source,
                 OpenDataset& target,
                 std::uint64_t bytes) {
    const Shape extent = source.extent()->dims;
    if (extent.empty()) {
        copy_block(work, elements, source, target, Selection());
        return;
    }
    const Shape ones(extent.size(), 1);
    // Whole chunks, or whole rows where there are none.
    const Shape& chunk =
        !target.creation().chunk.empty() ? target.creation().chunk : source.creation().chunk;
    const selection::Grid blocks(extent,
                                 selection::grown_box(extent,
                                                      chunk.empty() ? ones : chunk,
                                                      hdf5::h5t::size(elements.type.id()),
                                                      kBlockBytes));
    const std::uint64_t count = blocks.size();
    const StoredParts parts(source);
    const std::uint64_t before = work.progress.done();
    std::uint64_t i = 0;
    core::serial_while([&] {
        if (i == count) {
            return false;
        }
        const Shape start = blocks.offset(i++);
        const Selection selection =
            Selection::hyperslab(extent, start, ones, ones, blocks.length(start));
        if (parts.touch(selection)) {
            copy_block(work, elements, source, target, selection);
        }
        const double part = static_cast<double>(i) / static_cast<double>(count);
        work.progress.reach(before + static_cast<std::uint64_t>(part * static_cast<double>(bytes)));
        return true;
    });
}

}  // namespace

std::uint64_t stored_bytes(hdf5::Id dataset) {
    OpenDataset facts(dataset);
    return facts.layout() == h5d::Layout::virtual_ ? 0 : h5d::storage_size(dataset);
}

void copy_elements(Repacking& work, const CopiedObject& object, hdf5::Id from, hdf5::Id to) {
    OpenDataset source(from);
    OpenDataset target(to);
    const std::shared_ptr<const engine::Extent> extent = source.extent();
    const bool nothing = extent->is_null() ||
                         std::ranges::find(extent->dims, 0U) != extent->dims.end() ||
                         source.creation().external || source.layout() == h5d::Layout::virtual_;
    if (nothing) {
        return;
    }
    const std::uint64_t bytes = stored_bytes(from);
    const std::uint64_t before = work.progress.done();
    const Elements elements = elements_of(from);
    const bool copied =
        elements.moves_as_bytes && copy_chunks(work, source, target, object.has_filters_kept);
    if (!copied && bytes != 0) {
        copy_blocks(work, elements, source, target, bytes);
    }
    work.progress.reach(before + bytes);
}

}  // namespace hyperslab::object
