#include "hdf5/types/string_conversions.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "hdf5/call/current_transfer.hpp"
#include "hdf5/types/conversion_function.hpp"

namespace hyperslab::hdf5 {
namespace {

/// Where libhdf5 wants variable-length values to be allocated.
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
    return H5Tis_variable_str(variable) > 0 && is_in_memory(variable) &&
           H5Tget_class(fixed) == H5T_STRING && H5Tis_variable_str(fixed) == 0;
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

herr_t copy_into_fixed(const ConversionCall& call) {
    const ConversionWalk walk = call.walk();
    walk.for_each([&](const std::byte* in, std::byte* out) {
        const char* const text = read_pointer(in);
        const std::size_t length = text == nullptr ? 0 : ::strnlen(text, walk.destination_size);
        std::memset(out + length, 0, walk.destination_size - length);
        if (length != 0) {
            std::memcpy(out, text, length);
        }
        return true;
    });
    return kConverted;
}

herr_t allocate_strings(const ConversionCall& call) {
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

}  // namespace

H5T_conv_t variable_to_fixed_string() {
    return conversion_function<is_variable_to_fixed, copy_into_fixed>;
}

H5T_conv_t fixed_to_variable_string() {
    return conversion_function<is_fixed_to_variable, allocate_strings>;
}

}  // namespace hyperslab::hdf5
