#include "hdf5/types/string_conversions.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "core/dialect.hpp"
#include "hdf5/call/current_transfer.hpp"
#include "hdf5/types/conversion_function.hpp"

namespace hyperslab::hdf5 {
namespace {

/// The allocator that libhdf5 wants for variable-length values.
class VlenMemory {
public:
    explicit VlenMemory(hid_t given) {
        const hid_t dxpl = given == H5P_DEFAULT ? CurrentTransfer::dxpl() : given;
        if (dxpl != H5P_DEFAULT) {
            H5Pget_vlen_mem_manager(dxpl, &allocate_, &allocate_info_, &free_, &free_info_);
        }
    }
    char* allocate(std::size_t size) const {
        return static_cast<char*>(allocate_ != nullptr ? allocate_(size, allocate_info_)
                                                       : std::malloc(size));
    }
    void free(void* memory) const {
        if (free_ != nullptr) {
            free_(memory, free_info_);
        } else {
            std::free(memory);
        }
    }

private:
    H5MM_allocate_t allocate_ = nullptr;
    void* allocate_info_ = nullptr;
    H5MM_free_t free_ = nullptr;
    void* free_info_ = nullptr;
};

// A variable string in a file is a reference into a heap; only libhdf5 can follow or make one. In
// memory it is a pointer, and the type's size says which of the two it is.
bool is_in_memory(hid_t variable_string) { return H5Tget_size(variable_string) == sizeof(char*); }

bool is_pair(hid_t variable, hid_t fixed) {
    return H5Tis_variable_str(variable) > 0 && H5Tget_class(fixed) == H5T_STRING &&
           H5Tis_variable_str(fixed) == 0;
}

char* read_pointer(const std::byte* element) {
    char* text = nullptr;
    std::memcpy(&text, element, sizeof text);
    return text;
}

char* copy_of_fixed(const std::byte* element, std::size_t size, const VlenMemory& memory) {
    const auto* text = reinterpret_cast<const char*>(element);
    const std::size_t length = ::strnlen(text, size);
    char* const copy = memory.allocate(length + 1);
    if (copy != nullptr) {
        std::memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

bool is_variable_to_fixed(hid_t source, hid_t destination) { return is_pair(source, destination); }

bool is_fixed_to_variable(hid_t source, hid_t destination) { return is_pair(destination, source); }

void copy_text(const char* text, std::byte* out, std::size_t size) {
    const std::size_t length = text == nullptr ? 0 : ::strnlen(text, size);
    std::memset(out + length, 0, size - length);
    if (length != 0) {
        std::memcpy(out, text, length);
    }
}

/// The type of variable strings in memory. It is invalid when it cannot be made.
class InMemory {
public:
    explicit InMemory(hid_t variable_string) : id_(H5Tcopy(H5T_C_S1)) {
        if (H5Tset_size(id_, H5T_VARIABLE) < 0 ||
            H5Tset_cset(id_, H5Tget_cset(variable_string)) < 0) {
            H5Tclose(id_);
            id_ = H5I_INVALID_HID;
        }
    }
    ~InMemory() {
        if (id_ >= 0) {
            H5Tclose(id_);
        }
    }
    InMemory(const InMemory&) = delete;
    InMemory& operator=(const InMemory&) = delete;

    hid_t id() const { return id_; }

private:
    hid_t id_;
};

/// Texts, with room for what libhdf5 makes of them in place.
class Texts {
public:
    Texts(std::size_t count, std::size_t element_size)
        : count_(count), elements_(count * std::max(element_size, sizeof(char*))) {}
    /// Frees the texts where they are pointers.
    ~Texts() {
        for (std::size_t i = 0; pointers_ && i < count_; ++i) {
            std::free(read_pointer(at(i, sizeof(char*))));
        }
    }
    Texts(const Texts&) = delete;
    Texts& operator=(const Texts&) = delete;

    std::byte* data() { return elements_.data(); }
    std::byte* at(std::size_t i, std::size_t size) { return elements_.data() + i * size; }
    void are_pointers(bool pointers) { pointers_ = pointers; }

private:
    std::size_t count_;
    std::vector<std::byte> elements_;
    bool pointers_ = false;
};

// For strings in a file's heap libhdf5 makes pointers, in memory of ours.
herr_t copy_from_heap(const ConversionCall& call) {
    const ConversionWalk walk = call.walk();
    Texts texts(walk.count, walk.source_size);
    for (std::size_t i = 0; i < walk.count; ++i) {
        std::memcpy(texts.at(i, walk.source_size), walk.source(i), walk.source_size);
    }
    const InMemory memory(call.source);
    if (H5Tconvert(call.source, memory.id(), walk.count, texts.data(), nullptr, H5P_DEFAULT) < 0) {
        return kNotMine;
    }
    texts.are_pointers(true);
    for (std::size_t i = 0; i < walk.count; ++i) {
        copy_text(
            read_pointer(texts.at(i, sizeof(char*))), walk.destination(i), walk.destination_size);
    }
    return kConverted;
}

herr_t copy_into_fixed(const ConversionCall& call) {
    if (!is_in_memory(call.source)) {
        return copy_from_heap(call);
    }
    const ConversionWalk walk = call.walk();
    walk.for_each([&](const std::byte* in, std::byte* out) {
        copy_text(read_pointer(in), out, walk.destination_size);
        return true;
    });
    return kConverted;
}

herr_t copy_into_heap(const ConversionCall& call) {
    const ConversionWalk walk = call.walk();
    Texts texts(walk.count, sizeof(char*));
    texts.are_pointers(true);
    const VlenMemory ours(H5P_DATASET_XFER_DEFAULT);
    for (std::size_t i = 0; i < walk.count; ++i) {
        char* const text = copy_of_fixed(walk.source(i), walk.source_size, ours);
        if (text == nullptr) {
            return kNotMine;
        }
        std::memcpy(texts.at(i, sizeof text), &text, sizeof text);
    }
    // libhdf5 converts in place, and the pointers are still to be freed, so it gets a copy.
    Texts references(walk.count, walk.destination_size);
    std::memcpy(references.data(), texts.data(), walk.count * sizeof(char*));
    const InMemory memory(call.destination);
    if (H5Tconvert(
            memory.id(), call.destination, walk.count, references.data(), nullptr, H5P_DEFAULT) <
        0) {
        return kNotMine;
    }
    for (std::size_t i = 0; i < walk.count; ++i) {
        std::memcpy(
            walk.destination(i), references.at(i, walk.destination_size), walk.destination_size);
    }
    return kConverted;
}

herr_t allocate_strings(const ConversionCall& call) {
    if (!is_in_memory(call.destination)) {
        return copy_into_heap(call);
    }
    const VlenMemory memory(call.dxpl);
    const ConversionWalk walk = call.walk();
    std::vector<char*> made;
    made.reserve(walk.count);
    const bool complete = walk.for_each([&](const std::byte* in, std::byte* out) {
        char* const text = copy_of_fixed(in, walk.source_size, memory);
        if (text == nullptr) {
            return false;
        }
        made.push_back(text);
        std::memcpy(out, &text, sizeof text);
        return true;
    });
    if (!complete) {
        std::for_each(made.begin(), made.end(), [&](char* text) { memory.free(text); });
    }
    return complete ? kConverted : kNotMine;
}

// ---- fixed strings to others ----

bool is_fixed(hid_t string) {
    return H5Tget_class(string) == H5T_STRING && H5Tis_variable_str(string) == 0;
}

// libhdf5's conversion ends at the first NUL, although more characters may follow.
bool is_padded_with_nul(hid_t source, hid_t destination) {
    return core::dialect() == core::Dialect::cpp && is_fixed(source) && is_fixed(destination) &&
           H5Tget_strpad(source) == H5T_STR_NULLPAD &&
           H5Tget_cset(source) == H5Tget_cset(destination);
}

herr_t copy_padded(const ConversionCall& call) {
    const ConversionWalk walk = call.walk();
    const H5T_str_t padding = H5Tget_strpad(call.destination);
    const std::size_t room = walk.destination_size - (padding == H5T_STR_NULLTERM ? 1 : 0);
    std::string text;
    walk.for_each([&](const std::byte* in, std::byte* out) {
        text.assign(reinterpret_cast<const char*>(in), walk.source_size);
        text.resize(std::min(text.find_last_not_of('\0') + 1, room));
        std::memset(out, padding == H5T_STR_SPACEPAD ? ' ' : 0, walk.destination_size);
        std::memcpy(out, text.data(), text.size());
        return true;
    });
    return kConverted;
}

}  // namespace

H5T_conv_t fixed_to_fixed_string() { return conversion_function<is_padded_with_nul, copy_padded>; }

H5T_conv_t variable_to_fixed_string() {
    return conversion_function<is_variable_to_fixed, copy_into_fixed>;
}

H5T_conv_t fixed_to_variable_string() {
    return conversion_function<is_fixed_to_variable, allocate_strings>;
}

}  // namespace hyperslab::hdf5
