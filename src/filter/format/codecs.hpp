// Which codec libraries this build has (cmake/Codecs.cmake).
#pragma once

namespace hyperslab::filter {

#if HYPERSLAB_HAS_DEFLATE
inline constexpr bool kHasInflate = true;
#else
inline constexpr bool kHasInflate = false;
#endif
#if HYPERSLAB_HAS_LZ4
inline constexpr bool kHasLz4 = true;
#else
inline constexpr bool kHasLz4 = false;
#endif
#if HYPERSLAB_HAS_ZSTD
inline constexpr bool kHasZstd = true;
#else
inline constexpr bool kHasZstd = false;
#endif

}  // namespace hyperslab::filter
