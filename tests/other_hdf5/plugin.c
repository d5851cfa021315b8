/* A plug-in with two filters that turn every bit around. HDF5 finds the first one; that registers
   the second one itself. Each notes in its parameters that its set_local was called, and with which
   size of elements: for that it calls the HDF5 that uses it. */

#include <hdf5.h>
#include <stdlib.h>

enum { kFirst = 300, kSecond = 301 };

static size_t turn_around(unsigned flags,
                          size_t count,
                          const unsigned* values,
                          size_t bytes,
                          size_t* size,
                          void** buffer) {
    (void)flags;
    (void)size;
    if (count != 2 || values[0] != 42) {
        return 0; /* nobody asked set_local */
    }
    unsigned char* const data = *buffer;
    for (size_t i = 0; i < bytes; ++i) {
        data[i] = (unsigned char)~data[i];
    }
    return bytes;
}

static herr_t note(H5Z_filter_t filter, hid_t plist, hid_t type) {
    unsigned flags = 0;
    size_t count = 0;
    if (H5Pget_filter_by_id2(plist, filter, &flags, &count, NULL, 0, NULL, NULL) < 0) {
        return -1;
    }
    const hid_t integer = H5Tcopy(H5T_NATIVE_INT); /* a variable of HDF5's */
    if (integer < 0 || H5Tget_size(integer) != sizeof(int)) {
        return -1;
    }
    H5Tclose(integer);
    const unsigned values[2] = {42, (unsigned)H5Tget_size(type)};
    return H5Pmodify_filter(plist, filter, flags, 2, values);
}

static herr_t note_first(hid_t plist, hid_t type, hid_t space) {
    (void)space;
    return note(kFirst, plist, type);
}

static herr_t note_second(hid_t plist, hid_t type, hid_t space) {
    (void)space;
    return note(kSecond, plist, type);
}

static const H5Z_class2_t first = {
    H5Z_CLASS_T_VERS, kFirst, 1, 1, "first of the plug-in", NULL, note_first, turn_around};
static const H5Z_class2_t second = {
    H5Z_CLASS_T_VERS, kSecond, 1, 1, "second of the plug-in", NULL, note_second, turn_around};

H5PL_type_t H5PLget_plugin_type(void) { return H5PL_TYPE_FILTER; }

const void* H5PLget_plugin_info(void) {
    H5Zregister(&second);
    return &first;
}
