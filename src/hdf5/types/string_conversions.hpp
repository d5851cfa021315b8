// Strings of fixed and of variable length into each other: conversion functions for H5Tregister.
// What they promise: conversions.hpp.
#pragma once

#include "hdf5/call/capi.hpp"

namespace hyperslab::hdf5 {

/// Cuts what is too long; what is shorter is filled with zeros, as h5py has always stored it.
H5T_conv_t variable_to_fixed_string();

/// Allocates one string per element; it ends at the first NUL or with the fixed length.
H5T_conv_t fixed_to_variable_string();

/// Of strings padded by NULs, which may have one inside; not in Python, where libhdf5's rules hold.
H5T_conv_t fixed_to_fixed_string();

}  // namespace hyperslab::hdf5
