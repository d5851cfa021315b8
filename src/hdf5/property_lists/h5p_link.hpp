// Properties for creating links and for following them.
#pragma once

#include <cstddef>
#include <string>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5::h5p {

/// H5T_cset_t
enum class CharEncoding { ascii = 0, utf8 = 1 };

/// \name Creation of links (the encoding also of attributes' names)
///@{
void set_char_encoding(Id lcpl, CharEncoding encoding);
CharEncoding get_char_encoding(Id lcpl);
/// Whether groups missing on the way to the new link are made.
void set_create_intermediate_group(Id lcpl, bool create);
bool get_create_intermediate_group(Id lcpl);
///@}

/// \name Access through links
///@{
/// Sets the number of soft or user-defined links that are followed before giving up; at least 1.
void set_nlinks(Id lapl, std::size_t count);
std::size_t get_nlinks(Id lapl);
/// Sets the prefix that is put before the file name of an external link.
void set_elink_prefix(Id lapl, const std::string& prefix);
std::string get_elink_prefix(Id lapl);
/// The file access list for files that external links lead to.
void set_elink_fapl(Id lapl, Id fapl);
/// A copy of the file access list for external links; a list of defaults when none was set.
Handle get_elink_fapl(Id lapl);
/// Sets the H5F_ACC_* with which files behind external links are opened. H5F_ACC_DEFAULT means
/// those of the file that holds the link.
void set_elink_acc_flags(Id lapl, unsigned flags);
unsigned get_elink_acc_flags(Id lapl);
///@}

}  // namespace hyperslab::hdf5::h5p
