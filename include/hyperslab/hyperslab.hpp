// hyperslab: HDF5 for C++. This header has everything.
//
//     namespace hs = hyperslab;
//     hs::File file("run.h5", hs::Mode::create);
//     auto flux = file.create_dataset<float>("4857/55711/flux", {1000, 4600});
//     flux.write(values);
//     auto head = flux.read<double>({hs::slice(0, 10), hs::all});
//     file["4857"].attributes()["plate"] = 4857;
#pragma once

#include "hyperslab/array.hpp"               // IWYU pragma: export
#include "hyperslab/array_adaptor.hpp"       // IWYU pragma: export
#include "hyperslab/attribute.hpp"           // IWYU pragma: export
#include "hyperslab/chunk_range.hpp"         // IWYU pragma: export
#include "hyperslab/collective.hpp"          // IWYU pragma: export
#include "hyperslab/committed_datatype.hpp"  // IWYU pragma: export
#include "hyperslab/dataset.hpp"             // IWYU pragma: export
#include "hyperslab/dataset_options.hpp"     // IWYU pragma: export
#include "hyperslab/datatype.hpp"            // IWYU pragma: export
#include "hyperslab/diagnosis.hpp"           // IWYU pragma: export
#include "hyperslab/dimension_scale.hpp"     // IWYU pragma: export
#include "hyperslab/element.hpp"             // IWYU pragma: export
#include "hyperslab/empty.hpp"               // IWYU pragma: export
#include "hyperslab/enumeration.hpp"         // IWYU pragma: export
#include "hyperslab/error.hpp"               // IWYU pragma: export
#include "hyperslab/explain_write.hpp"       // IWYU pragma: export
#include "hyperslab/file.hpp"                // IWYU pragma: export
#include "hyperslab/file_options.hpp"        // IWYU pragma: export
#include "hyperslab/filter.hpp"              // IWYU pragma: export
#include "hyperslab/fixed_string.hpp"        // IWYU pragma: export
#include "hyperslab/group.hpp"               // IWYU pragma: export
#include "hyperslab/half.hpp"                // IWYU pragma: export
#include "hyperslab/index.hpp"               // IWYU pragma: export
#include "hyperslab/link.hpp"                // IWYU pragma: export
#include "hyperslab/native_type.hpp"         // IWYU pragma: export
#include "hyperslab/object.hpp"              // IWYU pragma: export
#include "hyperslab/opaque.hpp"              // IWYU pragma: export
#include "hyperslab/read_explanation.hpp"    // IWYU pragma: export
#include "hyperslab/reading.hpp"             // IWYU pragma: export
#include "hyperslab/record.hpp"              // IWYU pragma: export
#include "hyperslab/reference.hpp"           // IWYU pragma: export
#include "hyperslab/repack.hpp"              // IWYU pragma: export
#include "hyperslab/selection.hpp"           // IWYU pragma: export
#include "hyperslab/shape.hpp"               // IWYU pragma: export
#include "hyperslab/standard_reference.hpp"  // IWYU pragma: export
#include "hyperslab/strided_view.hpp"        // IWYU pragma: export
#include "hyperslab/virtual_layout.hpp"      // IWYU pragma: export
#include "hyperslab/write_explanation.hpp"   // IWYU pragma: export
