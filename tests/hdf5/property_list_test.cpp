#include <gtest/gtest.h>

#include <array>

#include "hdf5/api/h5ac.hpp"
#include "hdf5/api/h5s.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5p {
namespace {

template <class Function>
ErrorCode code_thrown_by(Function&& function) {
    try {
        function();
    } catch (const Error& error) {
        return error.code();
    }
    ADD_FAILURE() << "nothing was thrown";
    return ErrorCode::internal;
}

TEST(PropertyList, KnowsItsClass) {
    for (const ListClass list_class : {ListClass::object_create,
                                       ListClass::file_create,
                                       ListClass::file_access,
                                       ListClass::file_mount,
                                       ListClass::dataset_create,
                                       ListClass::dataset_access,
                                       ListClass::dataset_transfer,
                                       ListClass::group_create,
                                       ListClass::group_access,
                                       ListClass::datatype_create,
                                       ListClass::datatype_access,
                                       ListClass::attribute_create,
                                       ListClass::attribute_access,
                                       ListClass::object_copy,
                                       ListClass::link_create,
                                       ListClass::link_access,
                                       ListClass::string_create,
                                       ListClass::reference_access}) {
        const Handle list = create(list_class);
        EXPECT_EQ(class_of(list.id()), list_class);
        EXPECT_TRUE(equal(get_class(list.id()).id(), class_id(list_class)));
    }
}

TEST(PropertyList, OfAClassOfItsOwnHasNoListClass) {
    const Handle own(H5Pcreate_class(
        H5P_DATASET_CREATE, "mine", nullptr, nullptr, nullptr, nullptr, nullptr, nullptr));
    EXPECT_EQ(class_of(create(own.id()).id()), std::nullopt);
}

TEST(PropertyList, CopiesAreEqualUntilOneChanges) {
    const Handle list = create(ListClass::file_access);
    const Handle other = copy(list.id());
    EXPECT_TRUE(equal(list.id(), other.id()));
    set_alignment(other.id(), {1024, 4096});
    EXPECT_FALSE(equal(list.id(), other.id()));
}

// libhdf5 itself reads over the end of such a layout.
TEST(PropertyList, ChunkedWithoutAShapeCanBeCompared) {
    const Handle list = create(ListClass::dataset_create);
    set_layout(list.id(), Layout::chunked);
    const Handle other = copy(list.id());
    EXPECT_TRUE(equal(list.id(), other.id()));
    set_deflate(other.id(), 1);
    EXPECT_FALSE(equal(list.id(), other.id()));
    set_chunk(list.id(), {1});
    EXPECT_FALSE(equal(list.id(), other.id()));
}

TEST(PropertyList, OfAnotherClassIsRefused) {
    const Handle list = create(ListClass::file_access);
    EXPECT_EQ(code_thrown_by([&] { set_chunk(list.id(), {1}); }), ErrorCode::closed);
    EXPECT_EQ(code_thrown_by([&] { get_chunk(kInvalidId); }), ErrorCode::closed);
}

TEST(Filters, ComeBackAsTheyWereSet) {
    const Handle list = create(ListClass::dataset_create);
    set_chunk(list.id(), {10});
    const std::vector<Filter> wanted{shuffle(),
                                     deflate(3),
                                     fletcher32(),
                                     scaleoffset_integer(0),
                                     custom_filter(32000, {1, 2, 3})};
    for (const Filter& stage : wanted) {
        set_filter(list.id(), stage);
    }
    std::vector<Filter> found = get_filters(list.id());
    ASSERT_EQ(found.size(), wanted.size());
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        EXPECT_EQ(found[i].id, wanted[i].id);
        EXPECT_EQ(found[i].options, wanted[i].options);
        EXPECT_EQ(found[i].optional, wanted[i].optional);
        EXPECT_FALSE(found[i].name.empty());
    }
}

