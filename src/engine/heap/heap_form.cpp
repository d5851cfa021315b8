#include "engine/heap/heap_form.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <string>

#include "core/checked.hpp"
#include "engine/facts/library_conversion.hpp"
#include "engine/heap/heap_reader.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

// An element with more parts is left to libhdf5.
constexpr std::size_t kMaxHeapParts = 256;

struct Sequence {  // hvl_t
    std::size_t length;
    const void* values;
};

bool is_heap_reference(const Datatype& type) {
    return type.type_class() == TypeClass::vlen || type.is_variable_string();
}

// libhdf5 describes a compound as it is in memory, where a member of another size has moved the
// members behind it.
Datatype stored_compound(const Datatype& type, unsigned offset_size) {
    std::vector<CompoundMember> members = type.members();
    std::ranges::sort(members, {}, &CompoundMember::offset);
    std::size_t grown = 0;
    std::size_t shrunk = 0;
    const auto moved = [&](std::size_t place) {
        const std::uint64_t there = core::checked_add(place, grown);
        if (there < shrunk) {
            throw Error(ErrorCode::invalid_argument, "A member lies before its compound");
        }
        return there - shrunk;
    };
    for (CompoundMember& member : members) {
        const std::size_t in_memory = member.type.size();
        member.offset = moved(member.offset);
        member.type = stored_form(member.type, offset_size);
        const std::size_t in_file = member.type.size();
        grown += in_file > in_memory ? in_file - in_memory : 0;
        shrunk += in_memory > in_file ? in_memory - in_file : 0;
    }
    return Datatype::compound(moved(type.size()), std::move(members));
}

// The parts that lie in the element itself; an empty optional when there are no such parts.
std::optional<Datatype> plain_parts(const Datatype& memory) {
    if (!memory.has_variable_length()) {
        return memory;
    }
    if (memory.type_class() != TypeClass::compound) {
        return std::nullopt;
    }
    std::vector<CompoundMember> members;
    for (const CompoundMember& member : memory.members()) {
        if (auto type = plain_parts(member.type)) {
            members.push_back({member.name, member.offset, *std::move(type)});
        }
    }
    if (members.empty()) {
        return std::nullopt;
    }
    return Datatype::compound(memory.size(), std::move(members));
}

/// Finds the objects that references refer to. Those of neighbours mostly lie in the same
/// collection.
class ObjectFinder {
public:
    ObjectFinder(const HeapReader& heap, std::size_t value_size)
        : heap_(heap), value_size_(value_size) {}

    std::span<const std::byte> operator()(const HeapReference& reference) {
        if (reference.address == 0) {
            return {};
        }
        if (reference.address != address_) {
            collection_ = &heap_.collection(reference.address);
            address_ = reference.address;
        }
        const std::span<const std::byte> object = collection_->object(reference.index);
        if (object.size() != core::checked_multiply(reference.length, value_size_)) {
            throw Error(ErrorCode::io,
                        "object " + std::to_string(reference.index) + " of the global heap at " +
                            std::to_string(address_) + " has another size than its reference says");
        }
        return object;
    }

private:
    const HeapReader& heap_;
    std::size_t value_size_;
    std::uint64_t address_ = 0;
    const HeapCollection* collection_ = nullptr;
};

}  // namespace

Datatype stored_form(const Datatype& type, unsigned offset_size) {
    if (!type.has_variable_length()) {
        return type;
    }
    if (is_heap_reference(type)) {
        return Datatype::opaque(offset_size + 8, "heap reference");
    }
    if (type.type_class() == TypeClass::array) {
        return Datatype::array(stored_form(type.base(), offset_size), type.array_dims());
    }
    return stored_compound(type, offset_size);
}

