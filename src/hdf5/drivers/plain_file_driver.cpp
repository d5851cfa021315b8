#include "hdf5/drivers/plain_file_driver.hpp"

#include <array>
#include <cstdlib>
#include <memory>
#include <span>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/keep_error_stack.hpp"
#include "hdf5/drivers/byte_device.hpp"
#include "hdf5/drivers/device_class.hpp"
#include "hdf5/drivers/file_safety.hpp"
#include "hdf5/drivers/memory_file.hpp"
#include "hdf5/drivers/plain_file.hpp"
#include "hdf5/drivers/replacement.hpp"
#include "hdf5/drivers/truncate_guard.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

// The settings of the core driver in a list, which our driver keeps as its driver information.
struct CoreSettings {
    std::size_t increment = 0;
    hbool_t backing_store = true;
    hbool_t tracks_writes = false;
    std::size_t page_bytes = 512 * 1024;
};

struct CoreFile : MemoryFile {
    CoreFile(const std::shared_ptr<PlainFile>& backing, const CoreSettings& set)
        : MemoryFile(backing, set.page_bytes), settings(set) {}

    CoreSettings settings;
};

// ---- opening ----

H5FD_t* open_below(const char* name, unsigned flags, hid_t fapl, haddr_t max_address, bool stdio) {
    const hid_t list = H5Pcopy(fapl);
    const bool set = list >= 0 &&
                     H5Pset_file_image(list, nullptr, 0) >= 0 &&  // an image is for core
                     (stdio ? H5Pset_fapl_stdio(list) : H5Pset_fapl_sec2(list)) >= 0;
    H5FD_t* const file = set ? H5FDopen(name, flags, list, max_address) : nullptr;
    const KeepErrorStack errors;
    H5Pclose(list);
    return file;
}

// libhdf5 tries first whether there is such a file, which is of no interest here.
std::shared_ptr<PlainFile> open_replacement(
    const char* name, unsigned flags, hid_t fapl, haddr_t max_address, bool stdio) {
    if ((flags & H5F_ACC_CREAT) == 0) {
        return nullptr;
    }
    auto made = std::make_unique<Replacement>(name, (flags & H5F_ACC_EXCL) != 0);
    H5FD_t* const file =
        open_below(made->temporary().c_str(), H5F_ACC_RDWR, fapl, max_address, stdio);
    if (file == nullptr) {
        return nullptr;
    }
    const FileSafety safety = file_safety(fapl);
    PlainFile::Care care{.durable = safety.durable,
                         .created = true,
                         .replacement = std::move(made),
                         .hasty = safety.hasty};
    return std::make_shared<PlainFile>(file, name, std::move(care));
}

std::shared_ptr<PlainFile> open_plain(
    const char* name, unsigned flags, hid_t fapl, haddr_t max_address, bool stdio) {
    const FileSafety safety = file_safety(fapl);
    if (safety.atomic) {
        return open_replacement(name, flags, fapl, max_address, stdio);
    }
    const bool created = (flags & H5F_ACC_CREAT) != 0;
    flags = truncate_if_free(name, flags, fapl);
    H5FD_t* const file = open_below(name, flags, fapl, max_address, stdio);
    if (file == nullptr) {
        return nullptr;
    }
    PlainFile::Care care{.durable = safety.durable, .created = created};
    return std::make_shared<PlainFile>(file, name, std::move(care));
}

H5FD_t* as_driver(const std::shared_ptr<ByteDevice>& device) {
    return device == nullptr ? nullptr : static_cast<H5FD_t*>(new OpenDevice(device));
}

template <bool kStdio>
H5FD_t* open_file(const char* name, unsigned flags, hid_t fapl, haddr_t max_address) {
    return guarded(static_cast<H5FD_t*>(nullptr),
                   [&] { return as_driver(open_plain(name, flags, fapl, max_address, kStdio)); });
}

