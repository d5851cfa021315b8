#include "transfer.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "core/checked.hpp"
#include "element_buffer.hpp"
#include "engine/engine.hpp"
#include "gil.hpp"
#include "hdf5/h5d.hpp"
#include "hdf5/h5s.hpp"
#include "hdf5/type_translation.hpp"
#include "hdf5/vlen_arena.hpp"
#include "numpy_api.hpp"
#include "numpy_dtype.hpp"

namespace hyperslab::python {
namespace {

using hdf5::Id;
namespace h5d = hdf5::h5d;
namespace h5s = hdf5::h5s;

// The dataspaces that "all" stands for, and how many elements take part.
struct Resolved {
    hdf5::Handle dataset_space;
    Id memory = hdf5::kAll;
    Id file = hdf5::kAll;
    std::uint64_t count = 0;
};

Resolved resolve(Id dataset, const TransferSpaces& spaces) {
    Resolved resolved{.memory = spaces.memory, .file = spaces.file};
    if (resolved.memory == hdf5::kAll && resolved.file == hdf5::kAll) {
        resolved.dataset_space = h5d::space(dataset);
        resolved.memory = resolved.file = resolved.dataset_space.id();
    } else if (resolved.memory == hdf5::kAll) {
        resolved.memory = resolved.file;
    } else if (resolved.file == hdf5::kAll) {
        resolved.file = resolved.memory;
    }
    resolved.count = static_cast<std::uint64_t>(h5s::selected_count(resolved.memory));
    return resolved;
}

// Calls visit(index in the selection's order, element number in the array).
template <class Visit>
void for_each_selected(const Resolved& resolved, Visit&& visit) {
    std::uint64_t index = 0;
    for (const h5s::Run& run : h5s::selected_runs(resolved.memory)) {
        for (std::uint64_t i = 0; i < run.count; ++i) {
            visit(index++, run.first + i);
        }
    }
}

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

/// C elements become those of an array, a window at a time.
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

/// Strings become those of an array of StringDType. Only NumPy knows how they lie there: it gets
/// them as strings of a fixed length, or as objects when that would take much more room.
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

void read_selection(engine::OpenDataset& dataset,
                    const MemoryLayout& layout,
                    const Selection& selection,
                    Id dxpl,
                    void* array_data,
                    const TextDecoding* text) {
    if (layout.direct()) {
        without_gil([&] { engine::read({dataset, selection, layout.type(), dxpl}, array_data); });
        return;
    }
    ArraySink sink(layout, array_data, text);
    without_gil([&] { engine::read({dataset, selection, layout.type(), dxpl}, sink); });
}

void write_selection(engine::OpenDataset& dataset,
                     const MemoryLayout& layout,
                     const Selection& selection,
                     Id dxpl,
                     const void* array_data) {
    if (layout.direct()) {
        without_gil([&] { engine::write({dataset, selection, layout.type(), dxpl}, array_data); });
        return;
    }
    ElementBuffer buffer(selection.element_count(), layout);
    KeepAlive keep;
    buffer.from_array(array_data, keep);
    without_gil([&] { engine::write({dataset, selection, layout.type(), dxpl}, buffer.data()); });
}

void read_elements(Id dataset,
                   const MemoryLayout& layout,
                   const TransferSpaces& spaces,
                   void* array_data,
                   const TextDecoding* text) {
    if (layout.direct()) {
        without_gil([&] {
            h5d::read(
                dataset, {layout.type(), spaces.memory, spaces.file, spaces.dxpl}, array_data);
        });
        return;
    }
    const Resolved resolved = resolve(dataset, spaces);
    if (resolved.count == 0) {
        return;
    }
    hdf5::VlenArena arena(spaces.dxpl);
    ElementBuffer buffer(resolved.count, layout);
    without_gil([&] {
        const hdf5::Handle packed = h5s::create_simple({resolved.count});
        h5d::read(
            dataset, {layout.type(), packed.id(), resolved.file, arena.dxpl()}, buffer.data());
    });
    auto* const to = static_cast<std::byte*>(array_data);
    for_each_selected(resolved, [&](std::uint64_t index, std::uint64_t element) {
        layout.to_numpy(buffer.at(index), to + element * layout.numpy_size(), text);
    });
}

void write_elements(Id dataset,
                    const MemoryLayout& layout,
                    const TransferSpaces& spaces,
                    const void* array_data) {
    if (layout.direct()) {
        without_gil([&] {
            h5d::write(
                dataset, {layout.type(), spaces.memory, spaces.file, spaces.dxpl}, array_data);
        });
        return;
    }
    const Resolved resolved = resolve(dataset, spaces);
    if (resolved.count == 0) {
        return;
    }
    ElementBuffer buffer(resolved.count, layout);
    KeepAlive keep;
    const auto* const from = static_cast<const std::byte*>(array_data);
    for_each_selected(resolved, [&](std::uint64_t index, std::uint64_t element) {
        layout.from_numpy(from + element * layout.numpy_size(), buffer.at(index), keep);
    });
    without_gil([&] {
        const hdf5::Handle packed = h5s::create_simple({resolved.count});
        h5d::write(
            dataset, {layout.type(), packed.id(), resolved.file, spaces.dxpl}, buffer.data());
    });
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

const TextDecoding& utf8_text() {
    static const TextDecoding decoding{"utf-8", "strict"};
    return decoding;
}

}  // namespace hyperslab::python
