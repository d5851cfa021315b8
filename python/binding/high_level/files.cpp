// The functions behind File.

#include <algorithm>
#include <cstdint>

#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5fd.hpp"
#include "hdf5/drivers/byte_device.hpp"
#include "hdf5/drivers/plain_file_driver.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "high_level/link_objects.hpp"
#include "ids/file_id.hpp"
#include "ids/prop_id.hpp"
#include "object/files/file_access.hpp"
#include "storage/file_system.hpp"
#include "support/bindings.hpp"
#include "support/integer_argument.hpp"
#include "support/steps.hpp"
#include "support/warn.hpp"

namespace hyperslab::python {
namespace {

namespace h5f = hdf5::h5f;
namespace h5fd = hdf5::h5fd;
namespace h5p = hdf5::h5p;

Mode mode_of(nb::handle mode) {
    const auto text = nb::cast<std::string>(nb::str(mode));
    if (text == "r") {
        return Mode::read;
    }
    if (text == "r+") {
        return Mode::read_write;
    }
    if (text == "w") {
        return Mode::create;
    }
    if (text == "w-" || text == "x") {
        return Mode::create_new;
    }
    if (text == "a") {
        return Mode::append;
    }
    throw nb::value_error("Invalid mode; must be one of r, r+, w, w-, x, a");
}

template <class Value>
std::optional<Value> optional_number(nb::handle value) {
    if (value.is_none()) {
        return std::nullopt;
    }
    if constexpr (std::is_integral_v<Value>) {
        return integer_argument<Value>(value);
    } else {
        return real_argument(value);
    }
}

// Numbers may come as floats or text that int() takes, as h5py allows.
template <class Value>
Value whole_number(nb::handle value) {
    const nb::object number = nb::steal(PyNumber_Long(value.ptr()));
    if (!number.is_valid()) {
        throw nb::python_error();
    }
    return nb::cast<Integer<Value>>(number);
}

// What large objects of a file should begin at multiples of: the stripes or the blocks of its file
// system. 1 where that is not known.
std::uint64_t alignment_of(const nb::bytes& name) {
    const auto system = storage::file_system_for(name.c_str());
    return system ? std::max<std::uint64_t>(system->alignment(), 1) : 1;
}

nb::object make_fapl(nb::handle libver,
                     nb::handle rdcc_nslots,
                     nb::handle rdcc_nbytes,
                     nb::handle rdcc_w0,
                     nb::handle locking,
                     nb::handle page_buf_size,
                     nb::handle min_meta_keep,
                     nb::handle min_raw_keep,
                     nb::handle alignment_threshold,
                     nb::handle alignment_interval,
                     nb::handle meta_block_size,
                     nb::handle durable,
                     nb::handle atomic) {
    FileOptions options;
    options.durable = truth_of(durable);
    options.atomic = truth_of(atomic);
    options.cache.slots = optional_number<std::size_t>(rdcc_nslots);
    options.cache.bytes = optional_number<std::size_t>(rdcc_nbytes);
    options.cache.preemption = optional_number<double>(rdcc_w0);
    options.alignment_threshold = whole_number<std::uint64_t>(alignment_threshold);
    options.alignment = whole_number<std::uint64_t>(alignment_interval);
    if (truth_of(page_buf_size)) {
        options.page_buffer = PageBuffer{whole_number<std::size_t>(page_buf_size),
                                         whole_number<unsigned>(min_meta_keep),
                                         whole_number<unsigned>(min_raw_keep)};
    }
    if (!meta_block_size.is_none()) {
        options.metadata_block_bytes = whole_number<std::uint64_t>(meta_block_size);
    }
    if (!locking.is_none()) {
        options.locking = locking_argument(locking);
    }
    hdf5::Handle plist = object::make_file_access_plist(options);
    h5p::set_libver_bounds(plist.id(),
                           static_cast<h5p::Libver>(nb::cast<int>(nb::object(libver[0]))),
                           static_cast<h5p::Libver>(nb::cast<int>(nb::object(libver[1]))));
    return wrap_property_list(std::move(plist));
}

FileSpace::Strategy strategy_of(nb::handle strategy) {
    const auto text = nb::cast<std::string>(nb::str(strategy));
    if (text == "fsm") {
        return FileSpace::Strategy::free_space_managers;
    }
    if (text == "page") {
        return FileSpace::Strategy::paged;
    }
    if (text == "aggregate") {
        return FileSpace::Strategy::aggregators;
    }
    if (text == "none") {
        return FileSpace::Strategy::none;
    }
    throw nb::value_error("Invalid file space strategy type");
}

nb::object make_fcpl(nb::handle track_order,
                     nb::handle track_times,
                     nb::handle fs_strategy,
                     nb::handle fs_persist,
                     nb::handle fs_threshold,
                     nb::handle fs_page_size) {
    FileOptions options;
    options.track_order = truth_of(track_order);
    options.track_times = !track_times.is_none() &&
                          true_or_false(track_times, "track_times must be either True or False");
    if (truth_of(fs_strategy)) {
        options.space = FileSpace{strategy_of(fs_strategy),
                                  truth_of(fs_persist),
                                  whole_number<std::uint64_t>(fs_threshold)};
        if (truth_of(fs_page_size)) {
            options.space->page_bytes = whole_number<std::uint64_t>(fs_page_size);
        }
    }
    return wrap_property_list(object::make_file_creation_plist(options));
}

std::optional<std::uint64_t> userblock_of(nb::handle size) {
    if (size.is_none()) {
        return std::nullopt;
    }
    try {
        return whole_number<std::uint64_t>(size);
    } catch (const nb::python_error& error) {
        if (!error.matches(PyExc_TypeError) && !error.matches(PyExc_ValueError)) {
            throw;
        }
    }
    throw nb::value_error("User block size must be an integer");
}

FileID open(const ByteString& name,
            nb::handle mode,
            nb::handle userblock_size,
            const PropFAID* fapl,
            const PropFCID* fcpl,
            nb::handle swmr) {
    const Mode how = mode_of(mode);
    const auto userblock = userblock_of(userblock_size);
    const bool with_swmr = truth_of(swmr);
    FileID file = without_gil([&] {
        return FileID(object::open_file(
            name.value, how, userblock, id_or_default(fapl), id_or_default(fcpl), with_swmr));
    });
    warn_of_abandoned_files();
    return file;
}

// Closing reports failures here; objects of the file that are still held are closed.
void close(FileID& file) {
    in_one_step([&] {
        const hdf5::Id id = file.handle.release();
        if (id > 0) {
            h5f::close_with_objects(id);
        }
    });
}

// False when the file is none that replaces another as a whole: nothing is done then.
bool discard(FileID& file) {
    return in_one_step([&] {
        if (file.handle.id() <= 0 || !hdf5::is_replacement(file.handle.id())) {
            return false;
        }
        h5f::discard(file.handle.release());
        return true;
    });
}

bool writable(const FileID& file) {
    return (h5f::intent(file.id()) & (h5f::kReadWrite | h5f::kSwmrWrite)) != 0;
}

const char* driver_name(const FileID& file) {
    const hdf5::Handle fapl = h5f::access_plist(file.id());
    const hdf5::Id driver = h5p::get_driver(fapl.id());
    struct Named {
        h5fd::Driver driver;
        const char* name;
    };
    for (const Named& known : {Named{h5fd::Driver::sec2, "sec2"},
                               Named{h5fd::Driver::stdio, "stdio"},
                               Named{h5fd::Driver::core, "core"},
                               Named{h5fd::Driver::family, "family"},
                               Named{h5fd::Driver::mpio, "mpio"},
                               Named{h5fd::Driver::subfiling, "subfiling"},
                               Named{h5fd::Driver::ros3, "ros3"},
                               Named{h5fd::Driver::direct, "direct"}}) {
        if (driver == h5fd::driver(known.driver)) {
            return known.name;
        }
    }
    return driver == hdf5::device_driver() ? "fileobj" : "unknown";
}

}  // namespace

void bind_files(nb::module_& core) {
    nb::module_ m = core.def_submodule("files");
    m.def("make_fapl",
          &make_fapl,
          nb::arg("libver").none(),
          nb::arg("rdcc_nslots").none(),
          nb::arg("rdcc_nbytes").none(),
          nb::arg("rdcc_w0").none(),
          nb::arg("locking").none(),
          nb::arg("page_buf_size").none(),
          nb::arg("min_meta_keep").none(),
          nb::arg("min_raw_keep").none(),
          nb::arg("alignment_threshold").none(),
          nb::arg("alignment_interval").none(),
          nb::arg("meta_block_size").none(),
          nb::arg("durable").none(),
          nb::arg("atomic").none());
    m.def("alignment_of", &alignment_of, nb::arg("name"));
    m.def("make_fcpl",
          &make_fcpl,
          nb::arg("track_order").none(),
          nb::arg("track_times").none(),
          nb::arg("fs_strategy").none(),
          nb::arg("fs_persist").none(),
          nb::arg("fs_threshold").none(),
          nb::arg("fs_page_size").none());
    m.def("open",
          &open,
          nb::arg("name").none(),
          nb::arg("mode").none(),
          nb::arg("userblock_size").none(),
          nb::arg("fapl").none(),
          nb::arg("fcpl").none(),
          nb::arg("swmr").none());
    m.def("close", &close, nb::arg("file").none());
    m.def("discard", &discard, nb::arg("file").none());
    m.def(
        "mode",
        [](const FileID& file) { return writable(file) ? "r+" : "r"; },
        nb::arg("file").none());
    m.def(
        "swmr_mode",
        [](const FileID& file) {
            return (h5f::intent(file.id()) & (h5f::kSwmrRead | h5f::kSwmrWrite)) != 0;
        },
        nb::arg("file").none());
    m.def("driver_name", &driver_name, nb::arg("file").none());
}

}  // namespace hyperslab::python
