#include "dtypes/element_buffer.hpp"

#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5s.hpp"

namespace hyperslab::python {

void ElementBuffer::give_back(hdf5::Id dxpl) noexcept {
    if (!layout_.holds_references() || count_ == 0) {
        return;
    }
    try {
        const hdf5::Handle space = hdf5::h5s::create_simple({count_});
        hdf5::h5d::reclaim(layout_.type(), space.id(), data(), dxpl);
    } catch (const std::exception&) {
        return;  // their file has been closed meanwhile, and with it what they held
    }
}

}  // namespace hyperslab::python
