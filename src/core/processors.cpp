#include "core/processors.hpp"

#include <sched.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>
#include <thread>

namespace hyperslab::core {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
    std::ifstream stream(file);
    return {std::istreambuf_iterator<char>(stream), {}};
}

// Numbers are not read by streams. A stream takes a lock of its own for its first number, and a
// child of fork() would wait forever for a lock that another thread held.
std::optional<double> next_number(std::string_view& text) {
    text.remove_prefix(std::min(text.find_first_not_of(" \n"), text.size()));
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

std::optional<double> ratio(std::string_view quota_and_period) {
    const std::optional<double> quota = next_number(quota_and_period);
    const std::optional<double> period = next_number(quota_and_period);
    if (quota && period && *quota > 0 && *period > 0) {
        return *quota / *period;
    }
    return std::nullopt;  // "max", -1, or no such file
}

// Version 2 of control groups has "quota period" in one file, version 1 has two files.
std::optional<double> quota_of_group(const fs::path& group, bool version2) {
    const std::string text =
        version2 ? text_of(group / "cpu.max")
                 : text_of(group / "cpu.cfs_quota_us") + " " + text_of(group / "cpu.cfs_period_us");
    return ratio(text);
}

void keep_smaller(std::optional<double>& least, std::optional<double> other) {
    if (other && (!least || *other < *least)) {
        least = other;
    }
}

// A group has no more time than the groups around it.
std::optional<double> quota_up_from(const fs::path& mount, const fs::path& group, bool version2) {
    std::optional<double> least;
    for (fs::path inner = group.relative_path(); !inner.empty(); inner = inner.parent_path()) {
        keep_smaller(least, quota_of_group(mount / inner, version2));
    }
    keep_smaller(least, quota_of_group(mount, version2));
    return least;
}

bool names_cpu(const std::string& controllers) {
    std::istringstream stream(controllers);
    for (std::string name; std::getline(stream, name, ',');) {
        if (name == "cpu") {
            return true;
        }
    }
    return false;
}

std::size_t by_affinity() {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) {
        return static_cast<std::size_t>(CPU_COUNT(&set));
    }
    return std::max(std::thread::hardware_concurrency(), 1U);
}

}  // namespace

std::optional<double> cpu_quota(const std::string& membership, const fs::path& root) {
    std::optional<double> least;
    std::istringstream lines(membership);
    for (std::string line; std::getline(lines, line);) {  // number:controllers:group
        const std::size_t first = line.find(':');
        const std::size_t second = line.find(':', first + 1);
        if (first == std::string::npos || second == std::string::npos) {
            continue;
        }
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const fs::path group = line.substr(second + 1);
        if (controllers.empty()) {
            keep_smaller(least, quota_up_from(root, group, true));
        } else if (names_cpu(controllers)) {
            keep_smaller(least, quota_up_from(root / "cpu", group, false));
        }
    }
    return least;
}

std::size_t processors() {
    const std::size_t allowed = by_affinity();
    const auto quota = cpu_quota(text_of("/proc/self/cgroup"), "/sys/fs/cgroup");
    if (!quota || *quota >= static_cast<double>(allowed)) {
        return allowed;
    }
    return std::max<std::size_t>(static_cast<std::size_t>(std::ceil(*quota)), 1);
}

}  // namespace hyperslab::core
