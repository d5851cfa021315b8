// h5f: files. Behaviour: HDF5's H5F interface; names and argument forms as in h5py.h5f.

#include "hdf5/api/h5f.hpp"

#include "hdf5/api/h5.hpp"
#include "hdf5/api/h5ac.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "ids/file_id.hpp"
#include "ids/prop_id.hpp"
#include "ids/wrap.hpp"
#include "support/bindings.hpp"
#include "support/integer_argument.hpp"
#include "support/made_by_new.hpp"
#include "support/truth.hpp"
#include "support/warn.hpp"

namespace hyperslab::python {
namespace {

namespace h5f = hdf5::h5f;

FileID open(const ByteString& name, Unsigned flags, const PropFAID* fapl) {
    FileID file =
        without_gil([&] { return FileID(h5f::open(name.value, flags, id_or_default(fapl))); });
    warn_of_abandoned_files();
    return file;
}

FileID create(const ByteString& name, Int flags, const PropFCID* fcpl, const PropFAID* fapl) {
    return without_gil([&] {
        return FileID(h5f::create(name.value,
                                  static_cast<unsigned>(int{flags}),
                                  id_or_default(fcpl),
                                  id_or_default(fapl)));
    });
}

FileID open_file_image(nb::handle image, Unsigned flags) {
    Py_buffer view;
    if (PyObject_GetBuffer(image.ptr(), &view, PyBUF_SIMPLE) != 0) {
        PyErr_Clear();
        throw nb::type_error("image must support the buffer protocol");
    }
    try {
        FileID file(h5f::open_image(
            {static_cast<const std::byte*>(view.buf), static_cast<std::size_t>(view.len)}, flags));
        PyBuffer_Release(&view);
        return file;
    } catch (...) {
        PyBuffer_Release(&view);
        throw;
    }
}

hdf5::Id location(nb::handle where) {
    const FileID* file = nullptr;
    if (nb::try_cast(where, file) && file != nullptr) {
        return file->id();
    }
    if (!PyLong_Check(where.ptr())) {
        throw nb::type_error("Location must be a FileID or OBJ_ALL.");
    }
    return integer_argument<hdf5::Id>(where);
}

nb::list object_ids(nb::handle where, Int types) {
    // All references are taken under one lock, so that nothing closes an object in between.
    std::vector<hdf5::Handle> handles;
    {
        const hdf5::Id file = location(where);
        const hdf5::LockGuard guard;
        for (const hdf5::Id id : h5f::object_ids(file, static_cast<unsigned>(int{types}))) {
            handles.push_back(hdf5::Handle::borrow(id));
        }
    }
    nb::list objects;
    for (hdf5::Handle& handle : handles) {
        objects.append(wrap_identifier(std::move(handle)));
    }
    return objects;
}

nb::object named_tuple(const char* name, const char* fields) {
    return nb::module_::import_("collections").attr("namedtuple")(name, fields);
}

/// PageBufferStats(meta, raw), each PageStats; made by the import.
nb::object& page_buffer_stats_type = *new nb::object;
nb::object& page_stats_type = *new nb::object;

nb::object page_buffer_stats(const FileID& self) {
    const h5f::PageBufferStats s = h5f::page_buffer_stats(self.id());
    const auto half = [&](std::size_t i) {
        return page_stats_type(
            s.accesses[i], s.hits[i], s.misses[i], s.evictions[i], s.bypasses[i]);
    };
    return page_buffer_stats_type(half(0), half(1));
}

nb::tuple cache_size(const FileID& self) {
    const h5f::CacheSize size = h5f::cache_size(self.id());
    return nb::make_tuple(size.max_size, size.min_clean_size, size.current_size, size.entries);
}

nb::bytes file_image(const FileID& self) {
    const std::vector<std::byte> image = without_gil([&] { return h5f::image(self.id()); });
    return nb::bytes(image.data(), image.size());
}

void bind_constants(nb::module_& m) {
    const auto value = [&](const char* name, unsigned code) { m.attr(name) = code; };
    value("ACC_RDONLY", h5f::kReadOnly);
    value("ACC_RDWR", h5f::kReadWrite);
    value("ACC_TRUNC", h5f::kTruncate);
    value("ACC_EXCL", h5f::kExclusive);
    value("ACC_SWMR_WRITE", h5f::kSwmrWrite);
    value("ACC_SWMR_READ", h5f::kSwmrRead);
    value("SCOPE_LOCAL", 0);
    value("SCOPE_GLOBAL", 1);
    value("CLOSE_DEFAULT", 0);
    value("CLOSE_WEAK", 1);
    value("CLOSE_SEMI", 2);
    value("CLOSE_STRONG", 3);
    value("OBJ_FILE", h5f::kObjectFile);
    value("OBJ_DATASET", h5f::kObjectDataset);
    value("OBJ_GROUP", h5f::kObjectGroup);
    value("OBJ_DATATYPE", h5f::kObjectDatatype);
    value("OBJ_ATTR", h5f::kObjectAttribute);
    value("OBJ_ALL", h5f::kObjectAll);
    value("OBJ_LOCAL", h5f::kObjectLocal);
    m.attr("UNLIMITED") = kUnlimited;
    value("LIBVER_EARLIEST", 0);
    value("LIBVER_V18", 1);
    value("LIBVER_V110", 2);
    value("LIBVER_V112", 3);
    value("LIBVER_V114", 4);
    const auto latest = static_cast<unsigned>(hdf5::h5p::latest_libver());
    if (latest >= 5) {
        value("LIBVER_V200", 5);
    }
    value("LIBVER_LATEST", latest);
    value("FILE_IMAGE_OPEN_RW", 1);
    value("FSPACE_STRATEGY_FSM_AGGR", 0);
    value("FSPACE_STRATEGY_PAGE", 1);
    value("FSPACE_STRATEGY_AGGR", 2);
    value("FSPACE_STRATEGY_NONE", 3);
    m.attr("PageBufStats") = page_buffer_stats_type;  // h5py's name
    m.attr("PageStats") = page_stats_type;
}

void bind_atomicity(nb::class_<FileID, GroupID>& c) {
    c.def(
         "set_mpi_atomicity",
         [](const FileID& self, Truth atomicity) {
             without_gil([&] { h5f::set_mpi_atomicity(self.id(), atomicity); });
         },
         nb::arg("atomicity").none(),
         "Whether what one process writes is there for all at once. Collective. "
         "Source: H5Fset_mpi_atomicity.")
        .def(
            "get_mpi_atomicity",
            [](const FileID& self) { return h5f::get_mpi_atomicity(self.id()); },
            "Whether MPI-IO's atomic mode is on. Source: H5Fget_mpi_atomicity.");
}

using FileClass = nb::class_<FileID, GroupID>;

// The file itself.
void bind_open_file(FileClass& c) {
    c.def_prop_ro(
         "name",
         [](const FileID& self) { return to_bytes(h5f::name(self.id())); },
         "The file's path, as bytes.")
        .def(
            "close",
            [](FileID& self) { without_gil([&] { self.handle.close(); }); },
            "Give the identifier back; the file closes with its last one. Source: H5Fclose.")
        .def(
            "_close_open_objects",
            [](const FileID& self, unsigned types) {
                without_gil([&] { h5f::close_objects(self.id(), types); });
            },
            nb::arg("types"))
        .def(
            "reopen",
            [](const FileID& self) { return FileID(h5f::reopen(self.id())); },
            "A further identifier for the file. Source: H5Freopen.");
}

// Binds the functions that ask for facts of a file.
void bind_file_facts(FileClass& c) {
    c.def(
         "get_filesize",
         [](const FileID& self) { return h5f::file_size(self.id()); },
         "The size of the file, in bytes. Source: H5Fget_filesize.")
        .def(
            "get_create_plist",
            [](const FileID& self) { return wrap_property_list(h5f::create_plist(self.id())); },
            "A copy of the creation property list. Source: H5Fget_create_plist.")
        .def(
            "get_access_plist",
            [](const FileID& self) { return wrap_property_list(h5f::access_plist(self.id())); },
            "A copy of the access property list. Source: H5Fget_access_plist.")
        .def(
            "get_freespace",
            [](const FileID& self) { return h5f::free_space(self.id()); },
            "The number of bytes in the file that are free. Source: H5Fget_freespace.")
        .def(
            "get_intent",
            [](const FileID& self) { return h5f::intent(self.id()); },
            "How the file was opened: ACC_RDONLY or ACC_RDWR, with the SWMR flags. Source: "
            "H5Fget_intent.")
        .def(
            "get_vfd_handle",
            [](const FileID& self, const PropFAID* fapl) {
                return h5f::descriptor(self.id(), id_or_default(fapl));
            },
            nb::arg("fapl") = nb::none(),
            "The file descriptor, of drivers that have one. Source: H5Fget_vfd_handle.")
        .def("get_file_image", &file_image, "The file's bytes. Source: H5Fget_file_image.");
}

// Its caches.
void bind_file_caches(FileClass& c) {
    c.def(
         "get_mdc_hit_rate",
         [](const FileID& self) { return h5f::cache_hit_rate(self.id()); },
         "The hit rate of the metadata cache, from 0 to 1. Source: H5Fget_mdc_hit_rate.")
        .def("get_mdc_size",
             &cache_size,
             "The state of the metadata cache: (max size, min clean size, size, entries), sizes in "
             "bytes. Source: H5Fget_mdc_size.")
        .def(
            "reset_mdc_hit_rate_stats",
            [](const FileID& self) { h5f::reset_cache_hit_rate(self.id()); },
            "Begin to count the hits of the metadata cache anew. Source: "
            "H5Freset_mdc_hit_rate_stats.")
        .def(
            "get_mdc_config",
            [](const FileID& self) { return hdf5::h5ac::file_mdc_config(self.id()); },
            "The metadata cache's configuration. Source: H5Fget_mdc_config.")
        .def(
            "set_mdc_config",
            [](const FileID& self, const hdf5::h5ac::CacheConfig& config) {
                hdf5::h5ac::set_file_mdc_config(self.id(), config);
            },
            nb::arg("config"),
            "Configure the metadata cache. Source: H5Fset_mdc_config.")
        .def(
            "start_swmr_write",
            [](const FileID& self) { h5f::start_swmr_write(self.id()); },
            "Begin single-writer/multiple-reader mode. Source: H5Fstart_swmr_write.")
        .def(
            "reset_page_buffering_stats",
            [](const FileID& self) { h5f::reset_page_buffer_stats(self.id()); },
            "Begin to count what the page buffer does anew. Source: H5Freset_page_buffering_stats.")
        .def("get_page_buffering_stats",
             &page_buffer_stats,
             "Counts of the page buffer, for metadata and raw data. "
             "Source: H5Fget_page_buffering_stats.");
}

void bind_file_id(nb::module_& m) {
    FileClass c(m, "FileID", identifier_slots<FileID>(), "An open file.");
    if (hdf5::has_mpi()) {
        bind_atomicity(c);
    }
    bind_open_file(c);
    bind_file_facts(c);
    bind_file_caches(c);
}

void bind_opening(nb::module_& m) {
    m.def("open",
          &open,
          nb::arg("name"),
          nb::arg("flags") = h5f::kReadWrite,
          nb::arg("fapl") = nb::none(),
          "Open a file and return its FileID. Raises FileNotFoundError, BlockingIOError when it is "
          "locked, OSError when it is no HDF5 file. Source: H5Fopen.");
    m.def("create",
          &create,
          nb::arg("name"),
          nb::arg("flags") = h5f::kTruncate,
          nb::arg("fcpl") = nb::none(),
          nb::arg("fapl") = nb::none(),
          "Create a file, with ACC_TRUNC in place of one that exists, with ACC_EXCL only where "
          "none does. Raises FileExistsError, OSError. Source: H5Fcreate.");
    m.def("open_file_image",
          &open_file_image,
          nb::arg("image"),
          nb::arg("flags") = 0,
          "Open a copy of the bytes of a file, in memory; flags 1 opens it for writing. Raises "
          "ValueError when they are no HDF5 file. "
          "Source: H5LTopen_file_image.");
}

void bind_others(nb::module_& m) {
    m.def(
        "flush",
        [](const ObjectID& obj, Int scope) {
            without_gil([&] { h5f::flush(obj.id(), static_cast<h5f::Scope>(int{scope})); });
        },
        nb::arg("obj"),
        nb::arg("scope") = 0,
        "Write what is pending in an object's file. Source: H5Fflush.");
    m.def(
        "is_hdf5",
        [](const ByteString& name) { return h5f::is_hdf5(name.value); },
        nb::arg("name"),
        "Whether a path leads to an HDF5 file. Source: H5Fis_accessible.");
    m.def(
        "mount",
        [](const ObjectID& loc, const ByteString& name, const FileID& fid) {
            h5f::mount(loc.id(), name.value, fid.id());
        },
        nb::arg("loc"),
        nb::arg("name"),
        nb::arg("fid"),
        "Show a file's contents in a group of another. Source: H5Fmount.");
    m.def(
        "unmount",
        [](const ObjectID& loc, const ByteString& name) { h5f::unmount(loc.id(), name.value); },
        nb::arg("loc"),
        nb::arg("name"),
        "Take away a file that was mounted on a group. Source: H5Funmount.");
    m.def(
        "get_name",
        [](const ObjectID& obj) { return to_bytes(h5f::name(obj.id())); },
        nb::arg("obj"),
        "The path of an object's file. Source: H5Fget_name.");
    m.def(
        "get_obj_count",
        [](nb::handle where, Int types) {
            return h5f::object_count(location(where), static_cast<unsigned>(int{types}));
        },
        nb::arg("where") = h5f::kObjectAll,
        nb::arg("types") = h5f::kObjectAll,
        "The number of objects that are open in a file, or in all files. Source: "
        "H5Fget_obj_count.");
    m.def("get_obj_ids",
          &object_ids,
          nb::arg("where") = h5f::kObjectAll,
          nb::arg("types") = h5f::kObjectAll,
          "The objects that are open in a file, or in all files. Source: H5Fget_obj_ids.");
}

void bind_functions(nb::module_& m) {
    bind_opening(m);
    bind_others(m);
}

}  // namespace

void bind_h5f(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5f");
    page_buffer_stats_type = named_tuple("PageBufferStats", "meta raw");
    page_stats_type = named_tuple("PageStats", "accesses hits misses evictions bypasses");
    bind_constants(m);
    bind_file_id(m);
    bind_functions(m);
}

}  // namespace hyperslab::python
