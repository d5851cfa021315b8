#include "hdf5/h5p_driver.hpp"

#include "hdf5/call.hpp"
#include "hdf5/capi.hpp"

namespace hyperslab::hdf5::h5p {

void set_driver(Id fapl, Id driver) {
    check({}, [&] { return H5Pset_driver(fapl, driver, nullptr); });
}

Id get_driver(Id fapl) {
    return check({}, [&] { return H5Pget_driver(fapl); });
}

void set_fapl_sec2(Id fapl) {
    check({}, [&] { return H5Pset_fapl_sec2(fapl); });
}

void set_fapl_stdio(Id fapl) {
    check({}, [&] { return H5Pset_fapl_stdio(fapl); });
}

void set_fapl_core(Id fapl, CoreDriver core) {
    check({}, [&] { return H5Pset_fapl_core(fapl, core.increment, core.backing_store); });
}

CoreDriver get_fapl_core(Id fapl) {
    std::size_t increment = 0;
    hbool_t backing_store = false;
    check({}, [&] { return H5Pget_fapl_core(fapl, &increment, &backing_store); });
    return {increment, backing_store};
}

void set_core_write_tracking(Id fapl, bool track, std::size_t page_bytes) {
    check({}, [&] { return H5Pset_core_write_tracking(fapl, track, page_bytes); });
}

std::pair<bool, std::size_t> get_core_write_tracking(Id fapl) {
    hbool_t track = false;
    std::size_t page_bytes = 0;
    check({}, [&] { return H5Pget_core_write_tracking(fapl, &track, &page_bytes); });
    return {track, page_bytes};
}

void set_fapl_family(Id fapl, std::uint64_t member_bytes, Id member_fapl) {
    check({}, [&] { return H5Pset_fapl_family(fapl, member_bytes, member_fapl); });
}

FamilyDriver get_fapl_family(Id fapl) {
    hsize_t member_bytes = 0;
    hid_t member_fapl = kInvalidId;
    check({}, [&] { return H5Pget_fapl_family(fapl, &member_bytes, &member_fapl); });
    return {member_bytes, Handle(member_fapl)};
}

void set_fapl_split(Id fapl,
                    const std::string& meta_extension,
                    Id meta_fapl,
                    const std::string& raw_extension,
                    Id raw_fapl) {
    check({}, [&] {
        return H5Pset_fapl_split(
            fapl, meta_extension.c_str(), meta_fapl, raw_extension.c_str(), raw_fapl);
    });
}

void set_fapl_log(Id fapl, const std::string& log_file, std::uint64_t flags, std::size_t bytes) {
    check({}, [&] { return H5Pset_fapl_log(fapl, log_file.c_str(), flags, bytes); });
}

}  // namespace hyperslab::hdf5::h5p
