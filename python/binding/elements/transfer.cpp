#include "elements/transfer.hpp"

#include <algorithm>
#include <cstring>
#include <deque>
#include <string>
#include <vector>

#include "core/checked.hpp"
#include "dtypes/element_buffer.hpp"
#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "engine/engine.hpp"
#include "engine/parallel/transfers.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/changes/extent_changes.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hdf5/types/vlen_arena.hpp"
#include "support/gil.hpp"
#include "support/kept_array.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {

Resolved resolve(hdf5::Id dataset, const TransferSpaces& spaces) {
    Resolved resolved{.memory = spaces.memory, .file = spaces.file};
    if (resolved.memory == hdf5::kAll && resolved.file == hdf5::kAll) {
        resolved.dataset_space = hdf5::h5d::space(dataset);
        resolved.memory = resolved.file = resolved.dataset_space.id();
    } else if (resolved.memory == hdf5::kAll) {
        resolved.memory = resolved.file;
    } else if (resolved.file == hdf5::kAll) {
        resolved.file = resolved.memory;
    }
    resolved.count = static_cast<std::uint64_t>(hdf5::h5s::selected_count(resolved.memory));
    return resolved;
}

namespace {

using hdf5::Id;
namespace h5d = hdf5::h5d;
namespace h5s = hdf5::h5s;

// It is never destroyed, because threads may still be at work at exit.
const TextDecoding& utf8_decoding = *new TextDecoding{"utf-8", "strict"};

// Calls visit(index in the selection's order, element number in the array).
template <class Visit>
void for_each_selected(const Resolved& resolved, Visit&& visit) {
    std::uint64_t index = 0;
    for (const selection::Run& run : h5s::selected_runs(resolved.memory)) {
        for (std::uint64_t i = 0; i < run.count; ++i) {
            visit(index++, run.first + i);
        }
    }
}

// One dataset's elements while libhdf5 moves them: in the array itself, or packed in C elements.
template <class Part>
class Elements {
public:
    explicit Elements(const Part& part) : part_(part) {
        if (part.layout->direct()) {
            return;
        }
        resolved_ = resolve(part.dataset, part.spaces);
        if (resolved_.count != 0) {
            buffer_.emplace(resolved_.count, *part.layout);
            packed_ = h5s::create_simple({resolved_.count});
        }
    }

    /// Whether there is nothing to move.
    bool empty() const { return !part_.layout->direct() && !buffer_; }

    h5d::Transfer transfer() const {
        const Id type = part_.layout->type();
        return buffer_ ? h5d::Transfer{type, packed_.id(), resolved_.file}
                       : h5d::Transfer{type, part_.spaces.memory, part_.spaces.file};
    }

protected:
    Part part_;
    Resolved resolved_{};
    std::optional<ElementBuffer> buffer_{};
    hdf5::Handle packed_{};
};

class ElementsToRead : public Elements<PartToRead> {
public:
    using Elements::Elements;

    void* memory() { return buffer_ ? buffer_->data() : part_.array_data; }

    /// Puts what was read into the array.
    void take(Id dxpl) {
        if (!buffer_) {
            return;
        }
        const ReadElements read(*buffer_, dxpl);
        auto* const to = static_cast<std::byte*>(part_.array_data);
        const MemoryLayout& layout = *part_.layout;
        for_each_selected(resolved_, [&](std::uint64_t index, std::uint64_t element) {
            layout.to_numpy(buffer_->at(index), to + element * layout.numpy_size(), part_.text);
        });
    }
};

class ElementsToWrite : public Elements<PartToWrite> {
public:
    explicit ElementsToWrite(const PartToWrite& part) : Elements(part) {
        if (!buffer_) {
            return;
        }
        const auto* const from = static_cast<const std::byte*>(part.array_data);
        const MemoryLayout& layout = *part.layout;
        for_each_selected(resolved_, [&](std::uint64_t index, std::uint64_t element) {
            layout.from_numpy(from + element * layout.numpy_size(), buffer_->at(index), keep_);
        });
    }

