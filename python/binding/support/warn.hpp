// Warnings name the line that called the package, however many of its own lines lie between.
//
// Python shows each warning once for each place. So the place has to be the caller's: a place of
// ours would stand for all callers, and no place ("sys:1") for all places.
#pragma once

#include "support/binding.hpp"

namespace hyperslab::python {

/// \throws python_error when the filters make exceptions of warnings
void warn(nb::handle category, const char* text);

/// Warns with a H5pyDeprecationWarning of something that will change or go.
void warn_deprecated(const char* text);

/// A UserWarning for each file that was opened since the last call although it has the mark of a
/// writer that ended without closing it.
void warn_of_abandoned_files();

void bind_warnings(nb::module_& core);

}  // namespace hyperslab::python
