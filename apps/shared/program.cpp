#include "shared/program.hpp"

#include <hyperslab/hyperslab.hpp>

#include <csignal>
#include <cstdio>
#include <exception>

#include "shared/interruption.hpp"
#include "shared/output.hpp"

namespace hyperslab::apps {

std::string version_text(const std::string& program) {
    return program + " " + version() + " (HDF5 " + hdf5_version() + ")";
}

void complain(const std::string& program, const std::string& message) {
    std::fprintf(stderr, "%s: %s\n", program.c_str(), printable(message).c_str());
}

std::optional<int> parse(CLI::App& app, const std::string& program, int argc, char** argv) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) {
            return app.exit(error);  // --help and --version
        }
        complain(program, std::string(error.what()) + " (" + program + " --help says more)");
        return kMisused;
    }
    return std::nullopt;
}

int run_program(const std::string& program, const std::function<int()>& work) {
    std::signal(SIGPIPE, SIG_DFL);
    try {
        const int status = work();
        flush_output();
        return status;
    } catch (const std::exception& error) {
        std::fflush(stdout);
        complain(program, error.what());
        return interrupted() ? interruption_status() : kFailed;
    }
}

}  // namespace hyperslab::apps