    const void* memory() const { return buffer_ ? buffer_->data() : part_.array_data; }

private:
    KeepAlive keep_{};
};

void require_array(nb::handle array, Id memory_space, std::size_t element_size, bool writable) {
    const ArrayView view(array);
    if (!view.c_contiguous() || (writable && !view.writable())) {
        throw nb::type_error(writable ? "Array must be C-contiguous and writable"
                                      : "Array must be C-contiguous");
    }
    if (memory_space == hdf5::kAll || h5s::selected_count(memory_space) == 0) {
        return;
    }
    const Shape dims = h5s::dims(memory_space);
    const Shape last = dims.empty() ? Shape{} : h5s::selection_bounds(memory_space).second;
    std::uint64_t position = 0;
    for (std::size_t d = 0; d < dims.size(); ++d) {
        position = core::checked_add(core::checked_multiply(position, dims[d]), last[d]);
    }
    const std::uint64_t needed =
        core::checked_multiply(core::checked_add(position, 1), element_size);
    if (needed > view.size() * view.itemsize()) {
        throw nb::value_error(("Array of " + std::to_string(view.size() * view.itemsize()) +
                               " bytes is too small for the memory dataspace, which needs " +
                               std::to_string(needed))
                                  .c_str());
    }
}

/// Converts C elements to those of an array, a window at a time.
class ArraySink final : public engine::ElementSink {
public:
    ArraySink(const MemoryLayout& layout, void* array_data, const TextDecoding* text)
        : layout_(layout), to_(static_cast<std::byte*>(array_data)), text_(text) {}

    void take(std::uint64_t first, const std::byte* elements, std::uint64_t count) override {
        const GilTaken gil;
        layout_.to_numpy(elements, count, to_ + first * layout_.numpy_size(), text_);
    }

private:
    const MemoryLayout& layout_;
    std::byte* to_;
    const TextDecoding* text_;
};

/// Converts strings to those of an array of StringDType. Only NumPy knows their form there, so it
/// gets them as strings of a fixed length, or as objects when that would take much more room.
class TextSink final : public engine::ElementSink {
public:
    TextSink(const MemoryLayout& layout, nb::handle array)
        : layout_(layout), flat_(array.attr("reshape")(-1)) {}

    void take(std::uint64_t first, const std::byte* elements, std::uint64_t count) override {
        const GilTaken gil;
        measure(elements, count);
        const std::uint64_t packed_bytes = longest_ * count;
        flat_[nb::slice(nb::cast(first), nb::cast(first + count), nb::none())] =
            packed_bytes <= 4 * bytes_ + kSmallBytes ? packed(elements, count)
                                                     : objects(elements, count);
    }

private:
    static constexpr std::uint64_t kSmallBytes = 1U << 16;

    static const char* text(const std::byte* elements, std::uint64_t i) {
        const char* text = nullptr;
        std::memcpy(&text, elements + i * sizeof text, sizeof text);
        return text == nullptr ? "" : text;
    }

    void measure(const std::byte* elements, std::uint64_t count) {
        longest_ = 1;
        bytes_ = 0;
        lengths_.resize(count);
        for (std::uint64_t i = 0; i < count; ++i) {
            lengths_[i] = std::strlen(text(elements, i));
            longest_ = std::max(longest_, lengths_[i]);
            bytes_ += lengths_[i];
        }
    }

    nb::object packed(const std::byte* elements, std::uint64_t count) const {
        const std::string type = "S" + std::to_string(longest_);
        void* data = nullptr;
        nb::object array = empty_row(count, numpy().dtype(type.c_str()), data);
        auto* to = static_cast<char*>(data);
        for (std::uint64_t i = 0; i < count; ++i, to += longest_) {
            std::memcpy(to, text(elements, i), lengths_[i]);
            std::memset(to + lengths_[i], 0, longest_ - lengths_[i]);
        }
        return array;
    }

    nb::object objects(const std::byte* elements, std::uint64_t count) const {
        nb::object array = zeros_array({count}, numpy().dtype("O"));
        layout_.to_numpy(
            elements, count, static_cast<std::byte*>(ArrayView(array).data()), &utf8_text());
        return array;
    }

