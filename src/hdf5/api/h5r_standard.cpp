#include "hdf5/api/h5r_standard.hpp"
#include "hdf5/call/c_name.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/text.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5r {
namespace {

static_assert(sizeof(H5R_ref_t) == kStandardSize);
static_assert(static_cast<int>(StandardType::object) == H5R_OBJECT2);
static_assert(static_cast<int>(StandardType::region) == H5R_DATASET_REGION2);
static_assert(static_cast<int>(StandardType::attribute) == H5R_ATTR);

// libhdf5 calls this when the last identifier of a reference is given up. That the reference's file
// has been closed before is no failure.
herr_t destroy(void* reference, void** /*request*/) {
    const std::unique_ptr<H5R_ref_t> owned(static_cast<H5R_ref_t*>(reference));
    H5Rdestroy(owned.get());
    return 0;
}

H5I_type_t registered_type = H5I_BADID;  // under the library lock

H5I_type_t identifier_type() {
    const LockGuard guard;
    if (registered_type == H5I_BADID) {
        registered_type = check({}, [] { return register_id_type(&destroy); });
    }
    return registered_type;
}

Handle owner_of(std::unique_ptr<H5R_ref_t> reference) {
    const LockGuard guard;
    Handle owner(check({}, [&] { return H5Iregister(identifier_type(), reference.get()); }));
    [[maybe_unused]] const H5R_ref_t* const given =
        reference.release();  // the identifier owns it now
    return owner;
}

// The reference that an identifier owns. The caller holds the library lock.
const H5R_ref_t* reference_in(const Handle& owner) {
    if (!owner) {
        throw Error(ErrorCode::invalid_argument, "The reference is null: it leads nowhere");
    }
    return static_cast<const H5R_ref_t*>(
        check({}, [&] { return H5Iobject_verify(owner.id(), identifier_type()); }));
}

// A copy for one call: libhdf5 would keep the other file open that it opens to follow a reference.
class Followed {
public:
    explicit Followed(const Handle& owner) {
        const H5R_ref_t* const reference = reference_in(owner);
        check({}, [&] { return H5Rcopy(reference, &copy_); });
    }
    ~Followed() {
        const InsideLibrary inside;
        H5Rdestroy(&copy_);
    }
    Followed(const Followed&) = delete;
    Followed& operator=(const Followed&) = delete;

    H5R_ref_t* get() { return &copy_; }

private:
    LockGuard guard_;
    H5R_ref_t copy_{};
};

void require_type(StandardType found, StandardType wanted, const char* what) {
    if (found != wanted) {
        throw Error(ErrorCode::invalid_argument, std::string("The reference leads to no ") + what);
    }
}

template <class Create>
Handle make(const Subject& subject, Create&& create) {
    auto reference = std::make_unique<H5R_ref_t>();
    check(subject, [&] { return create(reference.get()); });
    return owner_of(std::move(reference));
}

}  // namespace

StandardReference StandardReference::to_object(Id location, const std::string& name, Id oapl) {
    return StandardReference(make({location, name}, [&](H5R_ref_t* made) {
        return H5Rcreate_object(location, c_name(name), oapl, made);
    }));
}

StandardReference StandardReference::to_region(Id location,
                                               const std::string& name,
                                               Id space,
                                               Id oapl) {
    return StandardReference(make({location, name}, [&](H5R_ref_t* made) {
        return H5Rcreate_region(location, c_name(name), space, oapl, made);
    }));
}

StandardReference StandardReference::to_attribute(Id location,
                                                  const std::string& name,
                                                  const std::string& attribute,
                                                  Id oapl) {
    return StandardReference(make({location, name}, [&](H5R_ref_t* made) {
        return H5Rcreate_attr(location, c_name(name), c_name(attribute), oapl, made);
    }));
}

StandardReference StandardReference::copy_of(const std::byte* element) {
    if (std::all_of(
            element, element + kStandardSize, [](std::byte b) { return b == std::byte{}; })) {
        return {};
    }
    H5R_ref_t reference{};
    std::memcpy(&reference, element, sizeof reference);
    return StandardReference(make({}, [&](H5R_ref_t* made) { return H5Rcopy(&reference, made); }));
}

void StandardReference::put_into(std::byte* element) const {
    if (null()) {
        std::memset(element, 0, kStandardSize);
        return;
    }
    const LockGuard guard;
    std::memcpy(element, reference_in(owner_), kStandardSize);
}

StandardType StandardReference::type() const {
    const LockGuard guard;
    return static_cast<StandardType>(check({}, [&] { return H5Rget_type(reference_in(owner_)); }));
}

bool StandardReference::equals(const StandardReference& other) const {
    if (null() || other.null()) {
        return null() == other.null();
    }
    const LockGuard guard;
    return check_true({},
                      [&] { return H5Requal(reference_in(owner_), reference_in(other.owner_)); });
}

StandardReference StandardReference::copy() const {
    if (null()) {
        return {};
    }
    const LockGuard guard;
    return StandardReference(
        make({}, [&](H5R_ref_t* made) { return H5Rcopy(reference_in(owner_), made); }));
}

Handle StandardReference::open_object(Id rapl, Id oapl) const {
    Followed followed(owner_);
    return Handle(check({}, [&] { return H5Ropen_object(followed.get(), rapl, oapl); }));
}

Handle StandardReference::open_region(Id rapl, Id oapl) const {
    Followed followed(owner_);
    require_type(type(), StandardType::region, "region");
    return Handle(check({}, [&] { return H5Ropen_region(followed.get(), rapl, oapl); }));
}

Handle StandardReference::open_attribute(Id rapl, Id aapl) const {
    Followed followed(owner_);
    require_type(type(), StandardType::attribute, "attribute");
    return Handle(check({}, [&] { return H5Ropen_attr(followed.get(), rapl, aapl); }));
}

h5o::Type StandardReference::object_type(Id rapl) const {
    Followed followed(owner_);
    H5O_type_t type = H5O_TYPE_UNKNOWN;
    check({}, [&] { return H5Rget_obj_type3(followed.get(), rapl, &type); });
    return static_cast<h5o::Type>(type);
}

// The length that libhdf5 returns for a file that is not open includes the zero at the end.
std::string StandardReference::file_name() const {
    const LockGuard guard;
    const H5R_ref_t* const reference = reference_in(owner_);
    const std::string name = read_text(
        [&](char* text, std::size_t size) { return H5Rget_file_name(reference, text, size); });
    return name.substr(0, name.find('\0'));
}

std::string StandardReference::object_name(Id rapl) const {
    Followed followed(owner_);
    return read_text([&](char* text, std::size_t size) {
        return H5Rget_obj_name(followed.get(), rapl, text, size);
    });
}

std::string StandardReference::attribute_name() const {
    const LockGuard guard;
    const H5R_ref_t* const reference = reference_in(owner_);
    require_type(type(), StandardType::attribute, "attribute");
    return read_text(
        [&](char* text, std::size_t size) { return H5Rget_attr_name(reference, text, size); });
}

}  // namespace hyperslab::hdf5::h5r
