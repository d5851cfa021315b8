// Ctrl-C and SIGTERM, for commands that have something to finish or to remove before they end.
#pragma once

#include <string>

namespace hyperslab::apps {

/// Catches SIGINT and SIGTERM from now on. The second one ends the program at once.
void watch_interruptions();

/// Whether one of them has come.
bool interrupted();

/// The exit status of a program that one of them has ended, as shells have it: 130 or 143.
int interruption_status();

/// The temporary file that the second signal removes. A path of more than 4,095 bytes is left.
void remove_on_second_signal(const std::string& path);

}  // namespace hyperslab::apps
