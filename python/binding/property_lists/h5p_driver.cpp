// h5p: the drivers of file access lists.

#include "hdf5/api/h5i.hpp"
#include "hdf5/drivers/byte_device.hpp"
#include "parallel/agreement.hpp"
#include "property_lists/prop_binding.hpp"
#include "support/place_in_program.hpp"
#include "support/python_device.hpp"

namespace hyperslab::python {
namespace {

namespace h5p = hdf5::h5p;
using List = nb::class_<PropFAID, PropInstanceID>;

nb::tuple fapl_core(const PropFAID& self) {
    const h5p::CoreDriver core = h5p::get_fapl_core(self.id());
    return nb::make_tuple(core.increment, core.backing_store);
}

nb::tuple fapl_family(const PropFAID& self) {
    h5p::FamilyDriver family = h5p::get_fapl_family(self.id());
    return nb::make_tuple(family.member_bytes, nb::cast(PropFAID(std::move(family.member_fapl))));
}

// h5py returns HDF5's 0 from both.
int set_driver(const PropFAID& self, Int64 driver_id) {
    h5p::set_driver(self.id(), driver_id);
    return 0;
}

int set_fileobj_driver(const PropFAID& self, Int64 driver_id, nb::object fileobj) {
    const hdf5::Id driver = driver_id;
    if (hdf5::h5i::kind(driver) != hdf5::h5i::Type::vfl) {
        throw nb::value_error("Not a file driver id");
    }
    if (driver != hdf5::device_driver()) {
        throw std::runtime_error("driver_id must be h5fd.fileobj_driver");
    }
    h5p::set_device_driver(self.id(), std::make_shared<PythonDevice>(std::move(fileobj)));
    return 0;
}

void bind_plain_drivers(List& list) {
    list.def("set_driver",
             &set_driver,
             nb::arg("driver_id"),
             "Reach the file through a driver without settings: an identifier of h5fd, as SEC2. "
             "Source: H5Pset_driver.")
        .def(
            "get_driver",
            [](const PropFAID& self) { return h5p::get_driver(self.id()); },
            "The driver's identifier, to compare with those of h5fd. Source: H5Pget_driver.")
        .def(
            "set_fapl_sec2",
            [](const PropFAID& self) { h5p::set_fapl_sec2(self.id()); },
            "Reach the file as a plain file of the operating system. Source: H5Pset_fapl_sec2.")
        .def(
            "set_fapl_stdio",
            [](const PropFAID& self) { h5p::set_fapl_stdio(self.id()); },
            "Reach the file through C's buffered streams. Source: H5Pset_fapl_stdio.")
        .def(
            "set_fileobj_driver",
            &set_fileobj_driver,
            nb::arg("driver_id"),
            nb::arg("fileobj").none(),
            "Reach the file through a Python object with the methods of a binary file: seek, tell, "
            "readinto or read, write, truncate, flush. `driver_id` is h5fd.fileobj_driver. What "
            "the methods raise comes out of the call that needed them. Source: H5FDregister.");
}

void bind_memory_driver(List& list) {
    list.def(
            "set_fapl_core",
            [](const PropFAID& self, Size block_size, Flag backing_store) {
                h5p::set_fapl_core(self.id(), {block_size, backing_store});
            },
            nb::arg("block_size") = 64 * 1024,
            nb::arg("backing_store") = 1,
            "Keep the file in memory, where it grows by `block_size` bytes; closing writes it to "
            "disk with `backing_store`. Source: H5Pset_fapl_core.")
        .def("get_fapl_core",
             &fapl_core,
             "How a file in memory is kept: (block_size in bytes, backing_store). Source: "
             "H5Pget_fapl_core.")
        .def(
            "set_core_write_tracking",
            [](const PropFAID& self, Flag is_enabled, Size page_size) {
                h5p::set_core_write_tracking(self.id(), is_enabled, page_size);
            },
            nb::arg("is_enabled"),
            nb::arg("page_size"),
            "Set whether only pages that changed are written to disk, and the size of a page in "
            "bytes. Source: H5Pset_core_write_tracking.")
        .def(
            "get_core_write_tracking",
            [](const PropFAID& self) {
                const auto [track, page] = h5p::get_core_write_tracking(self.id());
                return nb::make_tuple(static_cast<int>(track), page);
            },
            "Whether only pages that changed are written to disk: (is_enabled, page_size in "
            "bytes). Source: H5Pget_core_write_tracking.");
}

void bind_compound_drivers(List& list) {
    list.def(
            "set_fapl_family",
            [](const PropFAID& self, Integer<std::uint64_t> memb_size, const PropID* memb_fapl) {
                h5p::set_fapl_family(self.id(), memb_size, id_or_default(memb_fapl));
            },
            nb::arg("memb_size") = 2147483647,
            nb::arg("memb_fapl") = nb::none(),
            "Keep one file as a row of files of `memb_size` bytes; its name holds a printf integer "
            "format. Source: H5Pset_fapl_family.")
        .def("get_fapl_family",
             &fapl_family,
             "How a row of files is kept: (memb_size in bytes, memb_fapl). Source: "
             "H5Pget_fapl_family.")
        .def(
            "set_fapl_split",
            [](const PropFAID& self,
               const ByteString& meta_ext,
               const PropID* meta_plist_id,
               const ByteString& raw_ext,
               const PropID* raw_plist_id) {
                h5p::set_fapl_split(self.id(),
                                    meta_ext.value,
                                    id_or_default(meta_plist_id),
                                    raw_ext.value,
                                    id_or_default(raw_plist_id));
            },
            nb::arg("meta_ext") = ByteString{"-m.h5"},
            nb::arg("meta_plist_id") = nb::none(),
            nb::arg("raw_ext") = ByteString{"-r.h5"},
            nb::arg("raw_plist_id") = nb::none(),
            "Keep metadata and raw data in two files, named by what is put behind the file's name. "
            "Source: H5Pset_fapl_split.")
        .def(
            "set_fapl_log",
            [](const PropFAID& self, const ByteString& logfile, Unsigned flags, Size buf_size) {
                h5p::set_fapl_log(self.id(), logfile.value, unsigned{flags}, buf_size);
            },
            nb::arg("logfile"),
            nb::arg("flags"),
            nb::arg("buf_size"),
            "Reach the file as a plain file and log what is done to it: h5fd.LOG_* flags, size of "
            "the log's buffer in bytes. Source: H5Pset_fapl_log.");
}

void bind_direct_driver(List& list) {
    list.def(
            "set_fapl_direct",
            [](const PropFAID& self, Size alignment, Size block_size, Size cbuf_size) {
                h5p::set_fapl_direct(self.id(), {alignment, block_size, cbuf_size});
            },
            nb::arg("alignment") = 0,
            nb::arg("block_size") = 0,
            nb::arg("cbuf_size") = 0,
            "Files that bypass the system's cache: memory alignment, file system block and copy "
            "buffer in bytes; 0: HDF5 chooses. Source: H5Pset_fapl_direct.")
        .def(
            "get_fapl_direct",
            [](const PropFAID& self) {
                const h5p::DirectDriver direct = h5p::get_fapl_direct(self.id());
                return nb::make_tuple(
                    direct.alignment, direct.block_bytes, direct.copy_buffer_bytes);
            },
            "(alignment, block_size, cbuf_size). Source: H5Pget_fapl_direct.");
}

nb::dict fapl_ros3(const PropFAID& self) {
    const h5p::Ros3Driver ros3 = h5p::get_fapl_ros3(self.id());
    nb::dict config;
    config["version"] = ros3.version;
    config["authenticate"] = static_cast<int>(ros3.authenticate);
    config["aws_region"] = to_bytes(ros3.aws_region);
    config["secret_id"] = to_bytes(ros3.secret_id);
    config["secret_key"] = to_bytes(ros3.secret_key);
    return config;
}

void bind_ros3_driver(List& list) {
    list.def(
            "set_fapl_ros3",
            [](const PropFAID& self,
               const ByteString& aws_region,
               const ByteString& secret_id,
               const ByteString& secret_key) {
                h5p::set_fapl_ros3(self.id(),
                                   {aws_region.value, secret_id.value, secret_key.value, false, 0});
            },
            nb::arg("aws_region") = ByteString{},
            nb::arg("secret_id") = ByteString{},
            nb::arg("secret_key") = ByteString{},
            "Objects in S3, read-only. Without all three the requests are not signed. "
            "Source: H5Pset_fapl_ros3.")
        .def("get_fapl_ros3", &fapl_ros3, "The settings, a dict. Source: H5Pget_fapl_ros3.")
        .def(
            "set_fapl_ros3_token",
            [](const PropFAID& self, const ByteString& token) {
                h5p::set_fapl_ros3_token(self.id(), token.value);
            },
            nb::arg("token") = ByteString{},
            "The session token of temporary credentials. Source: H5Pset_fapl_ros3_token.")
        .def(
            "get_fapl_ros3_token",
            [](const PropFAID& self) { return to_bytes(h5p::get_fapl_ros3_token(self.id())); },
            "That token. Source: H5Pget_fapl_ros3_token.");
}

// An mpi4py object's handle as a number.
std::uintptr_t mpi_handle(nb::handle object, const char* type) {
    const nb::module_ mpi = nb::module_::import_("mpi4py.MPI");
    if (!nb::isinstance(object, mpi.attr(type))) {
        throw nb::type_error((std::string("an mpi4py.MPI.") + type + " is needed").c_str());
    }
    return nb::cast<std::uintptr_t>(mpi.attr("_handleof")(object));
}

nb::tuple in_mpi4py(const h5p::MpiDriver& mpi) {
    const nb::module_ mpi4py = nb::module_::import_("mpi4py.MPI");
    return nb::make_tuple(mpi4py.attr("Comm").attr("fromhandle")(mpi.communicator),
                          mpi4py.attr("Info").attr("fromhandle")(mpi.info));
}

void bind_mpio_driver(List& list) {
    list.def(
            "set_fapl_mpio",
            [](const PropFAID& self, nb::handle comm, nb::handle info) {
                h5p::set_fapl_mpio(self.id(), {mpi_handle(comm, "Comm"), mpi_handle(info, "Info")});
                parallel::begin_checks(&place_in_program);
            },
            nb::arg("comm"),
            nb::arg("info"),
            "Files shared by the processes of an mpi4py.MPI.Comm. Source: H5Pset_fapl_mpio.")
        .def(
            "get_fapl_mpio",
            [](const PropFAID& self) { return in_mpi4py(h5p::get_fapl_mpio(self.id())); },
            "(comm, info), duplicates that the caller frees. Source: H5Pget_fapl_mpio.")
        .def(
            "set_mpi_params",
            [](const PropFAID& self, nb::handle comm, nb::handle info) {
                h5p::set_mpi_params(self.id(),
                                    {mpi_handle(comm, "Comm"), mpi_handle(info, "Info")});
                parallel::begin_checks(&place_in_program);
            },
            nb::arg("comm"),
            nb::arg("info"),
            "The processes of an mpi4py.MPI.Comm, for a driver that set_fapl_mpio does not set: "
            "subfiling. Source: H5Pset_mpi_params.")
        .def(
            "get_mpi_params",
            [](const PropFAID& self) { return in_mpi4py(h5p::get_mpi_params(self.id())); },
            "(comm, info), duplicates that the caller frees; MPI.COMM_NULL where there are none. "
            "Source: H5Pget_mpi_params.")
        .def(
            "set_fapl_mpiposix",
            [](const PropFAID&, nb::handle, Truth) {
                throw std::runtime_error("MPI-POSIX driver is broken; removed in h5py 2.3.1");
            },
            nb::arg("comm"),
            nb::arg("use_gpfs_hints") = 0,
            "No longer there.")
        .def(
            "set_coll_metadata_write",
            [](const PropFAID& self, Flag is_collective) {
                h5p::set_coll_metadata_write(self.id(), is_collective);
            },
            nb::arg("is_collective"),
            "Whether metadata are written collectively. Source: H5Pset_coll_metadata_write.")
        .def(
            "get_coll_metadata_write",
            [](const PropFAID& self) { return h5p::get_coll_metadata_write(self.id()); },
            "Whether metadata are written collectively. Source: H5Pget_coll_metadata_write.");
}

nb::tuple fapl_subfiling(const PropFAID& self) {
    h5p::SubfilingDriver subfiling = h5p::get_fapl_subfiling(self.id());
    return nb::make_tuple(static_cast<int>(subfiling.ioc_selection),
                          subfiling.stripe_bytes,
                          subfiling.stripe_count,
                          nb::cast(PropFAID(std::move(subfiling.ioc_fapl))));
}

void set_fapl_subfiling(const PropFAID& self,
                        Int ioc_selection,
                        Int64 stripe_size,
                        Int stripe_count,
                        const PropFAID* ioc_fapl) {
    h5p::SubfilingDriver subfiling{
        .ioc_selection = static_cast<h5p::IocSelection>(int{ioc_selection}),
        .stripe_bytes = stripe_size,
        .stripe_count = stripe_count};
    if (ioc_fapl != nullptr) {
        subfiling.ioc_fapl = h5p::copy(ioc_fapl->id());
    }
    h5p::set_fapl_subfiling(self.id(), subfiling);
}

void bind_subfiling_driver(List& list) {
    list.def("set_fapl_subfiling",
             &set_fapl_subfiling,
             nb::arg("ioc_selection") = 0,
             nb::arg("stripe_size") = 32 << 20,
             nb::arg("stripe_count") = h5p::kOneSubfilePerConcentrator,
             nb::arg("ioc_fapl") = nb::none(),
             "Keep the bytes in stripes of `stripe_size` bytes in `stripe_count` subfiles (-1: one "
             "for each I/O concentrator). `ioc_selection` says which processes are concentrators: "
             "h5fd.SELECT_IOC_ONE_PER_NODE, SELECT_IOC_EVERY_NTH_RANK or SELECT_IOC_TOTAL. "
             "`ioc_fapl` has the driver ioc. The processes are those of set_mpi_params, or else "
             "all. Collective. Source: H5Pset_fapl_subfiling.")
        .def("get_fapl_subfiling",
             &fapl_subfiling,
             "(ioc_selection, stripe_size in bytes, stripe_count, ioc_fapl). Source: "
             "H5Pget_fapl_subfiling.")
        .def(
            "set_fapl_ioc",
            [](const PropFAID& self, Int thread_pool_size) {
                h5p::set_fapl_ioc(self.id(), {thread_pool_size});
            },
            nb::arg("thread_pool_size") = h5p::IocDriver{}.thread_pool_size,
            "Reach subfiles through I/O concentrators, each with `thread_pool_size` threads: a "
            "list for set_fapl_subfiling. Source: H5Pset_fapl_ioc.")
        .def(
            "get_fapl_ioc",
            [](const PropFAID& self) { return h5p::get_fapl_ioc(self.id()).thread_pool_size; },
            "The number of threads of a concentrator. Source: H5Pget_fapl_ioc.");
}

}  // namespace

void bind_drivers(List& list) {
    bind_plain_drivers(list);
    bind_memory_driver(list);
    bind_compound_drivers(list);
    // The methods exist when the build has the driver, as in h5py.
    if (hdf5::has_direct_driver()) {
        bind_direct_driver(list);
    }
    if (hdf5::has_ros3()) {
        bind_ros3_driver(list);
    }
    if (hdf5::has_mpi()) {
        bind_mpio_driver(list);
    }
    if (hdf5::has_subfiling()) {
        bind_subfiling_driver(list);
    }
    bind_collective_metadata_reads(list);
}

}  // namespace hyperslab::python
