#include "low_level/object_info.hpp"
#include "support/made_by_new.hpp"

namespace hyperslab::python {
namespace {

using hdf5::h5o::Header;
using hdf5::h5o::IndexSize;
using hdf5::h5o::Info;

// Each part carries the header that it is a part of.
struct HeaderPart : ObjInfoBase {
    Header header{};
};
struct HeaderInfo : HeaderPart {};
struct HeaderSpace : HeaderPart {};
struct HeaderMessages : HeaderPart {};

struct MetaInfo {
    IndexSize size{};
};
struct MetaSize : ObjInfoBase {
    IndexSize object{};
    IndexSize attribute{};
};

template <class Part>
Part part_of(const Header& header) {
    Part part;
    part.header = header;
    return part;
}

template <class Part, class Value>
auto field(Value Header::* member) {
    return [member](const Part& self) { return self.header.*member; };
}

template <class Value>
auto field(Value Info::* member) {
    return [member](const ObjInfoFields& self) { return self.info.*member; };
}

void bind_header(nb::module_& m) {
    nb::class_<HeaderMessages, ObjInfoBase>(
        m, "_OHdrMesg", default_slots<HeaderMessages>(), "Messages in an object header.")
        .def_prop_ro("present",
                     field<HeaderMessages>(&Header::messages_present),
                     "A bit for each message type that is there.")
        .def_prop_ro("shared",
                     field<HeaderMessages>(&Header::messages_shared),
                     "A bit for each message type that is shared.");
    nb::class_<HeaderSpace, ObjInfoBase>(
        m, "_OHdrSpace", default_slots<HeaderSpace>(), "Bytes of an object header.")
        .def_prop_ro("total",
                     field<HeaderSpace>(&Header::total_space),
                     "The size of the whole header, in bytes.")
        .def_prop_ro("meta",
                     field<HeaderSpace>(&Header::metadata_space),
                     "The number of bytes that the header itself takes.")
        .def_prop_ro("mesg",
                     field<HeaderSpace>(&Header::message_space),
                     "The number of bytes that messages take.")
        .def_prop_ro("free",
                     field<HeaderSpace>(&Header::free_space),
                     "The number of bytes that are unused.");
    nb::class_<HeaderInfo, ObjInfoBase>(
        m, "_OHdr", default_slots<HeaderInfo>(), "An object header.")
        .def_prop_ro(
            "version", field<HeaderInfo>(&Header::version), "The version of the header's format.")
        .def_prop_ro("nmesgs",
                     field<HeaderInfo>(&Header::message_count),
                     "The number of messages in the header.")
        .def_prop_ro("nchunks",
                     field<HeaderInfo>(&Header::chunk_count),
                     "The number of pieces that the header lies in.")
        .def_prop_ro("flags", field<HeaderInfo>(&Header::flags), "The status flags of the header.")
        .def_prop_ro(
            "space",
            [](const HeaderInfo& self) { return part_of<HeaderSpace>(self.header); },
            "The sizes of the header's parts, an _OHdrSpace.")
        .def_prop_ro(
            "mesg",
            [](const HeaderInfo& self) { return part_of<HeaderMessages>(self.header); },
            "The messages of the header, an _OHdrMesg.");
}

void bind_meta_size(nb::module_& m) {
    nb::class_<MetaInfo>(m,
                         "_ObjMetaInfo",
                         default_slots<MetaInfo>(),
                         "The sizes of an index and its heap, in bytes.")
        .def_prop_ro(
            "index_size",
            [](const MetaInfo& self) { return self.size.index; },
            "The size of the index, in bytes.")
        .def_prop_ro(
            "heap_size",
            [](const MetaInfo& self) { return self.size.heap; },
            "The size of the heap, in bytes.");
    nb::class_<MetaSize, ObjInfoBase>(
        m, "_OMetaSize", default_slots<MetaSize>(), "Bytes that an object needs beside its data.")
        .def_prop_ro(
            "obj",
            [](const MetaSize& self) { return MetaInfo{self.object}; },
            "The sizes for a group's links or a dataset's chunks.")
        .def_prop_ro(
            "attr",
            [](const MetaSize& self) { return MetaInfo{self.attribute}; },
            "The sizes for attributes.");
}

void bind_fields(nb::module_& m) {
    nb::class_<ObjInfoFields, ObjInfoBase>(
        m, "_ObjInfo", default_slots<ObjInfoFields>(), "What the object header says of an object.")
        .def_prop_ro("fileno", field(&Info::file_number), "A number that names the file.")
        .def_prop_ro(
            "addr", field(&Info::address), "The address of the object in the file, in bytes.")
        .def_prop_ro(
            "type",
            [](const ObjInfoFields& self) { return static_cast<int>(self.info.type); },
            "The kind of the object: TYPE_GROUP, TYPE_DATASET or TYPE_NAMED_DATATYPE.")
        .def_prop_ro("rc", field(&Info::reference_count), "The number of hard links to the object.")
        .def_prop_ro("atime",
                     field(&Info::access_time),
                     "The time of the last access, as a Unix time in seconds.")
        .def_prop_ro("mtime",
                     field(&Info::modification_time),
                     "The time of the last modification, as a Unix time in seconds.")
        .def_prop_ro("ctime",
                     field(&Info::change_time),
                     "The time of the last change, as a Unix time in seconds.")
        .def_prop_ro(
            "btime", field(&Info::birth_time), "The time of creation, as a Unix time in seconds.")
        .def_prop_ro(
            "num_attrs", field(&Info::attribute_count), "The number of attributes of the object.");
}

}  // namespace

void bind_object_info(nb::module_& m) {
    const nb::class_<ObjInfoBase> base(
        m, "_ObjInfoBase", default_slots<ObjInfoBase>(), "A part of ObjInfo.");
    bind_header(m);
    bind_meta_size(m);
    bind_fields(m);
    nb::class_<ObjInfo, ObjInfoFields>(
        m, "ObjInfo", default_slots<ObjInfo>(), "What libhdf5 knows about an object.")
        .def_prop_ro(
            "hdr",
            [](const ObjInfo& self) { return part_of<HeaderInfo>(self.info.header); },
            "The object's header in the file, an _OHdr.")
        .def_prop_ro(
            "meta_size",
            [](const ObjInfo& self) {
                return MetaSize{{}, self.info.object_size, self.info.attribute_size};
            },
            "The sizes of what the object needs beside its data, an _OMetaSize.")
        .def("__copy__", [](const ObjInfo& self) { return self; });
}

}  // namespace hyperslab::python
