#include "hdf5/api/h5f.hpp"

#include <exception>

#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/kept_files.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/changes/announce.hpp"
#include "hdf5/changes/closings.hpp"
#include "hdf5/changes/data_changes.hpp"
#include "hdf5/changes/name_removals.hpp"
#include "hdf5/drivers/file_safety.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/drivers/mpi_meetings.hpp"
#include "hdf5/drivers/plain_file_driver.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/superblock/abandoned_file.hpp"
#include "hdf5/superblock/file_image.hpp"
#include "hdf5/superblock/subfiled_file.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5f {

static_assert(kReadOnly == 0x0000u && kObjectAll == H5F_OBJ_ALL && kObjectLocal == H5F_OBJ_LOCAL);

namespace {

// A file that somebody has let go must not pass for one that is still open: libhdf5 would share it,
// with the rights that it was opened with.
void close_what_waits() {
    const LockGuard guard;
    library_lock().close_waiting();
}

// A property that libhdf5 has for its own program h5clear. With it, the flags in the superblock are
// ignored, and closing a file that is open for writing clears them.
constexpr const char* kPassOverFlags = "clear_status_flags";

Handle open_with(const std::string& name, unsigned flags, Id fapl) {
    return Handle(check({kFileSystem, name}, [&] { return H5Fopen(c_name(name), flags, fapl); }));
}

// What libhdf5 keeps of filtered chunks in memory is not what its collective writes go by, nor do
// they bring it up to date: a process would read what a chunk held before. So no chunk is kept
// while processes of a parallel file may write.
class ListWithoutChunkCache {
public:
    explicit ListWithoutChunkCache(Id fapl) : list_(fapl) {
        if (is_parallel(fapl)) {
            copy_ = h5p::copy(fapl);
            list_ = copy_.id();
            h5p::ChunkCache cache = h5p::get_cache(list_);
            cache.bytes = 0;
            h5p::set_cache(list_, cache);
        }
    }

    Id id() const { return list_; }

private:
    Handle copy_{};
    Id list_;
};

// Every process has to give the same name and rights.
void announce_opening(const char* function,
                      const std::string& name,
                      unsigned flags,
                      std::uintptr_t communicator) {
    if (is_announced() && communicator != 0) {
        announce_among(communicator, function, [&] {
            return in_quotes(name) + ", flags " + std::to_string(flags);
        });
    }
}

// All processes take the same way here: none looks into the file by itself.
Handle open_in_parallel(const std::string& name, unsigned flags, Id fapl) {
    const std::uintptr_t communicator = communicator_of_list(fapl);
    announce_opening("H5Fopen", name, flags, communicator);
    meet_to_open(communicator);
    const bool writes = (flags & H5F_ACC_RDWR) != 0;
    const ListWithoutChunkCache without_cache(writes ? fapl : kDefault);
    Handle file;
    try {
        file = open_with(name, flags, writes ? without_cache.id() : fapl);
    } catch (const Error& error) {
        const std::string advice = uses_subfiling(fapl) ? advice_about_subfiles(name) : "";
        if (advice.empty()) {
            throw;
        }
        // The system's reason is known to some of the processes only.
        throw Error(error.code(), error.what() + advice);
    }
    remember_communicator(file.id(), communicator, fapl);
    return file;
}

}  // namespace

Handle open(const std::string& name, unsigned flags, Id fapl) {
    close_what_waits();
    require_possible_safety(fapl);
    if (is_parallel(fapl)) {
        return open_in_parallel(name, flags, fapl);
    }
    const ListWithPlainFileDrivers list(fapl);
    try {
        return open_with(name, flags, list.id());
    } catch (const Error& error) {
        if (is_subfiled(name)) {
            throw Error(error.code(), error.what() + advice_without_driver(), error.system_errno());
        }
        if ((flags & (kSwmrRead | kSwmrWrite)) != 0 || !was_abandoned(name)) {
            throw;
        }
    }
    const Handle passing_over = h5p::copy(list.id());
    const bool yes = true;
    check({}, [&] { return H5Pset(passing_over.id(), kPassOverFlags, &yes); });
    Handle file = open_with(name, flags, passing_over.id());
    // The superblock may not know yet how long the file has become, above all in SWMR mode.
    check({file.id()}, [&] { return H5Fincrement_filesize(file.id(), 0); });
    note_abandoned_file(name);
    return file;
}

