#include "hdf5/property_lists/h5p_class.hpp"

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/changes/announce.hpp"
#include "hdf5/property_lists/h5p_dataset.hpp"

namespace hyperslab::hdf5::h5p {
namespace {

struct ClassName {
    ListClass list_class;
    std::string_view name;
};

// The names that H5Pget_class_name returns. A class that a program derives from one of these has
// another name.
constexpr std::array kClassNames{
    ClassName{ListClass::root, "root"},
    ClassName{ListClass::object_create, "object create"},
    ClassName{ListClass::file_create, "file create"},
    ClassName{ListClass::file_access, "file access"},
    ClassName{ListClass::file_mount, "file mount"},
    ClassName{ListClass::dataset_create, "dataset create"},
    ClassName{ListClass::dataset_access, "dataset access"},
    ClassName{ListClass::dataset_transfer, "data transfer"},
    ClassName{ListClass::group_create, "group create"},
    ClassName{ListClass::group_access, "group access"},
    ClassName{ListClass::datatype_create, "datatype create"},
    ClassName{ListClass::datatype_access, "datatype access"},
    ClassName{ListClass::attribute_create, "attribute create"},
    ClassName{ListClass::attribute_access, "attribute access"},
    ClassName{ListClass::object_copy, "object copy"},
    ClassName{ListClass::link_create, "link create"},
    ClassName{ListClass::link_access, "link access"},
    ClassName{ListClass::string_create, "string create"},
    ClassName{ListClass::reference_access, "reference access"},
};

// A chunked layout without a shape for the chunks, which H5Pequal runs over the end of.
bool lacks_chunk_shape(Id list) {
    if (H5Iis_valid(list) <= 0 || kind(list) != H5I_GENPROP_LST ||
        H5Pisa_class(list, H5P_DATASET_CREATE) <= 0) {
        return false;
    }
    return get_layout(list) == Layout::chunked && get_chunk(list).empty();
}

Handle with_chunk_shape(Id list) {
    Handle shaped = copy(list);
    set_chunk(shaped.id(), {1});
    return shaped;
}

}  // namespace

Id class_id(ListClass list_class) {
    const LockGuard guard;  // the names below start libhdf5
    switch (list_class) {
        case ListClass::root:
            return H5P_ROOT;
        case ListClass::object_create:
            return H5P_OBJECT_CREATE;
        case ListClass::file_create:
            return H5P_FILE_CREATE;
        case ListClass::file_access:
            return H5P_FILE_ACCESS;
        case ListClass::file_mount:
            return H5P_FILE_MOUNT;
        case ListClass::dataset_create:
            return H5P_DATASET_CREATE;
        case ListClass::dataset_access:
            return H5P_DATASET_ACCESS;
        case ListClass::dataset_transfer:
            return H5P_DATASET_XFER;
        case ListClass::group_create:
            return H5P_GROUP_CREATE;
        case ListClass::group_access:
            return H5P_GROUP_ACCESS;
        case ListClass::datatype_create:
            return H5P_DATATYPE_CREATE;
        case ListClass::datatype_access:
            return H5P_DATATYPE_ACCESS;
        case ListClass::attribute_create:
            return H5P_ATTRIBUTE_CREATE;
        case ListClass::attribute_access:
            return H5P_ATTRIBUTE_ACCESS;
        case ListClass::object_copy:
            return H5P_OBJECT_COPY;
        case ListClass::link_create:
            return H5P_LINK_CREATE;
        case ListClass::link_access:
            return H5P_LINK_ACCESS;
        case ListClass::string_create:
            return H5P_STRING_CREATE;
        case ListClass::reference_access:
            return H5P_REFERENCE_ACCESS;
    }
    return kInvalidId;
}

Handle create(ListClass list_class) { return create(class_id(list_class)); }

Handle create(Id list_class) {
    return Handle(check({}, [&] { return H5Pcreate(list_class); }));
}

Handle copy(Id list) {
    return Handle(check({}, [&] { return H5Pcopy(list); }));
}

bool equal(Id a, Id b) {
    const LockGuard guard;
    const bool shapeless = lacks_chunk_shape(a);
    if (shapeless != lacks_chunk_shape(b)) {
        return false;
    }
    if (shapeless) {
        return equal(with_chunk_shape(a).id(), with_chunk_shape(b).id());
    }
    return check_true({}, [&] { return H5Pequal(a, b); });
}

Handle get_class(Id list) {
    return Handle(check({}, [&] { return H5Pget_class(list); }));
}

std::optional<ListClass> class_of(Id list) {
    const LockGuard guard;
    const Handle list_class = get_class(list);
    char* const text = check({}, [&] { return H5Pget_class_name(list_class.id()); });
    const std::string name(text);
    H5free_memory(text);
    for (const ClassName& known : kClassNames) {
        if (known.name == name) {
            return known.list_class;
        }
    }
    return std::nullopt;
}

bool exist(Id list, const std::string& name) {
    return check_true({}, [&] { return H5Pexist(list, name.c_str()); });
}

std::string fingerprint_of(Id list) {
    const LockGuard guard;
    const InsideLibrary inside;
    std::size_t size = 0;
    if (list == kDefault || H5Pencode2(list, nullptr, &size, kDefault) < 0) {
        return {};
    }
    std::vector<std::byte> bytes(size);
    return H5Pencode2(list, bytes.data(), &size, kDefault) < 0
               ? std::string()
               : fingerprint(bytes.data(), bytes.size());
}

}  // namespace hyperslab::hdf5::h5p
