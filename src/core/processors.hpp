// How many processors this process may keep busy at once.
//
// What the machine has says little: a batch system or a container gives a process some of its
// processors, by affinity, or some of their time, by the quota of a control group.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace hyperslab::core {

/// By affinity and by quota; at least 1.
std::size_t processors();

/// Processors' worth of time that control groups grant, or none when they set no limit.
/// \param membership  what /proc/self/cgroup says
/// \param root  where control groups are mounted
std::optional<double> cpu_quota(const std::string& membership, const std::filesystem::path& root);

}  // namespace hyperslab::core