TEST(Filters, OptionalAndMandatoryAreKeptApart) {
    const Handle list = create(ListClass::dataset_create);
    Filter mandatory = deflate(1);
    mandatory.optional = false;
    set_filter(list.id(), mandatory);
    EXPECT_FALSE(get_filters(list.id()).front().optional);
}

TEST(Filters, DeflateLevelsAreChecked) {
    const Handle list = create(ListClass::dataset_create);
    EXPECT_EQ(code_thrown_by([&] { set_filter(list.id(), deflate(10)); }),
              ErrorCode::invalid_argument);
    EXPECT_EQ(code_thrown_by([&] { set_deflate(list.id(), 10); }), ErrorCode::invalid_argument);
    EXPECT_EQ(get_nfilters(list.id()), 0);
}

TEST(Filters, ManyParametersAreGivenOrRefusedNeverCut) {
    const Handle list = create(ListClass::dataset_create);
    const std::vector<unsigned> most(256, 7);
    set_filter(list.id(), custom_filter(300, most, true));
    EXPECT_EQ(get_filters(list.id()).front().options, most);
    set_filter(list.id(), custom_filter(301, std::vector<unsigned>(257, 7), true));
    EXPECT_EQ(code_thrown_by([&] { get_filters(list.id()); }), ErrorCode::unsupported);
}

TEST(Filters, AreFoundByNumberAndRemoved) {
    const Handle list = create(ListClass::dataset_create);
    set_shuffle(list.id());
    set_deflate(list.id(), 2);
    EXPECT_EQ(get_filter_by_id(list.id(), filter_id::kFletcher32).has_value(), false);
    EXPECT_EQ(get_filter_by_id(list.id(), filter_id::kDeflate)->values, std::vector<unsigned>{2});
    remove_filter(list.id(), filter_id::kShuffle);
    EXPECT_EQ(get_nfilters(list.id()), 1);
    remove_filter(list.id(), kFilterAll);
    EXPECT_EQ(get_nfilters(list.id()), 0);
}

// libhdf5 itself leaves a list whose copy frees memory that it does not own.
TEST(Filters, AListCanBeCopiedAfterARemoval) {
    const Handle list = create(ListClass::dataset_create);
    set_chunk(list.id(), {10});
    set_deflate(list.id(), 2);
    set_shuffle(list.id());
    set_filter(list.id(), custom_filter(300, {1, 2}, true));
    set_fletcher32(list.id());
    remove_filter(list.id(), filter_id::kDeflate);
    const Handle other = copy(list.id());
    const std::vector<Filter> left = get_filters(other.id());
    ASSERT_EQ(left.size(), 3u);
    EXPECT_EQ(left[0], (Filter{filter_id::kShuffle, {}, true, "shuffle"}));
    EXPECT_EQ(left[1], (Filter{300, {1, 2}, true, ""}));
    EXPECT_EQ(left[2], (Filter{filter_id::kFletcher32, {}, false, "fletcher32"}));
}

TEST(FillValue, IsConvertedWhenItIsRead) {
    const Handle list = create(ListClass::dataset_create);
    EXPECT_EQ(fill_value_defined(list.id()), FillValueStatus::default_);
    const short value = -5;
    set_fill_value(list.id(), H5T_NATIVE_SHORT, &value);
    double read = 0;
    get_fill_value(list.id(), H5T_NATIVE_DOUBLE, &read);
    EXPECT_EQ(read, -5.0);
    EXPECT_EQ(fill_value_defined(list.id()), FillValueStatus::user_defined);
    set_fill_value(list.id(), H5T_NATIVE_SHORT, nullptr);
    EXPECT_EQ(fill_value_defined(list.id()), FillValueStatus::undefined);
}

