#include "object/files/file_access.hpp"

#include <cerrno>

#include "core/dialect.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5fd.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/drivers/file_safety.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hyperslab/error.hpp"
#include "parallel/agreement.hpp"

namespace hyperslab::object {
namespace {

namespace h5f = hdf5::h5f;
namespace h5p = hdf5::h5p;
using hdf5::Handle;
using hdf5::Id;

h5p::Libver libver(FormatVersion version) {
    return version == FormatVersion::latest ? h5p::latest_libver()
                                            : static_cast<h5p::Libver>(version);
}

void set_cache(Id fapl, const ChunkCacheOptions& options) {
    if (options.empty()) {
        return;
    }
    h5p::ChunkCache cache = h5p::get_cache(fapl);
    cache.slots = options.slots.value_or(cache.slots);
    cache.bytes = options.bytes.value_or(cache.bytes);
    cache.preemption = options.preemption.value_or(cache.preemption);
    h5p::set_cache(fapl, cache);
}

h5p::SpaceStrategy strategy_code(FileSpace::Strategy strategy) {
    switch (strategy) {
        case FileSpace::Strategy::paged:
            return h5p::SpaceStrategy::page;
        case FileSpace::Strategy::aggregators:
            return h5p::SpaceStrategy::aggr;
        case FileSpace::Strategy::none:
            return h5p::SpaceStrategy::none;
        case FileSpace::Strategy::free_space_managers:
            break;
    }
    return h5p::SpaceStrategy::fsm_aggr;
}

// Whether an error may mean that there is no such file. Only some drivers report its number. From
// others any failure to open may mean it, and creating a file exclusively cannot harm one that
// exists.
bool may_mean_missing(const Error& error, Id fapl) {
    using hdf5::h5fd::Driver;
    const Id used = h5p::get_driver(fapl);
    for (const Driver vague :
         {Driver::core, Driver::stdio, Driver::multi, Driver::mpio, Driver::subfiling}) {
        if (used == hdf5::h5fd::driver(vague)) {
            return error.code() == ErrorCode::io;
        }
    }
    return error.system_errno() == ENOENT;
}

Handle append_or_create(const std::string& name, Id fapl, Id fcpl) {
    try {
        return h5f::open(name, h5f::kReadWrite, fapl);
    } catch (const Error& error) {
        if (!may_mean_missing(error, fapl)) {
            throw;
        }
    }
    return h5f::create(name, h5f::kExclusive, fcpl, fapl);
}

Handle open_by_mode(const std::string& name, Mode mode, Id fapl, Id fcpl, bool swmr) {
    switch (mode) {
        case Mode::read:
            return h5f::open(name, h5f::kReadOnly | (swmr ? h5f::kSwmrRead : 0), fapl);
        case Mode::read_write:
            return h5f::open(name, h5f::kReadWrite, fapl);
        case Mode::create:
            return h5f::create(name, h5f::kTruncate, fcpl, fapl);
        case Mode::create_new:
            return h5f::create(name, h5f::kExclusive, fcpl, fapl);
        case Mode::append:
            break;
    }
    return append_or_create(name, fapl, fcpl);
}

void require_userblock(const Handle& file, std::uint64_t wanted) {
    const std::uint64_t found = h5p::get_userblock(h5f::create_plist(file.id()).id());
    if (found != wanted) {
        throw Error(ErrorCode::invalid_argument,
                    "Requested userblock size (" + std::to_string(wanted) +
                        ") does not match that of existing file (" + std::to_string(found) + ")");
    }
}

}  // namespace

void set_locking(Id fapl, FileLocking locking) {
    h5p::set_file_locking(fapl,
                          {.use = locking != FileLocking::off,
                           .ignore_when_disabled = locking == FileLocking::best_effort});
}

Handle make_file_access_plist(const FileOptions& options) {
    const hdf5::LockGuard guard;
    Handle plist = h5p::create(h5p::ListClass::file_access);
    h5p::set_libver_bounds(plist.id(), libver(options.format.low), libver(options.format.high));
    if (options.alignment_threshold != 1 || options.alignment != 1) {
        h5p::set_alignment(plist.id(), {options.alignment_threshold, options.alignment});
    }
    set_cache(plist.id(), options.cache);
    if (options.page_buffer) {
        h5p::set_page_buffer_size(plist.id(),
                                  {options.page_buffer->bytes,
                                   options.page_buffer->min_metadata_percent,
                                   options.page_buffer->min_raw_data_percent});
    }
    if (options.metadata_block_bytes) {
        h5p::set_meta_block_size(plist.id(), *options.metadata_block_bytes);
    }
    if (options.locking) {
        set_locking(plist.id(), *options.locking);
    }
    hdf5::set_file_safety(plist.id(), {.durable = options.durable, .atomic = options.atomic});
    return plist;
}

h5p::IocSelection ioc_selection(Subfiling::Concentrators concentrators) {
    switch (concentrators) {
        case Subfiling::Concentrators::one_per_node:
            return h5p::IocSelection::one_per_node;
        case Subfiling::Concentrators::every_nth_rank:
            return h5p::IocSelection::every_nth_rank;
        case Subfiling::Concentrators::total:
            return h5p::IocSelection::total;
    }
    return h5p::IocSelection::one_per_node;
}

void set_driver(Id fapl, const Driver& driver) {
    struct Set {
        Id fapl;
        void operator()(const Sec2Driver&) const { h5p::set_fapl_sec2(fapl); }
        void operator()(const StdioDriver&) const { h5p::set_fapl_stdio(fapl); }
        void operator()(const CoreDriver& core) const {
            h5p::set_fapl_core(fapl, {core.increment, core.backing_store});
            if (!core.image.empty()) {
                h5p::set_file_image(fapl, core.image);
            }
        }
        void operator()(const FamilyDriver& family) const {
            h5p::set_fapl_family(fapl, family.member_bytes, h5p::copy(fapl).id());
        }
        void operator()(const Mpio& mpio) const {
            h5p::set_fapl_mpio(fapl, {mpio.communicator, mpio.info});
            h5p::set_coll_metadata_write(fapl, true);
            parallel::begin_checks(nullptr);
        }
        void operator()(const Subfiling& subfiling) const {
            h5p::set_mpi_params(fapl, {subfiling.processes.communicator, subfiling.processes.info});
            Handle ioc_fapl = h5p::create(h5p::ListClass::file_access);
            h5p::set_fapl_ioc(ioc_fapl.id(), {.thread_pool_size = subfiling.threads});
            h5p::set_fapl_subfiling(
                fapl,
                {.ioc_selection = ioc_selection(subfiling.concentrators),
                 .stripe_bytes = subfiling.stripe_bytes,
                 .stripe_count = subfiling.subfiles.value_or(h5p::kOneSubfilePerConcentrator),
                 .ioc_fapl = std::move(ioc_fapl)});
            h5p::set_coll_metadata_write(fapl, true);
            parallel::begin_checks(nullptr);
        }
        void operator()(const SplitDriver& split) const {
            h5p::set_fapl_split(fapl,
                                split.metadata_extension,
                                hdf5::kDefault,
                                split.raw_data_extension,
                                hdf5::kDefault);
        }
    };
    std::visit(Set{fapl}, driver);
}

Handle make_file_creation_plist(const FileOptions& options) {
    const hdf5::LockGuard guard;
    Handle plist = h5p::create(h5p::ListClass::file_create);
    if (options.track_order) {
        const unsigned flags = h5p::kCreationOrderTracked | h5p::kCreationOrderIndexed;
        h5p::set_link_creation_order(plist.id(), flags);
        h5p::set_attr_creation_order(plist.id(), flags);
    }
    h5p::set_obj_track_times(plist.id(), options.track_times);
    if (options.space) {
        const h5p::SpaceStrategy strategy = strategy_code(options.space->strategy);
        h5p::set_file_space_strategy(plist.id(),
                                     {strategy, options.space->persist, options.space->threshold});
        if (strategy == h5p::SpaceStrategy::page) {
            h5p::set_file_space_page_size(plist.id(), options.space->page_bytes);
        }
    }
    return plist;
}

Handle open_file(const std::string& name,
                 Mode mode,
                 std::optional<std::uint64_t> userblock_bytes,
                 Id fapl,
                 Id fcpl,
                 bool swmr) {
    const hdf5::LockGuard guard;
    if (userblock_bytes) {
        if (mode == Mode::read || mode == Mode::read_write) {
            throw Error(ErrorCode::invalid_argument,
                        "User block may only be specified when creating a file");
        }
    }
    if (hdf5::file_safety(fapl).atomic && mode != Mode::create && mode != Mode::create_new) {
        throw Error(ErrorCode::invalid_argument,
                    std::string(core::say("FileOptions::atomic needs Mode::create or create_new",
                                          "atomic=True needs mode 'w' or 'x'")) +
                        ": a file is replaced as a whole");
    }
    Handle creation;
    if (userblock_bytes) {
        creation =
            fcpl == hdf5::kDefault ? h5p::create(h5p::ListClass::file_create) : h5p::copy(fcpl);
        h5p::set_userblock(creation.id(), *userblock_bytes);
        fcpl = creation.id();
    }
    Handle file = open_by_mode(name, mode, fapl, fcpl, swmr);
    if (userblock_bytes) {
        require_userblock(file, *userblock_bytes);
    }
    return file;
}

}  // namespace hyperslab::object
