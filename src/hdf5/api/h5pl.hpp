// H5PL: the folders in which libhdf5 looks for plug-ins (filters, connectors, drivers).
#pragma once

#include <string>

namespace hyperslab::hdf5::h5pl {

/// Folders on the path; they are numbered from 0.
unsigned size();
std::string get(unsigned index);

void append(const std::string& folder);
void prepend(const std::string& folder);
void replace(const std::string& folder, unsigned index);
void insert(const std::string& folder, unsigned index);
void remove(unsigned index);

}  // namespace hyperslab::hdf5::h5pl