TEST(ExternalFiles, NamesOfAnyLength) {
    const Handle list = create(ListClass::dataset_create);
    const std::vector<ExternalFile> files{
        {"short", 0, 10}, {std::string(256, 'x'), 5, 20}, {std::string(3000, 'y'), 7, 30}};
    for (const ExternalFile& file : files) {
        set_external(list.id(), file);
    }
    EXPECT_EQ(get_external_files(list.id()), files);
    EXPECT_EQ(code_thrown_by([&] { get_external(list.id(), 3); }), ErrorCode::invalid_argument);
}

TEST(VirtualMappings, ComeBackAsTheyWereSet) {
    const Handle list = create(ListClass::dataset_create);
    const Handle whole = h5s::create_simple({10});
    const Handle half = h5s::create_simple({5});
    const Shape five{5};
    for (std::uint64_t start : {0, 5}) {
        h5s::select_hyperslab(
            whole.id(), h5s::Operation::set, &start, nullptr, five.data(), nullptr);
        set_virtual(list.id(), whole.id(), "f" + std::to_string(start), "/data", half.id());
    }
    const std::vector<VirtualMapping> found = get_virtual_mappings(list.id());
    ASSERT_EQ(found.size(), 2u);
    EXPECT_EQ(found[1].file, "f5");
    EXPECT_EQ(found[1].dataset, "/data");
    EXPECT_EQ(h5s::selection_bounds(found[1].virtual_space.id()).first, Shape{5});
    EXPECT_EQ(get_layout(list.id()), Layout::virtual_);
}

TEST(FileImage, IsCopiedAndTakenAway) {
    const Handle list = create(ListClass::file_access);
    EXPECT_TRUE(get_file_image(list.id()).empty());
    std::vector<std::byte> image(100, std::byte{3});
    set_file_image(list.id(), image);
    image[0] = std::byte{4};
    EXPECT_EQ(get_file_image(list.id()), std::vector<std::byte>(100, std::byte{3}));
    set_file_image(list.id(), {});
    EXPECT_TRUE(get_file_image(list.id()).empty());
}

TEST(CacheConfig, RoundTrips) {
    const Handle list = create(ListClass::file_access);
    h5ac::CacheConfig config = h5ac::get_mdc_config(list.id());
    config.initial_size = 3 * 1024 * 1024;
    config.decrement = 0.5;
    config.evictions_enabled = true;
    h5ac::set_mdc_config(list.id(), config);
    const h5ac::CacheConfig found = h5ac::get_mdc_config(list.id());
    EXPECT_EQ(found.initial_size, config.initial_size);
    EXPECT_EQ(found.decrement, 0.5);
    config.version = 99;
    EXPECT_EQ(code_thrown_by([&] { h5ac::set_mdc_config(list.id(), config); }),
              ErrorCode::invalid_argument);
}

TEST(VlenMemoryManager, ComesBackAsItWasSet) {
    const Handle list = create(ListClass::dataset_transfer);
    int info = 0;
    set_vlen_mem_manager(
        list.id(),
        {[](std::size_t, void*) -> void* { return nullptr; }, &info, [](void*, void*) {}, &info});
    const VlenMemoryManager found = get_vlen_mem_manager(list.id());
    EXPECT_NE(found.allocate, nullptr);
    EXPECT_EQ(found.free_info, &info);
}

TEST(OptionalDrivers, SayWhenTheyAreMissing) {
    const Handle list = create(ListClass::file_access);
#ifndef H5_HAVE_PARALLEL
    EXPECT_EQ(code_thrown_by([&] { set_fapl_mpio(list.id(), {}); }), ErrorCode::unsupported);
#endif
#ifndef H5_HAVE_ROS3_VFD
    EXPECT_EQ(code_thrown_by([&] { set_fapl_ros3(list.id(), {}); }), ErrorCode::unsupported);
#endif
#ifndef H5_HAVE_DIRECT
    EXPECT_EQ(code_thrown_by([&] { set_fapl_direct(list.id(), {}); }), ErrorCode::unsupported);
#endif
}

}  // namespace
}  // namespace hyperslab::hdf5::h5p
