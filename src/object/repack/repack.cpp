#include "hyperslab/repack.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <filesystem>
#include <span>
#include <utility>
#include <vector>

#include "core/checked.hpp"
#include "core/file_error.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5g.hpp"
#include "hdf5/drivers/file_safety.hpp"
#include "hdf5/drivers/plain_file_driver.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "object/files/file_access.hpp"
#include "object/repack/attributes.hpp"
#include "object/repack/elements.hpp"
#include "object/repack/formats.hpp"
#include "object/repack/group_list.hpp"
#include "object/repack/new_storage.hpp"
#include "object/repack/tree.hpp"

namespace hyperslab {
namespace {

namespace fs = std::filesystem;
namespace h5f = hdf5::h5f;
namespace h5p = hdf5::h5p;
using hdf5::Handle;
using hdf5::Id;
using object::CopiedObject;
using object::Repacking;

bool are_one_file(const std::string& a, const std::string& b) {
    std::error_code failed;
    return fs::equivalent(a, b, failed);
}

// What this process has written to the old file and not yet stored would be missing.
void settle(const std::string& source, bool in_place) {
    for (const Id file : h5f::object_ids(static_cast<Id>(h5f::kObjectAll), h5f::kObjectFile)) {
        if ((h5f::intent(file) & h5f::kReadWrite) == 0 || !are_one_file(h5f::name(file), source)) {
            continue;
        }
        if (in_place) {
            throw Error(
                ErrorCode::invalid_argument,
                "File '" + source + "' is open for writing, so no other file can take its place");
        }
        h5f::flush(file, h5f::Scope::global);
    }
}

// A file's own list lacks what concerns its root group.
Handle creation_list(Id source) {
    Handle fcpl = h5f::create_plist(source);
    object::copy_group_properties(hdf5::h5g::open(source, "/").id(), fcpl.id());
    return fcpl;
}

Handle create_target(const std::string& path, Id source, const RepackOptions& options) {
    FileOptions access;
    access.atomic = true;
    const Handle fapl = object::make_file_access_plist(access);
    // As long as the old file is there, nothing is lost with the copy.
    hdf5::set_file_safety(fapl.id(), {.atomic = true, .hasty = true});
    h5p::set_libver_bounds(fapl.id(), object::oldest_format(source, options), h5p::latest_libver());
    const Handle fcpl = creation_list(source);
    return h5f::create(
        path, options.replace ? h5f::kTruncate : h5f::kExclusive, fcpl.id(), fapl.id());
}

void write_user_block(std::span<const std::byte> bytes, int descriptor, const std::string& path) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t written = ::pwrite(
            descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (written < 0 && errno != EINTR) {
            core::throw_file_error("write", path, errno);
        }
        done += written < 0 ? 0 : static_cast<std::size_t>(written);
    }
}

void copy_user_block(const Repacking& work, const std::string& path) {
    const Handle fcpl = h5f::create_plist(work.source);
    std::vector<std::byte> block(core::checked_size(h5p::get_userblock(fcpl.id())));
    if (!block.empty() && work.bytes != nullptr) {
        work.bytes->read(0, block);
        write_user_block(block, h5f::descriptor(work.target), path);
    }
}

void copy_contents(Repacking& work) {
    std::size_t next = 0;
    core::serial_while([&] {
        if (next == work.objects.all().size()) {
            return false;
        }
        const CopiedObject object = work.objects.all()[next++];
        object::about(object.path, [&] {
            const Handle source = object::open_at(work.source, object.source);
            const Handle target = object::open_at(work.target, object.target);
            object::copy_attributes(work, source.id(), target.id(), object.path);
            if (object.type == hdf5::h5o::Type::dataset && !object.has_elements) {
                object::copy_elements(work, object, source.id(), target.id());
            }
        });
        return true;
    });
    if (work.lost_references != 0) {
        const bool is_one = work.lost_references == 1;
        work.report.notes.push_back(std::to_string(work.lost_references) +
                                    (is_one ? " reference leads" : " references lead") +
                                    " to no object of the file, and to nothing in the new one");
    }
}

RepackReport copy_file(const std::string& source,
                       const std::string& target,
                       const RepackOptions& options) {
    const Handle from = h5f::open(source, h5f::kReadOnly);
    const std::uint64_t size = fs::file_size(source);
    object::RepackProgress progress(size);
    Handle to = create_target(target, from.id(), options);
    try {
        Repacking work{.source = from.id(),
                       .target = to.id(),
                       .options = options,
                       .bytes = hdf5::storage_of(from.id()),
                       .progress = progress};
        object::copy_tree(work);
        copy_contents(work);
        copy_user_block(work, target);
        work.unnamed.clear();
        h5f::close_with_objects(to.id());
        progress.finish();
        work.report.bytes_before = size;
        work.report.bytes_after = fs::file_size(target);
        work.report.objects = work.objects.all().size();
        return std::move(work.report);
    } catch (...) {
        h5f::discard(to.id());
        throw;
    }
}

RepackReport run(const std::string& source,
                 const std::string& target,
                 const RepackOptions& options,
                 bool in_place) {
    object::require_possible(options);
    if (!in_place && are_one_file(source, target)) {
        throw Error(ErrorCode::invalid_argument,
                    "'" + source + "' and '" + target +
                        "' are one file, which is repacked in place only when that is asked for");
    }
    settle(source, in_place);
    try {
        return copy_file(source, target, options);
    } catch (const Error& error) {
        const std::string message = error.what();
        if (message.find(source) != std::string::npos ||
            message.find(target) != std::string::npos) {
            throw;
        }
        throw Error(error.code(), "'" + source + "': " + message, error.system_errno());
    }
}

}  // namespace

RepackReport repack(const std::string& source,
                    const std::string& target,
                    const RepackOptions& options) {
    return run(source, target, options, false);
}

RepackReport repack_in_place(const std::string& path, const RepackOptions& options) {
    RepackOptions changed = options;
    changed.replace = true;
    return run(path, path, changed, true);
}

}  // namespace hyperslab
