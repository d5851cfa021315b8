#include "hdf5/drivers/mpi_files.hpp"

#include "hdf5/call/capi.hpp"

#ifdef H5_HAVE_PARALLEL

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "core/file_descriptor.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/drivers/mpi_handle.hpp"
#include "hdf5/drivers/mpi_io.hpp"
#include "hdf5/drivers/mpi_meeting_place.hpp"
#include "hyperslab/error.hpp"
#include "storage/file_system.hpp"

namespace hyperslab::hdf5 {
namespace {

/// What is known of an open file.
struct ParallelFile {
    std::uintptr_t communicator = 0;
    MeetingPlace place{};
    unsigned processes = 1;
    unsigned processes_here = 1;
    std::string path{};  // absolute: the working folder may change
    dev_t device = 0;    // what lies at the path when the file is opened; 0 when nothing does
    ino_t inode = 0;
    bool writable = false;
    bool subfiled = false;  // what lies at the path does not have the elements
    bool atomic = false;
    std::shared_ptr<const storage::File> storage{};     // opened when it is first asked for
    std::weak_ptr<const storage::FileWriter> writer{};  // likewise
};

/// What a communicator's attribute points to: our copy, freed with the last communicator that has
/// it.
struct Copy {
    MPI_Comm communicator = MPI_COMM_NULL;
    int users = 1;
    int rank = 0;
    unsigned processes = 1;
    unsigned processes_here = 1;
    std::uint64_t last_file = 0;  // the number of the file that is opened now, or was last
};

// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables): under the library lock
using Hook = void (*)();
constinit Hook hook_of_end = nullptr;
constinit int keyval_of_copies = MPI_KEYVAL_INVALID;
constinit std::map<unsigned long, ParallelFile>* parallel_files = nullptr;  // by file number
constinit std::map<std::uintptr_t, Copy*>* copies = nullptr;                // by our communicator
constinit pid_t prepared_in = 0;  // the process that MPI knows
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

void require_mpi() {
    int begun = 0;
    int ended = 0;
    MPI_Initialized(&begun);
    MPI_Finalized(&ended);
    if (begun == 0 || ended != 0) {
        throw Error(ErrorCode::invalid_argument,
                    begun == 0 ? "MPI has not been initialized (from mpi4py import MPI does it)"
                               : "MPI has been finalized: no parallel file can be opened any more");
    }
}

// What a forked process tells MPI reaches the other ranks as if its parent had said it.
void require_own_process() {
    if (prepared_in != 0 && prepared_in != ::getpid()) {
        throw Error(
            ErrorCode::invalid_argument,
            "This process was forked by one that has used parallel files: MPI does not know "
            "it, so it can neither open nor flush nor close one");
    }
}

int copy_attribute(MPI_Comm, int, void*, void* value, void* copied, int* keep) {
    ++static_cast<Copy*>(value)->users;
    *static_cast<void**>(copied) = value;
    *keep = 1;
    return MPI_SUCCESS;
}

int delete_attribute(MPI_Comm, int, void* value, void*) {
    auto* const copy = static_cast<Copy*>(value);
    if (--copy->users == 0) {
        copies->erase(number_of(copy->communicator));
        MPI_Comm_free(&copy->communicator);
        delete copy;
    }
    return MPI_SUCCESS;
}

int end_of_mpi(MPI_Comm, int, void*, void*) {
    if (hook_of_end != nullptr) {
        hook_of_end();
    }
    return MPI_SUCCESS;
}

// MPI deletes the attributes of MPI_COMM_SELF first of all when it ends, the last one first. ROMIO
// ends by one that it sets when it opens its first file, so ours is set again after that.
void close_files_before_mpi_ends() {
    int at_end = MPI_KEYVAL_INVALID;
    check_mpi(MPI_Comm_create_keyval(MPI_COMM_NULL_COPY_FN, &end_of_mpi, &at_end, nullptr),
              "MPI_Comm_create_keyval");
    check_mpi(MPI_Comm_set_attr(MPI_COMM_SELF, at_end, nullptr), "MPI_Comm_set_attr");
}

void prepare() {
    if (keyval_of_copies != MPI_KEYVAL_INVALID) {
        return;
    }
    choose_mpi_io();
    prepared_in = ::getpid();
    check_mpi(
        MPI_Comm_create_keyval(&copy_attribute, &delete_attribute, &keyval_of_copies, nullptr),
        "MPI_Comm_create_keyval");
    close_files_before_mpi_ends();
    // These live as long as the process.
    parallel_files = new std::map<unsigned long, ParallelFile>;
    copies = new std::map<std::uintptr_t, Copy*>;
}

/// Counts the communicator's processes, collectively.
void count_processes(Copy& copy) {
    int size = 1;
    check_mpi(MPI_Comm_size(copy.communicator, &size), "MPI_Comm_size");
    copy.processes = static_cast<unsigned>(size);
    check_mpi(MPI_Comm_rank(copy.communicator, &copy.rank), "MPI_Comm_rank");
    MPI_Comm here = MPI_COMM_NULL;
    check_mpi(MPI_Comm_split_type(copy.communicator, MPI_COMM_TYPE_SHARED, 0, MPI_INFO_NULL, &here),
              "MPI_Comm_split_type");
    check_mpi(MPI_Comm_size(here, &size), "MPI_Comm_size");
    copy.processes_here = static_cast<unsigned>(size);
    MPI_Comm_free(&here);
}

/// Our copy of a communicator, made collectively the first time.
Copy& copy_of(MPI_Comm comm) {
    void* found = nullptr;
    int is_there = 0;
    check_mpi(MPI_Comm_get_attr(comm, keyval_of_copies, &found, &is_there), "MPI_Comm_get_attr");
    if (is_there == 0) {
        auto copy = std::make_unique<Copy>();
        check_mpi(MPI_Comm_dup(comm, &copy->communicator), "MPI_Comm_dup");
        // An error of ours is returned, and is no end of the program.
        MPI_Comm_set_errhandler(copy->communicator, MPI_ERRORS_RETURN);
        count_processes(*copy);
        check_mpi(MPI_Comm_set_attr(comm, keyval_of_copies, copy.get()), "MPI_Comm_set_attr");
        copies->emplace(number_of(copy->communicator), copy.get());
        found = copy.release();
    }
    return *static_cast<Copy*>(found);
}

// The access list's own communicator is a copy of the user's, so it has the attribute.
Copy& copy_in(Id fapl) {
    MPI_Comm comm = MPI_COMM_NULL;
    MPI_Info info = MPI_INFO_NULL;
    check({}, [&] { return H5Pget_mpi_params(fapl, &comm, &info); });
    Copy& copy = copy_of(comm);
    MPI_Comm_free(&comm);
    if (info != MPI_INFO_NULL) {
        MPI_Info_free(&info);
    }
    return copy;
}

unsigned long number_of_file(Id object) {
    const Handle file(check({object}, [&] { return H5Iget_file_id(object); }));
    unsigned long number = 0;
    check({object}, [&] { return H5Fget_fileno(file.id(), &number); });
    return number;
}

// Numbers are not given twice, so what is left of closed files does no harm but that it stays.
void forget_closed_files() {
    const ssize_t count = check({}, [] { return H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_FILE); });
    std::vector<hid_t> files(static_cast<std::size_t>(count));
    check({},
          [&] { return H5Fget_obj_ids(H5F_OBJ_ALL, H5F_OBJ_FILE, files.size(), files.data()); });
    std::set<unsigned long> open;
    for (const hid_t file : files) {
        open.insert(number_of_file(file));
    }
    std::erase_if(*parallel_files, [&](const auto& file) { return !open.contains(file.first); });
}

std::string path_of(Id file) {
    const std::string name =
        read_text({file}, [&](char* text, size_t size) { return H5Fget_name(file, text, size); });
    std::error_code error;
    const std::filesystem::path path = std::filesystem::absolute(name, error);
    return error ? name : path.string();
}

/// Null where the name leads to no file on disk, as with prefixes that only MPI-IO knows.
std::shared_ptr<const storage::File> storage_at(const std::string& path) {
    const core::FileDescriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    return opened.is_open() ? storage::File::reopen(opened.number(), path) : nullptr;
}

// Another file may have been given the name since.
bool is_still_there(const ParallelFile& file) {
    struct stat found{};
    return file.inode != 0 && ::stat(file.path.c_str(), &found) == 0 &&
           found.st_dev == file.device && found.st_ino == file.inode;
}

bool is_coherent(const ParallelFile& file) {
    if (file.processes == file.processes_here) {
        return true;
    }
    const auto system = storage::file_system_of(file.path);
    return system && system->is_coherent;
}

std::shared_ptr<const storage::FileWriter> writer_of(ParallelFile& file) {
    std::shared_ptr<const storage::FileWriter> writer = file.writer.lock();
    if (writer == nullptr && file.writable && !file.subfiled && is_still_there(file) &&
        is_coherent(file)) {
        writer = storage::FileWriter::open(file.path);
        file.writer = writer;
    }
    return writer;
}

}  // namespace

