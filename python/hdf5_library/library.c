/* libhyperslab_hdf5: HDF5's functions under their own names, for C code that looks for them.
 *
 * The extension module keeps its HDF5 to itself, so that it disturbs no other one in the process.
 * Who wants it nevertheless gets this library: packages of filters, which look functions up in the
 * file that h5z.__file__ names, and extensions that were linked with the libhdf5 of h5py's wheels,
 * for which as_h5py puts copies under other names in place. Each function jumps to what the module
 * lends under its name (src/hdf5/startup/c_symbols.hpp).
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <limits.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef void* (*Find)(const char* name);

/* What a function is when there is no module: most of HDF5's say so that they failed. */
static int64_t not_there(void) {
    static int told;
    if (!told) {
        told = 1;
        fputs("hyperslab is not there: its HDF5 cannot be called\n", stderr);
    }
    return -1;
}

#if defined(__x86_64__)
#define JUMP(name) "jmp *slot_" name "(%rip)\n"
#elif defined(__aarch64__)
#define JUMP(name)                    \
    "adrp x16, slot_" name            \
    "\n"                              \
    "ldr x16, [x16, :lo12:slot_" name \
    "]\n"                             \
    "br x16\n"
#else
#error "written for x86-64 and ARM64"
#endif

#define FUNCTION(name)                                                                     \
    __attribute__((visibility("hidden"))) void* slot_##name = (void*)(intptr_t)&not_there; \
    __asm__(".text\n.globl " #name "\n.type " #name ", %function\n" #name                  \
            ":\n" JUMP(#name) ".size " #name ", .-" #name "\n");
#define VARIABLE(name) int64_t name = -1;
#include "hdf5_symbols.inc"
#undef FUNCTION
#undef VARIABLE

struct Entry {
    const char* name;
    void* place;
};

static const struct Entry functions[] = {
#define FUNCTION(name) {#name, &slot_##name},
#define VARIABLE(name)
#include "hdf5_symbols.inc"
#undef FUNCTION
#undef VARIABLE
};

static const struct Entry variables[] = {
#define FUNCTION(name)
#define VARIABLE(name) {#name, &name},
#include "hdf5_symbols.inc"
#undef FUNCTION
#undef VARIABLE
};

static int find_module(struct dl_phdr_info* info, size_t size, void* path) {
    (void)size;
    if (info->dlpi_name == NULL || strstr(info->dlpi_name, "/hyperslab/_core.") == NULL) {
        return 0;
    }
    strncpy(path, info->dlpi_name, PATH_MAX - 1);
    return 1;
}

/* The module in a folder, or in the folder of the package beside that one. */
static void* open_in(const char* folder) {
    static const char* const places[] = {"", "/../hyperslab"};
    char path[PATH_MAX];
    void* module = NULL;
    for (size_t i = 0; i < 2 && module == NULL; ++i) {
        const int length =
            snprintf(path, sizeof path, "%s%s/%s", folder, places[i], HYPERSLAB_MODULE);
        if (length < (int)sizeof path) {
            module = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
        }
    }
    return module;
}

/* The module that Python has loaded; else one near this file. */
static void* open_module(void) {
    char path[PATH_MAX] = "";
    char* end;
    Dl_info self;
    if (dl_iterate_phdr(find_module, path) != 0) {
        return dlopen(path, RTLD_LAZY | RTLD_NOLOAD);
    }
    if (dladdr(&variables, &self) == 0 || realpath(self.dli_fname, path) == NULL ||
        (end = strrchr(path, '/')) == NULL) {
        return NULL;
    }
    *end = '\0';
    return open_in(path);
}

static void copy_variables(Find find) {
    for (size_t i = 0; i < sizeof variables / sizeof *variables; ++i) {
        const int64_t* const value = find(variables[i].name);
        if (value != NULL) {
            *(int64_t*)variables[i].place = *value;
        }
    }
}

__attribute__((constructor)) static void bind(void) {
    void* const module = open_module();
    const Find find =
        module == NULL ? NULL : (Find)(intptr_t)dlsym(module, "hyperslab_hdf5_symbol");
    if (find == NULL) {
        return;
    }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; ++i) {
        void* const function = find(functions[i].name);
        if (function != NULL) {
            *(void**)functions[i].place = function;
        }
    }
    ((int (*)(void))slot_H5open)(); /* the identifiers are made by it */
    copy_variables(find);
}
