#include "hdf5/types/enum_conversions.hpp"

#include <exception>
#include <memory>
#include <optional>

#include "datatype/enum_conversion.hpp"
#include "hdf5/types/conversion_function.hpp"
#include "hdf5/types/type_translation.hpp"

namespace hyperslab::hdf5 {
namespace {

using datatype::EnumConversion;

// libhdf5 keeps it with the pair of types, and says when it is to go.
herr_t begin(hid_t source, hid_t destination, H5T_cdata_t& data) {
    data.need_bkg = H5T_BKG_NO;
    try {
        const auto conversion =
            EnumConversion::between(describe_type(source), describe_type(destination));
        data.priv = conversion ? std::make_unique<EnumConversion>(*conversion).release() : nullptr;
        return conversion ? kConverted : kNotMine;
    } catch (const std::exception&) {
        return kNotMine;
    }
}

herr_t convert(const EnumConversion& conversion, const ConversionWalk& walk) {
    try {
        walk.for_each([&](const std::byte* in, std::byte* out) {
            conversion.convert(in, out);
            return true;
        });
        return kConverted;
    } catch (const std::exception& error) {
        H5Epush2(H5E_DEFAULT,
                 __FILE__,
                 __func__,
                 __LINE__,
                 H5E_ERR_CLS,
                 H5E_DATATYPE,
                 H5E_CANTCONVERT,
                 "%s",
                 error.what());
        return kNotMine;
    }
}

}  // namespace

herr_t convert_enumerations(hid_t source,
                            hid_t destination,
                            H5T_cdata_t* data,
                            size_t count,
                            size_t stride,
                            size_t /*background_stride*/,
                            void* buffer,
                            void* /*background*/,
                            hid_t /*dxpl*/) {
    auto* const conversion = static_cast<EnumConversion*>(data->priv);
    switch (data->command) {
        case H5T_CONV_INIT:
            return begin(source, destination, *data);
        case H5T_CONV_FREE:
            delete conversion;
            data->priv = nullptr;
            return kConverted;
        case H5T_CONV_CONV:
            break;
    }
    return convert(*conversion,
                   {static_cast<std::byte*>(buffer),
                    count,
                    stride,
                    conversion->from_size(),
                    conversion->to_size()});
}

}  // namespace hyperslab::hdf5
