// A file that libhdf5's own sec2 driver has opened, as a ByteDevice. So opening, locking, single
// writers with many readers, and what is said about failures are sec2's; what becomes of failures
// is device_failure.hpp's.

#include "hdf5/plain_file_driver.hpp"

#include <unordered_map>
#include <utility>

#include "hdf5/call.hpp"
#include "hdf5/capi.hpp"
#include "hdf5/device_class.hpp"
#include "hdf5/h5f.hpp"

namespace hyperslab::hdf5 {
namespace {

constexpr H5FD_mem_t kAnyMemory = H5FD_MEM_DEFAULT;

// Every call of libhdf5 empties its error stack. What stands there when libhdf5 calls its driver is
// why it is cleaning up, and what whoever opens a file wants to read.
class KeepErrorStack {
public:
    KeepErrorStack() : kept_(H5Eget_num(H5E_DEFAULT) > 0 ? H5Eget_current_stack() : kInvalidId) {}
    ~KeepErrorStack() {
        if (kept_ != kInvalidId) {
            H5Eset_current_stack(kept_);
        }
    }
    KeepErrorStack(const KeepErrorStack&) = delete;
    KeepErrorStack& operator=(const KeepErrorStack&) = delete;

private:
    Id kept_;
};

// Not check(), which would throw what another call of the driver has kept.
void require(herr_t result) {
    if (result < 0) {
        throw_error_stack({});
    }
}

int descriptor_of(H5FD_t* file) {
    void* handle = nullptr;
    require(H5FDget_vfd_handle(file, H5P_DEFAULT, &handle));
    return *static_cast<int*>(handle);
}

class PlainFile;

// All that are open, by descriptor: what libhdf5 tells of a file. Under the library lock.
std::unordered_map<int, PlainFile*>& open_files() {
    static auto& files = *new std::unordered_map<int, PlainFile*>;
    return files;
}

class PlainFile : public ByteDevice {
public:
    /// Takes over the file.
    explicit PlainFile(H5FD_t* file) : file_(file), descriptor_(descriptor_of(file)) {
        open_files()[descriptor_] = this;
    }
    ~PlainFile() override {
        forget();
        if (file_ != nullptr) {
            const KeepErrorStack errors;
            H5FDclose(file_);
        }
    }
    PlainFile(const PlainFile&) = delete;
    PlainFile& operator=(const PlainFile&) = delete;

    std::uint64_t size() override {
        const KeepErrorStack errors;
        const haddr_t end = H5FDget_eof(file_, kAnyMemory);
        require(end == HADDR_UNDEF ? -1 : 0);
        return end;
    }

    void read(std::uint64_t offset, std::span<std::byte> bytes) override {
        reach(offset + bytes.size());
        require(H5FDread(file_, kAnyMemory, H5P_DEFAULT, offset, bytes.size(), bytes.data()));
    }

    void write(std::uint64_t offset, std::span<const std::byte> bytes) override {
        reach(offset + bytes.size());
        require(H5FDwrite(file_, kAnyMemory, H5P_DEFAULT, offset, bytes.size(), bytes.data()));
    }

    void truncate(std::uint64_t size) override {
        const KeepErrorStack errors;
        set_end(size);
        require(H5FDtruncate(file_, H5P_DEFAULT, false));
    }

    void flush() override {
        const KeepErrorStack errors;
        require(H5FDflush(file_, H5P_DEFAULT, false));
    }

    void close() override {
        const KeepErrorStack errors;
        forget();
        require(H5FDclose(std::exchange(file_, nullptr)));
    }

    const std::shared_ptr<const storage::File>& storage(Id file) {
        if (storage_ == nullptr) {
            storage_ = storage::File::reopen(descriptor_, h5f::name(file));
        }
        return storage_;
    }

