// A Python exception raised inside a callback of libhdf5.
//
// It cannot pass through libhdf5, which only learns that the callback failed. It waits here, on its
// thread, until the failed call is about to be reported, and is raised in place of that report.
#pragma once

namespace hyperslab::python {

/// Takes the exception that is set in the interpreter and keeps it for later.
void keep_pending_exception();

/// Raises the exception that was kept, if there is one.
/// \returns whether there was
bool raise_pending_exception();

}  // namespace hyperslab::python