// The bytes with which the file begins, as a list says.
class FileImage {
public:
    explicit FileImage(hid_t fapl) {
        if (H5Pget_file_image(fapl, &bytes_, &size_) < 0) {
            throw_error_stack({});
        }
    }
    ~FileImage() { H5free_memory(bytes_); }
    FileImage(const FileImage&) = delete;
    FileImage& operator=(const FileImage&) = delete;

    std::span<const std::byte> bytes() const {
        return {static_cast<const std::byte*>(bytes_), size_};
    }

private:
    void* bytes_ = nullptr;
    std::size_t size_ = 0;
};

H5FD_t* open_core(const char* name, unsigned flags, hid_t fapl, haddr_t max_address) {
    return guarded(static_cast<H5FD_t*>(nullptr), [&]() -> H5FD_t* {
        const FileImage image(fapl);
        if (!image.bytes().empty()) {  // then the file does not exist yet
            flags |= H5F_ACC_CREAT | H5F_ACC_EXCL | H5F_ACC_RDWR;
        }
        const std::shared_ptr<PlainFile> backing =
            open_plain(name, flags, fapl, max_address, false);
        if (backing == nullptr) {
            return nullptr;
        }
        const auto* settings = static_cast<const CoreSettings*>(H5Pget_driver_info(fapl));
        const auto file =
            std::make_shared<CoreFile>(backing, settings != nullptr ? *settings : CoreSettings());
        if (!image.bytes().empty()) {
            file->assign(image.bytes());
        }
        return as_driver(file);
    });
}

// ---- open files ----

CoreFile* core_below(const H5FD_t* file) {
    return dynamic_cast<CoreFile*>(as_open(file).file.device().get());
}

PlainFile& plain_below(const H5FD_t* file) {
    const CoreFile* const core = core_below(file);
    const std::shared_ptr<ByteDevice>& device =
        core != nullptr ? core->backing() : as_open(file).file.device();
    return static_cast<PlainFile&>(*device);
}

H5FD_t* below(const H5FD_t* file) { return plain_below(file).opened(); }

int compare(const H5FD_t* a, const H5FD_t* b) { return H5FDcmp(below(a), below(b)); }

// libhdf5 looks at the name of a file whose descriptor it may have, and that of one which takes the
// place of another names the other, or nothing yet.
template <bool kStdio>
herr_t query(const H5FD_t* file, unsigned long* flags) {
    if (file != nullptr) {
        const herr_t result = H5FDquery(below(file), flags);
        if (plain_below(file).is_undecided()) {
            *flags &= ~static_cast<unsigned long>(H5FD_FEAT_POSIX_COMPAT_HANDLE);
        }
        return result;
    }
    return H5FDdriver_query(kStdio ? H5FD_STDIO : H5FD_SEC2, flags);
}

// Images have no callbacks, which are for memory that libhdf5 allocates.
herr_t query_core(const H5FD_t* /*file*/, unsigned long* flags) {
    *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA |
             H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_ALLOW_FILE_IMAGE |
             H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
    return 0;
}

herr_t get_handle(H5FD_t* file, hid_t fapl, void** handle) {
    CoreFile* const core = core_below(file);
    if (core == nullptr) {
        return H5FDget_vfd_handle(below(file), fapl, handle);
    }
    return guarded(herr_t{-1}, [&] {
        *handle = static_cast<void*>(&core->memory());
        return herr_t{0};
    });
}

herr_t lock(H5FD_t* file, hbool_t exclusive) {
    return guarded(herr_t{-1}, [&] {
        plain_below(file).lock(exclusive);
        return herr_t{0};
    });
}

herr_t unlock(H5FD_t* file) {
    const KeepErrorStack errors;
    return H5FDunlock(below(file));
}

// ---- the drivers ----

// Numbers from 512 on may be used within one site; no file contains these numbers.
template <bool kStdio>
H5FD_class_t plain_class() {
    H5FD_class_t driver =
        kStdio ? device_class("plain file, stdio", 514) : device_class("plain file", 513);
    driver.open = open_file<kStdio>;
    driver.query = query<kStdio>;
    return driver;
}

void* core_settings_of(H5FD_t* file) { return new CoreSettings(core_below(file)->settings); }

