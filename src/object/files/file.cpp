#include "hyperslab/file.hpp"

#include <array>
#include <atomic>
#include <variant>

#include "hdf5/api/h5.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5fd.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/drivers/plain_file_driver.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "object/files/file_access.hpp"
#include "object/handles/object_state.hpp"

namespace hyperslab {
namespace {

namespace h5f = hdf5::h5f;
namespace h5p = hdf5::h5p;
using object::id_of;

std::shared_ptr<object::ObjectState> root_state(hdf5::Handle file, const std::string& name) {
    return std::make_shared<object::ObjectState>(
        std::move(file), ObjectKind::group, "/", std::make_shared<const std::string>(name));
}

bool creates(Mode mode) { return mode != Mode::read && mode != Mode::read_write; }

void require_possible(Mode mode, const FileOptions& options) {
    if (options.space && (!creates(mode) || mode == Mode::append)) {
        throw Error(ErrorCode::invalid_argument,
                    "Unable to set file space strategy of an existing file");
    }
    if (options.swmr && mode != Mode::read) {
        throw Error(
            ErrorCode::invalid_argument,
            "Option swmr is for reading; File::start_swmr_write begins writing for readers");
    }
}

std::shared_ptr<object::ObjectState> open(const std::string& path,
                                          Mode mode,
                                          const FileOptions& options) {
    const hdf5::LockGuard guard;
    require_possible(mode, options);
    const hdf5::Handle fapl = object::make_file_access_plist(options);
    object::set_driver(fapl.id(), options.driver);
    const hdf5::Handle fcpl =
        creates(mode) ? object::make_file_creation_plist(options) : hdf5::Handle();
    return root_state(object::open_file(path,
                                        mode,
                                        options.userblock_bytes,
                                        fapl.id(),
                                        fcpl ? fcpl.id() : hdf5::kDefault,
                                        options.swmr),
                      path);
}

std::shared_ptr<object::ObjectState> file_of(const Object& object) {
    const hdf5::LockGuard guard;
    hdf5::Handle file = hdf5::h5i::file(id_of(object));
    const std::string name = h5f::name(file.id());
    return root_state(std::move(file), name);
}

std::atomic<unsigned> names_used{0};

std::string unused_name() { return "hyperslab_in_memory_" + std::to_string(names_used++); }

FileOptions in_memory_options(const FileOptions& options, std::span<const std::byte> image) {
    FileOptions changed = options;
    const auto* const core = std::get_if<CoreDriver>(&options.driver);
    changed.driver = CoreDriver{.increment = core != nullptr ? core->increment : 64 * 1024,
                                .backing_store = false,
                                .image = {image.begin(), image.end()}};
    return changed;
}

FormatVersion version_of(h5p::Libver version) { return static_cast<FormatVersion>(version); }

}  // namespace

File::File(const std::string& path, Mode mode, const FileOptions& options)
    : Group(open(path, mode, options)) {}

File::File(const Object& object) : Group(file_of(object)) {}

File File::in_memory(const FileOptions& options) {
    return File(unused_name(), Mode::create_new, in_memory_options(options, {}));
}

File File::from_image(std::span<const std::byte> image, const FileOptions& options) {
    return File(unused_name(), Mode::read_write, in_memory_options(options, image));
}

std::vector<std::byte> File::image() const {
    const hdf5::LockGuard guard;
    if (mode() == Mode::read_write) {
        flush();
    }
    return h5f::image(id_of(*this));
}

std::string File::filename() const { return h5f::name(id_of(*this)); }

Mode File::mode() const {
    return (h5f::intent(id_of(*this)) & h5f::kReadWrite) != 0 ? Mode::read_write : Mode::read;
}

std::string File::driver_name() const {
    using hdf5::h5fd::Driver;
    struct Named {
        Driver driver;
        const char* name;
    };
    constexpr std::array known{Named{Driver::sec2, "sec2"},
                               Named{Driver::stdio, "stdio"},
                               Named{Driver::core, "core"},
                               Named{Driver::family, "family"},
                               Named{Driver::multi, "multi"},
                               Named{Driver::log, "log"},
                               Named{Driver::mpio, "mpio"},
                               Named{Driver::subfiling, "subfiling"},
                               Named{Driver::ros3, "ros3"},
                               Named{Driver::direct, "direct"}};
    const hdf5::LockGuard guard;
    const hdf5::Id used = h5p::get_driver(h5f::access_plist(id_of(*this)).id());
    for (const Named& candidate : known) {
        if (used == hdf5::h5fd::driver(candidate.driver)) {
            return candidate.name;
        }
    }
    return "unknown";
}

FormatBounds File::format_bounds() const {
    const hdf5::LockGuard guard;
    const auto [low, high] = h5p::get_libver_bounds(h5f::access_plist(id_of(*this)).id());
    return {version_of(low),
            high == h5p::latest_libver() ? FormatVersion::latest : version_of(high)};
}

std::uint64_t File::userblock_bytes() const {
    const hdf5::LockGuard guard;
    return h5p::get_userblock(h5f::create_plist(id_of(*this)).id());
}

std::uint64_t File::file_bytes() const { return h5f::file_size(id_of(*this)); }

bool File::swmr() const {
    return (h5f::intent(id_of(*this)) & (h5f::kSwmrRead | h5f::kSwmrWrite)) != 0;
}

void File::start_swmr_write() const {
    object::changing(object::Access::state(*this), [&] {
        try {
            h5f::start_swmr_write(id_of(*this));
        } catch (const Error& error) {
            const std::string message = error.what();
            if (message.find("superblock version") == std::string::npos) {
                throw;
            }
            throw Error(ErrorCode::unsupported,
                        message +
                            ". Readers need a file that was made with FileOptions::format "
                            "from FormatVersion::v110 on");
        }
    });
}

void File::flush() const { h5f::flush(id_of(*this)); }

void File::close() const {
    const hdf5::LockGuard guard;
    if (valid()) {
        h5f::close_with_objects(id_of(*this));
    }
}

void File::discard() const {
    const hdf5::LockGuard guard;
    if (!valid()) {
        return;
    }
    if (!hdf5::is_replacement(id_of(*this))) {
        throw Error(ErrorCode::invalid_argument,
                    "Only a file made with FileOptions::atomic can be discarded; asked of file '" +
                        filename() + "'");
    }
    h5f::discard(id_of(*this));
}

bool is_hdf5(const std::string& path) {
    try {
        return hdf5::h5f::is_hdf5(path);
    } catch (const Error&) {
        return false;  // no such file
    }
}

std::string version() { return HYPERSLAB_VERSION; }

std::string hdf5_version() {
    const auto [major, minor, release] = hdf5::library_version();
    return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
}

}  // namespace hyperslab
