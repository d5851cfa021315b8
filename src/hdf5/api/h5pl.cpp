#include "hdf5/api/h5pl.hpp"

#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/text.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5::h5pl {

unsigned size() {
    unsigned count = 0;
    check({}, [&] { return H5PLsize(&count); });
    return count;
}

std::string get(unsigned index) {
    return read_text([&](char* text, std::size_t length) { return H5PLget(index, text, length); });
}

void append(const std::string& folder) {
    check({}, [&] { return H5PLappend(folder.c_str()); });
}

void prepend(const std::string& folder) {
    check({}, [&] { return H5PLprepend(folder.c_str()); });
}

void replace(const std::string& folder, unsigned index) {
    check({}, [&] { return H5PLreplace(folder.c_str(), index); });
}

void insert(const std::string& folder, unsigned index) {
    // libhdf5 would leave holes before the first folder, and look for plug-ins in them.
    if (index != 0 && size() == 0) {
        throw Error(ErrorCode::invalid_argument,
                    "Index path out of bounds for table - can't be more than 0: it is empty");
    }
    check({}, [&] { return H5PLinsert(folder.c_str(), index); });
}

void remove(unsigned index) {
    check({}, [&] { return H5PLremove(index); });
}

}  // namespace hyperslab::hdf5::h5pl