void* copy_core_settings(const void* settings) {
    return new CoreSettings(*static_cast<const CoreSettings*>(settings));
}

herr_t free_core_settings(void* settings) {
    delete static_cast<CoreSettings*>(settings);
    return 0;
}

H5FD_class_t core_class() {
    H5FD_class_t driver = device_class("plain file, core", 515);
    driver.fapl_size = sizeof(CoreSettings);
    driver.fapl_get = core_settings_of;
    driver.fapl_copy = copy_core_settings;
    driver.fapl_free = free_core_settings;
    driver.open = open_core;
    driver.query = query_core;
    return driver;
}

Id registered(H5FD_class_t& driver) {
    driver.cmp = compare;
    driver.get_handle = get_handle;
    driver.lock = lock;
    driver.unlock = unlock;
    return check({}, [&] { return H5FDregister(&driver); });
}

struct Drivers {
    H5FD_class_t classes[3]{plain_class<false>(), plain_class<true>(), core_class()};
    Id sec2 = registered(classes[0]);
    Id stdio = registered(classes[1]);
    Id core = registered(classes[2]);
};

// The registered drivers, under the library lock. They are never destroyed, because files may be
// closed after static destructors have run.
const Drivers* registered_drivers = nullptr;

const Drivers& drivers() {
    const LockGuard guard;
    if (registered_drivers == nullptr) {
        registered_drivers = new Drivers;
    }
    return *registered_drivers;
}

// ---- lists ----

Id driver_of(Id fapl) {
    return check({}, [&] { return H5Pget_driver(fapl); });
}

void set_driver(Id fapl, Id driver, const void* information = nullptr) {
    check({}, [&] { return H5Pset_driver(fapl, driver, information); });
}

void cover_core(Id fapl) {
    CoreSettings settings;
    check({}, [&] { return H5Pget_fapl_core(fapl, &settings.increment, &settings.backing_store); });
    check({}, [&] {
        return H5Pget_core_write_tracking(fapl, &settings.tracks_writes, &settings.page_bytes);
    });
    if (settings.backing_store) {  // a file in memory alone cannot fail
        set_driver(fapl, drivers().core, &settings);
    }
}

void uncover_core(Id fapl) {
    const CoreSettings settings =
        *static_cast<const CoreSettings*>(check({}, [&] { return H5Pget_driver_info(fapl); }));
    check({}, [&] { return H5Pset_fapl_core(fapl, settings.increment, settings.backing_store); });
    check({}, [&] {
        return H5Pset_core_write_tracking(fapl, settings.tracks_writes, settings.page_bytes);
    });
}

void cover_family(Id fapl) {
    hsize_t member_bytes = 0;
    hid_t member = kInvalidId;
    check({}, [&] { return H5Pget_fapl_family(fapl, &member_bytes, &member); });
    const Handle given(member);
    const Handle covered = with_plain_file_drivers(given.id());
    set_file_safety(covered.id(), file_safety(fapl));
    check({}, [&] { return H5Pset_fapl_family(fapl, member_bytes, covered.id()); });
}

struct MultiSettings {
    std::array<H5FD_mem_t, H5FD_MEM_NTYPES> member_of{};
    std::array<hid_t, H5FD_MEM_NTYPES> lists{};
    std::array<char*, H5FD_MEM_NTYPES> names{};
    std::array<haddr_t, H5FD_MEM_NTYPES> addresses{};
    hbool_t relaxed = false;
};

void cover_multi(Id fapl) {
    MultiSettings settings;
    check({}, [&] {
        return H5Pget_fapl_multi(fapl,
                                 settings.member_of.data(),
                                 settings.lists.data(),
                                 settings.names.data(),
                                 settings.addresses.data(),
                                 &settings.relaxed);
    });
    std::array<Handle, H5FD_MEM_NTYPES> covered;
    for (std::size_t i = 0; i < covered.size(); ++i) {
        const Handle given(settings.lists[i]);
        covered[i] = with_plain_file_drivers(given ? given.id() : kDefault);
        set_file_safety(covered[i].id(), file_safety(fapl));
        settings.lists[i] = covered[i].id();
    }
    check({}, [&] {
        return H5Pset_fapl_multi(fapl,
                                 settings.member_of.data(),
                                 settings.lists.data(),
                                 settings.names.data(),
                                 settings.addresses.data(),
                                 settings.relaxed);
    });
    for (char* const name : settings.names) {
        std::free(name);
    }
}

}  // namespace

