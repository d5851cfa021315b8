// h5d: datasets. Behaviour: HDF5's H5D interface; names and argument forms as in h5py.h5d.

#include "hdf5/api/h5d.hpp"

#include "dtypes/numpy_api.hpp"
#include "elements/dataset_read.hpp"
#include "engine/store/open_dataset.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "ids/dataset_id.hpp"
#include "ids/prop_id.hpp"
#include "ids/space_id.hpp"
#include "ids/type_id.hpp"
#include "low_level/h5d_transfer.hpp"
#include "support/bindings.hpp"
#include "support/integer.hpp"
#include "support/made_by_new.hpp"
#include "support/shapes.hpp"

namespace hyperslab::python {
namespace {

namespace h5d = hdf5::h5d;

/// StoreInfo(chunk_offset, filter_mask, byte_offset, size); made by the import.
nb::object& store_info_type = *new nb::object;

nb::object store_info(const h5d::ChunkInfo& info) {
    return store_info_type(info.address ? nb::object(tuple_from_shape(info.offset)) : nb::none(),
                           info.filter_mask,
                           info.address ? nb::cast(*info.address) : nb::none(),
                           info.size);
}

DatasetID create(const ObjectID& loc,
                 const std::optional<ByteString>& name,
                 const TypeID& tid,
                 const SpaceID& space,
                 const PropID* dcpl,
                 const PropID* lcpl,
                 const PropID* dapl) {
    return without_gil([&] {
        return DatasetID(h5d::create(loc.id(),
                                     name ? name->c_str() : nullptr,
                                     tid.id(),
                                     space.id(),
                                     id_or_default(lcpl),
                                     id_or_default(dcpl),
                                     id_or_default(dapl)));
    });
}

DatasetID open(const ObjectID& loc, const ByteString& name, const PropID* dapl) {
    return without_gil(
        [&] { return DatasetID(h5d::open(loc.id(), name.value, id_or_default(dapl))); });
}

void set_extent(DatasetID& self, nb::handle shape) {
    h5d::set_extent(self.id(), shape_from_tuple(shape, "shape"));
}

/// A contiguous buffer that a Python object exports.
class Buffer {
public:
    Buffer(nb::handle object, int flags) {
        if (PyObject_GetBuffer(object.ptr(), &view_, flags) != 0) {
            throw nb::python_error();
        }
    }
    ~Buffer() { PyBuffer_Release(&view_); }
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    void* data() const { return view_.buf; }
    std::size_t size() const { return static_cast<std::size_t>(view_.len); }
    int ndim() const { return view_.ndim; }
    Py_ssize_t itemsize() const { return view_.itemsize; }

private:
    Py_buffer view_{};
};

void write_direct_chunk(const DatasetID& self,
                        nb::handle offsets,
                        nb::handle data,
                        Unsigned filter_mask,
                        const PropID* dxpl) {
    const Shape offset = shape_from_tuple(nb::tuple(nb::borrow(offsets)), "offsets");
    const Buffer buffer(data, PyBUF_ANY_CONTIGUOUS);
    without_gil([&] {
        h5d::replace_chunk(
            self.id(), offset, filter_mask, buffer.data(), buffer.size(), id_or_default(dxpl));
    });
}

nb::tuple read_direct_chunk(const DatasetID& self,
                            nb::handle offsets,
                            const PropID* dxpl,
                            nb::handle out) {
    const Shape offset = shape_from_tuple(nb::tuple(nb::borrow(offsets)), "offsets");
    const std::uint64_t size = h5d::chunk_storage_size(self.id(), offset);
    unsigned filter_mask = 0;
    if (out.is_none()) {
        nb::object bytes =
            nb::steal(PyBytes_FromStringAndSize(nullptr, static_cast<Py_ssize_t>(size)));
        if (!bytes.is_valid()) {
            throw nb::python_error();
        }
        void* const data = PyBytes_AS_STRING(bytes.ptr());
        without_gil([&] {
            filter_mask = h5d::read_chunk(self.id(), offset, data, size, id_or_default(dxpl));
        });
        return nb::make_tuple(filter_mask, bytes);
    }
    const Buffer buffer(out, PyBUF_CONTIG);
    if (buffer.ndim() > 1 || buffer.itemsize() != 1) {
        throw nb::value_error("out must be a one-dimensional buffer of bytes");
    }
    if (buffer.size() < size) {
        throw nb::value_error(("out buffer is only " + std::to_string(buffer.size()) + " bytes, " +
                               std::to_string(size) + " bytes required")
                                  .c_str());
    }
    without_gil([&] {
        filter_mask = h5d::read_chunk(self.id(), offset, buffer.data(), size, id_or_default(dxpl));
    });
    const nb::object view = nb::steal(PyMemoryView_FromObject(out.ptr()));
    return nb::make_tuple(filter_mask, view[nb::slice(nb::cast(0), nb::cast(size), nb::none())]);
}

hdf5::Handle space_or_own(const DatasetID& self, const SpaceID* space) {
    return space == nullptr ? h5d::space(self.id()) : hdf5::Handle::borrow(space->id());
}

nb::object chunk_iter(const DatasetID& self, const nb::callable& func, const PropID* dxpl) {
    const auto chunks = without_gil([&] { return h5d::chunks(self.id(), id_or_default(dxpl)); });
    for (const h5d::ChunkInfo& chunk : chunks) {
        nb::object result = func(store_info(chunk));
        if (!result.is_none()) {
            return result;
        }
    }
    return nb::none();
}

void bind_constants(nb::module_& m) {
    const auto value = [&](const char* name, int code) { m.attr(name) = code; };
    value("COMPACT", 0);
    value("CONTIGUOUS", 1);
    value("CHUNKED", 2);
    value("VIRTUAL", 3);
    value("ALLOC_TIME_DEFAULT", 0);
    value("ALLOC_TIME_EARLY", 1);
    value("ALLOC_TIME_LATE", 2);
    value("ALLOC_TIME_INCR", 3);
    value("SPACE_STATUS_NOT_ALLOCATED", 0);
    value("SPACE_STATUS_PART_ALLOCATED", 1);
    value("SPACE_STATUS_ALLOCATED", 2);
    value("FILL_TIME_ALLOC", 0);
    value("FILL_TIME_NEVER", 1);
    value("FILL_TIME_IFSET", 2);
    value("FILL_VALUE_UNDEFINED", 0);
    value("FILL_VALUE_DEFAULT", 1);
    value("FILL_VALUE_USER_DEFINED", 2);
    value("VDS_FIRST_MISSING", 0);
    value("VDS_LAST_AVAILABLE", 1);
    m.attr("StoreInfo") = store_info_type;
}

void bind_properties(nb::class_<DatasetID, ObjectID>& c) {
    c.def_prop_ro(
         "dtype",
         [](DatasetID& self) { return nb::borrow(self.dtype()); },
         "The NumPy dtype that elements are read as.")
        .def_prop_ro("shape", &dataset_shape, "The shape in elements; None for a null dataspace.")
        .def_prop_ro(
            "rank",
            [](DatasetID& self) { return self.open().extent()->dims.size(); },
            "The number of dimensions.")
        .def_prop_ro("_transfer_plist", &DatasetID::transfer_plist)
        .def(
            "get_space",
            [](const DatasetID& self) { return SpaceID(h5d::space(self.id())); },
            "A copy of the dataspace. Source: H5Dget_space.")
        .def(
            "get_space_status",
            [](const DatasetID& self) { return h5d::space_status(self.id()); },
            "How much of the space is allocated in the file: one of SPACE_STATUS_*. Source: "
            "H5Dget_space_status.")
        .def(
            "get_type",
            [](const DatasetID& self) { return wrap_type(h5d::type(self.id())); },
            "A copy of the datatype. Source: H5Dget_type.")
        .def(
            "get_create_plist",
            [](const DatasetID& self) { return wrap_property_list(h5d::create_plist(self.id())); },
            "A copy of the creation property list. Source: H5Dget_create_plist.")
        .def(
            "get_access_plist",
            [](const DatasetID& self) { return wrap_property_list(h5d::access_plist(self.id())); },
            "A copy of the access property list. Source: H5Dget_access_plist.")
        .def(
            "get_offset",
            [](const DatasetID& self) { return h5d::offset(self.id()); },
            "The place in the file where contiguous data begin, in bytes, or None. Source: "
            "H5Dget_offset.")
        .def(
            "get_storage_size",
            [](const DatasetID& self) { return h5d::storage_size(self.id()); },
            "The number of bytes allocated in the file. Source: H5Dget_storage_size.")
        .def("explain",
             &explain_read,
             nb::arg("args") = nb::make_tuple(),
             nb::arg("dtype") = nb::none(),
             "What a read would do, and why: the `ReadExplanation` that `Dataset.explain` gives.")
        .def("explain_write",
             &explain_write,
             nb::arg("args") = nb::make_tuple(),
             nb::arg("dtype") = nb::none(),
             "What a write would do, and why: the `WriteExplanation` that `Dataset.explain_write` "
             "gives.");
}

void bind_extent(nb::class_<DatasetID, ObjectID>& c) {
    c.def(
         "extend",
         [](DatasetID& self, const nb::tuple& shape) {
             h5d::extend(self.id(), shape_from_tuple(shape, "shape"));
         },
         nb::arg("shape"),
         "Make the dataset at least as large as the given shape along each axis. Raises "
         "RuntimeError beyond the maximum shape. Source: H5Dset_extent.")
        .def(
            "set_extent",
            [](DatasetID& self, const nb::tuple& shape) { set_extent(self, shape); },
            nb::arg("shape"),
            "Change the shape of the dataset, in elements. Raises RuntimeError beyond the maximum "
            "shape. Source: H5Dset_extent.")
        .def(
            "flush",
            [](const DatasetID& self) { without_gil([&] { h5d::flush(self.id()); }); },
            "Write what is pending of the dataset to the file. Source: H5Dflush.")
        .def(
            "refresh",
            [](DatasetID& self) { without_gil([&] { h5d::refresh(self.id()); }); },
            "Read the metadata of the dataset anew. Source: H5Drefresh.");
}

void bind_chunks(nb::class_<DatasetID, ObjectID>& c) {
    c.def("write_direct_chunk",
          &write_direct_chunk,
          nb::arg("offsets"),
          nb::arg("data"),
          nb::arg("filter_mask") = 0,
          nb::arg("dxpl") = nb::none(),
          "Store bytes as the chunk that begins at `offsets`, past the filters; bits of "
          "`filter_mask` say which were not applied. Source: H5Dwrite_chunk.")
        .def("read_direct_chunk",
             &read_direct_chunk,
             nb::arg("offsets"),
             nb::arg("dxpl") = nb::none(),
             nb::arg("out") = nb::none(),
             "The pair (filter mask, bytes) of the chunk that begins at `offsets`, as stored in "
             "the file. Source: H5Dread_chunk.")
        .def(
            "get_num_chunks",
            [](const DatasetID& self, const SpaceID* space) {
                return h5d::chunk_count(self.id(), space_or_own(self, space).id());
            },
            nb::arg("space") = nb::none(),
            "The number of chunks in the file. Source: H5Dget_num_chunks.")
        .def(
            "get_chunk_info",
            [](const DatasetID& self, Size index, const SpaceID* space) {
                return store_info(
                    h5d::chunk_info(self.id(), space_or_own(self, space).id(), index));
            },
            nb::arg("index"),
            nb::arg("space") = nb::none(),
            "A StoreInfo of the chunk with that number. It is slow to call for each chunk, where "
            "chunk_iter is quick. Source: H5Dget_chunk_info.")
        .def(
            "get_chunk_info_by_coord",
            [](const DatasetID& self, const nb::tuple& chunk_offset) {
                return store_info(
                    h5d::chunk_info_at(self.id(), shape_from_tuple(chunk_offset, "chunk_offset")));
            },
            nb::arg("chunk_offset"),
            "A StoreInfo of the chunk that begins at the given position. Source: "
            "H5Dget_chunk_info_by_coord.")
        .def("chunk_iter",
             &chunk_iter,
             nb::arg("func"),
             nb::arg("dxpl") = nb::none(),
             "Call func(StoreInfo) for each chunk until it returns something, and return that. "
             "Source: H5Dchunk_iter.");
}

}  // namespace

void bind_h5d(nb::module_& core) {
    nb::module_ m = low_level_module(core, "h5d");
    store_info_type =
        nb::module_::import_("collections")
            .attr("namedtuple")("StoreInfo", "chunk_offset, filter_mask, byte_offset, size");
    bind_constants(m);
    nb::class_<DatasetID, ObjectID> c(
        m, "DatasetID", identifier_slots<DatasetID>(), "An open dataset.");
    bind_properties(c);
    bind_dataset_transfers(m, c);
    bind_extent(c);
    bind_chunks(c);
    m.def("create",
          &create,
          nb::arg("loc"),
          nb::arg("name").none(),
          nb::arg("tid"),
          nb::arg("space"),
          nb::arg("dcpl") = nb::none(),
          nb::arg("lcpl") = nb::none(),
          nb::arg("dapl") = nb::none(),
          "Create a dataset, an anonymous one when the name is None, and return its DatasetID. "
          "Raises ValueError when the name is taken. Source: H5Dcreate2, H5Dcreate_anon.");
    m.def("open",
          &open,
          nb::arg("loc"),
          nb::arg("name"),
          nb::arg("dapl") = nb::none(),
          "Open an existing dataset and return its DatasetID. Raises KeyError when there is none. "
          "Source: H5Dopen2.");
}

}  // namespace hyperslab::python
