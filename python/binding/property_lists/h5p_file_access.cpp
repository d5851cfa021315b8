// h5p: access to files. The drivers are in h5p_driver.cpp.

#include "property_lists/cache_config.hpp"
#include "property_lists/prop_binding.hpp"

namespace hyperslab::python {
namespace {

namespace h5ac = hdf5::h5ac;
namespace h5p = hdf5::h5p;
using List = nb::class_<PropFAID, PropInstanceID>;

nb::tuple cache(const PropFAID& self) {
    const h5p::ChunkCache found = h5p::get_cache(self.id());
    return nb::make_tuple(0, found.slots, found.bytes, found.preemption);
}

nb::tuple libver_bounds(const PropFAID& self) {
    const auto [low, high] = h5p::get_libver_bounds(self.id());
    return nb::make_tuple(static_cast<int>(low), static_cast<int>(high));
}

nb::tuple page_buffer_size(const PropFAID& self) {
    const h5p::PageBuffer buffer = h5p::get_page_buffer_size(self.id());
    return nb::make_tuple(buffer.bytes, buffer.min_meta_percent, buffer.min_raw_percent);
}

nb::tuple file_locking(const PropFAID& self) {
    const h5p::FileLocking locking = h5p::get_file_locking(self.id());
    return nb::make_tuple(static_cast<int>(locking.use),
                          static_cast<int>(locking.ignore_when_disabled));
}

// The bytes of an object, which are valid while this view lives.
class BufferView {
public:
    explicit BufferView(nb::handle object) {
        if (PyObject_GetBuffer(object.ptr(), &buffer_, PyBUF_SIMPLE) != 0) {
            throw nb::python_error();
        }
    }
    ~BufferView() { PyBuffer_Release(&buffer_); }
    BufferView(const BufferView&) = delete;
    BufferView& operator=(const BufferView&) = delete;

