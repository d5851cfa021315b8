// What the tests of the public API share.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>

#include "hyperslab/hyperslab.hpp"
#include "selection/expect_error.hpp"

namespace hyperslab {

using selection::expect_error;

/// A path in the test's own folder where nothing is, before and after.
class ScratchPath {
public:
    explicit ScratchPath(std::string name) : name_(std::move(name)) { remove(); }
    ~ScratchPath() { remove(); }
    ScratchPath(const ScratchPath&) = delete;
    ScratchPath& operator=(const ScratchPath&) = delete;

    const std::string& string() const { return name_; }
    operator const std::string&() const { return name_; }

private:
    void remove() const { std::filesystem::remove_all(name_); }

    std::string name_;
};

}  // namespace hyperslab
