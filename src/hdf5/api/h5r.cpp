#include "hdf5/api/h5r.hpp"
#include "hdf5/call/c_name.hpp"

#include <algorithm>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/text.hpp"

namespace hyperslab::hdf5::h5r {
namespace {

static_assert(sizeof(hobj_ref_t) == kObjectSize && sizeof(hdset_reg_ref_t) == kRegionSize);
static_assert(static_cast<int>(Type::region) == H5R_DATASET_REGION);

// libhdf5 reads an address out of these bytes as it lies there.
struct alignas(hobj_ref_t) AlignedBytes {
    std::array<std::byte, kRegionSize> bytes;
};

H5R_type_t code(Type type) { return static_cast<H5R_type_t>(type); }

Reference create(Type type, Id location, const std::string& name, Id space) {
    AlignedBytes made{};
    check({location, name},
          [&] { return H5Rcreate(&made, location, c_name(name), code(type), space); });
    return {type, made.bytes};
}

}  // namespace

bool Reference::null() const {
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

Reference create_object(Id location, const std::string& name) {
    return create(Type::object, location, name, kInvalidId);
}

Reference create_region(Id location, const std::string& name, Id space) {
    return create(Type::region, location, name, space);
}

Handle dereference(const Reference& reference, Id location, Id oapl) {
    const AlignedBytes aligned{reference.bytes};
    return Handle(check({location}, [&] {
        return H5Rdereference2(location, oapl, code(reference.type), &aligned);
    }));
}

Handle region(const Reference& reference, Id location) {
    const AlignedBytes aligned{reference.bytes};
    return Handle(
        check({location}, [&] { return H5Rget_region(location, code(reference.type), &aligned); }));
}

h5o::Type object_type(const Reference& reference, Id location) {
    const AlignedBytes aligned{reference.bytes};
    H5O_type_t type = H5O_TYPE_UNKNOWN;
    check({location},
          [&] { return H5Rget_obj_type2(location, code(reference.type), &aligned, &type); });
    return static_cast<h5o::Type>(type);
}

std::string name(const Reference& reference, Id location) {
    const AlignedBytes aligned{reference.bytes};
    return read_text({location}, [&](char* text, size_t size) {
        return H5Rget_name(location, code(reference.type), &aligned, text, size);
    });
}

}  // namespace hyperslab::hdf5::h5r
