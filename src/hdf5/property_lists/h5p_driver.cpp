#include "hdf5/property_lists/h5p_driver.hpp"
#include "hdf5/call/c_name.hpp"

#include <algorithm>
#include <array>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/drivers/plain_file_driver.hpp"
#include "hdf5/property_lists/h5p_class.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5p {
namespace {

// A list for the members of files that consist of several.
Handle plain_list() {
    Handle list = create(ListClass::file_access);
    set_fapl_sec2(list.id());
    return list;
}

// The pattern of a member's name, for printf: the file's name goes where "%s" stands.
std::string member_name(const std::string& extension) {
    const std::string pattern =
        extension.find("%s") == std::string::npos ? "%s" + extension : extension;
    if (std::ranges::count(pattern, '%') != 1) {
        throw Error(ErrorCode::invalid_argument,
                    "'" + extension + "' as a part of a file name: of % it may hold one %s");
    }
    return pattern;
}

}  // namespace

void set_driver(Id fapl, Id driver) {
    if (can_use_subfiling() && driver == H5FD_SUBFILING) {
        set_fapl_subfiling(fapl, {});
        return;
    }
    check({}, [&] { return H5Pset_driver(fapl, driver, nullptr); });
}

Id get_driver(Id fapl) {
    return driver_below(check({}, [&] { return H5Pget_driver(fapl); }));
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

// Left to itself libhdf5 makes a list for the members that it never gives back.
void set_fapl_family(Id fapl, std::uint64_t member_bytes, Id member_fapl) {
    const LockGuard guard;
    const Handle plain = plain_list();
    check({}, [&] {
        return H5Pset_fapl_family(
            fapl, member_bytes, member_fapl == kDefault ? plain.id() : member_fapl);
    });
}

FamilyDriver get_fapl_family(Id fapl) {
    hsize_t member_bytes = 0;
    hid_t member_fapl = kInvalidId;
    check({}, [&] { return H5Pget_fapl_family(fapl, &member_bytes, &member_fapl); });
    return {member_bytes, Handle(member_fapl)};
}

// H5Pset_fapl_split, but that it would make lists for the members that it never gives back.
void set_fapl_split(Id fapl,
                    const std::string& meta_extension,
                    Id meta_fapl,
                    const std::string& raw_extension,
                    Id raw_fapl) {
    const LockGuard guard;
    const std::string meta_name = member_name(meta_extension);
    const std::string raw_name = member_name(raw_extension);
    const Handle plain = plain_list();
    std::array<H5FD_mem_t, H5FD_MEM_NTYPES> member_of{};
    member_of.fill(H5FD_MEM_SUPER);
    member_of[H5FD_MEM_DRAW] = member_of[H5FD_MEM_GHEAP] = H5FD_MEM_DRAW;
    std::array<hid_t, H5FD_MEM_NTYPES> lists{};
    lists.fill(plain.id());
    lists[H5FD_MEM_SUPER] = meta_fapl == kDefault ? plain.id() : meta_fapl;
    lists[H5FD_MEM_DRAW] = raw_fapl == kDefault ? plain.id() : raw_fapl;
    std::array<const char*, H5FD_MEM_NTYPES> names{};
    names[H5FD_MEM_SUPER] = c_name(meta_name);
    names[H5FD_MEM_DRAW] = c_name(raw_name);
    std::array<haddr_t, H5FD_MEM_NTYPES> addresses{};
    addresses.fill(HADDR_UNDEF);
    addresses[H5FD_MEM_SUPER] = 0;
    addresses[H5FD_MEM_DRAW] = HADDR_MAX / 2;
    check({}, [&] {
        return H5Pset_fapl_multi(
            fapl, member_of.data(), lists.data(), names.data(), addresses.data(), true);
    });
}

void set_fapl_log(Id fapl, const std::string& log_file, std::uint64_t flags, std::size_t bytes) {
    check({}, [&] { return H5Pset_fapl_log(fapl, c_name(log_file), flags, bytes); });
}

}  // namespace hyperslab::hdf5::h5p
