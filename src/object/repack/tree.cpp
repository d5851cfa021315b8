#include "object/repack/tree.hpp"

#include <cstddef>
#include <utility>
#include <vector>

#include "hdf5/api/h5d.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5g.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/api/h5l.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/types/h5t.hpp"
#include "object/repack/chosen.hpp"
#include "object/repack/formats.hpp"
#include "object/repack/group_list.hpp"
#include "object/repack/new_storage.hpp"

namespace hyperslab::object {
namespace {

namespace h5d = hdf5::h5d;
namespace h5g = hdf5::h5g;
namespace h5l = hdf5::h5l;
namespace h5o = hdf5::h5o;
namespace h5p = hdf5::h5p;
namespace h5t = hdf5::h5t;
using hdf5::Handle;
using hdf5::Id;

Address address(Id object) { return address_of(h5o::identity(object)); }

// Links that were made in an order are made in that order again.
hdf5::Iteration own_order(Id group) {
    return {h5g::tracks_creation_order(group) ? hdf5::IndexType::creation_order
                                              : hdf5::IndexType::name};
}

std::string joined(const std::string& group, const std::string& name) {
    return (group == "/" ? "" : group) + "/" + name;
}

Handle committed(Id target, Id type) {
    Handle copy = h5t::copy(type);
    const Handle tcpl = h5t::create_plist(type);
    hdf5::h5t::commit_anonymous(target, copy.id(), tcpl.id());
    return copy;
}

std::vector<h5p::FilterStage> stages(Id dcpl) {
    std::vector<h5p::FilterStage> all;
    const int count = h5p::get_nfilters(dcpl);
    all.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
        all.push_back(h5p::get_filter(dcpl, static_cast<unsigned>(i)));
    }
    return all;
}

bool have_same_filters(Id dcpl, Id dataset) {
    const Handle made = h5d::create_plist(dataset);
    const auto before = stages(dcpl);
    const auto after = stages(made.id());
    if (before.size() != after.size()) {
        return false;
    }
    for (std::size_t i = 0; i < before.size(); ++i) {
        if (before[i].id != after[i].id || before[i].values != after[i].values ||
            before[i].flags != after[i].flags) {
            return false;
        }
    }
    return true;
}

class TreeCopy {
public:
    explicit TreeCopy(Repacking& work)
        : work_(work),
          chosen_(work.source, work.options),
          formats_(work.target,
                   oldest_format(work.source, work.options),
                   work.options.format.has_value()) {}

    void run() {
        const Handle source = h5g::open(work_.source, "/");
        const Handle target = h5g::open(work_.target, "/");
        note(source.id(), target.id(), h5o::Type::group, "/");
        core::serial_while([&] {
            if (next_group_ == groups_.size()) {
                return false;
            }
            const std::size_t place = groups_[next_group_++];
            const CopiedObject group = work_.objects.all()[place];
            about(group.path, [&] { copy_links(group); });
            return true;
        });
    }

private:
    void note(Id source, Id target, h5o::Type type, const std::string& path) {
        if (type == h5o::Type::group) {
            groups_.push_back(work_.objects.all().size());
        }
        work_.objects.add({address(source), address(target), type, path});
    }

    void copy_links(const CopiedObject& group) {
        const Handle source = open_at(work_.source, group.source);
        const Handle target = open_at(work_.target, group.target);
        const std::vector<h5l::Link> links = h5l::links(source.id(), own_order(source.id()));
        std::size_t next = 0;
        core::serial_while([&] {
            if (next == links.size()) {
                return false;
            }
            const h5l::Link& link = links[next++];
            const std::string path = joined(group.path, link.name);
            about(path, [&] { copy_link(source.id(), target.id(), link, path); });
            return true;
        });
    }

    void copy_link(Id source, Id target, const h5l::Link& link, const std::string& path) {
        const Id lcpl = list_for_links(link.info.character_set);
        switch (link.info.type) {
            case h5l::Type::hard: {
                const Handle object = target_of(source, link.name, path);
                h5o::link(object.id(), target, link.name, lcpl);
                break;
            }
            case h5l::Type::soft:
                h5l::create_soft(h5l::soft_value(source, link.name), target, link.name, lcpl);
                break;
            case h5l::Type::external: {
                const h5l::ExternalTarget to = h5l::external_value(source, link.name);
                h5l::create_external(to.file, to.path, target, link.name, lcpl);
                break;
            }
            default:
                throw Error(ErrorCode::unsupported,
                            "a link of a kind that only the program knows that made it, number " +
                                std::to_string(static_cast<int>(link.info.type)));
        }
    }

