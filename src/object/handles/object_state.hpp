// What a handle of the public API shares with its copies: an open object of a file.
//
// An ObjectState owns one HDF5 identifier, and remembers by which names object and file were
// reached, so that an error can name them even when the file has been closed. The state of a
// dataset is always a DatasetState.
#pragma once

#include <memory>
#include <new>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "engine/store/open_dataset.hpp"
#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/call/lock.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/element_codec.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/object.hpp"

namespace hyperslab::object {

class ObjectState {
public:
    /// \param path  of the object, for messages
    ObjectState(hdf5::Handle handle,
                ObjectKind kind,
                std::string path,
                std::shared_ptr<const std::string> file);
    virtual ~ObjectState() = default;
    ObjectState(const ObjectState&) = delete;
    ObjectState& operator=(const ObjectState&) = delete;

    /// \throws Error (closed) when the file has been closed
    hdf5::Id id() const;
    bool valid() const { return handle_.valid(); }
    ObjectKind kind() const { return kind_; }
    const std::string& path() const { return path_; }
    const std::shared_ptr<const std::string>& file() const { return file_; }

    /// "dataset '/a/b' in file 'c.h5'"
    std::string description() const;

private:
    hdf5::Handle handle_;
    ObjectKind kind_;
    std::string path_;
    std::shared_ptr<const std::string> file_;
};

/// A type of elements in memory, described and as libhdf5 has it.
struct MemoryType {
    Datatype type;
    hdf5::Handle handle;

    hdf5::Id id() const { return handle.id(); }
};

/// One that several calls may use at a time, and that nothing changes.
using SharedType = std::shared_ptr<const MemoryType>;
SharedType make_memory_type(Datatype type);

class DatasetState final : public ObjectState {
public:
    DatasetState(hdf5::Handle handle, std::string path, std::shared_ptr<const std::string> file);

    /// What the engines know of the dataset.
    /// \throws Error (closed)
    engine::OpenDataset& open();

    /// The type to read elements into memory, or to write them from there: see memory_type.hpp.
    /// The type of the codec that was asked for last is kept.
    SharedType memory_type(const detail::ElementCodec& codec);

    /// Takes an element, in the type of the last codec, from those that were read along with others
    /// (engine/store/nearby_elements.hpp). Returns false when it is not among them.
    bool find_nearby(std::span<const std::int64_t> position,
                     const detail::ElementCodec& codec,
                     void* element);

private:
    engine::OpenDataset open_;
    const detail::ElementCodec* last_codec_ = nullptr;
    SharedType last_memory_type_;
};

/// The way from public handles to what is behind them, and back.
class Access {
public:
    /// \throws Error (closed) when the handle is of no object
    static ObjectState& state(const Object& object);
    static DatasetState& state(const Dataset& dataset);

    template <class Public = Object>
    static Public make(std::shared_ptr<ObjectState> state) {
        return Public(std::move(state));
    }
};

/// The identifier of an object.
/// \throws Error (closed)
hdf5::Id id_of(const Object& object);

DatasetState& dataset_state(const Object& dataset);

/// A handle for an object that was opened or created at a path from another object of the same
/// file.
Object make_object(hdf5::Handle handle, const ObjectState& from, const std::string& path);

/// A handle for an object of which only the identifier is known.
Object make_object(hdf5::Handle handle);

/// The error that a caller gets for one that was thrown while something was asked of an object: it
/// names the object, and says when its file has been closed meanwhile, by another thread.
Error named(const ObjectState& state, const Error& error);
Error out_of_memory(const ObjectState& state);

/// The error for one that was thrown by a change of an object's file. It is always the same when
/// the file is open for reading only, whatever libhdf5 reported.
Error of_change(const ObjectState& state, const Error& error);

/// Does something that changes the file.
/// \throws Error (io) when the file is open for reading only, or cannot be written
template <class Function>
auto changing(const ObjectState& state, Function&& function) -> std::invoke_result_t<Function> {
    try {
        return function();
    } catch (const Error& error) {
        throw of_change(state, error);
    }
}

/// Does something, and lets an error name the object if it does not yet.
template <class Function>
auto naming(const ObjectState& state, Function&& function) -> std::invoke_result_t<Function> {
    try {
        return function();
    } catch (const Error& error) {
        throw named(state, error);
    } catch (const std::bad_alloc&) {
        throw out_of_memory(state);
    }
}

}  // namespace hyperslab::object