std::uintptr_t communicator_for_us(std::uintptr_t communicator) {
    const LockGuard guard;
    require_mpi();
    const auto comm = mpi_handle<MPI_Comm>(communicator);
    if (comm == MPI_COMM_NULL) {
        throw Error(ErrorCode::invalid_argument, "The communicator is MPI_COMM_NULL or was freed");
    }
    int has_two_groups = 0;
    check_mpi(MPI_Comm_test_inter(comm, &has_two_groups), "MPI_Comm_test_inter");
    if (has_two_groups != 0) {
        throw Error(ErrorCode::invalid_argument,
                    "The communicator is an intercommunicator: a file is shared by one group of "
                    "processes");
    }
    require_own_process();
    prepare();
    const Copy& copy = copy_of(comm);
    detail::parallel_files_possible.store(true, std::memory_order_relaxed);
    return number_of(copy.communicator);
}

bool is_on_one_machine(std::uintptr_t communicator) {
    const LockGuard guard;
    const Copy& copy = copy_of(mpi_handle<MPI_Comm>(communicator));
    return copy.processes == copy.processes_here;
}

bool can_use_subfiling() {
#ifdef H5_HAVE_SUBFILING_VFD
    int begun = 0;
    int ended = 0;
    int threads = MPI_THREAD_SINGLE;
    MPI_Initialized(&begun);
    MPI_Finalized(&ended);
    return begun != 0 && ended == 0 && MPI_Query_thread(&threads) == MPI_SUCCESS &&
           threads == MPI_THREAD_MULTIPLE;
#else
    return false;
#endif
}

