// The names that files have until they are whole.
//
// A file that is being written lies beside its final place as .NAME.part-PID, and is renamed when
// it is whole. A program that was killed leaves such a file; the next one that writes the same file
// removes it.
#pragma once

#include <string>

namespace hyperslab::apps {

/// The name of a file of this process until it is whole.
std::string partial_name(const std::string& path);

/// Removes what processes that live no more have left of earlier attempts to write that file. A
/// file that another process has locked stays, whatever its number is: it may run on another
/// machine.
void remove_abandoned(const std::string& path);

/// Gives a whole file its own name, in place of whatever has it.
/// \throws Error (io) when that fails; the file is removed then
void give_final_name(const std::string& partial, const std::string& path);

}  // namespace hyperslab::apps
