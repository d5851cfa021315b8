#include "hdf5/startup/lzf_filter.hpp"

#include <array>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <memory>
#include <span>

#include "filter/format/lzf.hpp"
#include "hdf5/call/capi.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/filter.hpp"

namespace hyperslab::hdf5 {
namespace {

// Parameters as h5py has always stored them: its revision, liblzf's version, the chunk's bytes.
constexpr unsigned kRevision = 4;
constexpr unsigned kLzfVersion = 0x0105;
constexpr std::size_t kParameters = 3;

struct Free {
    void operator()(void* memory) const { std::free(memory); }  // as libhdf5 frees it
};
using Buffer = std::unique_ptr<std::byte, Free>;

Buffer allocate(std::size_t size) {
    return Buffer(static_cast<std::byte*>(std::malloc(size == 0 ? 1 : size)));
}

// Fills in the parameters when a dataset is created.
herr_t set_local(hid_t dcpl, hid_t type, hid_t /*space*/) {
    unsigned flags = 0;
    std::size_t count = 8;
    std::array<unsigned, 8> values{};
    if (H5Pget_filter_by_id2(
            dcpl, filter_id::kLzf, &flags, &count, values.data(), 0, nullptr, nullptr) < 0) {
        return -1;
    }
    values[0] = values[0] == 0 ? kRevision : values[0];
    values[1] = values[1] == 0 ? kLzfVersion : values[1];

    std::array<hsize_t, H5S_MAX_RANK> dims{};
    const int rank = H5Pget_chunk(dcpl, static_cast<int>(dims.size()), dims.data());
    const std::size_t element = H5Tget_size(type);
    if (rank < 0 || element == 0) {
        return -1;
    }
    std::uint64_t bytes = element;
    for (int d = 0; d < rank; ++d) {
        if (__builtin_mul_overflow(bytes, dims[static_cast<std::size_t>(d)], &bytes)) {
            return -1;
        }
    }
    if (bytes > std::numeric_limits<unsigned>::max()) {
        return -1;
    }
    values[2] = static_cast<unsigned>(bytes);
    return H5Pmodify_filter(dcpl, filter_id::kLzf, flags, kParameters, values.data());
}

// The decompressed size stands in the parameters; where it does not, the buffer grows until it
// fits. LZF cannot expand more than 264 bytes from 3, so neither can a damaged file make it.
std::size_t decode(std::size_t expected, std::size_t nbytes, size_t* buf_size, void** buf) {
    const std::span input(static_cast<const std::byte*>(*buf), nbytes);
    const std::size_t most = nbytes * 96;
    std::size_t size = expected != 0 ? expected : *buf_size;
    while (true) {
        Buffer output = allocate(size);
        if (output == nullptr) {
            return 0;
        }
        const auto written = filter::lzf_decompress(input, {output.get(), size});
        if (written) {
            std::free(*buf);
            *buf = output.release();
            *buf_size = size;
            return *written;
        }
        if (size >= most) {
            return 0;
        }
        size *= 2;
    }
}

std::size_t encode(std::size_t nbytes, size_t* buf_size, void** buf) {
    Buffer output = allocate(nbytes);
    if (output == nullptr) {
        return 0;
    }
    const auto written = filter::lzf_compress_chunk({static_cast<const std::byte*>(*buf), nbytes},
                                                    {output.get(), nbytes});
    if (!written) {
        return 0;  // the gain is too small: this chunk skips the filter
    }
    std::free(*buf);
    *buf = output.release();
    *buf_size = nbytes;
    return *written;
}

size_t apply(unsigned flags,
             size_t parameter_count,
             const unsigned parameters[],
             size_t nbytes,
             size_t* buf_size,
             void** buf) {
    try {
        if ((flags & H5Z_FLAG_REVERSE) == 0) {
            return encode(nbytes, buf_size, buf);
        }
        return decode(parameter_count >= kParameters ? parameters[2] : 0, nbytes, buf_size, buf);
    } catch (const Error&) {
        return 0;  // the reason cannot cross libhdf5; it reports the filter's failure
    }
}

constexpr H5Z_class2_t kFilterClass = {
    H5Z_CLASS_T_VERS,
    filter_id::kLzf,
    1,
    1,
    "lzf",
    nullptr,
    set_local,
    apply,
};

}  // namespace

void register_lzf_filter() { H5Zregister(&kFilterClass); }

}  // namespace hyperslab::hdf5
