// Reports the progress of reads and writes to a Python object.

#include "engine/facts/progress.hpp"

#include <cstdint>
#include <optional>
#include <utility>

#include "support/binding.hpp"
#include "support/bindings.hpp"

namespace hyperslab::python {
namespace {

/// Calls reporter.begin(kind), then reporter.reached(done, total) and in the end
/// reporter.end(done, total), for reads and writes that last longer than a time. The total is None
/// where it is not known.
class PythonProgress final : public engine::Progress {
public:
    PythonProgress(nb::object reporter, double after)
        : reporter_(std::move(reporter)), clock_(engine::ProgressClock::Seconds(after)) {}

    void begin(engine::ProgressKind kind, std::optional<std::uint64_t> total) override {
        kind_ = kind;
        total_ = total;
        clock_.begin();
        const GilTaken gil;
        nb::find(*this).inc_ref();  // until the end, whatever the reporter does
    }

    void reached(std::uint64_t bytes) override {
        const bool is_first = !clock_.has_been_time();
        if (!clock_.is_time()) {
            return;
        }
        const GilTaken gil;
        if (is_first) {
            reporter_.attr("begin")(word_of(kind_));
        }
        reporter_.attr("reached")(bytes, total());
    }

    void end(bool complete, std::uint64_t bytes) override {
        const GilTaken gil;
        const nb::object self = nb::find(*this);
        self.dec_ref();
        if (!clock_.has_been_time()) {
            return;
        }
        if (complete) {
            reporter_.attr("end")(bytes, bytes);
            return;
        }
        try {
            reporter_.attr("end")(bytes, total());
        } catch (nb::python_error& error) {  // the exception that ended all is on its way
            error.discard_as_unraisable(reporter_);
        }
    }

private:
    static const char* word_of(engine::ProgressKind kind) {
        switch (kind) {
            case engine::ProgressKind::reading:
                return "read";
            case engine::ProgressKind::writing:
                return "written";
            case engine::ProgressKind::copying:
                break;
        }
        return "copied";
    }

    nb::object total() const { return total_ ? nb::object(nb::int_(*total_)) : nb::none(); }

    nb::object reporter_;
    engine::ProgressClock clock_;
    engine::ProgressKind kind_ = engine::ProgressKind::reading;
    std::optional<std::uint64_t> total_{};
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
             "Set what gets the progress of this thread; returns the one before.");
}

}  // namespace hyperslab::python
