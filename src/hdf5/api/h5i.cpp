#include "hdf5/api/h5i.hpp"

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/last_close.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/changes/closings.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5i {

static_assert(static_cast<int>(Type::attribute) == H5I_ATTR);
static_assert(static_cast<int>(Type::property_list) == H5I_GENPROP_LST);

namespace {

// Whether libhdf5 knows an identifier, including those that it holds for itself, as of its
// predefined types. It leaves no error in the error stack.
bool is_known(Id id) {
    const bool known = H5Iget_ref(id) >= 0;
    if (!known) {
        H5Eclear2(H5E_DEFAULT);
    }
    return known;
}

}  // namespace

// H5Iget_type itself would end the process for a number that is no identifier, in builds of libhdf5
// with assertions, such as Debian's 2.2.
Type type(Id id) {
    return static_cast<Type>(
        check({}, [&] { return is_known(id) ? static_cast<H5I_type_t>(kind(id)) : H5I_BADID; }));
}

bool valid(Id id) {
    return check_true({}, [&] { return H5Iis_valid(id); });
}

void require_open(Id id) {
    if (!valid(id)) {
        throw Error(ErrorCode::closed, "Invalid location identifier (it, or its file, is closed)");
    }
}

std::string name(Id object) {
    try {
        return read_text({},
                         [&](char* text, size_t size) { return H5Iget_name(object, text, size); });
    } catch (const Error&) {
        return {};
    }
}

Handle file(Id object) {
    return Handle(check({}, [&] { return H5Iget_file_id(object); }));
}

int increment_references(Id id) {
    return check({}, [&] { return H5Iinc_ref(id); });
}

int decrement_references(Id id) {
    const LockGuard guard;
    if (!may_give_up(id)) {
        return 0;
    }
    return check({}, [&] {
        count_closing();
        const int left = H5Idec_ref(id);
        if (left < 0) {
            H5I_remove(id);  // like give_up()
        }
        return left;
    });
}

int references(Id id) {
    return check({}, [&] { return H5Iget_ref(id); });
}

}  // namespace hyperslab::hdf5::h5i
