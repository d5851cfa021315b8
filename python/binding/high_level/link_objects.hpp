// Links as Python objects (HardLink, SoftLink, ExternalLink), and how they are followed.
#pragma once

#include <string>

#include "hdf5/api/h5l.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/file_options.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

struct ObjectID;

/// Whether it is a File, Group, Dataset or Datatype; a SoftLink; an ExternalLink.
bool is_object(nb::handle object);
bool is_soft_link(nb::handle object);
bool is_external_link(nb::handle object);

/// Whether a path from a group leads to an object; false for a group that is closed. Without
/// Python.
bool has_member(const ObjectID& group, const std::string& path, hdf5::Id lapl = hdf5::kDefault);

/// The description of a link.
struct FoundLink {
    hdf5::h5l::Type type = hdf5::h5l::Type::error;
    hdf5::h5l::ExternalTarget target{};  ///< a soft link has only the path
};

/// Describes a link without Python; the caller is in a step.
FoundLink find_link(hdf5::Id group, const std::string& name, hdf5::Id lapl);

/// A link, or its class.
nb::object link_object(const FoundLink& link, bool as_class);

/// The Python object that a path leads to, or None when it leads to no object.
nb::object link_object_or_none(const ObjectID& group,
                               const std::string& name,
                               bool as_class,
                               hdf5::Id lapl);

/// True, False, 'true', 'false' or 'best-effort'.
FileLocking locking_argument(nb::handle locking);

/// get_config().track_order
bool default_track_order();

/// make_lapl and set_file_locking of `_hl.group`.
void bind_link_access(nb::module_& m);

}  // namespace hyperslab::python
