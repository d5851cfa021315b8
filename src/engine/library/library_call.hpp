// One call of H5Dread or H5Dwrite.
#pragma once

#include "engine/plan/request.hpp"

namespace hyperslab::engine {

/// Refuses a selection of another extent than the dataset has. The caller holds the library lock.
/// \throws ExtentChanged
void require_extent(const Request& request);

/// Reads all that is requested in one call. It takes the library lock.
/// \throws ExtentChanged
void call_read(const Request& request, void* memory);

/// Writes all that is requested in one call. It takes the library lock.
/// \throws ExtentChanged
void call_write(const Request& request, const void* memory);

}  // namespace hyperslab::engine