    Id list_for_links(int character_set) {
        Handle& list = link_lists_[character_set == 0 ? 0 : 1];
        if (!list) {
            list = h5p::create(h5p::ListClass::link_create);
            h5p::set_char_encoding(list.id(), static_cast<h5p::CharEncoding>(character_set));
        }
        return list.id();
    }

    /// What the object behind a hard link has become.
    Handle target_of(Id group, const std::string& name, const std::string& path) {
        const h5o::Basics basics = h5o::basics_by_name(group, name);
        if (const CopiedObject* const found = work_.objects.find(address_of(basics.identity))) {
            return open_at(work_.target, found->target);
        }
        const Handle source = h5o::open(group, name);
        return make(source.id(), basics.type, path);
    }

    Handle make(Id source, h5o::Type type, const std::string& path) {
        formats_.follow(source);
        Handle made;
        switch (type) {
            case h5o::Type::group:
                made = h5g::create_anonymous(work_.target, group_list(source).id());
                break;
            case h5o::Type::named_datatype:
                made = committed(work_.target, source);
                break;
            case h5o::Type::dataset:
                return make_dataset(source, path);
            default:
                throw Error(ErrorCode::unsupported, "an object of a kind that is not known");
        }
        note(source, made.id(), type, path);
        return made;
    }

    Handle make_dataset(Id source, const std::string& path) {
        ++work_.report.datasets;
        const bool chosen = chosen_.contains(address(source));
        NewStorage storage = chosen ? new_storage(source, work_.options) : same_storage(source);
        if (chosen && !storage.note.empty()) {
            leave(path, storage.note);
        }
        CopiedObject object{.source = address(source),
                            .type = h5o::Type::dataset,
                            .path = path,
                            .has_filters_kept = storage.filters_kept};
        Handle made = create(source, storage, object);
        object.target = address(made.id());
        work_.objects.add(std::move(object));
        return made;
    }

    void leave(const std::string& path, const std::string& reason) {
        work_.report.notes.push_back("'" + path + "' stays as it is stored: " + reason);
    }

    Handle create(Id source, NewStorage& storage, CopiedObject& object) {
        const bool kept = storage.filters_kept && storage.layout_kept;
        if (kept && !h5p::all_filters_avail(storage.dcpl.id())) {
            return copied_by_library(source, object);
        }
        if (kept) {
            Handle made = created(source, storage.dcpl.id());
            return have_same_filters(storage.dcpl.id(), made.id())
                       ? std::move(made)
                       : copied_by_library(source, object);
        }
        try {
            Handle made = created(source, storage.dcpl.id());
            const Handle before = h5d::create_plist(source);
            object.has_filters_kept = have_same_filters(before.id(), made.id());
            return made;
        } catch (const Error& error) {
            if (!work_.options.only.empty() || storage.filters_kept) {
                throw;
            }
            leave(object.path, error.what());
        }
        storage = same_storage(source);
        object.has_filters_kept = true;
        return create(source, storage, object);
    }

    Handle created(Id source, Id dcpl) {
        const Handle type = h5d::type(source);
        const Handle in_target = type_in_target(work_, type.id());
        formats_.follow(source);
        return h5d::create(
            work_.target, nullptr, in_target.id(), h5d::space(source).id(), hdf5::kDefault, dcpl);
    }

    // Making a dataset asks its filters for their parameters. Where a filter is not there, or would
    // choose others than the file has, libhdf5 copies the dataset as it is.
    Handle copied_by_library(Id source, CopiedObject& object) {
        static constexpr const char* kName = "hyperslab: being repacked";
        const Handle list = h5p::create(h5p::ListClass::object_copy);
        h5p::set_copy_object(list.id(), h5o::kCopyWithoutAttributes);
        h5o::copy(source, ".", work_.target, kName, list.id());
        Handle made = h5o::open(work_.target, kName);
        h5l::remove(work_.target, kName);
        object.has_elements = true;
        return made;
    }

    Repacking& work_;
    ChosenDatasets chosen_;
    ObjectFormats formats_;
    std::vector<std::size_t> groups_;  // places among the objects
    std::size_t next_group_ = 0;
    Handle link_lists_[2];
};

}  // namespace

Handle type_in_target(Repacking& work, Id type) {
    if (!h5t::committed(type)) {
        return h5t::copy(type);
    }
    if (const CopiedObject* const found = work.objects.find(address(type))) {
        return open_at(work.target, found->target);
    }
    Handle made = committed(work.target, type);
    work.objects.add({address(type),
                      address(made.id()),
                      h5o::Type::named_datatype,
                      "the committed type of an object"});
    // The type has no name yet, and would be gone when the last handle is closed.
    work.unnamed.push_back(made);
    return made;
}

void copy_tree(Repacking& work) { TreeCopy(work).run(); }

}  // namespace hyperslab::object
