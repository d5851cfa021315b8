#include "repack_file.hpp"

#include <hyperslab/hyperslab.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>

#include "filter_text.hpp"
#include "shared/interruption.hpp"
#include "shared/output.hpp"
#include "shared/progress_bar.hpp"

namespace hyperslab::apps {
namespace {

[[noreturn]] void fail(const std::string& message) {
    throw Error(ErrorCode::invalid_argument, message);
}

RepackChunks chunks_from(const std::string& text) {
    if (text.empty()) {
        return {};
    }
    if (text == "auto") {
        return {.kind = RepackChunks::Kind::guessed};
    }
    if (text == "none") {
        return {.kind = RepackChunks::Kind::contiguous};
    }
    RepackChunks chunks{.kind = RepackChunks::Kind::shape};
    for (const std::string& length : split(text, "x,")) {
        chunks.shape.push_back(number_from(length, "The length of a chunk"));
    }
    return chunks;
}

FormatVersion format_from(const std::string& text) {
    const std::map<std::string, FormatVersion> known{{"earliest", FormatVersion::earliest},
                                                     {"v108", FormatVersion::v18},
                                                     {"v110", FormatVersion::v110},
                                                     {"v112", FormatVersion::v112},
                                                     {"v114", FormatVersion::v114},
                                                     {"latest", FormatVersion::latest}};
    const auto found = known.find(text);
    if (found == known.end()) {
        fail("--libver is earliest, v108, v110, v112, v114 or latest, not '" + text + "'");
    }
    return found->second;
}

RepackOptions options_from(const RepackArguments& arguments) {
    RepackOptions options;
    if (!arguments.filters.empty()) {
        options.filters = filters_from(arguments.filters);
    }
    options.chunks = chunks_from(arguments.chunks);
    options.only = arguments.only;
    options.replace = arguments.force;
    if (!arguments.libver.empty()) {
        options.format = format_from(arguments.libver);
    }
    return options;
}

/// Shows on a terminal how far the work is, and ends it between two steps when it is interrupted,
/// so that no half of a file is left.
class Watch {
public:
    explicit Watch(bool quiet) : quiet_(quiet) {}

    void reached(std::uint64_t done, std::uint64_t total) {
        if (interrupted()) {
            throw std::runtime_error("interrupted; nothing was changed");
        }
        if (quiet_) {
            return;
        }
        if (!bar_) {
            bar_.emplace("repacking", total);
        }
        bar_->advance(done - shown_);
        shown_ = done;
    }

private:
    bool quiet_;
    std::optional<ProgressBar> bar_{};
    std::uint64_t shown_ = 0;
};

std::string size_text(std::uint64_t bytes) { return std::to_string(bytes) + " bytes"; }

}  // namespace

void repack(const RepackArguments& arguments) {
    if (arguments.in_place == !arguments.target.empty()) {
        fail(arguments.in_place
                 ? "--in-place replaces FILE itself, so there is no OUT"
                 : "The new file is missing: repack IN OUT, or repack FILE --in-place");
    }
    const RepackOptions options = options_from(arguments);
    watch_interruptions();
    const RepackReport report = [&] {
        Watch watch(arguments.quiet);
        const ProgressScope scope([&](auto done, auto total) { watch.reached(done, total); },
                                  std::chrono::duration<double>(0));
        return arguments.in_place ? repack_in_place(arguments.source, options)
                                  : hyperslab::repack(arguments.source, arguments.target, options);
    }();
    if (arguments.quiet) {
        return;
    }
    for (const std::string& note : report.notes) {
        print("note: " + printable(note) + "\n");
    }
    print(size_text(report.bytes_before) + " -> " + size_text(report.bytes_after) + ": " +
          std::to_string(report.objects) + " objects, " + std::to_string(report.datasets) +
          " datasets, " + std::to_string(report.copied_chunks) + " chunks copied, " +
          std::to_string(report.encoded_chunks) + " encoded anew\n");
}

}  // namespace hyperslab::apps
