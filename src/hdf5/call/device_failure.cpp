#include "hdf5/call/device_failure.hpp"

#include <cstdint>
#include <utility>

#include "hdf5/call/lock.hpp"

namespace hyperslab::hdf5 {
namespace {

// The exception that is kept, guarded by the library lock.
struct State {
    std::exception_ptr kept;
    DeviceLoss loss = DeviceLoss::none;
    std::uint64_t call = 0;  // the number of the call during which it was kept
    int transfers = 0;
    void (*handler)(const std::exception_ptr&) noexcept = nullptr;
};

// It is never destroyed, because files may be closed after static destructors have run.
State& the_state = *new State;

State& state() { return the_state; }

// What an earlier call left is not reported: libhdf5 saw that failure, and managed without the
// device.
std::exception_ptr take_kept() {
    detail::device_failure_kept = false;
    std::exception_ptr failure = std::exchange(state().kept, nullptr);
    return state().call == library_lock().call_number() ? failure : nullptr;
}

}  // namespace

void keep_device_failure(const std::exception_ptr& failure, DeviceLoss loss) noexcept {
    const std::exception_ptr first = take_kept();
    state().loss = first != nullptr && state().loss == DeviceLoss::final ? DeviceLoss::final : loss;
    state().kept = first != nullptr ? first : failure;
    state().call = library_lock().call_number();
    detail::device_failure_kept = true;
}

void detail::throw_kept_device_failure(DeviceLoss least) {
    const std::exception_ptr failure = take_kept();
    if (failure != nullptr && state().loss >= least) {
        std::rethrow_exception(failure);
    }
}

// The calls count as one call into libhdf5, so that the exception is kept.
PostponeDeviceFailures::PostponeDeviceFailures() {
    library_lock().acquire();
    library_lock().enter_library();
    ++detail::device_failures_postponed;
}

PostponeDeviceFailures::~PostponeDeviceFailures() {
    --detail::device_failures_postponed;
    library_lock().leave_library();
    library_lock().release();
}

void set_final_failure_handler(void (*handler)(const std::exception_ptr&) noexcept) {
    state().handler = handler;
}

void report_failure(const std::exception_ptr& failure) noexcept {
    if (state().handler != nullptr) {
        state().handler(failure);
    }
}

void report_final_device_failure() noexcept {
    if (!detail::device_failure_kept) {
        return;
    }
    const std::exception_ptr failure = take_kept();
    if (failure != nullptr && state().loss == DeviceLoss::final) {
        report_failure(failure);
    }
}

TransferScope::TransferScope() { ++state().transfers; }

TransferScope::~TransferScope() { --state().transfers; }

bool TransferScope::active() { return state().transfers > 0; }

}  // namespace hyperslab::hdf5
