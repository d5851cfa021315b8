// hyperslab and libnetcdf, which brings an HDF5 of its own, in one program.

#include <gtest/gtest.h>
#include <netcdf.h>

#include <numeric>
#include <vector>

#include "hyperslab/hyperslab.hpp"

namespace hs = hyperslab;

namespace {

std::vector<double> counted() {
    std::vector<double> values(600);
    std::iota(values.begin(), values.end(), 0.5);
    return values;
}

void write_by_netcdf(const char* path) {
    int file = 0;
    ASSERT_EQ(nc_create(path, NC_NETCDF4 | NC_CLOBBER, &file), NC_NOERR);
    int dimensions[2] = {};
    ASSERT_EQ(nc_def_dim(file, "time", NC_UNLIMITED, &dimensions[0]), NC_NOERR);
    ASSERT_EQ(nc_def_dim(file, "site", 6, &dimensions[1]), NC_NOERR);
    int variable = 0;
    ASSERT_EQ(nc_def_var(file, "height", NC_DOUBLE, 2, dimensions, &variable), NC_NOERR);
    ASSERT_EQ(nc_def_var_deflate(file, variable, 1, 1, 4), NC_NOERR);
    ASSERT_EQ(nc_put_att_text(file, variable, "units", 1, "m"), NC_NOERR);
    const size_t start[2] = {0, 0};
    const size_t count[2] = {100, 6};
    ASSERT_EQ(nc_put_vara_double(file, variable, start, count, counted().data()), NC_NOERR);
    ASSERT_EQ(nc_close(file), NC_NOERR);
}

std::vector<double> read_by_netcdf(const char* path, const char* name) {
    std::vector<double> values(600);
    int file = 0;
    int variable = 0;
    EXPECT_EQ(nc_open(path, NC_NOWRITE, &file), NC_NOERR);
    EXPECT_EQ(nc_inq_varid(file, name, &variable), NC_NOERR);
    EXPECT_EQ(nc_get_var_double(file, variable, values.data()), NC_NOERR);
    EXPECT_EQ(nc_close(file), NC_NOERR);
    return values;
}

TEST(NetcdfBeside, FilesOfNetcdfAreReadAndChanged) {
    write_by_netcdf("height.nc");
    {
        const hs::File file("height.nc", hs::Mode::read_write);
        const hs::Dataset height = file.dataset("height");
        EXPECT_EQ(height.shape(), (hs::Shape{100, 6}));
        EXPECT_EQ(height.read<double>().to_vector(), counted());
        EXPECT_EQ(height.attributes().get<std::string>("units"), "m");
        EXPECT_EQ(height.dims()[0].scales().size(), 1u);
        height.write(-1.0, {hs::at(0), hs::at(0)});
        file.close();
    }
    std::vector<double> wanted = counted();
    wanted[0] = -1;
    EXPECT_EQ(read_by_netcdf("height.nc", "height"), wanted);
}

TEST(NetcdfBeside, FilesOfOursAreReadByNetcdf) {
    const hs::File file("ours.h5", hs::Mode::create, {.track_order = true});
    const hs::Dataset made =
        file.create_dataset("x", hs::Array<double>({100, 6}, counted()), {.filters = {hs::lzf()}});
    file.create_dataset("y", hs::Array<double>({100, 6}, counted()), {.filters = {hs::deflate()}});
    file.close();
    EXPECT_EQ(read_by_netcdf("ours.h5", "y"), counted());
    EXPECT_THROW(hs::File("missing.nc"), hs::Error);
    EXPECT_FALSE(made.valid());
}

}  // namespace