Handle with_plain_file_drivers(Id fapl) {
    const LockGuard guard;
    Handle list(
        check({}, [&] { return fapl == kDefault ? H5Pcreate(H5P_FILE_ACCESS) : H5Pcopy(fapl); }));
    const Id driver = driver_of(list.id());
    if (driver == H5FD_SEC2) {
        set_driver(list.id(), drivers().sec2);
    } else if (driver == H5FD_STDIO) {
        set_driver(list.id(), drivers().stdio);
    } else if (driver == H5FD_CORE) {
        cover_core(list.id());
    } else if (driver == H5FD_FAMILY) {
        cover_family(list.id());
    } else if (driver == H5FD_MULTI) {
        cover_multi(list.id());
    }
    return list;
}

ListWithPlainFileDrivers::ListWithPlainFileDrivers(Id fapl) {
    const Id driver = fapl == kDefault ? kInvalidId : driver_of(fapl);
    const bool common = driver != kInvalidId && (driver == H5FD_SEC2 || driver == H5FD_STDIO);
    if (!common) {
        copy_ = with_plain_file_drivers(fapl);
        return;
    }
    set_driver(fapl, driver == H5FD_SEC2 ? drivers().sec2 : drivers().stdio);
    lent_ = fapl;
}

ListWithPlainFileDrivers::~ListWithPlainFileDrivers() {
    if (lent_ == kInvalidId) {
        return;
    }
    try {
        without_plain_file_driver(lent_);
    } catch (const Error&) {  // NOLINT(bugprone-empty-catch): a list changed just now changes back
    }
}

void without_plain_file_driver(Id fapl) {
    const LockGuard guard;
    const Id driver = driver_of(fapl);
    if (driver == drivers().core) {
        uncover_core(fapl);
    } else if (driver_below(driver) != driver) {
        set_driver(fapl, driver_below(driver));
    }
}

Id driver_below(Id driver) {
    const LockGuard guard;
    const Drivers& ours = drivers();
    return driver == ours.sec2    ? H5FD_SEC2
           : driver == ours.stdio ? H5FD_STDIO
           : driver == ours.core  ? H5FD_CORE
                                  : driver;
}

namespace {

// Null when it is on no device of ours.
const OpenDevice* device_of(Id file) {
    unsigned long number = 0;  // the file's access list would tell too, but takes a copy
    check({file}, [&] { return H5Fget_fileno(file, &number); });
    return OpenDevice::with_number(number);
}

// Null unless it is to take the place of another, and that is to be decided.
PlainFile* replacement_behind(Id file) {
    const OpenDevice* const opened = device_of(file);
    if (opened == nullptr || driver_below(opened->driver_id) == opened->driver_id) {
        return nullptr;
    }
    PlainFile& plain = plain_below(opened);
    return plain.is_undecided() ? &plain : nullptr;
}

}  // namespace

std::shared_ptr<const storage::File> storage_of(Id file) {
    const LockGuard guard;
    const OpenDevice* const opened = device_of(file);
    const bool plain = opened != nullptr && opened->driver_id == drivers().sec2;
    return plain ? plain_below(opened).storage() : nullptr;
}

bool is_replacement(Id file) {
    const LockGuard guard;
    return replacement_behind(file) != nullptr;
}

void decide_replacement(Id file, bool keep) {
    const LockGuard guard;
    if (PlainFile* const plain = replacement_behind(file)) {
        keep ? plain->keep() : plain->drop();
    }
}

bool survives_failures(Id driver) {
    return driver_below(driver) != driver || driver == device_driver() || driver == H5FD_FAMILY ||
           driver == H5FD_MULTI;
}

}  // namespace hyperslab::hdf5
