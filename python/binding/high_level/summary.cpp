// The function behind hyperslab.distributed.summarize.

#include "hyperslab/summary.hpp"

#include <string>
#include <vector>

#include "support/binding.hpp"
#include "support/bindings.hpp"
#include "support/gil.hpp"
#include "support/names.hpp"

namespace hyperslab::python {
namespace {

nb::dict summarize_file(const nb::bytes& path, nb::handle datasets) {
    std::vector<std::string> names;
    for (const nb::handle name : datasets) {
        names.push_back(encode_name(name));
    }
    const std::string file(path.c_str(), path.size());
    const SummaryReport report = without_gil([&] { return summarize(file, names); });
    nb::dict values;
    values["datasets"] = report.datasets;
    values["columns"] = report.columns;
    values["chunks"] = report.chunks;
    nb::list notes;
    for (const std::string& note : report.notes) {
        notes.append(decode_name(note));
    }
    values["notes"] = notes;
    return values;
}

}  // namespace

void bind_summary(nb::module_& core) {
    core.def("summarize", &summarize_file, nb::arg("path"), nb::arg("datasets"));
}

}  // namespace hyperslab::python
