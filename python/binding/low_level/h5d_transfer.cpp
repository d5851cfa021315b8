// h5d: reading and writing elements, of one dataset or of several.

#include "low_level/h5d_transfer.hpp"

#include <deque>
#include <vector>

#include "dtypes/element_buffer.hpp"
#include "dtypes/numpy_api.hpp"
#include "elements/transfer.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5i.hpp"
#include "ids/dataset_id.hpp"
#include "ids/prop_id.hpp"
#include "ids/space_id.hpp"
#include "ids/type_id.hpp"
#include "support/integer.hpp"

namespace hyperslab::python {
namespace {

namespace h5d = hdf5::h5d;

// StringDType's memory is NumPy's own: texts travel as objects.
bool is_string_dtype(nb::handle array) {
    if (!is_array(array)) {
        const auto type = nb::cast<std::string>(nb::type_name(array.type()));
        throw nb::type_error(
            ("Argument 'arr_obj' has incorrect type (expected numpy.ndarray, got " + type + ")")
                .c_str());
    }
    return nb::cast<std::string>(array.attr("dtype").attr("kind")) == "T";
}

/// An array that elements are read into. Texts arrive as objects.
class Destination {
public:
    Destination(DatasetID& dataset,
                const SpaceID& mspace,
                const SpaceID& fspace,
                nb::handle array,
                const TypeID* mtype)
        : dataset_(dataset),
          mspace_(mspace),
          fspace_(fspace),
          array_(nb::borrow(array)),
          texts_(is_string_dtype(array)),
          elements_(texts_ ? array.attr("astype")("O") : array_) {
        hdf5::h5i::require_open(dataset.id());
        const nb::object dtype = elements_.attr("dtype");
        layout_.emplace(texts_ ? MemoryLayout(dtype, dataset.open().type())
                               : layout_for(dtype, dataset.open().type_id(), mtype));
        require_writable(array_,
                         resolve(dataset.id(), {mspace.id(), fspace.id()}).memory,
                         layout_->direct() ? layout_->c_size() : layout_->numpy_size());
    }

    PartToRead part(hdf5::Id dxpl) const {
        return {dataset_.id(),
                &*layout_,
                {mspace_.id(), fspace_.id(), dxpl},
                ArrayView(elements_).data(),
                texts_ ? &utf8_text() : nullptr};
    }

    /// After the read.
    void finish() {
        if (texts_) {
            array_[nb::ellipsis()] = elements_;
        }
    }

private:
    DatasetID& dataset_;
    const SpaceID& mspace_;
    const SpaceID& fspace_;
    nb::object array_;
    bool texts_;
    nb::object elements_;
    std::optional<MemoryLayout> layout_;
};

void read(DatasetID& self,
          const SpaceID& mspace,
          const SpaceID& fspace,
          nb::handle arr_obj,
          const TypeID* mtype,
          const PropID* dxpl) {
    Destination destination(self, mspace, fspace, arr_obj, mtype);
    const PartToRead part = destination.part(id_or_default(dxpl));
    read_elements(part.dataset, *part.layout, part.spaces, part.array_data, part.text);
    destination.finish();
}

/// An array that is written.
class Source {
public:
    Source(DatasetID& dataset,
           const SpaceID& mspace,
           const SpaceID& fspace,
           nb::handle array,
           const TypeID* mtype)
        : dataset_(dataset),
          mspace_(mspace),
          fspace_(fspace),
          array_(is_string_dtype(array) ? array.attr("astype")("O") : nb::borrow(array)) {
        hdf5::h5i::require_open(dataset.id());
        layout_.emplace(layout_for(array_.attr("dtype"), dataset.open().type_id(), mtype));
        require_readable(array_,
                         resolve(dataset.id(), {mspace.id(), fspace.id()}).memory,
                         layout_->direct() ? layout_->c_size() : layout_->numpy_size());
    }

