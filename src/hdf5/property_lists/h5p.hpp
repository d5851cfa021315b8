// H5P: property lists.
//
// A function sets or gets one property of a list that exists: set_x and get_x are H5Pset_x and
// H5Pget_x. For a list of another class it throws Error (closed), because libhdf5 does not
// distinguish such an identifier from one that is no longer valid.
#pragma once

#include "hdf5/property_lists/h5p_class.hpp"     // IWYU pragma: export
#include "hdf5/property_lists/h5p_dataset.hpp"   // IWYU pragma: export
#include "hdf5/property_lists/h5p_driver.hpp"    // IWYU pragma: export
#include "hdf5/property_lists/h5p_file.hpp"      // IWYU pragma: export
#include "hdf5/property_lists/h5p_link.hpp"      // IWYU pragma: export
#include "hdf5/property_lists/h5p_object.hpp"    // IWYU pragma: export
#include "hdf5/property_lists/h5p_transfer.hpp"  // IWYU pragma: export
