#include "storage/preallocation.hpp"

#include <fcntl.h>
#include <sys/statfs.h>

#include <cerrno>
#include <limits>

namespace hyperslab::storage {
namespace {

// Below this many bytes the call costs as much as it saves (measured on Linux 6.18).
constexpr std::uint64_t kMinBytes = 1U << 18;

constexpr auto kMaxOffset = static_cast<std::uint64_t>(std::numeric_limits<off_t>::max());

// ext2 and ext3 have the same number. They refuse, unless ext4's driver stores their files.
bool is_on_ext4(int descriptor) {
    struct statfs found{};
    return ::fstatfs(descriptor, &found) == 0 && found.f_type == 0xEF53;
}

}  // namespace

void Preallocation::reserve(std::uint64_t offset, std::uint64_t size) {
    if (size < kMinBytes || size > kMaxOffset || offset > kMaxOffset - size) {
        return;
    }
    if (use_ == Use::unknown) {
        use_ = is_on_ext4(descriptor_) ? Use::helps : Use::useless;
    }
    if (use_ == Use::useless) {
        return;
    }
    const int refused = ::fallocate(
        descriptor_, FALLOC_FL_KEEP_SIZE, static_cast<off_t>(offset), static_cast<off_t>(size));
    if (refused != 0 && errno != EINTR) {
        use_ = Use::useless;
    }
}

}  // namespace hyperslab::storage
