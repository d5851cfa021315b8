// Raw data that lie outside the file, in external files or other datasets, and the prefixes and
// caches with which a dataset is opened.

#include <cstring>

#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/property_lists/h5p_dataset.hpp"

namespace hyperslab::hdf5::h5p {

static_assert(static_cast<int>(VirtualView::last_available) == H5D_VDS_LAST_AVAILABLE);

void set_external(Id dcpl, const ExternalFile& file) {
    check({}, [&] { return H5Pset_external(dcpl, c_name(file.name), file.offset, file.bytes); });
}

int get_external_count(Id dcpl) {
    return check({}, [&] { return H5Pget_external_count(dcpl); });
}

ExternalFile get_external(Id dcpl, unsigned index) {
    const LockGuard guard;
    // The length of the name cannot be asked for: the buffer grows until the name ends in it.
    std::string name(256, '\0');
    while (true) {
        off_t offset = 0;
        hsize_t bytes = 0;
        check({}, [&] {
            return H5Pget_external(dcpl, index, name.size(), name.data(), &offset, &bytes);
        });
        if (const std::size_t end = name.find('\0'); end != std::string::npos) {
            name.resize(end);
            return {name, offset, bytes};
        }
        name.assign(name.size() * 2, '\0');
    }
}

std::vector<ExternalFile> get_external_files(Id dcpl) {
    const LockGuard guard;
    std::vector<ExternalFile> files;
    const auto count = static_cast<unsigned>(get_external_count(dcpl));
    files.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        files.push_back(get_external(dcpl, i));
    }
    return files;
}

void set_virtual(Id dcpl,
                 Id virtual_space,
                 const std::string& file,
                 const std::string& dataset,
                 Id source_space) {
    check({}, [&] {
        return H5Pset_virtual(dcpl, virtual_space, c_name(file), c_name(dataset), source_space);
    });
}

std::size_t get_virtual_count(Id dcpl) {
    std::size_t count = 0;
    check({}, [&] { return H5Pget_virtual_count(dcpl, &count); });
    return count;
}

Handle get_virtual_vspace(Id dcpl, std::size_t index) {
    return Handle(check({}, [&] { return H5Pget_virtual_vspace(dcpl, index); }));
}

Handle get_virtual_srcspace(Id dcpl, std::size_t index) {
    return Handle(check({}, [&] { return H5Pget_virtual_srcspace(dcpl, index); }));
}

std::string get_virtual_filename(Id dcpl, std::size_t index) {
    return read_text([&](char* text, std::size_t size) {
        return H5Pget_virtual_filename(dcpl, index, text, size);
    });
}

std::string get_virtual_dsetname(Id dcpl, std::size_t index) {
    return read_text([&](char* text, std::size_t size) {
        return H5Pget_virtual_dsetname(dcpl, index, text, size);
    });
}

std::vector<VirtualMapping> get_virtual_mappings(Id dcpl) {
    const LockGuard guard;
    std::vector<VirtualMapping> mappings;
    const std::size_t count = get_virtual_count(dcpl);
    mappings.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        mappings.push_back({get_virtual_vspace(dcpl, i),
                            get_virtual_filename(dcpl, i),
                            get_virtual_dsetname(dcpl, i),
                            get_virtual_srcspace(dcpl, i)});
    }
    return mappings;
}

void set_chunk_cache(Id dapl, ChunkCache cache) {
    check({}, [&] { return H5Pset_chunk_cache(dapl, cache.slots, cache.bytes, cache.preemption); });
}

ChunkCache get_chunk_cache(Id dapl) {
    ChunkCache cache;
    check({},
          [&] { return H5Pget_chunk_cache(dapl, &cache.slots, &cache.bytes, &cache.preemption); });
    return cache;
}

void set_efile_prefix(Id dapl, const std::string& prefix) {
    check({}, [&] { return H5Pset_efile_prefix(dapl, c_name(prefix)); });
}

std::string get_efile_prefix(Id dapl) {
    return read_text(
        [&](char* text, std::size_t size) { return H5Pget_efile_prefix(dapl, text, size); });
}

void set_virtual_prefix(Id dapl, const std::string& prefix) {
    check({}, [&] { return H5Pset_virtual_prefix(dapl, c_name(prefix)); });
}

std::string get_virtual_prefix(Id dapl) {
    return read_text(
        [&](char* text, std::size_t size) { return H5Pget_virtual_prefix(dapl, text, size); });
}

void set_virtual_view(Id dapl, VirtualView view) {
    check({}, [&] { return H5Pset_virtual_view(dapl, static_cast<H5D_vds_view_t>(view)); });
}

VirtualView get_virtual_view(Id dapl) {
    H5D_vds_view_t view = H5D_VDS_ERROR;
    check({}, [&] { return H5Pget_virtual_view(dapl, &view); });
    return static_cast<VirtualView>(view);
}

void set_virtual_printf_gap(Id dapl, std::uint64_t gap) {
    check({}, [&] { return H5Pset_virtual_printf_gap(dapl, gap); });
}

std::uint64_t get_virtual_printf_gap(Id dapl) {
    hsize_t gap = 0;
    check({}, [&] { return H5Pget_virtual_printf_gap(dapl, &gap); });
    return gap;
}

}  // namespace hyperslab::hdf5::h5p
