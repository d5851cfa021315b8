// References in elements: in the new file they lead to the objects that the old ones have become.
#pragma once

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "hdf5/api/h5r_standard.hpp"
#include "hyperslab/datatype.hpp"
#include "object/repack/work.hpp"

namespace hyperslab::object {

/// Elements in memory whose references have been turned into those of the new file, while it lives.
/// Afterwards they are again what was read, so that their memory can be given back.
class TurnedReferences {
public:
    /// \param type  of the elements in memory
    TurnedReferences(Repacking& work, const Datatype& type, std::byte* elements, std::size_t count);
    ~TurnedReferences();
    TurnedReferences(const TurnedReferences&) = delete;
    TurnedReferences& operator=(const TurnedReferences&) = delete;

    /// The number of references that lead to no object of the new file, and now to nothing.
    std::size_t lost() const { return lost_; }

private:
    void turn(const Datatype& type, std::byte* element);
    void turn_each(const Datatype& type, std::byte* elements, std::size_t count);
    void turn_object(std::byte* element);
    void turn_region(std::byte* element);
    void turn_standard(std::byte* element);
    hdf5::h5r::StandardReference turned(const hdf5::h5r::StandardReference& old);

    using Bytes = std::array<std::byte, hdf5::h5r::kStandardSize>;

    Repacking& work_;
    std::vector<hdf5::h5r::StandardReference> made_;
    std::vector<std::pair<std::byte*, Bytes>> before_;
    std::size_t lost_ = 0;
};

}  // namespace hyperslab::object