Handle create(const std::string& name, unsigned flags, Id fcpl, Id fapl) {
    close_what_waits();
    require_possible_safety(fapl);
    const ListWithPlainFileDrivers plain(fapl);
    const ListWithoutChunkCache list(plain.id());
    const std::uintptr_t communicator = communicator_of_list(fapl);
    announce_opening("H5Fcreate", name, flags, communicator);
    meet_to_open(communicator);
    Handle file(check({kFileSystem, name},
                      [&] { return H5Fcreate(c_name(name), flags, fcpl, list.id()); }));
    remember_communicator(file.id(), communicator, fapl);
    return file;
}

Handle open_image(std::span<const std::byte> image, unsigned flags) {
    // libhdf5 would change and free the caller's memory where flags say that it is not copied.
    const unsigned not_copied = H5LT_FILE_IMAGE_DONT_COPY | H5LT_FILE_IMAGE_DONT_RELEASE;
    const unsigned copied = flags & ~not_copied;
    void* const bytes = const_cast<std::byte*>(image.data());
    return Handle(check({}, [&] { return H5LTopen_file_image(bytes, image.size(), copied); }));
}

bool is_hdf5(const std::string& name, Id fapl) {
    return check_true({kFileSystem, name}, [&] { return H5Fis_accessible(c_name(name), fapl); });
}

void flush(Id object, Scope scope) {
    require_parallel_file_is_own(object);
    announce(object, "H5Fflush", [] { return ""; });
    meet(object, Task::flushing);
    check({object}, [&] { return H5Fflush(object, static_cast<H5F_scope_t>(scope)); });
}

void mount(Id location, const std::string& name, Id child) {
    detail::files_were_mounted = true;
    count_data_change();
    count_name_removal();
    check({location, name}, [&] { return H5Fmount(location, c_name(name), child, H5P_DEFAULT); });
}

void unmount(Id location, const std::string& name) {
    count_name_removal();
    check({location, name}, [&] { return H5Funmount(location, c_name(name)); });
}

std::string name(Id object) {
    return read_text({object},
                     [&](char* text, size_t size) { return H5Fget_name(object, text, size); });
}

std::size_t object_count(Id file, unsigned types) {
    return static_cast<std::size_t>(check({file}, [&] { return H5Fget_obj_count(file, types); }));
}

std::vector<Id> object_ids(Id file, unsigned types) {
    const LockGuard guard;
    std::vector<Id> ids(object_count(file, types));
    if (!ids.empty()) {
        const ssize_t found =
            check({file}, [&] { return H5Fget_obj_ids(file, types, ids.size(), ids.data()); });
        ids.resize(static_cast<std::size_t>(found));
    }
    return ids;
}

Handle reopen(Id file) {
    return Handle(check({file}, [&] { return H5Freopen(file); }));
}

std::uint64_t file_size(Id file) {
    hsize_t size = 0;
    check({file}, [&] { return H5Fget_filesize(file, &size); });
    return size;
}

std::uint64_t end_of_allocation(Id file) {
    if (communicator_of(file) != 0) {  // libhdf5 asks no driver but those of SWMR
        return file_size(file);
    }
    haddr_t end = 0;
    check({file}, [&] { return H5Fget_eoa(file, &end); });
    return end;
}

std::int64_t free_space(Id file) {
    return check({file}, [&] { return H5Fget_freespace(file); });
}

Handle create_plist(Id file) {
    return Handle(check({file}, [&] { return H5Fget_create_plist(file); }));
}

Handle access_plist(Id file) {
    const LockGuard guard;
    Handle list(check({file}, [&] { return H5Fget_access_plist(file); }));
    without_plain_file_driver(list.id());
    return list;
}

unsigned intent(Id file) {
    unsigned flags = 0;
    check({file}, [&] { return H5Fget_intent(file, &flags); });
    return flags;
}

int descriptor(Id file, Id fapl) {
    void* handle = nullptr;
    check({file}, [&] { return H5Fget_vfd_handle(file, fapl, &handle); });
    return *static_cast<int*>(handle);
}

bool is_native(Id object) {
    hbool_t native = false;
    check({object}, [&] { return H5VLobject_is_native(object, &native); });
    return native;
}

std::vector<std::byte> image(Id file) {
    const LockGuard guard;
    const ssize_t size = check({file}, [&] { return H5Fget_file_image(file, nullptr, 0); });
    std::vector<std::byte> bytes(static_cast<std::size_t>(size));
    check({file}, [&] { return H5Fget_file_image(file, bytes.data(), bytes.size()); });
    renew_superblock_checksum(bytes);
    return bytes;
}

double cache_hit_rate(Id file) {
    double rate = 0;
    check({file}, [&] { return H5Fget_mdc_hit_rate(file, &rate); });
    return rate;
}