    H5FD_t* file() const { return file_; }

private:
    void forget() {
        storage_.reset();
        const auto found = open_files().find(descriptor_);
        if (found != open_files().end() && found->second == this) {
            open_files().erase(found);
        }
    }

    // sec2 moves no bytes beyond what it was told is allocated.
    void reach(std::uint64_t end) {
        if (end > end_) {
            set_end(end);
        }
    }

    void set_end(std::uint64_t end) {
        require(H5FDset_eoa(file_, kAnyMemory, end));
        end_ = end;
    }

    H5FD_t* file_;
    int descriptor_;
    std::uint64_t end_ = 0;
    std::shared_ptr<const storage::File> storage_{};
};

H5FD_t* inner(const H5FD_t* file) {
    return static_cast<const PlainFile&>(*as_open(file).file.device()).file();
}

H5FD_t* open_with_sec2(const char* name, unsigned flags, hid_t fapl, haddr_t max_address) {
    const hid_t plain = H5Pcopy(fapl);
    H5FD_t* const file = plain >= 0 && H5Pset_fapl_sec2(plain) >= 0
                             ? H5FDopen(name, flags, plain, max_address)
                             : nullptr;
    const KeepErrorStack errors;
    H5Pclose(plain);
    return file;
}

H5FD_t* open(const char* name, unsigned flags, hid_t fapl, haddr_t max_address) {
    H5FD_t* const file = open_with_sec2(name, flags, fapl, max_address);
    if (file == nullptr) {
        return nullptr;
    }
    return guarded(static_cast<H5FD_t*>(nullptr), [&] {
        return static_cast<H5FD_t*>(new OpenDevice(std::make_shared<PlainFile>(file)));
    });
}

int compare(const H5FD_t* a, const H5FD_t* b) { return H5FDcmp(inner(a), inner(b)); }

herr_t query(const H5FD_t* file, unsigned long* flags) {
    return file == nullptr ? H5FDdriver_query(H5FD_SEC2, flags) : H5FDquery(inner(file), flags);
}

herr_t get_handle(H5FD_t* file, hid_t fapl, void** handle) {
    return H5FDget_vfd_handle(inner(file), fapl, handle);
}

herr_t lock(H5FD_t* file, hbool_t exclusive) { return H5FDlock(inner(file), exclusive); }

herr_t unlock(H5FD_t* file) {
    const KeepErrorStack errors;
    return H5FDunlock(inner(file));
}

H5FD_class_t driver_class() {
    H5FD_class_t driver = device_class("plain file", 513);
    driver.open = open;
    driver.cmp = compare;
    driver.query = query;
    driver.get_handle = get_handle;
    driver.lock = lock;
    driver.unlock = unlock;
    return driver;
}

}  // namespace

Id plain_file_driver() {
    static const H5FD_class_t driver = driver_class();
    static Id id = kInvalidId;  // guarded by the library lock
    const LockGuard guard;
    if (id == kInvalidId) {
        id = check({}, [&] { return H5FDregister(&driver); });
    }
    return id;
}

Handle with_plain_file_driver(Id fapl) {
    const LockGuard guard;
    Handle list(
        check({}, [&] { return fapl == kDefault ? H5Pcreate(H5P_FILE_ACCESS) : H5Pcopy(fapl); }));
    if (check({}, [&] { return H5Pget_driver(list.id()); }) == H5FD_SEC2) {
        const Id driver = plain_file_driver();
        check({}, [&] { return H5Pset_driver(list.id(), driver, nullptr); });
    }
    return list;
}

std::shared_ptr<const storage::File> storage_of(Id file) {
    const LockGuard guard;
    const Handle fapl = h5f::access_plist(file);
    if (check({}, [&] { return H5Pget_driver(fapl.id()); }) != plain_file_driver()) {
        return nullptr;
    }
    const auto found = open_files().find(h5f::descriptor(file));
    return found == open_files().end() ? nullptr : found->second->storage(file);
}

}  // namespace hyperslab::hdf5
