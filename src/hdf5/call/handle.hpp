// The only owner of an HDF5 identifier.
//
// A Handle holds one reference to an identifier and gives it up when it dies: copying takes another
// reference, moving takes over. Dying never throws. If closing fails then (the disk is full, say)
// the identifier is forgotten: trying again would run over half-freed memory. Whoever has to know
// whether closing worked calls close().
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

    /// Another reference to an identifier that somebody else owns.
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

    /// kInvalidId once it was closed, which another thread may do at any time.
    Id id() const noexcept { return id_; }
    explicit operator bool() const noexcept { return id_ > 0; }

    /// Whether libhdf5 still knows the identifier; closing a file ends those of its objects.
    bool valid() const;

    /// Gives up the reference now.
    /// \throws Error (io) when what the object still held could not be written
    void close();

    /// Gives up the reference; a failure is nobody's concern.
    void drop() noexcept;

    /// Hands the reference to the caller.
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
