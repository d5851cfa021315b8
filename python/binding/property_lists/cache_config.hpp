// h5ac.CacheConfig: the Python class is hdf5::h5ac::CacheConfig itself, so that the functions of
// PropFAID and FileID take and return it as it is.
#pragma once

#include "hdf5/api/h5ac.hpp"
#include "support/binding.hpp"
