#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/property_lists/h5p_file.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5p {

static_assert(static_cast<int>(SpaceStrategy::page) == H5F_FSPACE_STRATEGY_PAGE);
static_assert(static_cast<int>(SpaceStrategy::none) == H5F_FSPACE_STRATEGY_NONE);

FormatVersions get_version(Id fcpl) {
    FormatVersions versions;
    check({}, [&] {
        return H5Pget_version(fcpl,
                              &versions.superblock,
                              &versions.freelist,
                              &versions.symbol_table,
                              &versions.shared_header);
    });
    return versions;
}

void set_userblock(Id fcpl, std::uint64_t bytes) {
    if (bytes >= std::uint64_t{1} << 62) {  // making the file may abort
        throw Error(ErrorCode::invalid_argument, "The user block is larger than any file");
    }
    check({}, [&] { return H5Pset_userblock(fcpl, bytes); });
}

std::uint64_t get_userblock(Id fcpl) {
    hsize_t bytes = 0;
    check({}, [&] { return H5Pget_userblock(fcpl, &bytes); });
    return bytes;
}

void set_sizes(Id fcpl, Sizes sizes) {
    check({}, [&] { return H5Pset_sizes(fcpl, sizes.address, sizes.length); });
}

Sizes get_sizes(Id fcpl) {
    Sizes sizes;
    check({}, [&] { return H5Pget_sizes(fcpl, &sizes.address, &sizes.length); });
    return sizes;
}

void set_file_space_strategy(Id fcpl, FileSpace space) {
    check({}, [&] {
        return H5Pset_file_space_strategy(fcpl,
                                          static_cast<H5F_fspace_strategy_t>(space.strategy),
                                          space.persist,
                                          space.threshold);
    });
}

FileSpace get_file_space_strategy(Id fcpl) {
    H5F_fspace_strategy_t strategy = H5F_FSPACE_STRATEGY_FSM_AGGR;
    hbool_t persist = false;
    hsize_t threshold = 0;
    check({}, [&] { return H5Pget_file_space_strategy(fcpl, &strategy, &persist, &threshold); });
    return {static_cast<SpaceStrategy>(strategy), persist, threshold};
}

void set_file_space_page_size(Id fcpl, std::uint64_t bytes) {
    check({}, [&] { return H5Pset_file_space_page_size(fcpl, bytes); });
}

std::uint64_t get_file_space_page_size(Id fcpl) {
    hsize_t bytes = 0;
    check({}, [&] { return H5Pget_file_space_page_size(fcpl, &bytes); });
    return bytes;
}

void set_sym_k(Id fcpl, unsigned rank, unsigned leaf) {
    check({}, [&] { return H5Pset_sym_k(fcpl, rank, leaf); });
}

std::pair<unsigned, unsigned> get_sym_k(Id fcpl) {
    std::pair<unsigned, unsigned> value;
    check({}, [&] { return H5Pget_sym_k(fcpl, &value.first, &value.second); });
    return value;
}

void set_istore_k(Id fcpl, unsigned rank) {
    check({}, [&] { return H5Pset_istore_k(fcpl, rank); });
}

unsigned get_istore_k(Id fcpl) {
    unsigned rank = 0;
    check({}, [&] { return H5Pget_istore_k(fcpl, &rank); });
    return rank;
}

void set_shared_mesg_nindexes(Id fcpl, unsigned count) {
    check({}, [&] { return H5Pset_shared_mesg_nindexes(fcpl, count); });
}

unsigned get_shared_mesg_nindexes(Id fcpl) {
    unsigned count = 0;
    check({}, [&] { return H5Pget_shared_mesg_nindexes(fcpl, &count); });
    return count;
}

void set_shared_mesg_index(Id fcpl, unsigned index, unsigned types, unsigned min_bytes) {
    check({}, [&] { return H5Pset_shared_mesg_index(fcpl, index, types, min_bytes); });
}

std::pair<unsigned, unsigned> get_shared_mesg_index(Id fcpl, unsigned index) {
    std::pair<unsigned, unsigned> value;
    check({}, [&] { return H5Pget_shared_mesg_index(fcpl, index, &value.first, &value.second); });
    return value;
}

}  // namespace hyperslab::hdf5::h5p