bool is_parallel(Id fapl) {
    if (!parallel_files_possible() || fapl == H5P_DEFAULT) {
        return false;
    }
    const LockGuard guard;
    const hid_t driver = check({}, [&] { return H5Pget_driver(fapl); });
    return driver == H5FD_MPIO || (can_use_subfiling() && driver == H5FD_SUBFILING);
}

bool uses_subfiling(Id fapl) {
    const LockGuard guard;
    return is_parallel(fapl) && check({}, [&] { return H5Pget_driver(fapl); }) != H5FD_MPIO;
}

std::uintptr_t communicator_of_list(Id fapl) {
    const LockGuard guard;
    return is_parallel(fapl) ? number_of(copy_in(fapl).communicator) : 0;
}

void remember_communicator(Id file, std::uintptr_t communicator, Id fapl) {
    if (communicator == 0) {
        return;
    }
    const LockGuard guard;
    const Copy& copy = *copies->at(communicator);
    if (parallel_files->empty()) {
        close_files_before_mpi_ends();
    }
    forget_closed_files();
    unsigned intent = H5F_ACC_RDONLY;
    check({file}, [&] { return H5Fget_intent(file, &intent); });
    const std::string path = path_of(file);
    struct stat found{};
    if (::stat(path.c_str(), &found) != 0) {
        found = {};
    }
    const unsigned long opened = number_of_file(file);
    H5F_close_degree_t degree = H5F_CLOSE_DEFAULT;
    check({}, [&] { return H5Pget_fclose_degree(fapl, &degree); });
    (*parallel_files)[opened] = {.communicator = number_of(copy.communicator),
                                 .place = {.communicator = number_of(copy.communicator),
                                           .rank = copy.rank,
                                           .file = copy.last_file,
                                           .opened = opened,
                                           .closes_objects = degree == H5F_CLOSE_STRONG},
                                 .processes = copy.processes,
                                 .processes_here = copy.processes_here,
                                 .path = path,
                                 .device = found.st_dev,
                                 .inode = found.st_ino,
                                 .writable = (intent & H5F_ACC_RDWR) != 0,
                                 .subfiled = uses_subfiling(fapl)};
}

MeetingPlace* meeting_place(Id object) {
    const auto found = parallel_files->find(number_of_file(object));
    const bool meets =
        found != parallel_files->end() && found->second.writable && found->second.processes > 1;
    return meets ? &found->second.place : nullptr;
}

