// The only owner of an HDF5 identifier.
//
// A Handle holds one reference to an identifier and gives it up when it is destroyed. Copying takes
// another reference, moving takes over the one. The destructor never throws. If closing fails there
// (because the disk is full, for instance), the identifier is forgotten, as another attempt would
// use half-freed memory. A caller that has to know whether closing worked calls close().
#pragma once

#include <utility>

#include "core/relaxed.hpp"
#include "hdf5/call/id.hpp"

namespace hyperslab::hdf5 {

class Handle {
public:
    Handle() = default;

    /// Takes over a reference that the caller holds.
    explicit Handle(Id owned) : id_(owned) {}

    /// Takes another reference to an identifier that somebody else owns.
    static Handle borrow(Id id);

    Handle(const Handle& other);
    Handle& operator=(const Handle& other) {
        Handle copy(other);
        swap(copy);
        return *this;
    }
    Handle(Handle&& other) noexcept : id_(other.release()) {}
    Handle& operator=(Handle&& other) noexcept {
        Handle taken(std::move(other));
        swap(taken);
        return *this;
    }
    ~Handle() { drop(); }

    /// The identifier. It is kInvalidId once it was closed, which another thread may do at any
    /// time.
    Id id() const noexcept { return id_; }
    explicit operator bool() const noexcept { return id_ > 0; }

    /// Whether libhdf5 still knows the identifier. Closing a file ends the identifiers of its
    /// objects.
    bool valid() const;

    /// Closes the handle: gives up the reference, and reports a failure.
    /// \throws Error (io) when what the object still held could not be written
    void close();

    /// Gives up the reference. A failure cannot be reported.
    void drop() noexcept;

    /// Returns the identifier, whose reference the caller then holds.
    Id release() noexcept {
        const Id id = id_;
        id_ = kInvalidId;
        return id;
    }

    void swap(Handle& other) noexcept {
        const Id id = id_;
        id_ = other.id_;
        other.id_ = id;
    }

private:
    core::Relaxed<Id> id_{kInvalidId};
};

}  // namespace hyperslab::hdf5
