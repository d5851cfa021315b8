// Calls that all processes of a parallel file make together, announced before they are made.
//
// HDF5 wants every process of the file to make a call that changes metadata, with the same
// arguments; who does not leaves the others waiting without end. The room "parallel" can check that
// (HYPERSLAB_MPI_CHECK=1). Without it nobody listens, and announcing costs one comparison.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace hyperslab::hdf5 {

/// A call that is about to be made.
struct AnnouncedCall {
    std::int64_t object;              ///< an identifier of the file that it is about
    std::string_view function;        ///< of HDF5
    std::string arguments;            ///< in words; equal on all processes
    bool may_fail = true;             ///< false: it is made even when the processes do not agree
    std::string details{};            ///< more of the arguments, said where all else is equal
    std::uintptr_t communicator = 0;  ///< where there is no object: our copy of one, as a number
};

using CallListener = void (*)(const AnnouncedCall& call);

namespace detail {
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
inline constinit std::atomic<CallListener> call_listener{nullptr};
}  // namespace detail

/// Null: nobody listens.
inline void set_call_listener(CallListener listener) {
    detail::call_listener.store(listener, std::memory_order_release);
}

/// Whether somebody listens, so that words are to be made.
inline bool is_announced() {
    return detail::call_listener.load(std::memory_order_acquire) != nullptr;
}

/// \param words  returns the arguments in words; not called when nobody listens
/// \throws Error (invalid_argument) when the processes do not agree
template <class Words>
void announce(std::int64_t object, std::string_view function, Words&& words, bool may_fail = true) {
    if (const CallListener listener = detail::call_listener.load(std::memory_order_acquire)) {
        listener({object, function, words(), may_fail});
    }
}

/// Announces a call that has more arguments than are worth saying each time.
/// \param details  returns them in words; not called when nobody listens
/// \throws Error (invalid_argument) when the processes do not agree
template <class Words, class Details>
void announce_in_detail(std::int64_t object,
                        std::string_view function,
                        Words&& words,
                        Details&& details) {
    if (const CallListener listener = detail::call_listener.load(std::memory_order_acquire)) {
        listener(
            {.object = object, .function = function, .arguments = words(), .details = details()});
    }
}

/// Announces a call that is about no file yet.
/// \param communicator  of the processes that make it
/// \throws Error (invalid_argument) when the processes do not agree
template <class Words>
void announce_among(std::uintptr_t communicator, std::string_view function, Words&& words) {
    if (const CallListener listener = detail::call_listener.load(std::memory_order_acquire)) {
        listener({.object = 0,
                  .function = function,
                  .arguments = words(),
                  .communicator = communicator});
    }
}

/// Bytes as a number of 16 digits, which is another one for other bytes.
std::string fingerprint(const void* bytes, std::size_t size);

/// A name as it is said in words.
inline std::string in_quotes(std::string_view name) { return "'" + std::string(name) + "'"; }

}  // namespace hyperslab::hdf5
