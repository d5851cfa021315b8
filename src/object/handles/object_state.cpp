#include "object/handles/object_state.hpp"

#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/dataset.hpp"
#include "object/elements/memory_type.hpp"

namespace hyperslab::object {
namespace {

const char* word(ObjectKind kind) {
    switch (kind) {
        case ObjectKind::dataset:
            return "dataset";
        case ObjectKind::committed_datatype:
            return "committed datatype";
        case ObjectKind::group:
            break;
    }
    return "group";
}

std::string joined(const std::string& from, const std::string& path) {
    if (path.starts_with('/')) {
        return path;
    }
    return from + (from.ends_with('/') ? "" : "/") + path;
}

Object make(hdf5::Handle handle, std::string path, std::shared_ptr<const std::string> file) {
    std::shared_ptr<ObjectState> state;
    switch (hdf5::h5i::type(handle.id())) {
        case hdf5::h5i::Type::dataset:
            state =
                std::make_shared<DatasetState>(std::move(handle), std::move(path), std::move(file));
            break;
        case hdf5::h5i::Type::datatype:
            state = std::make_shared<ObjectState>(std::move(handle),
                                                  ObjectKind::committed_datatype,
                                                  std::move(path),
                                                  std::move(file));
            break;
        default:  // a group, or a file for its root group
            state = std::make_shared<ObjectState>(
                std::move(handle), ObjectKind::group, std::move(path), std::move(file));
            break;
    }
    return Access::make(std::move(state));
}

}  // namespace

ObjectState::ObjectState(hdf5::Handle handle,
                         ObjectKind kind,
                         std::string path,
                         std::shared_ptr<const std::string> file)
    : handle_(std::move(handle)), kind_(kind), path_(std::move(path)), file_(std::move(file)) {}

hdf5::Id ObjectState::id() const {
    if (!handle_.valid()) {
        throw Error(ErrorCode::closed, "The file of the " + description() + " has been closed");
    }
    return handle_.id();
}

std::string ObjectState::description() const {
    return std::string(word(kind_)) + (path_.empty() ? "" : " '" + path_ + "'") + " in file '" +
           *file_ + "'";
}

DatasetState::DatasetState(hdf5::Handle handle,
                           std::string path,
                           std::shared_ptr<const std::string> file)
    : ObjectState(std::move(handle), ObjectKind::dataset, std::move(path), std::move(file)),
      open_(id()) {
    open_.ask_together();
}

SharedType make_memory_type(Datatype type) {
    hdf5::Handle handle = hdf5::make_type(type);
    return std::make_shared<const MemoryType>(MemoryType{std::move(type), std::move(handle)});
}

engine::OpenDataset& DatasetState::open() {
    id();
    return open_;
}

SharedType DatasetState::memory_type(const detail::ElementCodec& codec) {
    const hdf5::LockGuard guard;
    if (last_codec_ != &codec) {
        last_codec_ = nullptr;  // until the new one is known
        last_memory_type_ = make_memory_type(object::memory_type(codec, open().type()));
        last_codec_ = &codec;
    }
    return last_memory_type_;
}

bool DatasetState::find_nearby(std::span<const std::int64_t> position,
                               const detail::ElementCodec& codec,
                               void* element) {
    const hdf5::LockGuard guard;
    return last_codec_ == &codec && open_.nearby().find(position, last_memory_type_->id(), element);
}

ObjectState& Access::state(const Object& object) {
    if (object.state_ == nullptr) {
        throw Error(ErrorCode::closed, "There is no object behind this handle");
    }
    return *object.state_;
}

DatasetState& Access::state(const Dataset& dataset) { return dataset_state(dataset); }

hdf5::Id id_of(const Object& object) { return Access::state(object).id(); }

DatasetState& dataset_state(const Object& dataset) {
    // Every object of this kind was made as a DatasetState.
    return static_cast<DatasetState&>(Access::state(dataset));
}

Error named(const ObjectState& state, const Error& error) {
    const std::string message = error.what();
    const bool names_it = message.find(" file '") != std::string::npos;
    return Error(state.valid() ? error.code() : ErrorCode::closed,
                 names_it ? message : message + "; asked of " + state.description(),
                 error.system_errno());
}

namespace {

bool is_only_read(const ObjectState& state) {
    const hdf5::LockGuard guard;
    namespace h5f = hdf5::h5f;
    return state.valid() && (h5f::intent(hdf5::h5i::file(state.id()).id()) & h5f::kReadWrite) == 0;
}

}  // namespace

Error of_change(const ObjectState& state, const Error& error) {
    const bool about_file =
        error.code() != ErrorCode::closed && error.code() != ErrorCode::out_of_memory;
    if (!about_file || !is_only_read(state)) {
        return error;
    }
    std::string message = "The file '" + *state.file() + "' is open for reading only";
    const std::string what = error.what();
    if (what.find("without saying why") == std::string::npos) {
        message += ": " + what;
    }
    return Error(ErrorCode::io, message, error.system_errno());
}

Error out_of_memory(const ObjectState& state) {
    return Error(ErrorCode::out_of_memory, "Not enough memory; asked of " + state.description());
}

Object make_object(hdf5::Handle handle, const ObjectState& from, const std::string& path) {
    return make(std::move(handle), path.empty() ? "" : joined(from.path(), path), from.file());
}

Object make_object(hdf5::Handle handle) {
    const hdf5::LockGuard guard;
    std::string path = hdf5::h5i::name(handle.id());
    auto file = std::make_shared<const std::string>(hdf5::h5f::name(handle.id()));
    return make(std::move(handle), std::move(path), std::move(file));
}

}  // namespace hyperslab::object
