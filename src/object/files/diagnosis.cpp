#include "hyperslab/diagnosis.hpp"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/processors.hpp"
#include "core/thread_pool.hpp"
#include "hdf5/api/h5.hpp"
#include "hyperslab/error.hpp"
#include "parallel/mpi_library.hpp"
#include "storage/file_system.hpp"

namespace hyperslab {
namespace {

using storage::FileSystem;

std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? "" : value;
}

// A size in the largest unit that leaves a number above 1: "4 KiB", "1.5 GiB".
std::string size_text(std::uint64_t bytes) {
    static constexpr const char* kUnits[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB"};
    auto value = static_cast<double>(bytes);
    unsigned unit = 0;
    while (value >= 1024 && unit + 1 < std::size(kUnits)) {
        value /= 1024;
        ++unit;
    }
    char text[48];
    std::snprintf(text, sizeof text, "%.3g %s", value, kUnits[unit]);
    return text;
}

/// The number of processes that mpirun or srun has started with this one; 1 when none has.
unsigned ranks_in_environment() {
    for (const char* const name : {"OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_NTASKS"}) {
        const unsigned long count = std::strtoul(environment(name).c_str(), nullptr, 10);
        if (count > 1) {
            return static_cast<unsigned>(count);
        }
    }
    return 1;
}

class Doctor {
public:
    explicit Doctor(const std::string& path) : path_(path) {}

    Diagnosis examine() {
        examine_libraries();
        examine_threads();
        examine_file_system();
        examine_locking();
        return std::move(told_);
    }

private:
    void fact(std::string name, std::string value) {
        told_.facts.emplace_back(std::move(name), std::move(value));
    }
    void advise(std::string sentence) { told_.advice.push_back(std::move(sentence)); }

    void examine_libraries() {
        const auto [major, minor, release] = hdf5::library_version();
        fact("HDF5",
             std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release) +
                 (hdf5::has_mpi() ? ", parallel" : ", serial") +
                 (hdf5::has_subfiling() ? ", with subfiling" : ""));
        const std::string mpi = parallel::mpi_library();
        fact("MPI", mpi.empty() ? "none in this build" : mpi);
        const unsigned ranks = ranks_in_environment();
        if (!mpi.empty()) {
            examine_mpi_io();
        } else if (ranks > 1) {
            fact("ranks", std::to_string(ranks));
            advise("This process is one of " + std::to_string(ranks) +
                   " that were started together, and this build cannot share a file between them: "
                   "install the parallel one (pip install -C mpi=on; docs/parallel.md).");
        }
    }

    void examine_mpi_io() {
        const std::string how = parallel::mpi_io();
        fact("MPI-IO", how);
        if (how == "OMPIO (vulcan)") {
            advise(
                "OMPI_MCA_fcoll=vulcan gives wrong elements in collective reads of compressed "
                "datasets with Open MPI 4.1: unset it.");
        }
        if (how.starts_with("OMPIO")) {
            advise(
                "OMPIO of Open MPI 4.1 says nothing when the disk is full in a collective write: "
                "unset OMPI_MCA_io and OMPI_MCA_fcoll, or set OMPI_MCA_io=romio321.");
        }
    }

    void examine_threads() {
        fact("processors", std::to_string(core::processors()));
        fact("threads", std::to_string(core::thread_count()));
        if (core::thread_count() > core::processors()) {
            advise(
                "HYPERSLAB_NUM_THREADS is more than the processors that this process may use: "
                "threads would wait for each other.");
        }
    }

    void examine_file_system() {
        std::error_code error;
        const std::filesystem::path absolute = std::filesystem::absolute(path_, error);
        fact("path", error ? path_ : absolute.lexically_normal().string());
        const std::optional<FileSystem> found = storage::file_system_for(path_);
        if (!found) {
            throw Error(ErrorCode::not_found,
                        "Cannot look at '" + path_ + "': " + std::strerror(errno),
                        errno);
        }
        fact("file system", found->type + (found->is_network ? ", over a network" : ""));
        fact("block size", size_text(found->block_bytes));
        fact("free", size_text(found->free_bytes) + " of " + size_text(found->bytes));
        if (found->stripes) {
            fact("stripes",
                 std::to_string(found->stripes->count) + " of " + size_text(found->stripes->bytes));
        }
        advise_on(*found);
        if (found->free_bytes < found->bytes / 50) {
            advise("Less than 2 % of the file system are free: a file that grows may not fit.");
        }
    }

    void advise_on(const FileSystem& system) {
        if (system.type == "Lustre") {
            advise(
                "Spread large files over storage targets before they are written: lfs setstripe "
                "-S 1m -c 8 for files of 1 to 10 GB, -c 24 up to 100 GB, -c 72 beyond. A site "
                "with progressive layouts does that by itself.");
            advise("Open files with alignment='auto', so that large objects begin at stripes.");
        } else if (system.type == "GPFS") {
            advise("Open files with alignment='auto', so that large objects begin at blocks of " +
                   size_text(system.block_bytes) + ".");
        } else if (system.type == "NFS" || system.type == "SMB") {
            advise(
                "Ranks of several machines should not share a file here: each machine has a "
                "cache of its own. Where it must be, HDF5_DO_MPI_FILE_SYNC=0 helps when HDF5 "
                "refuses to write independently.");
        } else if (system.type == "tmpfs") {
            advise(
                "This file system is memory: what is written here counts as memory in use, and "
                "is gone when the machine ends.");
        }
    }

    void examine_locking() {
        const std::string wanted = environment("HDF5_USE_FILE_LOCKING");
        std::string place = path_;
        if (!std::filesystem::exists(path_)) {
            place = std::filesystem::path(path_).parent_path().string();
        }
        const int error = storage::try_lock(place.empty() ? "." : place);
        std::string text = "works";
        if (error == EWOULDBLOCK) {
            text = "works: another process writes the file";
        } else if (error != 0) {
            text = std::string("fails: ") + std::strerror(error);
        }
        fact("locking",
             text + (wanted.empty() ? "" : " (HDF5_USE_FILE_LOCKING is " + wanted + ")"));
        const bool off = wanted == "FALSE" || wanted == "0" || wanted == "BEST_EFFORT";
        if (error != 0 && error != EWOULDBLOCK && !off) {
            advise(
                "Files cannot be locked here, so opening them fails: open them with "
                "locking='best-effort', or set HDF5_USE_FILE_LOCKING=BEST_EFFORT.");
        }
    }

    const std::string path_;
    Diagnosis told_;
};

}  // namespace

Diagnosis diagnose(const std::string& path) { return Doctor(path).examine(); }

}  // namespace hyperslab
