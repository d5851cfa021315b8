// What CFITSIO would use to fetch files from the network and to unpack bzip2: nothing of it.
//
// The archive of CFITSIO asks for these functions. The program reads files of this machine only, so
// it carries neither libcurl nor libbz2; a file that needs one of them cannot be opened.

#include <cstddef>

// NOLINTBEGIN(readability-identifier-naming): the names are those of libcurl and libbz2.
extern "C" {

int curl_global_init(long /*flags*/) { return 1; }
void curl_global_cleanup() {}
void* curl_easy_init() { return nullptr; }
int curl_easy_setopt(void* /*handle*/, int /*option*/, ...) { return 1; }
int curl_easy_perform(void* /*handle*/) { return 1; }
void curl_easy_cleanup(void* /*handle*/) {}

void* BZ2_bzReadOpen(int* error, void* /*f*/, int /*v*/, int /*small*/, void* /*u*/, int /*n*/) {
    *error = -9;  // BZ_CONFIG_ERROR
    return nullptr;
}
void BZ2_bzReadClose(int* error, void* /*file*/) { *error = -9; }
int BZ2_bzRead(int* error, void* /*file*/, void* /*buffer*/, int /*size*/) {
    *error = -9;
    return 0;
}
}
// NOLINTEND(readability-identifier-naming)