CacheSize cache_size(Id file) {
    CacheSize size;
    check({file}, [&] {
        return H5Fget_mdc_size(
            file, &size.max_size, &size.min_clean_size, &size.current_size, &size.entries);
    });
    return size;
}

void reset_cache_hit_rate(Id file) {
    check({file}, [&] { return H5Freset_mdc_hit_rate_stats(file); });
}

void start_swmr_write(Id file) {
    count_data_change();
    check({file}, [&] { return H5Fstart_swmr_write(file); });
}

PageBufferStats page_buffer_stats(Id file) {
    PageBufferStats stats;
    check({file}, [&] {
        return H5Fget_page_buffering_stats(file,
                                           stats.accesses.data(),
                                           stats.hits.data(),
                                           stats.misses.data(),
                                           stats.evictions.data(),
                                           stats.bypasses.data());
    });
    return stats;
}

void reset_page_buffer_stats(Id file) {
    check({file}, [&] { return H5Freset_page_buffering_stats(file); });
}

namespace {

// Gives up identifiers and goes on when that fails; the first failure is thrown when all is done.
class Closing {
public:
    explicit Closing(Id file) : file_name_(name(file)) { count_closing(); }

    void close(const std::vector<Id>& ids) {
        for (const Id id : ids) {
            while (H5Iis_valid(id) > 0 && !is_kept(id)) {  // once for each reference
                close(id);
            }
        }
    }

    template <class Function>
    void attempt(Function&& function) {
        try {
            function();
        } catch (...) {
            keep(std::current_exception());
        }
    }

    bool has_failed() const { return failure_ != nullptr; }

    void throw_failure() const {
        if (failure_ != nullptr) {
            std::rethrow_exception(failure_);
        }
    }

private:
    void close(Id id) {
        try {
            close_checked({kFileSystem, file_name_}, id);
        } catch (const Error& error) {
            // The failure of a close: whatever it was inside libhdf5, the file could not be written
            // in full.
            keep(error.code() != ErrorCode::internal
                     ? std::current_exception()
                     : std::make_exception_ptr(Error(ErrorCode::io, error.what())));
        } catch (...) {
            keep(std::current_exception());
        }
    }

    void keep(const std::exception_ptr& failure) {
        if (failure_ == nullptr) {
            failure_ = failure;
        }
    }

    std::string file_name_;
    std::exception_ptr failure_;
};

bool tells_when_closing(Id file) {
    const Handle fapl(check({file}, [&] { return H5Fget_access_plist(file); }));
    return survives_failures(check({}, [&] { return H5Pget_driver(fapl.id()); }));
}

// A parallel file's elements have been written when its close begins, and a full disk has been
// reported; a flush would wait for the disk on every process.
bool has_little_pending(Id file) { return communicator_of(file) != 0; }

}  // namespace

void close_objects(Id file, unsigned types) {
    const LockGuard guard;
    Closing closing(file);
    closing.close(object_ids(file, types));
    closing.throw_failure();
}

void close_with_objects(Id file) {
    const LockGuard guard;
    if (H5Iis_valid(file) <= 0) {
        return;
    }
    require_parallel_file_is_own(file);
    announce(file, "H5Fclose", [] { return ""; }, false);
    meet_to_close(file);
    // Writing what is pending first means that a full disk is reported with the file still whole.
    if ((intent(file) & kReadWrite) != 0 && !has_little_pending(file) &&
        !tells_when_closing(file)) {
        check({file}, [&] { return H5Fflush(file, H5F_SCOPE_LOCAL); });
    }
    const bool replaces = is_replacement(file);
    Closing closing(file);
    closing.close(object_ids(file, kObjectLocal | (kObjectAll & ~kObjectFile)));
    if (replaces) {  // by a whole file only
        closing.attempt([&] { flush(file); });
        decide_replacement(file, !closing.has_failed());
    }
    if (!keep_file(file)) {
        closing.close(object_ids(file, kObjectLocal | kObjectFile));
        close_kept_files();
    }
    closing.throw_failure();
}

void set_format(Id file, h5p::Libver low, h5p::Libver high) {
    check({file}, [&] {
        return H5Fset_libver_bounds(
            file, static_cast<H5F_libver_t>(low), static_cast<H5F_libver_t>(high));
    });
}

void discard(Id file) noexcept {
    const LockGuard guard;
    try {
        decide_replacement(file, false);
        close_with_objects(file);
    } catch (const std::exception&) {  // what could not be written is not wanted
        return;
    }
}

}  // namespace hyperslab::hdf5::h5f
