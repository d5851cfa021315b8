// What every program does around its commands: it understands its command line, reports failures in
// one line, and ends with the status that says which.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>

namespace hyperslab::apps {

enum Status : int { kDone = 0, kFailed = 1, kMisused = 2 };

/// "PROGRAM VERSION (HDF5 VERSION)".
std::string version_text(const std::string& program);

/// Prints "PROGRAM: MESSAGE" on standard error: one line, whatever the message holds.
void complain(const std::string& program, const std::string& message);

/// Reads the command line. Returns the exit status where the program ends with that: after --help
/// and --version, and when the command line cannot be understood.
std::optional<int> parse(CLI::App& app, const std::string& program, int argc, char** argv);

/// Does the program's work, which returns the exit status, and returns the status. A failure is
/// reported. A reader that has seen enough (head) ends the program quietly.
int run_program(const std::string& program, const std::function<int()>& work);

}  // namespace hyperslab::apps