    PartToWrite part(hdf5::Id dxpl) const {
        return {
            dataset_.id(), &*layout_, {mspace_.id(), fspace_.id(), dxpl}, ArrayView(array_).data()};
    }

private:
    DatasetID& dataset_;
    const SpaceID& mspace_;
    const SpaceID& fspace_;
    nb::object array_;
    std::optional<MemoryLayout> layout_;
};

void write(DatasetID& self,
           const SpaceID& mspace,
           const SpaceID& fspace,
           nb::handle arr_obj,
           const TypeID* mtype,
           const PropID* dxpl) {
    const Source source(self, mspace, fspace, arr_obj, mtype);
    const PartToWrite part = source.part(id_or_default(dxpl));
    write_elements(part.dataset, *part.layout, part.spaces, part.array_data);
}

/// The arguments of read_multi and write_multi, one of each for a dataset.
struct MultiArguments {
    MultiArguments(nb::handle dsets,
                   nb::handle mspaces,
                   nb::handle fspaces,
                   nb::handle arr_objs,
                   nb::handle mtypes)
        : datasets(nb::borrow(dsets)),
          memory_spaces(nb::borrow(mspaces)),
          file_spaces(nb::borrow(fspaces)),
          arrays(nb::borrow(arr_objs)),
          types(mtypes.is_none() ? nb::list() : nb::list(nb::borrow(mtypes))) {
        const std::size_t count = datasets.size();
        if (memory_spaces.size() != count || file_spaces.size() != count ||
            arrays.size() != count || (!mtypes.is_none() && types.size() != count)) {
            throw nb::value_error("There must be as many dataspaces, arrays and types as datasets");
        }
    }

    /// A Destination or Source for each dataset.
    template <class Side>
    std::deque<Side> sides() const {
        std::deque<Side> made;
        for (std::size_t i = 0; i < datasets.size(); ++i) {
            const nb::object type = types.empty() ? nb::none() : nb::object(types[i]);
            made.emplace_back(item<DatasetID>(datasets[i]),
                              item<const SpaceID>(memory_spaces[i]),
                              item<const SpaceID>(file_spaces[i]),
                              nb::object(arrays[i]),
                              type.is_none() ? nullptr : &item<const TypeID>(type));
        }
        return made;
    }

