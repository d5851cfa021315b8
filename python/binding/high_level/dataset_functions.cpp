// The functions behind Dataset, but for reading and writing.

#include <cstring>

#include "dtypes/known_type.hpp"
#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "elements/dataset_read.hpp"
#include "elements/dataset_write.hpp"
#include "elements/fill_value.hpp"
#include "elements/transfer.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "high_level/creation_arguments.hpp"
#include "high_level/dataset_creation.hpp"
#include "ids/prop_id.hpp"
#include "ids/space_id.hpp"
#include "object/datasets/dataset_creation.hpp"
#include "support/bindings.hpp"
#include "support/integer_argument.hpp"
#include "support/names.hpp"
#include "support/shapes.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {
namespace {

namespace h5d = hdf5::h5d;
namespace h5p = hdf5::h5p;

nb::object size(DatasetID& dataset) {
    const std::shared_ptr<const engine::Extent> extent = dataset.open().extent();
    if (extent->is_null()) {
        return nb::none();
    }
    // Python's integers hold what 64 bits do not.
    nb::object product = nb::cast(1);
    for (const std::uint64_t n : extent->dims) {
        product = product * nb::cast(n);
    }
    return product;
}

nb::object maxshape(DatasetID& dataset) {
    const std::shared_ptr<const engine::Extent> extent = dataset.open().extent();
    return extent->is_null() ? nb::none() : nb::object(tuple_from_max_dims(extent->max_dims));
}

nb::object chunks(const PropDCID& plist) {
    return h5p::get_layout(plist.id()) == h5p::Layout::chunked
               ? nb::object(tuple_from_shape(h5p::get_chunk(plist.id())))
               : nb::none();
}

nb::tuple filter_ids(const PropDCID& plist) {
    nb::list ids;
    for (const Filter& filter : h5p::get_filters(plist.id())) {
        ids.append(filter.id);
    }
    return nb::tuple(ids);
}

nb::tuple filter_names(const PropDCID& plist) {
    nb::list names;
    for (const Filter& filter : h5p::get_filters(plist.id())) {
        names.append(to_bytes(filter.name).attr("decode")("utf-8", "surrogateescape"));
    }
    return nb::tuple(names);
}

nb::object external(const PropDCID& plist) {
    const std::vector<h5p::ExternalFile> files = h5p::get_external_files(plist.id());
    if (files.empty()) {
        return nb::none();
    }
    const nb::object decode = nb::module_::import_("os").attr("fsdecode");
    nb::list result;
    for (const h5p::ExternalFile& file : files) {
        result.append(nb::make_tuple(decode(to_bytes(file.name)), file.offset, file.bytes));
    }
    return result;
}

// Whether the elements are strings, or arrays of them.
bool is_text(const Datatype& type) {
    return type.type_class() == TypeClass::array ? is_text(type.base()) : type.is_variable_string();
}

// The default fill value of objects that are no strings is None.
nb::object fillvalue(DatasetID& dataset, nb::handle plist) {
    const bool objects = dtype_has_objects(dataset.dtype());
    const bool text = is_text(dataset.open().type());
    nb::object array =
        objects ? empty_array({1}, dataset.dtype()) : zeros_array({1}, dataset.dtype());
    const hdf5::Id dcpl = nb::cast<const PropDCID&>(plist).id();
    const bool set = h5p::fill_value_defined(dcpl) == h5p::FillValueStatus::user_defined;
    if (!objects || text || set) {
        get_fill_value(dcpl, dataset.layout(), ArrayView(array).data());
    }
    return array[nb::cast(0)];
}

nb::list virtual_mappings(const PropDCID& plist) {
    const nb::object decode = nb::module_::import_("os").attr("fsdecode");
    nb::list result;
    for (h5p::VirtualMapping& mapping : h5p::get_virtual_mappings(plist.id())) {
        result.append(nb::make_tuple(SpaceID(std::move(mapping.virtual_space)),
                                     decode(to_bytes(mapping.file)),
                                     decode_name(mapping.dataset),
                                     SpaceID(std::move(mapping.source_space))));
    }
    return result;
}

std::uint64_t length_argument(nb::handle size) {
    const nb::object length = nb::steal(PyNumber_Long(size.ptr()));
    if (!length.is_valid()) {
        PyErr_Clear();
        throw nb::type_error("Argument must be a single int if axis is specified");
    }
    return integer_argument<std::uint64_t>(length);
}

void resize(DatasetID& dataset, nb::handle size, nb::handle axis) {
    if (dataset.open().layout() != h5d::Layout::chunked) {
        throw nb::type_error("Only chunked datasets can be resized");
    }
    if (axis.is_none()) {
        const Shape shape = shape_from_tuple(nb::tuple(nb::borrow(size)), "size");
        without_gil([&] { h5d::set_extent(dataset.id(), shape); });
        return;
    }
    const std::size_t index = axis_argument(axis, dataset.open().extent()->dims.size());
    const std::uint64_t length = length_argument(size);
    in_one_step([&] {
        Shape shape = dataset.open().extent()->dims;
        shape[index] = length;
        h5d::set_extent(dataset.id(), shape);
    });
}

DatasetID open(const ObjectID& location,
               nb::handle name,
               nb::handle dapl,
               const nb::dict& keywords) {
    if (!dapl.is_none()) {
        keywords["dapl"] = dapl;
    }
    const CreationArguments access = parse_access(keywords);
    const std::string path = encode_name(name);
    return without_gil([&] {
        return DatasetID(
            object::open_dataset(location.id(), path, access.options, access.base_dapl));
    });
}

/// Walks over the chunks that a region touches, row-major.
class ChunkWalk {
public:
    ChunkWalk(nb::handle shape, nb::handle chunks, nb::handle region) {
        if (chunks.is_none() || !truth_of(chunks)) {
            throw nb::type_error("Chunked dataset required");
        }
        chunk_ = shape_from_tuple(chunks, "chunks");
        const Shape extent = shape_from_tuple(shape, "shape");
        begin_ = Shape(extent.size(), 0);
        end_ = extent;
        if (!region.is_none()) {
            take_region(region, extent);
        }
        for (std::size_t d = 0; d < extent.size(); ++d) {
            if (end_[d] > extent[d] || end_[d] <= begin_[d]) {
                if (region.is_none()) {
                    done_ = true;  // the region is empty
                    return;
                }
                throw nb::value_error(
                    "Invalid selection - selection region must be within dataset space");
            }
            position_.push_back(begin_[d] / chunk_[d]);
        }
        done_ = extent.empty();
    }

