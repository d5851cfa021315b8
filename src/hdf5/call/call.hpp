// How this room calls libhdf5: under the lock, with every result checked.
//
//     const Id id = check({loc, name}, [&] { return H5Gopen2(loc, name, H5P_DEFAULT); });
//
// The subject says what the call is about. It costs nothing unless the call fails; then its names
// go into the message.
#pragma once

#include <string_view>
#include <type_traits>

#include "hdf5/call/device_failure.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/call/lock.hpp"

namespace hyperslab::hdf5 {

/// What a call is about, for its error message.
struct Subject {
    Id location = kInvalidId;  ///< an object in the file, or kFileSystem
    std::string_view name{};   ///< the name that was asked for there
};

/// The location of files, whose name is a path.
inline constexpr Id kFileSystem = -2;

/// Turns libhdf5's error stack into an Error, unless a byte device has thrown.
[[noreturn]] void throw_library_error(const Subject& subject);

/// Turns libhdf5's error stack into an Error where a driver calls libhdf5 while libhdf5 is calling
/// it.
[[noreturn]] void throw_error_stack(const Subject& subject);

/// Holds the lock and marks that a call of libhdf5 is active, so that no handle is closed during
/// it.
class InsideLibrary {
public:
    InsideLibrary() { library_lock().enter_library(); }
    ~InsideLibrary() { library_lock().leave_library(); }
    InsideLibrary(const InsideLibrary&) = delete;
    InsideLibrary& operator=(const InsideLibrary&) = delete;

private:
    LockGuard guard_;
};

/// Calls a function of libhdf5 whose negative (or null) result means failure.
/// \throws Error, or what a byte device threw (device_failure.hpp)
template <class Function>
auto check(const Subject& subject, Function&& function) {
    const LockGuard guard;
    const auto result = [&] {
        const InsideLibrary inside;
        return function();
    }();
    using Result = std::remove_const_t<decltype(result)>;
    bool failed = false;
    if constexpr (std::is_pointer_v<Result>) {
        failed = result == nullptr;
    } else {
        failed = result < 0;
    }
    if (failed) [[unlikely]] {
        throw_library_error(subject);
    }
    if constexpr (std::is_same_v<Result, int>) {  // not an identifier, which would leak
        throw_device_failure();
    }
    return result;
}

/// Gives up a reference to an identifier and reports nothing. When libhdf5 fails to close an
/// object, it may have freed it nevertheless; then the identifier is removed from its table,
/// because libhdf5 looks at all identifiers when it flushes or closes a file.
/// \returns whether libhdf5 succeeded
bool give_up(Id id) noexcept;

/// Gives up a reference to an identifier and reports failures. Bytes that wait for their device are
/// no failure: they are not lost yet, and closing the file reports them.
/// \throws Error, or what a byte device threw (device_failure.hpp)
inline void close_checked(const Subject& subject, Id id) {
    const LockGuard guard;
    if (!give_up(id)) [[unlikely]] {
        throw_library_error(subject);
    }
    throw_final_device_failure();
}

/// Calls a function of libhdf5 whose result 0 means failure (sizes).
template <class Function>
auto check_nonzero(const Subject& subject, Function&& function) {
    const LockGuard guard;
    const auto result = [&] {
        const InsideLibrary inside;
        return function();
    }();
    if (result == 0) [[unlikely]] {
        throw_library_error(subject);
    }
    return result;
}

/// Calls a function of libhdf5 that answers yes or no, or fails (htri_t).
template <class Function>
bool check_true(const Subject& subject, Function&& function) {
    return check(subject, std::forward<Function>(function)) > 0;
}

}  // namespace hyperslab::hdf5
