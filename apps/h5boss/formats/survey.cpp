#include "h5boss/formats/survey.hpp"

#include <algorithm>

namespace hyperslab::apps::h5boss {
namespace {

bool is_table_of_fibers(const Object& object) {
    if (!object.valid() || object.kind() != ObjectKind::dataset) {
        return false;
    }
    const Dataset dataset(object);
    const Datatype type = dataset.datatype();
    return dataset.rank() == 1 && type.type_class() == TypeClass::compound &&
           type.find_member("FIBERID") != nullptr;
}

std::vector<int> numbered_members(const Group& group) {
    std::vector<int> numbers;
    for (const std::string& name : group.names()) {
        if (const auto number = number_of(name)) {
            numbers.push_back(*number);
        }
    }
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

/// Whose the rows of a v2 plate are. Files of H5Boss itself do not say it: there they are in the
/// order of plugmap.
std::vector<int> stacked_fibers(const Group& plate) {
    if (plate.contains("coadds/fiberid")) {
        return plate.dataset("coadds/fiberid").read<int>().to_vector();
    }
    const Dataset flux = plate.dataset("coadds/flux");
    const std::uint64_t rows = flux.rank() == 2 ? flux.shape()[0] : 0;
    std::vector<int> fibers;
    for (const char* const name : {"plugmap", "zbest"}) {
        if (plate.contains(name) && fibers.empty()) {
            fibers = plate.dataset(name).field("FIBERID").read<int>().to_vector();
        }
    }
    if (fibers.size() != rows) {
        fibers.resize(rows);
        for (std::uint64_t i = 0; i < rows; ++i) {
            fibers[i] = static_cast<int>(i + 1);
        }
    }
    return fibers;
}

}  // namespace

Plate::Plate(PlateId id, Group group) : id_(id), group_(std::move(group)) {
    if (group_.contains("coadds/flux")) {
        format_ = Format::v2;
        fibers_ = stacked_fibers(group_);
    } else {
        fibers_ = numbered_members(group_);
    }
}

std::vector<std::string> Plate::catalogues() const {
    std::vector<std::string> names;
    each_other_member([&](const std::string& name, const Object& object) {
        if (is_table_of_fibers(object)) {
            names.push_back(name);
        }
    });
    return names;
}

std::vector<std::string> Plate::others() const {
    std::vector<std::string> names;
    each_other_member([&](const std::string& name, const Object& object) {
        if (object.valid() && !is_table_of_fibers(object)) {
            names.push_back(name);
        }
    });
    return names;
}

/// Calls visit(name, object) for what is neither a spectrum nor a header.
template <class Visit>
void Plate::each_other_member(const Visit& visit) const {
    const auto look = [&](const Group& group, const std::string& prefix) {
        for (const std::string& name : group.names()) {
            const bool known =
                prefix.empty() && (number_of(name) || name == "coadds" || name == "exposures" ||
                                   name == "headers" || name == "photo");
            if (!known) {
                visit(prefix + name, group.find(name));
            }
        }
    };
    look(group_, "");
    const Object photo = group_.find("photo");
    if (photo.valid() && photo.kind() == ObjectKind::group) {
        look(photo, "photo/");
    }
}

bool has_survey_name(const std::string& path) {
    return path.ends_with(".hdf5") || path.ends_with(".h5");
}

Survey::Survey(const std::string& path) : path_(path), file_(path) {
    for (const int plate : numbered_members(file_)) {
        const Object object = file_.find(std::to_string(plate));
        if (!object.valid() || object.kind() != ObjectKind::group) {
            continue;
        }
        for (const int mjd : numbered_members(object)) {
            const Object inner = Group(object).find(std::to_string(mjd));
            if (inner.valid() && inner.kind() == ObjectKind::group) {
                ids_.push_back({plate, mjd});
            }
        }
    }
}

bool Survey::contains(const PlateId& id) const {
    return std::binary_search(ids_.begin(), ids_.end(), id);
}

Plate Survey::plate(const PlateId& id) const {
    if (!contains(id)) {
        throw Error(ErrorCode::not_found, "'" + path_ + "' has no plate " + to_string(id));
    }
    return {id, file_.group(to_string(id))};
}

}  // namespace hyperslab::apps::h5boss