    const MemoryLayout& layout_;
    nb::object flat_;
    std::vector<std::size_t> lengths_;
    std::size_t longest_ = 1;
    std::uint64_t bytes_ = 0;
};

// Standard references stay in one block until what libhdf5 keeps for them is given back.
void read_references(engine::OpenDataset& dataset,
                     const MemoryLayout& layout,
                     const Selection& selection,
                     Id dxpl,
                     void* array_data,
                     const TextDecoding* text) {
    hdf5::VlenArena arena(dxpl);
    ElementBuffer buffer(selection.element_count(), layout);
    without_gil(
        [&] { engine::read({dataset, selection, layout.type(), arena.dxpl()}, buffer.data()); });
    const ReadElements read(buffer, arena.dxpl());
    buffer.to_array(array_data, text);
}

}  // namespace

nb::object read_texts(engine::OpenDataset& dataset,
                      const Selection& selection,
                      Id dxpl,
                      const Shape& shape,
                      nb::handle dtype) {
    nb::object array = empty_array(shape, dtype);
    const MemoryLayout layout = MemoryLayout::of_text();
    TextSink sink(layout, array);
    without_gil([&] { engine::read({dataset, selection, layout.type(), dxpl}, sink); });
    return array;
}

void keep_if_direct(engine::Request& request, const MemoryLayout& layout, nb::handle array) {
    if (layout.direct()) {
        request.keep_memory = &keep_array;
        request.memory_owner = array.ptr();
    }
}

void read_selection(engine::OpenDataset& dataset,
                    const MemoryLayout& layout,
                    const Selection& selection,
                    Id dxpl,
                    void* array_data,
                    const TextDecoding* text,
                    const NewArray* new_array) {
    if (layout.direct()) {
        engine::Request request{dataset, selection, layout.type(), dxpl};
        if (new_array != nullptr) {
            let_go_of_kept_arrays();
            keep_if_direct(request, layout, new_array->array);
            request.memory_is_zeroed = new_array->is_zeroed;
        }
        without_gil([&] { engine::read(request, array_data); });
        return;
    }
    if (layout.holds_references()) {
        read_references(dataset, layout, selection, dxpl, array_data, text);
        return;
    }
    ArraySink sink(layout, array_data, text);
    without_gil([&] { engine::read({dataset, selection, layout.type(), dxpl}, sink); });
}

namespace {

// The caller holds the library lock.
void require_same_extent(const TransferSpaces& spaces) {
    if (spaces.extent_changes && *spaces.extent_changes != hdf5::extent_changes()) {
        throw engine::ExtentChanged();
    }
}

// Where nothing was selected, the packed elements follow the extent that the dataset had then.
template <class Part, class Move>
void move_at_extent(Part part, Move&& move) {
    const bool everything = part.spaces.memory == hdf5::kAll && part.spaces.file == hdf5::kAll;
    if (!everything || part.layout->direct() || part.spaces.extent_changes) {
        move(part);
        return;
    }
    despite_resizing([&] {
        part.spaces.extent_changes = hdf5::extent_changes();
        move(part);
    });
}

}  // namespace

void read_elements_to(std::span<const Id> memory_spaces, const PartToRead& part) {
    std::optional<hdf5::VlenArena> arena;
    if (!part.layout->direct()) {
        arena.emplace(part.spaces.dxpl);
    }
    const Id dxpl = arena ? arena->dxpl() : part.spaces.dxpl;
    std::deque<ElementsToRead> places;
    for (const Id space : memory_spaces) {
        PartToRead place = part;
        place.spaces.memory = space;
        places.emplace_back(place);
    }
    in_one_step([&] {
        require_same_extent(part.spaces);
        for (ElementsToRead& place : places) {
            if (!place.empty() || engine::is_collective(part.dataset, dxpl)) {
                h5d::Transfer transfer = place.transfer();
                transfer.dxpl = dxpl;
                h5d::read(part.dataset, transfer, place.memory());
                engine::count_transfer(part.dataset, dxpl);
            }
        }
    });
    for (ElementsToRead& place : places) {
        place.take(dxpl);
    }
}