namespace {

MeetingPlace next_place(const Copy& copy) {
    return copy.processes == 1 ? MeetingPlace{}
                               : MeetingPlace{.communicator = number_of(copy.communicator),
                                              .rank = copy.rank,
                                              .file = copy.last_file + 1};
}

}  // namespace

MeetingPlace next_meeting_place(std::uintptr_t communicator) {
    return next_place(*copies->at(communicator));
}

MeetingPlace meeting_place_among(std::uintptr_t communicator) {
    return next_place(copy_of(mpi_handle<MPI_Comm>(communicator)));
}

void number_next_file(std::uintptr_t communicator, std::uint64_t number) {
    copies->at(communicator)->last_file = number;
}

std::optional<ParallelAccess> parallel_access(Id object) {
    if (!parallel_files_possible()) {
        return std::nullopt;
    }
    const LockGuard guard;
    const auto found = parallel_files->find(number_of_file(object));
    if (found == parallel_files->end()) {
        return std::nullopt;
    }
    ParallelFile& file = found->second;
    return ParallelAccess{.communicator = file.communicator,
                          .processes = file.processes,
                          .processes_here = file.processes_here,
                          .atomic = file.atomic,
                          .writer = writer_of(file)};
}

void remember_atomicity(Id file, bool atomic) {
    const LockGuard guard;
    if (parallel_files_possible()) {
        const auto found = parallel_files->find(number_of_file(file));
        if (found != parallel_files->end()) {
            found->second.atomic = atomic;
        }
    }
}

std::uintptr_t communicator_of(Id object) {
    if (!parallel_files_possible()) {
        return 0;
    }
    const LockGuard guard;
    const auto found = parallel_files->find(number_of_file(object));
    return found == parallel_files->end() ? 0 : found->second.communicator;
}

void require_parallel_file_is_own(Id object) {
    if (communicator_of(object) != 0) {
        require_own_process();
    }
}

void wait_for_all(Id object) {
    const std::uintptr_t communicator = communicator_of(object);
    if (communicator != 0) {
        check_mpi(MPI_Barrier(mpi_handle<MPI_Comm>(communicator)), "MPI_Barrier");
    }
}

std::shared_ptr<const storage::File> storage_of_parallel_file(Id file) {
    if (!parallel_files_possible()) {
        return nullptr;
    }
    const LockGuard guard;
    const auto found = parallel_files->find(number_of_file(file));
    if (found == parallel_files->end() || found->second.writable || found->second.subfiled) {
        return nullptr;
    }
    if (found->second.storage == nullptr) {
        found->second.storage = storage_at(found->second.path);
    }
    return found->second.storage;
}

bool is_subfiled_file(Id object) {
    if (!parallel_files_possible()) {
        return false;
    }
    const LockGuard guard;
    const auto found = parallel_files->find(number_of_file(object));
    return found != parallel_files->end() && found->second.subfiled;
}

void set_hook_of_mpi_end(void (*hook)()) { hook_of_end = hook; }

}  // namespace hyperslab::hdf5

#else

namespace hyperslab::hdf5 {

std::uintptr_t communicator_for_us(std::uintptr_t /*communicator*/) { return 0; }
bool is_on_one_machine(std::uintptr_t /*communicator*/) { return true; }
bool can_use_subfiling() { return false; }
bool is_parallel(Id /*fapl*/) { return false; }
bool uses_subfiling(Id /*fapl*/) { return false; }
bool is_subfiled_file(Id /*object*/) { return false; }
void remember_communicator(Id /*file*/, std::uintptr_t /*communicator*/, Id /*fapl*/) {}
std::uintptr_t communicator_of_list(Id /*fapl*/) { return 0; }
std::uintptr_t communicator_of(Id /*object*/) { return 0; }
void require_parallel_file_is_own(Id /*object*/) {}
void wait_for_all(Id /*object*/) {}
std::optional<ParallelAccess> parallel_access(Id /*object*/) { return std::nullopt; }
void remember_atomicity(Id /*file*/, bool /*atomic*/) {}
std::shared_ptr<const storage::File> storage_of_parallel_file(Id /*file*/) { return nullptr; }
void set_hook_of_mpi_end(void (* /*hook*/)()) {}

}  // namespace hyperslab::hdf5

#endif
