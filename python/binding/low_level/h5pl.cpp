// h5pl: where plug-ins are looked for. Names as in h5py.h5pl.

#include "hdf5/api/h5pl.hpp"

#include "support/binding.hpp"
#include "support/bindings.hpp"
#include "support/integer.hpp"

namespace hyperslab::python {

void bind_h5pl(nb::module_& core) {
    namespace h5pl = hdf5::h5pl;
    nb::module_ m = low_level_module(core, "h5pl");
    m.def(
        "append",
        [](const ByteString& search_path) { h5pl::append(search_path.value); },
        nb::arg("search_path"),
        "Look for plug-ins in this folder last. Source: H5PLappend.");
    m.def(
        "prepend",
        [](const ByteString& search_path) { h5pl::prepend(search_path.value); },
        nb::arg("search_path"),
        "Look for plug-ins in this folder first. Source: H5PLprepend.");
    m.def(
        "replace",
        [](const ByteString& search_path, Unsigned index) {
            h5pl::replace(search_path.value, index);
        },
        nb::arg("search_path"),
        nb::arg("index"),
        "Put a folder in the place of another in the list. Source: H5PLreplace.");
    m.def(
        "insert",
        [](const ByteString& search_path, Unsigned index) {
            h5pl::insert(search_path.value, index);
        },
        nb::arg("search_path"),
        nb::arg("index"),
        "Put a folder before another in the list. Source: H5PLinsert.");
    m.def(
        "remove",
        [](Unsigned index) { h5pl::remove(index); },
        nb::arg("index"),
        "Remove a folder from the list. Raises ValueError when there is none of that number. "
        "Source: H5PLremove.");
    m.def(
        "get",
        [](Unsigned index) { return to_bytes(h5pl::get(index)); },
        nb::arg("index"),
        "The name of a folder by its number, counted from 0, as bytes. Source: H5PLget.");
    m.def("size",
          &h5pl::size,
          "The number of folders in which plug-ins are looked for. Source: H5PLsize.");
}

}  // namespace hyperslab::python