void read_elements(Id dataset,
                   const MemoryLayout& layout,
                   const TransferSpaces& spaces,
                   void* array_data,
                   const TextDecoding* text) {
    move_at_extent(
        PartToRead{dataset, &layout, spaces, array_data, text},
        [](const PartToRead& part) { read_elements_to({&part.spaces.memory, 1}, part); });
}

void write_elements_to(std::span<const Id> file_spaces, const PartToWrite& part) {
    const ElementsToWrite elements(part);
    if (elements.empty() && !engine::is_collective(part.dataset, part.spaces.dxpl)) {
        return;
    }
    in_one_step([&] {
        require_same_extent(part.spaces);
        for (const Id space : file_spaces) {
            h5d::Transfer transfer = elements.transfer();
            transfer.file_space = space;
            transfer.dxpl = part.spaces.dxpl;
            engine::write_by_library_together(part.dataset, transfer.dxpl);
            h5d::write(part.dataset, transfer, elements.memory());
            engine::count_transfer(part.dataset, transfer.dxpl);
        }
    });
}

void write_elements(Id dataset,
                    const MemoryLayout& layout,
                    const TransferSpaces& spaces,
                    const void* array_data) {
    move_at_extent(PartToWrite{dataset, &layout, spaces, array_data}, [](const PartToWrite& part) {
        const ElementsToWrite elements(part);
        if (elements.empty() && !engine::is_collective(part.dataset, part.spaces.dxpl)) {
            return;
        }
        in_one_step([&] {
            require_same_extent(part.spaces);
            h5d::Transfer transfer = elements.transfer();
            transfer.dxpl = part.spaces.dxpl;
            engine::write_by_library_together(part.dataset, transfer.dxpl);
            h5d::write(part.dataset, transfer, elements.memory());
            engine::count_transfer(part.dataset, transfer.dxpl);
        });
    });
}

void read_multi(std::span<const PartToRead> parts, Id dxpl) {
    hdf5::VlenArena arena(dxpl);
    h5d::MultiTransfer transfers{.dxpl = arena.dxpl()};
    std::vector<void*> memory;
    std::deque<ElementsToRead> elements;
    for (const PartToRead& part : parts) {
        ElementsToRead& added = elements.emplace_back(part);
        if (!added.empty()) {
            transfers.add(part.dataset, added.transfer());
            memory.push_back(added.memory());
        }
    }
    without_gil([&] { h5d::read_multi(std::move(transfers), std::move(memory)); });
    for (ElementsToRead& read : elements) {
        read.take(arena.dxpl());
    }
}

void write_multi(std::span<const PartToWrite> parts, Id dxpl) {
    h5d::MultiTransfer transfers{.dxpl = dxpl};
    std::vector<const void*> memory;
    std::deque<ElementsToWrite> elements;
    for (const PartToWrite& part : parts) {
        const ElementsToWrite& added = elements.emplace_back(part);
        if (!added.empty()) {
            transfers.add(part.dataset, added.transfer());
            memory.push_back(added.memory());
        }
    }
    without_gil([&] { h5d::write_multi(std::move(transfers), std::move(memory)); });
}

void require_readable(nb::handle array, Id memory_space, std::size_t element_size) {
    require_array(array, memory_space, element_size, false);
}

void require_writable(nb::handle array, Id memory_space, std::size_t element_size) {
    require_array(array, memory_space, element_size, true);
}

MemoryLayout layout_for(nb::handle dtype, Id file_type, const ObjectID* memory_type) {
    MemoryLayout layout(dtype, hdf5::describe_type(file_type));
    if (!layout.direct() || memory_type == nullptr) {
        return layout;
    }
    return MemoryLayout(dtype, hdf5::Handle::borrow(memory_type->id()));
}

const TextDecoding& utf8_text() { return utf8_decoding; }

}  // namespace hyperslab::python
