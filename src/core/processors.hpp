// The number of processors that this process may keep busy at once.
//
// The number of processors of the machine says little. A batch system or a container gives a
// process some of them, by affinity, or some of their time, by the quota of a control group.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace hyperslab::core {

/// The number of processors by affinity and by quota; at least 1.
std::size_t processors();

/// The time that control groups grant, in processors, or an empty optional when they set no limit.
/// \param membership  the contents of /proc/self/cgroup
/// \param root  the folder where control groups are mounted
std::optional<double> cpu_quota(const std::string& membership, const std::filesystem::path& root);

}  // namespace hyperslab::core