    nb::tuple next() {
        if (done_) {
            throw nb::stop_iteration();
        }
        const Shape position = position_;
        advance();  // before objects are made: another thread may come here meanwhile
        nb::list slices;
        for (std::size_t d = 0; d < chunk_.size(); ++d) {
            const std::uint64_t first = std::max(position[d] * chunk_[d], begin_[d]);
            const std::uint64_t last = std::min((position[d] + 1) * chunk_[d], end_[d]);
            slices.append(nb::slice(nb::cast(first), nb::cast(last), nb::cast(1)));
        }
        return nb::tuple(slices);
    }

private:
    void take_region(nb::handle region, const Shape& extent) {
        const bool single = PySlice_Check(region.ptr()) || PyLong_Check(region.ptr());
        const nb::tuple parts = single ? nb::make_tuple(region) : nb::tuple(nb::borrow(region));
        if (nb::len(parts) != extent.size()) {
            throw nb::value_error(
                "Invalid selection - selection region must have same rank as dataset");
        }
        for (std::size_t d = 0; d < extent.size(); ++d) {
            take_part(parts[d], d, extent[d]);
        }
    }

    void take_part(nb::handle part, std::size_t d, std::uint64_t length) {
        if (PyLong_Check(part.ptr())) {
            begin_[d] = integer_argument<std::uint64_t>(part);
            end_[d] = begin_[d] + 1;
        } else if (PySlice_Check(part.ptr())) {
            const nb::object start = part.attr("start");
            const nb::object stop = part.attr("stop");
            begin_[d] = truth_of(start) ? bound(start) : 0;
            end_[d] = truth_of(stop) ? bound(stop) : length;
        } else {
            throw nb::type_error("Selection object must be a slice or integer");
        }
    }

    static std::uint64_t bound(nb::handle value) {
        const auto number = integer_argument<std::int64_t>(value);
        if (number < 0) {
            throw nb::value_error(
                "Invalid selection - selection region must be within dataset space");
        }
        return static_cast<std::uint64_t>(number);
    }

