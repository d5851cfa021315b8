#include "high_level/link_objects.hpp"

#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5l.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "ids/file_id.hpp"
#include "ids/prop_id.hpp"
#include "object/files/file_access.hpp"
#include "support/config.hpp"
#include "support/made_once.hpp"
#include "support/names.hpp"
#include "support/steps.hpp"

namespace hyperslab::python {
namespace {

namespace h5f = hdf5::h5f;
namespace h5l = hdf5::h5l;
namespace h5p = hdf5::h5p;

struct LinkClasses {
    nb::object object;
    nb::object hard;
    nb::object soft;
    nb::object external;
};

// Looked up at the first use: the classes are defined in Python, after this module is loaded.
auto& found_classes = *new MadeOnce<LinkClasses>;

const LinkClasses& link_classes() {
    return found_classes.get([] {
        const nb::object group = nb::module_::import_("hyperslab._hl.group");
        return std::make_unique<LinkClasses>(group.attr("HLObject"),
                                             group.attr("HardLink"),
                                             group.attr("SoftLink"),
                                             group.attr("ExternalLink"));
    });
}

nb::object decoded_path(const std::string& path) {
    return nb::module_::import_("os").attr("fsdecode")(to_bytes(path));
}

struct Access {
    bool writable;
    bool swmr;
};

Access access_of(const FileID& file) {
    const unsigned intent = h5f::intent(file.id());
    return {(intent & (h5f::kReadWrite | h5f::kSwmrWrite)) != 0,
            (intent & (h5f::kSwmrRead | h5f::kSwmrWrite)) != 0};
}

unsigned access_flags(const Access& access) {
    if (access.writable) {
        return h5f::kReadWrite | (access.swmr ? h5f::kSwmrWrite : 0);
    }
    return h5f::kReadOnly | (access.swmr ? h5f::kSwmrRead : 0);
}

bool writable_mode(nb::handle mode) {
    const auto text = nb::cast<std::string>(nb::str(mode));
    if (text != "r" && text != "r+") {
        throw std::runtime_error("Unsupported link access mode: " + text);
    }
    return text == "r+";
}

nb::object make_lapl(const FileID& file, nb::handle mode, nb::handle swmr, nb::handle locking) {
    const Access own = access_of(file);
    if (!own.writable && !mode.is_none() && writable_mode(mode)) {
        throw nb::value_error(
            "Opening external links in write mode from a file opened in "
            "read-only mode is not supported");
    }
    hdf5::Handle lapl = h5p::create(h5p::ListClass::link_access);
    if (!mode.is_none() || !swmr.is_none()) {
        const Access wanted{mode.is_none() ? own.writable : writable_mode(mode),
                            swmr.is_none() ? own.swmr : nb::cast<bool>(nb::bool_(swmr))};
        if (own.writable && own.swmr && (!wanted.writable || !wanted.swmr)) {
            throw nb::value_error(
                "Changing external links access mode from a file opened in "
                "SWMR write mode is not supported");
        }
        h5p::set_elink_acc_flags(lapl.id(), access_flags(wanted));
    }
    if (!locking.is_none()) {
        const hdf5::Handle fapl = h5f::access_plist(file.id());
        object::set_locking(fapl.id(), locking_argument(locking));
        h5p::set_elink_fapl(lapl.id(), fapl.id());
    }
    return wrap_property_list(std::move(lapl));
}

}  // namespace

FileLocking locking_argument(nb::handle locking) {
    const auto text = nb::cast<std::string>(nb::str(locking));
    if (locking.equal(nb::bool_(false)) || text == "false") {
        return FileLocking::off;
    }
    if (locking.equal(nb::bool_(true)) || text == "true") {
        return FileLocking::on;
    }
    if (text == "best-effort") {
        return FileLocking::best_effort;
    }
    throw nb::value_error(("Unsupported locking value: " + text).c_str());
}

bool is_object(nb::handle object) { return nb::isinstance(object, link_classes().object); }

bool is_soft_link(nb::handle object) { return nb::isinstance(object, link_classes().soft); }

bool is_external_link(nb::handle object) { return nb::isinstance(object, link_classes().external); }

bool has_member(const ObjectID& group, const std::string& path, hdf5::Id lapl) {
    return group.handle.valid() && h5l::path_valid(group.id(), path, lapl);
}

FoundLink find_link(hdf5::Id group, const std::string& name, hdf5::Id lapl) {
    FoundLink found{.type = h5l::info(group, name, lapl).type};
    if (found.type == h5l::Type::soft) {
        found.target.path = h5l::soft_value(group, name, lapl);
    } else if (found.type == h5l::Type::external) {
        found.target = h5l::external_value(group, name, lapl);
    }
    return found;
}

nb::object link_object(const FoundLink& link, bool as_class) {
    const LinkClasses& known = link_classes();
    switch (link.type) {
        case h5l::Type::hard:
            return as_class ? known.hard : known.hard();
        case h5l::Type::soft:
            return as_class ? known.soft : known.soft(decode_name(link.target.path));
        case h5l::Type::external:
            return as_class ? known.external
                            : known.external(decoded_path(link.target.file),
                                             decode_name(link.target.path));
        default:
            throw nb::type_error("Unknown link type");
    }
}

nb::object link_object_or_none(const ObjectID& group,
                               const std::string& name,
                               bool as_class,
                               hdf5::Id lapl) {
    const auto link = in_quick_step([&] {
        const bool there = group.handle.valid() && h5l::path_valid(group.id(), name, lapl);
        return there ? std::optional(find_link(group.id(), name, lapl)) : std::nullopt;
    });
    return link ? link_object(*link, as_class) : nb::none();
}

bool default_track_order() { return config().track_order; }

void bind_link_access(nb::module_& m) {
    m.def("make_lapl",
          &make_lapl,
          nb::arg("file"),
          nb::arg("mode").none(),
          nb::arg("swmr").none(),
          nb::arg("locking").none());
    m.def(
        "set_file_locking",
        [](const PropFAID& fapl, nb::handle locking) {
            object::set_locking(fapl.id(), locking_argument(locking));
        },
        nb::arg("fapl"),
        nb::arg("locking"));
}

}  // namespace hyperslab::python
