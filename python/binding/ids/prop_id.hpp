// PropID and its subclasses: property lists, a class for each class of list, and those classes
// themselves as objects.
#pragma once

#include "ids/object_id.hpp"

namespace hyperslab::python {

struct PropID : ObjectID {
    using ObjectID::ObjectID;
};

/// A class of property lists, as H5Pcreate takes it.
struct PropClassID : PropID {
    using PropID::PropID;
};

/// A property list of any class.
struct PropInstanceID : PropID {
    using PropID::PropID;
};

struct PropCreateID : PropInstanceID {
    using PropInstanceID::PropInstanceID;
};
/// Creation of links.
struct PropLCID : PropCreateID {
    using PropCreateID::PropCreateID;
};
/// Creation of objects.
struct PropOCID : PropCreateID {
    using PropCreateID::PropCreateID;
};
/// Creation of datasets.
struct PropDCID : PropOCID {
    using PropOCID::PropOCID;
};
/// Creation of files.
struct PropFCID : PropOCID {
    using PropOCID::PropOCID;
};
/// Creation of groups.
struct PropGCID : PropOCID {
    using PropOCID::PropOCID;
};
/// Creation of committed datatypes.
struct PropTCID : PropOCID {
    using PropOCID::PropOCID;
};

/// Copying of objects.
struct PropCopyID : PropInstanceID {
    using PropInstanceID::PropInstanceID;
};
/// Access to datasets.
struct PropDAID : PropInstanceID {
    using PropInstanceID::PropInstanceID;
};
/// Transfer of raw data.
struct PropDXID : PropInstanceID {
    using PropInstanceID::PropInstanceID;
};
/// Access to files.
struct PropFAID : PropInstanceID {
    using PropInstanceID::PropInstanceID;
};
/// Access through links.
struct PropLAID : PropInstanceID {
    using PropInstanceID::PropInstanceID;
};

/// The Python object for a list, of the subclass that its class asks for.
/// \throws ValueError for a class that has no Python class
nb::object wrap_property_list(hdf5::Handle list);

}  // namespace hyperslab::python
