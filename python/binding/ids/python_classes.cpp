#include "ids/python_classes.hpp"

#include "dtypes/reference.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "ids/dataset_id.hpp"
#include "ids/group_id.hpp"
#include "ids/type_id.hpp"

namespace hyperslab::python {
namespace {

nb::object call_class(const nb::object& type, nb::handle argument) {
    PyObject* const arguments[] = {nullptr, argument.ptr()};
    PyObject* const made =
        PyObject_Vectorcall(type.ptr(), arguments + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, nullptr);
    if (made == nullptr) {
        throw nb::python_error();
    }
    return nb::steal(made);
}

// The classes of the high level. They are never destroyed, because the interpreter ends before
// static objects are destroyed.
HighLevelClasses& found_classes = *new HighLevelClasses;

}  // namespace

HighLevelClasses& classes() { return found_classes; }

namespace {

nb::object wrap_dataset(hdf5::Handle dataset) {
    nb::object id = nb::cast(DatasetID(std::move(dataset)));
    if (hdf5::parallel_files_possible()) {
        engine::OpenDataset& open = nb::cast<DatasetID&>(id).open();
        without_gil([&] { open.ask_together(); });
    }
    return id;
}

}  // namespace

nb::object wrap_object(hdf5::Handle object) {
    switch (hdf5::h5i::kind(object.id())) {
        case hdf5::h5i::Type::dataset:
            return call_class(classes().dataset, wrap_dataset(std::move(object)));
        case hdf5::h5i::Type::group:
            return call_class(classes().group, nb::cast(GroupID(std::move(object))));
        case hdf5::h5i::Type::datatype:
            return call_class(classes().datatype, wrap_type(std::move(object)));
        default:
            throw nb::type_error("Unknown object type");
    }
}

nb::object low_level(nb::handle object) {
    nb::object found = nb::steal(PyObject_GetAttr(object.ptr(), classes().id.ptr()));
    if (!found.is_valid()) {
        throw nb::python_error();
    }
    return found;
}

bool is_empty_object(nb::handle data) { return nb::isinstance(data, classes().empty); }

}  // namespace hyperslab::python
