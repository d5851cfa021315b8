// Single elements: the block around the element that was read last, or the place where an element
// lies.
//
// Programs read single elements that are neighbours. When several in a row lay in one block (a
// chunk, or a part of one), the block is read, and the next elements are found in it. Elements that
// lie apart are read from where they lie in the file (raw_elements.hpp), where no filter is in the
// way. Either way no lock is taken and libhdf5 is not called. What this process writes, resizes,
// refreshes or closes is counted, and with another count neither is used any more. What another
// process writes is seen as late as in libhdf5, whose sieve buffer and chunk cache do the same.
//
// It serves only datasets that can be read past libhdf5.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "engine/store/dataset_storage.hpp"
#include "hdf5/call/id.hpp"
#include "hyperslab/selection.hpp"
#include "hyperslab/shape.hpp"

namespace hyperslab::engine {

/// The elements of a dataset that are wanted, in a memory type.
struct Wanted {
    DatasetStorage& dataset;
    const Selection& selection;
    hdf5::Id memory_type;
    hdf5::Id dxpl;
};

/// Reads a selection of the dataset in the wanted memory type. The engines, which stand above this
/// room, do that.
using ReadBlock = std::function<void(const Selection& selection, void* memory)>;

class NearbyElements {
public:
    NearbyElements();
    ~NearbyElements();

    /// Copies or reads the element at a position, in a memory type, when that can be done without
    /// the library lock. Negative positions count from the end.
    bool find(std::span<const std::int64_t> position, hdf5::Id memory_type, void* element);

    /// Reads the one element that is wanted, where one of the two ways is worth its cost. Returns
    /// false when it was not read.
    bool fetch(const Wanted& wanted, const ReadBlock& read_block, void* element);

    /// Reads the few elements that are wanted from where they lie in the file, without making a
    /// plan. Returns false when they were not read.
    bool fetch_few(const Wanted& wanted, void* memory);

private:
    // The number of elements in a row after which a block is read. It is larger after a block that
    // did not pay.
    static constexpr unsigned kPatience = 2;

    struct Block;
    struct Place;
    struct Region;

    /// The counts of changes. When one differs, nothing that is kept may be used.
    struct Moment {
        std::uint64_t generation;
        std::uint64_t closings;

        friend bool operator==(const Moment&, const Moment&) = default;
    };

    Moment now() const;
    bool find_in_block(std::span<const std::int64_t> position, hdf5::Id memory_type, void* element);
    bool find_in_file(std::span<const std::int64_t> position, hdf5::Id memory_type, void* element);
    bool read_from_file(std::span<const std::uint64_t> position, void* element) const;
    bool knows(const Wanted& wanted);
    void meet(std::span<const std::uint64_t> position, std::span<const std::uint64_t> extent);
    bool block_is_due() const;
    bool place_is_of(const Wanted& wanted) const;
    bool find_place(const Wanted& wanted);
    bool fetch_from_file(const Wanted& wanted, void* element);
    bool fetch_block(const Wanted& wanted, const ReadBlock& read_block, void* element);
    static bool read(DatasetFacts& dataset, const ReadBlock& read_block, Block& block);

    std::atomic<bool> busy_{false};  // a thread that finds it set reads in another way
    std::shared_ptr<StoredDataset> stored_;
    std::unique_ptr<Block> block_;
    std::unique_ptr<Place> place_;
    std::unique_ptr<Region> region_;  // of the last element that was not in the block
    Shape part_;                      // the largest shape of a region
    unsigned met_ = 0;                // the number of elements in a row that lay in region_
    unsigned reads_ = 0;              // the number of elements that were not found
    unsigned found_ = 0;              // the number found in the block since it was read
    unsigned patience_ = kPatience;
};

}  // namespace hyperslab::engine
