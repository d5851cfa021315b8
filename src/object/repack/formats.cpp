#include "object/repack/formats.hpp"

#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5o.hpp"
#include "hdf5/property_lists/h5p.hpp"

namespace hyperslab::object {

using hdf5::h5p::Libver;

Libver oldest_format(hdf5::Id source, const RepackOptions& options) {
    if (options.format) {
        return *options.format == FormatVersion::latest ? hdf5::h5p::latest_libver()
                                                        : static_cast<Libver>(*options.format);
    }
    const hdf5::Handle fcpl = hdf5::h5f::create_plist(source);
    const unsigned superblock = hdf5::h5p::get_version(fcpl.id()).superblock;
    return superblock < 2 ? Libver::earliest : superblock == 2 ? Libver::v18 : Libver::v110;
}

void ObjectFormats::follow(hdf5::Id object) {
    if (fixed_) {
        return;
    }
    const unsigned version = hdf5::h5o::header(object).version;
    const Libver wanted = version > 1 ? Libver::v18 : Libver::earliest;
    if (wanted != low_) {
        hdf5::h5f::set_format(target_, wanted, hdf5::h5p::latest_libver());
        low_ = wanted;
    }
}

}  // namespace hyperslab::object
