// Checks of what a call throws: the code that decides the exception in Python, and the words that
// people search for.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "hyperslab/error.hpp"

namespace hyperslab::selection {

/// \param words  must occur in the message
template <class Call>
void expect_error(ErrorCode code, const std::string& words, Call&& call) {
    try {
        call();
        ADD_FAILURE() << "no error; expected: " << words;
    } catch (const Error& error) {
        EXPECT_EQ(static_cast<int>(error.code()), static_cast<int>(code)) << error.what();
        EXPECT_NE(std::string(error.what()).find(words), std::string::npos) << error.what();
    }
}

}  // namespace hyperslab::selection