bool HeapForm::add_heap_part(const Datatype& stored,
                             const Datatype& memory,
                             std::size_t from,
                             std::size_t to) {
    if (heap_parts_.size() == kMaxHeapParts) {
        return false;
    }
    if (stored.is_variable_string()) {
        heap_parts_.push_back({from, to, std::nullopt});
        // libhdf5 has no conversion from ASCII to UTF-8.
        return memory.is_variable_string() && memory.character_set() == stored.character_set();
    }
    if (memory.type_class() != TypeClass::vlen || stored.base().has_variable_length()) {
        return false;
    }
    heap_parts_.push_back({from, to, conversion_as_in_libhdf5(stored.base(), memory.base())});
    return heap_parts_.back().values.has_value();
}

bool HeapForm::add_members(const Datatype& stored,
                           const Datatype& memory,
                           std::size_t from,
                           std::size_t to) {
    const Datatype in_file = stored_form(stored, offset_size_);
    return std::ranges::all_of(memory.members(), [&](const CompoundMember& member) {
        if (!member.type.has_variable_length()) {
            return true;
        }
        const CompoundMember* const source = stored.find_member(member.name);
        return source != nullptr && add_parts(source->type,
                                              member.type,
                                              from + in_file.find_member(member.name)->offset,
                                              to + member.offset);
    });
}

bool HeapForm::add_parts(const Datatype& stored,
                         const Datatype& memory,
                         std::size_t from,
                         std::size_t to) {
    if (is_heap_reference(stored)) {
        return add_heap_part(stored, memory, from, to);
    }
    if (stored.type_class() != memory.type_class()) {
        return false;
    }
    if (stored.type_class() == TypeClass::compound) {
        return add_members(stored, memory, from, to);
    }
    // Whether a type is an array of nothing but heap references.
    if (stored.type_class() != TypeClass::array || stored.array_dims() != memory.array_dims() ||
        !is_heap_reference(stored.base())) {
        return false;
    }
    const std::size_t step = stored_form(stored.base(), offset_size_).size();
    const std::uint64_t count = element_count(stored.array_dims());
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!add_heap_part(
                stored.base(), memory.base(), from + i * step, to + i * memory.base().size())) {
            return false;
        }
    }
    return true;
}

std::optional<HeapForm> HeapForm::between(const Datatype& stored,
                                          const Datatype& memory,
                                          unsigned offset_size) {
    const Datatype in_file = stored_form(stored, offset_size);
    HeapForm form(in_file.size(), memory.size(), offset_size);
    if (!form.add_parts(stored, memory, 0, 0)) {
        return std::nullopt;
    }
    if (const std::optional<Datatype> plain = plain_parts(memory)) {
        form.plain_ = conversion_as_in_libhdf5(in_file, *plain);
        if (!form.plain_) {
            return std::nullopt;
        }
    }
    return form;
}

void HeapForm::convert_part(const HeapPart& part,
                            const std::byte* stored,
                            std::byte* memory,
                            std::size_t count,
                            const HeapReader& heap,
                            core::Arena& arena) const {
    ObjectFinder find_object(heap, part.value_size());
    for (std::size_t i = 0; i < count; ++i) {
        const HeapReference reference = load(stored + i * stored_size_ + part.from);
        std::byte* const to = memory + i * memory_size_ + part.to;
        const std::span<const std::byte> object = find_object(reference);
        if (!part.values) {
            const void* const text = object.data();
            std::memcpy(to, &text, sizeof text);
            continue;
        }
        Sequence sequence{object.empty() ? 0 : reference.length,
                          object.empty() ? nullptr : object.data()};
        if (!part.values->is_copy() && sequence.length != 0) {
            std::byte* const values = arena.allocate(core::checked_size(
                core::checked_multiply(sequence.length, part.values->to_size())));
            (*part.values)(object.data(), values, sequence.length);
            sequence.values = values;
        }
        std::memcpy(to, &sequence, sizeof sequence);
    }
}

void HeapForm::convert(const std::byte* stored,
                       std::byte* memory,
                       std::size_t count,
                       const HeapReader& heap,
                       core::Arena& arena) const {
    if (plain_) {
        (*plain_)(stored, memory, count);
    }
    for (const HeapPart& part : heap_parts_) {
        convert_part(part, stored, memory, count, heap, arena);
    }
}

}  // namespace hyperslab::engine
