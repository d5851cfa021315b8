#include "engine/heap/heap_form.hpp"

#include <gtest/gtest.h>

#include "hyperslab/error.hpp"

namespace hyperslab::engine {
namespace {

const Datatype kInt = Datatype::integer(4, true);
const Datatype kText = Datatype::variable_string();
const Datatype kInts = Datatype::vlen(kInt);

Datatype record() {
    return Datatype::compound(
        40, {{"a", 0, kInt}, {"text", 8, kText}, {"b", 16, kInt}, {"ints", 24, kInts}});
}

TEST(HeapForm, KnowsHowElementsLieInAFile) {
    EXPECT_EQ(stored_form(kInt, 8), kInt);
    EXPECT_EQ(stored_form(kText, 8).size(), 16U);
    EXPECT_EQ(stored_form(kInts, 4).size(), 12U);
    EXPECT_EQ(stored_form(Datatype::array(kText, {2, 3}), 8).size(), 96U);
    const Datatype wide = stored_form(record(), 8);
    EXPECT_EQ(wide.size(), 48U);
    EXPECT_EQ(wide.find_member("text")->offset, 8U);
    EXPECT_EQ(wide.find_member("b")->offset, 24U);
    EXPECT_EQ(wide.find_member("ints")->offset, 32U);
    const Datatype narrow = stored_form(record(), 4);
    EXPECT_EQ(narrow.size(), 40U);
    EXPECT_EQ(narrow.find_member("b")->offset, 20U);
    EXPECT_EQ(narrow.find_member("ints")->offset, 28U);
}

TEST(HeapForm, TellsItsSizes) {
    const auto form = HeapForm::between(record(), record(), 8);
    ASSERT_TRUE(form);
    EXPECT_EQ(form->stored_size(), 48U);
    EXPECT_EQ(form->memory_size(), 40U);
}

TEST(HeapForm, LeavesToLibhdf5WhatItDoesNotKnow) {
    const Datatype ascii = Datatype::variable_string(CharacterSet::ascii);
    EXPECT_FALSE(HeapForm::between(ascii, kText, 8));
    EXPECT_FALSE(HeapForm::between(kText, kInts, 8));
    EXPECT_FALSE(HeapForm::between(kInts, kText, 8));
    EXPECT_FALSE(HeapForm::between(kText, Datatype::fixed_string(8), 8));
    EXPECT_FALSE(HeapForm::between(Datatype::vlen(kText), Datatype::vlen(kText), 8));
    EXPECT_FALSE(
        HeapForm::between(Datatype::array(record(), {2}), Datatype::array(record(), {2}), 8));
    const Datatype many = Datatype::array(kText, {1000});
    EXPECT_FALSE(HeapForm::between(many, many, 8));
    const Datatype other = Datatype::compound(8, {{"other", 0, kText}});
    EXPECT_FALSE(HeapForm::between(record(), other, 8));
}

TEST(HeapForm, VisitsItsReferences) {
    const auto form = HeapForm::between(record(), record(), 8);
    ASSERT_TRUE(form);
    std::vector<std::byte> element(48);
    element[8] = std::byte{5};    // the text's length
    element[12] = std::byte{64};  // and address
    element[32] = std::byte{3};   // of the sequence, which is nowhere
    int visits = 0;
    form->for_each_object(element.data(), [&](std::uint64_t address, std::uint64_t bytes) {
        EXPECT_EQ(address, 64U);
        EXPECT_EQ(bytes, 5U);
        ++visits;
    });
    EXPECT_EQ(visits, 1);
}

}  // namespace
}  // namespace hyperslab::engine
