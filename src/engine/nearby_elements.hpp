// The elements around the one that was read last.
//
// Programs read single elements beside each other. When several in a row lay in one block (a chunk,
// or a part of one), the block is read, and the next elements are found here: no lock is taken and
// libhdf5 is not called. What this process writes, resizes, refreshes or closes is counted, and
// with another count the block is not used any more. What another process writes is seen as late
// as in libhdf5, whose sieve buffer and chunk cache do the same.
//
// Only of datasets that could be read past libhdf5.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "hdf5/id.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::engine {

class OpenDataset;
struct Request;
class StoredDataset;

class NearbyElements {
public:
    NearbyElements();
    ~NearbyElements();

    /// Copies the element at a position, of that memory type, if it is here. Negative positions
    /// count from the end.
    bool find(std::span<const std::int64_t> position, hdf5::Id memory_type, void* element);

    /// Reads the block around the one element that is requested and copies the element, if that is
    /// worth while; otherwise it is still to be read.
    bool fetch(const Request& request, void* element);

private:
    // So many elements in a row make a block worth reading; more where the last one did not pay.
    static constexpr unsigned kPatience = 2;

    struct Block;

    bool is_current() const;
    bool knows(const Request& request);
    Block block_around(const Request& request) const;
    bool is_met_often(const Shape& start);
    bool fetch_block(const Request& request, void* element);
    static bool read(OpenDataset& dataset, Block& block);

    std::atomic<bool> busy_{false};  // nobody waits for another: it is read in another way then
    std::shared_ptr<StoredDataset> stored_;
    Shape part_;  // the largest shape of a block
    std::unique_ptr<Block> block_;
    Shape last_start_;    // of the block that the last element lay in which was not here
    unsigned met_ = 0;    // elements in a row that lay in that one
    unsigned reads_ = 0;  // elements that were not here
    unsigned found_ = 0;  // elements that were, since the block was read
    unsigned patience_ = kPatience;
};

}  // namespace hyperslab::engine
