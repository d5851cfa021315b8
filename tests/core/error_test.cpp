#include "hyperslab/error.hpp"

#include <gtest/gtest.h>

namespace hyperslab {
namespace {

TEST(Error, SaysWhatAndWhy) {
    const Error error(ErrorCode::io, "cannot open 'x'", 13);
    EXPECT_STREQ(error.what(), "cannot open 'x'");
    EXPECT_EQ(error.code(), ErrorCode::io);
    EXPECT_EQ(error.system_errno(), 13);
    EXPECT_EQ(Error(ErrorCode::closed, "").system_errno(), 0);
}

}  // namespace
}  // namespace hyperslab