    void advance() {
        for (std::size_t d = chunk_.size(); d-- > 0;) {
            if (++position_[d] * chunk_[d] < end_[d]) {
                return;
            }
            position_[d] = begin_[d] / chunk_[d];
        }
        done_ = true;
    }

    Shape chunk_;
    Shape begin_;
    Shape end_;
    Shape position_;
    bool done_ = false;
};

void bind_elements(nb::module_& m) {
    m.def("read",
          &read_dataset,
          nb::arg("dataset").none(),
          nb::arg("args").none(),
          nb::arg("new_dtype").none());
    m.def("getitem", &getitem, nb::arg("dataset").none(), nb::arg("args").none());
    m.def("write",
          &write_dataset,
          nb::arg("dataset").none(),
          nb::arg("args").none(),
          nb::arg("value").none());
    m.def("read_text",
          &read_text,
          nb::arg("dataset").none(),
          nb::arg("args").none(),
          nb::arg("encoding").none(),
          nb::arg("errors").none());
    m.def("read_direct",
          &read_direct,
          nb::arg("dataset").none(),
          nb::arg("dest").none(),
          nb::arg("source_sel").none(),
          nb::arg("dest_sel").none());
    m.def("write_direct",
          &write_direct,
          nb::arg("dataset").none(),
          nb::arg("source").none(),
          nb::arg("source_sel").none(),
          nb::arg("dest_sel").none());
    m.def("as_array", &as_array, nb::arg("dataset").none(), nb::arg("dtype").none());
    m.def("subset_dtype", &subset_dtype, nb::arg("dtype").none(), nb::arg("names").none());
}

void bind_dataset_itself(nb::module_& m) {
    m.def("make_new",
          &make_dataset,
          nb::arg("location").none(),
          nb::arg("name").none(),
          nb::arg("shape").none(),
          nb::arg("dtype").none(),
          nb::arg("data").none(),
          nb::arg("keywords").none());
    m.def("open",
          &open,
          nb::arg("location").none(),
          nb::arg("name").none(),
          nb::arg("dapl").none(),
          nb::arg("keywords").none());
    m.def("size", &size, nb::arg("dataset").none());
    m.def("maxshape", &maxshape, nb::arg("dataset").none());
    m.def("chunks", &chunks, nb::arg("plist").none());
    m.def("filter_ids", &filter_ids, nb::arg("plist").none());
    m.def("filter_names", &filter_names, nb::arg("plist").none());
    m.def("external", &external, nb::arg("plist").none());
    m.def("fillvalue", &fillvalue, nb::arg("dataset").none(), nb::arg("plist").none());
    m.def("virtual_mappings", &virtual_mappings, nb::arg("plist").none());
    m.def("resize",
          &resize,
          nb::arg("dataset").none(),
          nb::arg("size").none(),
          nb::arg("axis").none());
    m.def("append",
          &append_to_dataset,
          nb::arg("dataset").none(),
          nb::arg("values").none(),
          nb::arg("axis").none());
    nb::class_<ChunkWalk>(m, "ChunkWalk")
        .def(nb::init<nb::handle, nb::handle, nb::handle>(),
             nb::arg("shape").none(),
             nb::arg("chunks").none(),
             nb::arg("region").none())
        .def("__iter__", [](nb::handle self) { return nb::borrow(self); })
        .def("__next__", &ChunkWalk::next, nb::lock_self());
}

}  // namespace

void bind_dataset(nb::module_& core) {
    nb::module_ m = core.def_submodule("dataset");
    bind_elements(m);
    bind_dataset_itself(m);
}

void bind_utils(nb::module_& core) {
    nb::module_ m = core.def_submodule("utils");
    m.def(
        "check_numpy_read",
        [](nb::handle arr, hdf5::Id) {
            require_readable(arr, hdf5::kAll, 0);
            return 1;
        },
        nb::arg("arr").none(),
        nb::arg("space_id") = -1,
        "Check that a low-level call can read from an array: returns 1, or raises TypeError.");
    m.def(
        "check_numpy_write",
        [](nb::handle arr, hdf5::Id) {
            require_writable(arr, hdf5::kAll, 0);
            return 1;
        },
        nb::arg("arr").none(),
        nb::arg("space_id") = -1,
        "Check that a low-level call can write to an array: returns 1, or raises TypeError.");
}

}  // namespace hyperslab::python
