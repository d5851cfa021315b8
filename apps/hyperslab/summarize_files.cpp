#include "summarize_files.hpp"

#include <hyperslab/hyperslab.hpp>
#include <hyperslab/summary.hpp>

#include <chrono>
#include <stdexcept>

#include "shared/interruption.hpp"
#include "shared/output.hpp"
#include "shared/render.hpp"

namespace hyperslab::apps {
namespace {

void stop_when_interrupted(std::uint64_t /*done*/, std::uint64_t /*total*/) {
    if (interrupted()) {
        throw std::runtime_error("interrupted; the summary is what it was");
    }
}

std::string count_text(std::uint64_t count, const char* what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

SummaryReport summary_of_file(const std::string& file, const std::vector<std::string>& only) {
    try {
        return summarize(file, only);
    } catch (const Error& error) {
        const std::string message = error.what();
        if (message.find(file) != std::string::npos) {
            throw;
        }
        throw Error(error.code(), "'" + file + "': " + message, error.system_errno());
    }
}

}  // namespace

void summarize_files(const SummarizeOptions& options) {
    watch_interruptions();
    const ProgressScope scope(&stop_when_interrupted, std::chrono::duration<double>(0));
    for (const std::string& file : options.files) {
        const SummaryReport report = summary_of_file(file, options.only);
        if (options.quiet) {
            continue;
        }
        for (const std::string& note : report.notes) {
            print("note: " + printable(note) + "\n");
        }
        print(printable(report.path) + ": " + count_text(report.datasets, "dataset") + ", " +
              count_text(report.columns, "column") + ", " + count_text(report.chunks, "chunk") +
              "\n");
    }
}

}  // namespace hyperslab::apps
