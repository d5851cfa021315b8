#include <cstring>
#include <string>

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/property_lists/h5p_file.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5p {

static_assert(static_cast<int>(CloseDegree::strong) == H5F_CLOSE_STRONG);
static_assert(static_cast<int>(Libver::v114) == H5F_LIBVER_V114);

void set_fclose_degree(Id fapl, CloseDegree degree) {
    const int value = static_cast<int>(degree);
    if (value < H5F_CLOSE_DEFAULT || value > H5F_CLOSE_STRONG) {  // closing the file may abort
        throw Error(ErrorCode::invalid_argument,
                    "There is no file close degree " + std::to_string(value));
    }
    check({}, [&] { return H5Pset_fclose_degree(fapl, static_cast<H5F_close_degree_t>(degree)); });
}

CloseDegree get_fclose_degree(Id fapl) {
    H5F_close_degree_t degree = H5F_CLOSE_DEFAULT;
    check({}, [&] { return H5Pget_fclose_degree(fapl, &degree); });
    return static_cast<CloseDegree>(degree);
}

Libver latest_libver() { return static_cast<Libver>(H5F_LIBVER_LATEST); }

void set_libver_bounds(Id fapl, Libver low, Libver high) {
    check({}, [&] {
        return H5Pset_libver_bounds(
            fapl, static_cast<H5F_libver_t>(low), static_cast<H5F_libver_t>(high));
    });
}

std::pair<Libver, Libver> get_libver_bounds(Id fapl) {
    H5F_libver_t low = H5F_LIBVER_EARLIEST;
    H5F_libver_t high = H5F_LIBVER_LATEST;
    check({}, [&] { return H5Pget_libver_bounds(fapl, &low, &high); });
    return {static_cast<Libver>(low), static_cast<Libver>(high)};
}

// The first argument of H5Pset_cache, a number of metadata objects, is not used by libhdf5 any
// more.
void set_cache(Id fapl, ChunkCache cache) {
    check({}, [&] { return H5Pset_cache(fapl, 0, cache.slots, cache.bytes, cache.preemption); });
}

ChunkCache get_cache(Id fapl) {
    ChunkCache cache;
    check({}, [&] {
        return H5Pget_cache(fapl, nullptr, &cache.slots, &cache.bytes, &cache.preemption);
    });
    return cache;
}

void set_alignment(Id fapl, Alignment alignment) {
    check({}, [&] { return H5Pset_alignment(fapl, alignment.threshold, alignment.alignment); });
}

Alignment get_alignment(Id fapl) {
    hsize_t threshold = 0;
    hsize_t alignment = 0;
    check({}, [&] { return H5Pget_alignment(fapl, &threshold, &alignment); });
    return {threshold, alignment};
}

void set_sieve_buf_size(Id fapl, std::size_t bytes) {
    check({}, [&] { return H5Pset_sieve_buf_size(fapl, bytes); });
}

std::size_t get_sieve_buf_size(Id fapl) {
    std::size_t bytes = 0;
    check({}, [&] { return H5Pget_sieve_buf_size(fapl, &bytes); });
    return bytes;
}

void set_meta_block_size(Id fapl, std::uint64_t bytes) {
    check({}, [&] { return H5Pset_meta_block_size(fapl, bytes); });
}

std::uint64_t get_meta_block_size(Id fapl) {
    hsize_t bytes = 0;
    check({}, [&] { return H5Pget_meta_block_size(fapl, &bytes); });
    return bytes;
}

void set_small_data_block_size(Id fapl, std::uint64_t bytes) {
    check({}, [&] { return H5Pset_small_data_block_size(fapl, bytes); });
}

std::uint64_t get_small_data_block_size(Id fapl) {
    hsize_t bytes = 0;
    check({}, [&] { return H5Pget_small_data_block_size(fapl, &bytes); });
    return bytes;
}

void set_page_buffer_size(Id fapl, PageBuffer buffer) {
    check({}, [&] {
        return H5Pset_page_buffer_size(
            fapl, buffer.bytes, buffer.min_meta_percent, buffer.min_raw_percent);
    });
}

PageBuffer get_page_buffer_size(Id fapl) {
    PageBuffer buffer;
    check({}, [&] {
        return H5Pget_page_buffer_size(
            fapl, &buffer.bytes, &buffer.min_meta_percent, &buffer.min_raw_percent);
    });
    return buffer;
}

void set_file_locking(Id fapl, FileLocking locking) {
    check({}, [&] { return H5Pset_file_locking(fapl, locking.use, locking.ignore_when_disabled); });
}

FileLocking get_file_locking(Id fapl) {
    hbool_t use = false;
    hbool_t ignore = false;
    check({}, [&] { return H5Pget_file_locking(fapl, &use, &ignore); });
    return {use, ignore};
}

void set_file_image(Id fapl, std::span<const std::byte> image) {
    check({}, [&] {
        // libhdf5 copies; its signature lacks the const.
        void* const bytes = image.empty() ? nullptr : const_cast<std::byte*>(image.data());
        return H5Pset_file_image(fapl, bytes, image.size());
    });
}

std::vector<std::byte> get_file_image(Id fapl) {
    const LockGuard guard;
    void* bytes = nullptr;
    std::size_t size = 0;
    check({}, [&] { return H5Pget_file_image(fapl, &bytes, &size); });
    std::vector<std::byte> image(size);
    if (size != 0) {
        std::memcpy(image.data(), bytes, size);
    }
    H5free_memory(bytes);
    return image;
}

void set_evict_on_close(Id fapl, bool evict) {
    check({}, [&] { return H5Pset_evict_on_close(fapl, evict); });
}

bool get_evict_on_close(Id fapl) {
    hbool_t evict = false;
    check({}, [&] { return H5Pget_evict_on_close(fapl, &evict); });
    return evict;
}

void set_metadata_read_attempts(Id fapl, unsigned attempts) {
    check({}, [&] { return H5Pset_metadata_read_attempts(fapl, attempts); });
}

unsigned get_metadata_read_attempts(Id fapl) {
    unsigned attempts = 0;
    check({}, [&] { return H5Pget_metadata_read_attempts(fapl, &attempts); });
    return attempts;
}

void set_elink_file_cache_size(Id fapl, unsigned files) {
    check({}, [&] { return H5Pset_elink_file_cache_size(fapl, files); });
}

unsigned get_elink_file_cache_size(Id fapl) {
    unsigned files = 0;
    check({}, [&] { return H5Pget_elink_file_cache_size(fapl, &files); });
    return files;
}

void set_gc_references(Id fapl, bool collect) {
    check({}, [&] { return H5Pset_gc_references(fapl, collect ? 1U : 0U); });
}

bool get_gc_references(Id fapl) {
    unsigned collect = 0;
    check({}, [&] { return H5Pget_gc_references(fapl, &collect); });
    return collect != 0;
}

}  // namespace hyperslab::hdf5::h5p