    // Copies: what callers may change meanwhile are their lists, not these.
    nb::list datasets;
    nb::list memory_spaces;
    nb::list file_spaces;
    nb::list arrays;
    nb::list types;

private:
    template <class Wrapped>
    static Wrapped& item(nb::handle object) {
        Wrapped* wrapped = nullptr;
        if (object.is_none() || !nb::try_cast(object, wrapped) || wrapped == nullptr) {
            throw nb::type_error(("DatasetIDs, SpaceIDs and TypeIDs are needed, not " +
                                  nb::cast<std::string>(nb::type_name(nb::handle(object.type()))))
                                     .c_str());
        }
        return *wrapped;
    }
};

void read_multi(nb::handle dsets,
                nb::handle mspaces,
                nb::handle fspaces,
                nb::handle arr_objs,
                nb::handle mtypes,
                const PropID* dxpl) {
    const MultiArguments arguments(dsets, mspaces, fspaces, arr_objs, mtypes);
    std::deque<Destination> destinations = arguments.sides<Destination>();
    std::vector<PartToRead> parts;
    parts.reserve(destinations.size());
    for (const Destination& destination : destinations) {
        parts.push_back(destination.part(hdf5::kDefault));
    }
    python::read_multi(parts, id_or_default(dxpl));
    for (Destination& destination : destinations) {
        destination.finish();
    }
}

void write_multi(nb::handle dsets,
                 nb::handle mspaces,
                 nb::handle fspaces,
                 nb::handle arr_objs,
                 nb::handle mtypes,
                 const PropID* dxpl) {
    const MultiArguments arguments(dsets, mspaces, fspaces, arr_objs, mtypes);
    const std::deque<Source> sources = arguments.sides<Source>();
    std::vector<PartToWrite> parts;
    parts.reserve(sources.size());
    for (const Source& source : sources) {
        parts.push_back(source.part(hdf5::kDefault));
    }
    python::write_multi(parts, id_or_default(dxpl));
}

void append(
    DatasetID& self, Unsigned axis, nb::handle arr_obj, const TypeID* mtype, const PropID* dxpl) {
    hdf5::h5i::require_open(self.id());
    const nb::object array =
        is_string_dtype(arr_obj) ? arr_obj.attr("astype")("O") : nb::borrow(arr_obj);
    const MemoryLayout layout = layout_for(array.attr("dtype"), self.open().type_id(), mtype);
    require_readable(array, hdf5::kAll, layout.numpy_size());
    const ArrayView view(array);
    const Shape shape = view.shape();
    if (layout.direct() && layout.c_size() != layout.numpy_size()) {
        throw nb::value_error("mtype has another size than the array's elements");
    }
    const OutgoingElements elements(layout, element_count(shape), view.data());
    without_gil([&] {
        h5d::append(self.id(), axis, shape, layout.type(), elements.data(), id_or_default(dxpl));
    });
}

void bind_methods(nb::class_<DatasetID, ObjectID>& c) {
    c.def("read",
          &read,
          nb::arg("mspace"),
          nb::arg("fspace"),
          nb::arg("arr_obj"),
          nb::arg("mtype") = nb::none(),
          nb::arg("dxpl") = nb::none(),
          "Read what `fspace` selects into a C-contiguous, writable array, where `mspace` selects. "
          "Raises OSError when there is no conversion, when the selections differ in size, or when "
          "the file cannot be read. Source: H5Dread.")
        .def("write",
             &write,
             nb::arg("mspace"),
             nb::arg("fspace"),
             nb::arg("arr_obj"),
             nb::arg("mtype") = nb::none(),
             nb::arg("dxpl") = nb::none(),
             "Write what `mspace` selects in a C-contiguous array to where `fspace` selects. "
             "Raises OSError when there is no conversion, when the selections differ in size, or "
             "when the file cannot be written. Source: H5Dwrite.")
        .def("append",
             &append,
             nb::arg("axis"),
             nb::arg("arr_obj"),
             nb::arg("mtype") = nb::none(),
             nb::arg("dxpl") = nb::none(),
             "Make the dataset longer along an axis and write a C-contiguous array there, whose "
             "shape is the dataset's but for that axis. h5py has no such method. "
             "Source: H5DOappend.");
}

void bind_multi(nb::module_& m) {
    m.def("read_multi",
          &read_multi,
          nb::arg("dsets"),
          nb::arg("mspaces"),
          nb::arg("fspaces"),
          nb::arg("arr_objs"),
          nb::arg("mtypes") = nb::none(),
          nb::arg("dxpl") = nb::none(),
          "Read from several datasets in one call, as DatasetID.read does from one: sequences of "
          "DatasetIDs, memory and file dataspaces and arrays, all of one length, and of TypeIDs or "
          "None. Memory of the arrays must not overlap. h5py has no such function. "
          "Source: H5Dread_multi.");
    m.def("write_multi",
          &write_multi,
          nb::arg("dsets"),
          nb::arg("mspaces"),
          nb::arg("fspaces"),
          nb::arg("arr_objs"),
          nb::arg("mtypes") = nb::none(),
          nb::arg("dxpl") = nb::none(),
          "Write to several datasets in one call, as DatasetID.write does to one; arguments as of "
          "read_multi. Source: H5Dwrite_multi.");
}

}  // namespace

void bind_dataset_transfers(nb::module_& m, nb::class_<DatasetID, ObjectID>& c) {
    bind_methods(c);
    bind_multi(m);
}

}  // namespace hyperslab::python
