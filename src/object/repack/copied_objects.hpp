// Which object of the old file became which one of the new file.
//
// Objects are known by their addresses: hard links and references of HDF5 hold nothing else.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hdf5/api/h5o.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::object {

using Address = std::uint64_t;

Address address_of(const hdf5::h5o::Identity& identity);

/// Opens the object at an address of a file.
hdf5::Handle open_at(hdf5::Id file, Address address);

struct CopiedObject {
    Address source = 0;
    Address target = 0;
    hdf5::h5o::Type type = hdf5::h5o::Type::unknown;
    std::string path{};             ///< a name of the object, for messages
    bool has_elements = false;      ///< whether elements of a dataset are there already
    bool has_filters_kept = false;  ///< whether a dataset has the filters that it had
};

class CopiedObjects {
public:
    void add(CopiedObject object);
    /// The object that the one at an address became, or null.
    const CopiedObject* find(Address source) const;
    /// All of them, in the order in which they were made.
    const std::vector<CopiedObject>& all() const { return objects_; }

private:
    std::vector<CopiedObject> objects_;
    std::map<Address, std::size_t> places_;
};

}  // namespace hyperslab::object