    std::span<const std::byte> bytes() const {
        return {static_cast<const std::byte*>(buffer_.buf), static_cast<std::size_t>(buffer_.len)};
    }

private:
    Py_buffer buffer_{};
};

void set_file_image(const PropFAID& self, nb::handle image) {
    if (image.is_none()) {
        h5p::set_file_image(self.id(), {});
        return;
    }
    if (PyObject_CheckBuffer(image.ptr()) == 0) {
        throw nb::type_error("image must support the buffer protocol");
    }
    const BufferView view(image);
    if (view.bytes().empty()) {
        throw nb::value_error("image must not be empty");
    }
    h5p::set_file_image(self.id(), view.bytes());
}

nb::bytes file_image(const PropFAID& self) {
    const std::vector<std::byte> image = h5p::get_file_image(self.id());
    return nb::bytes(image.data(), image.size());
}

void bind_format(List& list) {
    list.def(
            "set_fclose_degree",
            [](const PropFAID& self, Int close_degree) {
                h5p::set_fclose_degree(self.id(), static_cast<h5p::CloseDegree>(int{close_degree}));
            },
            nb::arg("close_degree"),
            "Set what closing a file means for objects open in it: h5f.CLOSE_*. Source: "
            "H5Pset_fclose_degree.")
        .def(
            "get_fclose_degree",
            [](const PropFAID& self) {
                return static_cast<int>(h5p::get_fclose_degree(self.id()));
            },
            "What closing a file means for objects open in it: one of h5f.CLOSE_*. Source: "
            "H5Pget_fclose_degree.")
        .def(
            "set_libver_bounds",
            [](const PropFAID& self, Int low, Int high) {
                h5p::set_libver_bounds(self.id(),
                                       static_cast<h5p::Libver>(int{low}),
                                       static_cast<h5p::Libver>(int{high}));
            },
            nb::arg("low"),
            nb::arg("high"),
            "Set the oldest and the newest format to write: h5f.LIBVER_*. Source: "
            "H5Pset_libver_bounds.")
        .def("get_libver_bounds",
             &libver_bounds,
             "The oldest and the newest format to write: (low, high), of h5f.LIBVER_*. Source: "
             "H5Pget_libver_bounds.")
        .def(
            "set_file_locking",
            [](const PropFAID& self, Truth use_file_locking, Truth ignore_when_disabled) {
                h5p::set_file_locking(self.id(), {use_file_locking, ignore_when_disabled});
            },
            nb::arg("use_file_locking").none(),
            nb::arg("ignore_when_disabled").none(),
            "Set whether files are locked while open, and whether a file system without locks is "
            "accepted. The environment variable HDF5_USE_FILE_LOCKING overrides it. Source: "
            "H5Pset_file_locking.")
        .def("get_file_locking",
             &file_locking,
             "Whether files are locked while open, and whether a file system without locks is "
             "accepted: (use_file_locking, ignore_when_disabled), 0 or 1 each. Source: "
             "H5Pget_file_locking.")
        .def(
            "set_file_image",
            &set_file_image,
            nb::arg("image").none(),
            "Set the contents that a file in memory begins with, any buffer, which is copied; None "
            "takes them away. Raises TypeError for what is no buffer. Source: H5Pset_file_image.")
        .def("get_file_image",
             &file_image,
             "The contents that a file in memory begins with; empty bytes when there are none. "
             "Source: H5Pget_file_image.");
}

void bind_chunk_and_metadata_caches(List& list) {
    list.def(
            "set_cache",
            [](const PropFAID& self, Int /*mdc*/, Size rdcc, Size rdcc_nbytes, double rdcc_w0) {
                h5p::set_cache(self.id(), {rdcc, rdcc_nbytes, rdcc_w0});
            },
            nb::arg("mdc"),
            nb::arg("rdcc"),
            nb::arg("rdcc_nbytes"),
            nb::arg("rdcc_w0"),
            "Set the chunk cache of each dataset: hash slots, bytes, and how readily complete "
            "chunks are dropped (0 to 1). `mdc` has no effect. Source: H5Pset_cache.")
        .def("get_cache",
             &cache,
             "The chunk cache of each dataset: (0, slots, bytes, w0). Source: H5Pget_cache.")
        .def(
            "set_mdc_config",
            [](const PropFAID& self, const h5ac::CacheConfig& config) {
                h5ac::set_mdc_config(self.id(), config);
            },
            nb::arg("config"),
            "Set the configuration that the metadata cache begins with. Source: H5Pset_mdc_config.")
        .def(
            "get_mdc_config",
            [](const PropFAID& self) { return h5ac::get_mdc_config(self.id()); },
            "The configuration that the metadata cache begins with, a CacheConfig. Source: "
            "H5Pget_mdc_config.")
        .def(
            "set_mdc_image_config",
            [](const PropFAID& self, Flag generate_image) {
                h5ac::set_mdc_image_config(self.id(), {.generate_image = generate_image});
            },
            nb::arg("generate_image"),
            "Set whether closing the file stores the metadata cache as one image, which opening it "
            "again reads at once. Source: H5Pset_mdc_image_config.")
        .def(
            "get_mdc_image_config",
            [](const PropFAID& self) {
                return static_cast<int>(h5ac::get_mdc_image_config(self.id()).generate_image);
            },
            "Whether closing the file stores the metadata cache as one image: 0 or 1. Source: "
            "H5Pget_mdc_image_config.");
}

void bind_page_buffer(List& list) {
    list.def(
            "set_page_buffer_size",
            [](const PropFAID& self, Size buf_size, Unsigned min_meta_per, Unsigned min_raw_per) {
                h5p::set_page_buffer_size(self.id(), {buf_size, min_meta_per, min_raw_per});
            },
            nb::arg("buf_size"),
            nb::arg("min_meta_per") = 0,
            nb::arg("min_raw_per") = 0,
            "Set the size of the page buffer in bytes (0: none), and the minimum shares of "
            "metadata and of raw data in it, in percent. It serves files with paged space. Source: "
            "H5Pset_page_buffer_size.")
        .def("get_page_buffer_size",
             &page_buffer_size,
             "The size of the page buffer in bytes, and the minimum shares in percent: (buf_size, "
             "min_meta_per, min_raw_per). Source: H5Pget_page_buffer_size.");
}

void bind_object_caches(List& list) {
    list.def(
            "set_evict_on_close",
            [](const PropFAID& self, Flag evict_on_close) {
                h5p::set_evict_on_close(self.id(), evict_on_close);
            },
            nb::arg("evict_on_close"),
            "Set whether an object's metadata leave the cache when it is closed. Source: "
            "H5Pset_evict_on_close.")
        .def(
            "get_evict_on_close",
            [](const PropFAID& self) {
                return static_cast<int>(h5p::get_evict_on_close(self.id()));
            },
            "Whether an object's metadata leave the cache when it is closed: 0 or 1. Source: "
            "H5Pget_evict_on_close.")
        .def(
            "set_elink_file_cache_size",
            [](const PropFAID& self, Unsigned efc_size) {
                h5p::set_elink_file_cache_size(self.id(), efc_size);
            },
            nb::arg("efc_size"),
            "Set how many files that external links lead to are kept open. Source: "
            "H5Pset_elink_file_cache_size.")
        .def(
            "get_elink_file_cache_size",
            [](const PropFAID& self) { return h5p::get_elink_file_cache_size(self.id()); },
            "The number of files that external links lead to and that are kept open. Source: "
            "H5Pget_elink_file_cache_size.")
        .def(
            "set_metadata_read_attempts",
            [](const PropFAID& self, Unsigned attempts) {
                h5p::set_metadata_read_attempts(self.id(), attempts);
            },
            nb::arg("attempts"),
            "Set how often metadata with a wrong checksum are read again, at least once. Source: "
            "H5Pset_metadata_read_attempts.")
        .def(
            "get_metadata_read_attempts",
            [](const PropFAID& self) { return h5p::get_metadata_read_attempts(self.id()); },
            "How often metadata with a wrong checksum are read again; 0 for the default. Source: "
            "H5Pget_metadata_read_attempts.");
}

void bind_caches(List& list) {
    bind_chunk_and_metadata_caches(list);
    bind_page_buffer(list);
    bind_object_caches(list);
}

// Sizes of what is allocated and buffered, all in bytes.
void bind_blocks(List& list) {
    list.def(
            "set_alignment",
            [](const PropFAID& self,
               Integer<std::uint64_t> threshold,
               Integer<std::uint64_t> alignment) {
                h5p::set_alignment(self.id(), {threshold, alignment});
            },
            nb::arg("threshold"),
            nb::arg("alignment"),
            "Let objects of at least `threshold` bytes begin at multiples of `alignment` bytes. "
            "Source: H5Pset_alignment.")
        .def(
            "get_alignment",
            [](const PropFAID& self) {
                const h5p::Alignment found = h5p::get_alignment(self.id());
                return nb::make_tuple(found.threshold, found.alignment);
            },
            "The alignment of objects in the file: (threshold, alignment), in bytes. Source: "
            "H5Pget_alignment.")
        .def(
            "set_sieve_buf_size",
            [](const PropFAID& self, Size size) { h5p::set_sieve_buf_size(self.id(), size); },
            nb::arg("size"),
            "Set the size in bytes of the buffer through which small pieces of contiguous datasets "
            "are read and written. Source: H5Pset_sieve_buf_size.")
        .def(
            "get_sieve_buf_size",
            [](const PropFAID& self) { return h5p::get_sieve_buf_size(self.id()); },
            "The size in bytes of the buffer for small pieces of contiguous datasets. Source: "
            "H5Pget_sieve_buf_size.")
        .def(
            "set_meta_block_size",
            [](const PropFAID& self, Size size) { h5p::set_meta_block_size(self.id(), size); },
            nb::arg("size"),
            "Set the number of bytes that are allocated at once for metadata. Source: "
            "H5Pset_meta_block_size.")
        .def(
            "get_meta_block_size",
            [](const PropFAID& self) { return h5p::get_meta_block_size(self.id()); },
            "The number of bytes that are allocated at once for metadata. Source: "
            "H5Pget_meta_block_size.")
        .def(
            "set_small_data_block_size",
            [](const PropFAID& self, Size size) {
                h5p::set_small_data_block_size(self.id(), size);
            },
            nb::arg("size"),
            "Set the number of bytes that are allocated at once for small raw data. Source: "
            "H5Pset_small_data_block_size.")
        .def(
            "get_small_data_block_size",
            [](const PropFAID& self) { return h5p::get_small_data_block_size(self.id()); },
            "The number of bytes that are allocated at once for small raw data. Source: "
            "H5Pget_small_data_block_size.");
}

}  // namespace

void bind_file_access_list(nb::module_& m) {
    auto list = bind_list_class<PropFAID, PropInstanceID>(
        m, "PropFAID", "A list with properties of access to a file.");
    bind_format(list);
    bind_caches(list);
    bind_blocks(list);
    bind_drivers(list);
}

}  // namespace hyperslab::python
