// Reports the progress of reads to a Python object.

#include "engine/facts/progress.hpp"

#include <utility>

#include "support/binding.hpp"
#include "support/bindings.hpp"

namespace hyperslab::python {
namespace {

/// Calls reporter.reached(done, total) and in the end reporter.end(done, total), for reads that
/// last longer than a time.
class PythonProgress final : public engine::Progress {
public:
    PythonProgress(nb::object reporter, double after)
        : reporter_(std::move(reporter)), clock_(engine::ProgressClock::Seconds(after)) {}

    void begin(std::uint64_t total) override {
        total_ = total;
        done_ = 0;
        clock_.begin();
        const GilTaken gil;
        nb::find(*this).inc_ref();  // until the end, whatever the reporter does
    }

    void reached(std::uint64_t bytes) override {
        if (!clock_.is_time()) {
            return;
        }
        done_ = bytes;
        const GilTaken gil;
        reporter_.attr("reached")(done_, total_);
    }

    void end(bool complete) override {
        const GilTaken gil;
        const nb::object self = nb::find(*this);
        self.dec_ref();
        if (!clock_.has_been_time()) {
            return;
        }
        if (complete) {
            reporter_.attr("end")(total_, total_);
            return;
        }
        try {
            reporter_.attr("end")(done_, total_);
        } catch (nb::python_error& error) {  // the exception that ended the read is on its way
            error.discard_as_unraisable(reporter_);
        }
    }

private:
    nb::object reporter_;
    engine::ProgressClock clock_;
    std::uint64_t total_ = 0;
    std::uint64_t done_ = 0;
};

/// \returns what was set before
nb::object set_progress(PythonProgress* progress) {
    if (progress != nullptr) {
        nb::find(*progress).inc_ref();  // the thread's own
    }
    auto* const before = static_cast<PythonProgress*>(engine::set_progress(progress));
    if (before == nullptr) {
        return nb::none();
    }
    nb::object object = nb::find(*before);
    object.dec_ref();
    return object;
}

}  // namespace

void bind_progress(nb::module_& core) {
    nb::class_<PythonProgress>(core, "Progress")
        .def(nb::init<nb::object, double>(), nb::arg("reporter"), nb::arg("after"));
    core.def("set_progress",
             &set_progress,
             nb::arg("progress").none(),
             "Set what gets the progress of reads of this thread; returns the one before.");
}

}  // namespace hyperslab::python
