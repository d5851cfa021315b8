#include "hdf5/drivers/file_safety.hpp"

#include <string>

#include "core/dialect.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

constexpr const char* kProperty = "hyperslab file safety";

bool is_one_file_on_disk(Id fapl) {
    const Id driver = check({}, [&] { return H5Pget_driver(fapl); });
    if (driver != H5FD_CORE) {
        return driver == H5FD_SEC2 || driver == H5FD_STDIO;
    }
    size_t increment = 0;
    hbool_t backing_store = false;
    check({}, [&] { return H5Pget_fapl_core(fapl, &increment, &backing_store); });
    return backing_store;
}

bool is_several_files_on_disk(Id fapl) {
    const Id driver = check({}, [&] { return H5Pget_driver(fapl); });
    return driver == H5FD_FAMILY || driver == H5FD_MULTI;
}

}  // namespace

void set_file_safety(Id fapl, FileSafety safety) {
    const LockGuard guard;
    if (safety == file_safety(fapl)) {
        return;
    }
    if (check_true({}, [&] { return H5Pexist(fapl, kProperty); })) {
        check({}, [&] { return H5Pset(fapl, kProperty, &safety); });
        return;
    }
    check({}, [&] {
        return H5Pinsert2(fapl,
                          kProperty,
                          sizeof safety,
                          &safety,
                          nullptr,
                          nullptr,
                          nullptr,
                          nullptr,
                          nullptr,
                          nullptr);
    });
}

FileSafety file_safety(Id fapl) {
    const LockGuard guard;
    FileSafety safety;
    if (fapl != kDefault && check_true({}, [&] { return H5Pexist(fapl, kProperty); })) {
        check({}, [&] { return H5Pget(fapl, kProperty, &safety); });
    }
    return safety;
}

void require_possible_safety(Id fapl) {
    const FileSafety safety = file_safety(fapl);
    if (safety.atomic && !is_one_file_on_disk(fapl)) {
        throw Error(ErrorCode::invalid_argument,
                    std::string(core::say("FileOptions::atomic", "atomic=True")) +
                        " is for one file on disk: the drivers 'sec2', 'stdio', and 'core' with a "
                        "backing store");
    }
    if (safety.durable && !is_one_file_on_disk(fapl) && !is_several_files_on_disk(fapl)) {
        throw Error(ErrorCode::invalid_argument,
                    std::string(core::say("FileOptions::durable", "durable=True")) +
                        " is for files on disk: the drivers 'sec2', 'stdio', 'family', 'split', "
                        "and 'core' with a backing store");
    }
}

}  // namespace hyperslab::hdf5
