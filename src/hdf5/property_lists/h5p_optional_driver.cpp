// Drivers that only some builds of libhdf5 have: direct and ros3. (MPI: h5p_mpi.cpp.)

#include <array>
#include <cstring>

#include "hdf5/call/c_name.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/not_in_this_build.hpp"
#include "hdf5/property_lists/h5p_driver.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5p {

#ifdef H5_HAVE_DIRECT

void set_fapl_direct(Id fapl, DirectDriver direct) {
    check({}, [&] {
        return H5Pset_fapl_direct(
            fapl, direct.alignment, direct.block_bytes, direct.copy_buffer_bytes);
    });
}

DirectDriver get_fapl_direct(Id fapl) {
    DirectDriver direct;
    check({}, [&] {
        return H5Pget_fapl_direct(
            fapl, &direct.alignment, &direct.block_bytes, &direct.copy_buffer_bytes);
    });
    return direct;
}

#else

void set_fapl_direct(Id /*fapl*/, DirectDriver /*direct*/) {
    not_in_this_build("the direct driver");
}

DirectDriver get_fapl_direct(Id /*fapl*/) { not_in_this_build("the direct driver"); }

#endif

#ifdef H5_HAVE_ROS3_VFD

namespace {

void copy_text(char* to, std::size_t most, const std::string& text) {
    if (text.size() > most) {
        throw Error(ErrorCode::invalid_argument,
                    "An S3 credential is longer than " + std::to_string(most) + " bytes");
    }
    std::memcpy(to, c_name(text), text.size() + 1);
}

}  // namespace

void set_fapl_ros3(Id fapl, const Ros3Driver& ros3) {
    H5FD_ros3_fapl_t config{};
    config.version = H5FD_CURR_ROS3_FAPL_T_VERSION;
    config.authenticate =
        !ros3.aws_region.empty() && !ros3.secret_id.empty() && !ros3.secret_key.empty();
    copy_text(config.aws_region, H5FD_ROS3_MAX_REGION_LEN, ros3.aws_region);
    copy_text(config.secret_id, H5FD_ROS3_MAX_SECRET_ID_LEN, ros3.secret_id);
    copy_text(config.secret_key, H5FD_ROS3_MAX_SECRET_KEY_LEN, ros3.secret_key);
    check({}, [&] { return H5Pset_fapl_ros3(fapl, &config); });
}

Ros3Driver get_fapl_ros3(Id fapl) {
    H5FD_ros3_fapl_t config{};
    check({}, [&] { return H5Pget_fapl_ros3(fapl, &config); });
    return {config.aws_region,
            config.secret_id,
            config.secret_key,
            config.authenticate,
            static_cast<int>(config.version)};
}

#else

void set_fapl_ros3(Id /*fapl*/, const Ros3Driver& /*ros3*/) {
    not_in_this_build("the ros3 driver");
}

Ros3Driver get_fapl_ros3(Id /*fapl*/) { not_in_this_build("the ros3 driver"); }

#endif

#if defined(H5_HAVE_ROS3_VFD) && HYPERSLAB_HAS_ROS3_TOKEN

void set_fapl_ros3_token(Id fapl, const std::string& token) {
    check({}, [&] { return H5Pset_fapl_ros3_token(fapl, c_name(token)); });
}

std::string get_fapl_ros3_token(Id fapl) {
    std::array<char, H5FD_ROS3_MAX_SECRET_TOK_LEN + 1> token{};
    check({}, [&] { return H5Pget_fapl_ros3_token(fapl, token.size(), token.data()); });
    return token.data();
}

#else

void set_fapl_ros3_token(Id /*fapl*/, const std::string& /*token*/) {
    not_in_this_build("session tokens for the ros3 driver");
}

std::string get_fapl_ros3_token(Id /*fapl*/) {
    not_in_this_build("session tokens for the ros3 driver");
}

#endif

}  // namespace hyperslab::hdf5::h5p
