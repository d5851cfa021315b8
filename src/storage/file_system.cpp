#include "storage/file_system.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/statfs.h>
#include <sys/xattr.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "core/file_descriptor.hpp"

namespace hyperslab::storage {
namespace {

struct Kind {
    std::uint32_t number;  // as statfs() gives it
    const char* name;
    bool is_network;
    bool is_coherent;
};

constexpr std::array kKinds{
    Kind{0xEF53, "ext4", false, false},
    Kind{0x58465342, "XFS", false, false},
    Kind{0x9123683E, "Btrfs", false, false},
    Kind{0x2FC12FC1, "ZFS", false, false},
    Kind{0xF2F52010, "F2FS", false, false},
    Kind{0x01021994, "tmpfs", false, false},
    Kind{0x794C7630, "overlayfs", false, false},
    Kind{0x0BD00BD0, "Lustre", true, true},
    Kind{0x47504653, "GPFS", true, true},
    Kind{0x00C36400, "CephFS", true, true},
    Kind{0xAAD7AAEA, "PanFS", true, true},
    Kind{0x19830326, "BeeGFS", true, false},
    Kind{0x6969, "NFS", true, false},
    Kind{0xFF534D42, "SMB", true, false},
    Kind{0xFE534D42, "SMB", true, false},
    Kind{0x01021997, "9p", true, false},
    Kind{0x65735546, "FUSE", true, false},
};

// The layout of a file on Lustre is an extended attribute: a number that says which form it has,
// then 20 bytes that do not matter here, the length of a stripe (4 bytes) and their number (2).
std::optional<Stripes> stripes_of(const std::string& path) {
    std::array<char, 4096> layout{};
    const ssize_t size = ::getxattr(path.c_str(), "lustre.lov", layout.data(), layout.size());
    std::uint32_t form = 0;
    std::uint32_t bytes = 0;
    std::uint16_t count = 0;
    if (size < 32) {
        return std::nullopt;
    }
    std::memcpy(&form, layout.data(), sizeof form);
    std::memcpy(&bytes, layout.data() + 24, sizeof bytes);
    std::memcpy(&count, layout.data() + 28, sizeof count);
    const bool is_plain = form == 0x0BD10BD0 || form == 0x0BD30BD0;
    return is_plain && bytes != 0 ? std::optional<Stripes>({bytes, count}) : std::nullopt;
}

}  // namespace

std::optional<FileSystem> file_system_of(const std::string& path) {
    struct statfs found{};
    if (::statfs(path.c_str(), &found) != 0) {
        return std::nullopt;
    }
    const auto number = static_cast<std::uint32_t>(found.f_type);
    FileSystem system;
    const auto block = static_cast<std::uint64_t>(found.f_bsize);
    system.block_bytes = block;
    system.bytes = block * found.f_blocks;
    system.free_bytes = block * found.f_bavail;
    char text[32];
    std::snprintf(text, sizeof text, "0x%x", number);
    system.type = text;
    for (const Kind& kind : kKinds) {
        if (kind.number == number) {
            system.type = kind.name;
            system.is_network = kind.is_network;
            system.is_coherent = kind.is_coherent;
        }
    }
    if (system.type == "Lustre") {
        system.stripes = stripes_of(path);
    }
    return system;
}

std::optional<FileSystem> file_system_for(const std::string& path) {
    if (auto found = file_system_of(path)) {
        return found;
    }
    const std::string folder = std::filesystem::path(path).parent_path().string();
    return file_system_of(folder.empty() ? "." : folder);
}

int try_lock(const std::string& path) {
    const core::FileDescriptor opened(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!opened.is_open() || ::flock(opened.number(), LOCK_SH | LOCK_NB) != 0) {
        return errno;
    }
    return 0;
}

}  // namespace hyperslab::storage
