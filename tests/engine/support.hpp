// Datasets for tests of engines, in a file in memory.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "engine/store/open_dataset.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/h5t.hpp"

namespace hyperslab::engine {

inline hdf5::Id int_type() { return hdf5::h5t::predefined_type("NATIVE_INT32"); }

class MemoryFile {
public:
    MemoryFile() {
        const hdf5::Handle fapl = hdf5::h5p::create(hdf5::h5p::ListClass::file_access);
        hdf5::h5p::set_fapl_core(fapl.id(), {.backing_store = false});
        file_ =
            hdf5::h5f::create("engine_test.h5", hdf5::h5f::kTruncate, hdf5::kDefault, fapl.id());
    }

    /// Of int32; chunked when there is a chunk shape, and then without limits.
    hdf5::Handle dataset(const char* name, const Shape& shape, const Shape& chunk = {}) const {
        const hdf5::Handle dcpl = hdf5::h5p::create(hdf5::h5p::ListClass::dataset_create);
        std::optional<Shape> max_shape;
        if (!chunk.empty()) {
            hdf5::h5p::set_chunk(dcpl.id(), chunk);
            max_shape = Shape(shape.size(), kUnlimited);
        }
        const hdf5::Handle space = hdf5::h5s::create_simple(shape, max_shape);
        return hdf5::h5d::create(
            file_.id(), name, int_type(), space.id(), hdf5::kDefault, dcpl.id());
    }

    hdf5::Id id() const { return file_.id(); }

private:
    hdf5::Handle file_;
};

/// Counts up from 0.
inline std::vector<std::int32_t> counted(const Shape& shape) {
    std::vector<std::int32_t> values(element_count(shape));
    std::iota(values.begin(), values.end(), 0);
    return values;
}

inline void fill(OpenDataset& dataset, const Shape& shape) {
    const Selection everything = Selection::all(shape);
    write({dataset, everything, int_type()}, counted(shape).data());
}

inline std::vector<std::int32_t> read_values(OpenDataset& dataset, const Selection& selection) {
    std::vector<std::int32_t> values(selection.element_count(), -1);
    read({dataset, selection, int_type()}, values.data());
    return values;
}

}  // namespace hyperslab::engine
