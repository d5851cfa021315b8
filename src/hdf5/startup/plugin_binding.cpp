// Filter plug-ins call HDF5's functions. The loader gives them those of another HDF5, or none; a
// plug-in that our HDF5 loads has to call ours.
//
// The library is linked with --wrap=dlopen: where libhdf5 loads a plug-in, it calls the function at
// the end. Where the plug-in uses something of HDF5, the address of ours is written over what the
// loader found. Another HDF5 in the process may use the same plug-in, so ours gets a copy of the
// file, in which the loader need not find anything: those symbols are weak there.

#if HYPERSLAB_BUNDLED_HDF5

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/file_descriptor.hpp"
#include "hdf5/startup/c_symbols.hpp"

extern "C" {
// The linker's names: dlopen as libhdf5 calls it, and dlopen itself.
void* __wrap_dlopen(const char* name, int flags);  // NOLINT
void* __real_dlopen(const char* name, int flags);  // NOLINT
}

namespace hyperslab::hdf5 {
namespace {

using Relocation = ElfW(Rela);

#if defined(__x86_64__)
constexpr bool is_address(std::uint32_t type) {
    return type == R_X86_64_JUMP_SLOT || type == R_X86_64_GLOB_DAT || type == R_X86_64_64;
}
#elif defined(__aarch64__)
constexpr bool is_address(std::uint32_t type) {
    return type == R_AARCH64_JUMP_SLOT || type == R_AARCH64_GLOB_DAT || type == R_AARCH64_ABS64;
}
#else
constexpr bool is_address(std::uint32_t /*type*/) { return false; }  // as the loader has it
#endif

/// The tables that a loaded library has of itself.
class LoadedLibrary {
public:
    explicit LoadedLibrary(void* handle) {
        if (::dlinfo(handle, RTLD_DI_LINKMAP, &map_) != 0) {
            map_ = nullptr;
            return;
        }
        for (const ElfW(Dyn)* entry = map_->l_ld; entry->d_tag != DT_NULL; ++entry) {
            take(*entry);
        }
    }

    /// Calls visit(place of an address, what HDF5 of ours has under its name).
    template <class Visit>
    void for_each_use_of_hdf5(Visit&& visit) const {
        if (map_ == nullptr || symbols_ == nullptr || names_ == nullptr) {
            return;
        }
        for (const std::span<const Relocation> relocations :
             {std::span(calls_, calls_bytes_ / sizeof(Relocation)),
              std::span(others_, others_bytes_ / sizeof(Relocation))}) {
            for (const Relocation& relocation : relocations) {
                visit_use(relocation, visit);
            }
        }
    }

private:
    template <class Visit>
    void visit_use(const Relocation& relocation, Visit& visit) const {
        const auto symbol = static_cast<std::uint32_t>(relocation.r_info >> 32U);
        const auto type = static_cast<std::uint32_t>(relocation.r_info);
        if (symbol == 0 || relocation.r_addend != 0 || !is_address(type)) {
            return;
        }
        const char* const name = names_ + symbols_[symbol].st_name;
        if (!std::string_view(name).starts_with("H5")) {
            return;
        }
        if (void* const ours = find_c_symbol(name)) {
            // NOLINTNEXTLINE(performance-no-int-to-ptr)
            visit(reinterpret_cast<void**>(map_->l_addr + relocation.r_offset), ours);
        }
    }

    // NOLINTBEGIN(performance-no-int-to-ptr): ELF keeps addresses as integers
    void take(const ElfW(Dyn) & entry) {
        switch (entry.d_tag) {
            case DT_SYMTAB:
                symbols_ = reinterpret_cast<const ElfW(Sym)*>(entry.d_un.d_ptr);
                break;
            case DT_STRTAB:
                names_ = reinterpret_cast<const char*>(entry.d_un.d_ptr);
                break;
            case DT_JMPREL:
                calls_ = reinterpret_cast<const Relocation*>(entry.d_un.d_ptr);
                break;
            case DT_PLTRELSZ:
                calls_bytes_ = entry.d_un.d_val;
                break;
            case DT_RELA:
                others_ = reinterpret_cast<const Relocation*>(entry.d_un.d_ptr);
                break;
            case DT_RELASZ:
                others_bytes_ = entry.d_un.d_val;
                break;
            default:
                break;
        }
    }
    // NOLINTEND(performance-no-int-to-ptr)

    link_map* map_ = nullptr;
    const ElfW(Sym) * symbols_ = nullptr;
    const char* names_ = nullptr;
    const Relocation* calls_ = nullptr;
    const Relocation* others_ = nullptr;
    std::size_t calls_bytes_ = 0;
    std::size_t others_bytes_ = 0;
};

// The loader may have made the page read-only once it was done with it.
void write_address(void** place, void* address) {
    const auto size = static_cast<std::uintptr_t>(::sysconf(_SC_PAGESIZE));
    auto* const page =  // NOLINTNEXTLINE(performance-no-int-to-ptr)
        reinterpret_cast<void*>(reinterpret_cast<std::uintptr_t>(place) / size * size);
    if (::mprotect(page, size, PROT_READ | PROT_WRITE) == 0) {
        *place = address;
    }
}

void bind_to_ours(void* plugin) { LoadedLibrary(plugin).for_each_use_of_hdf5(write_address); }

std::vector<std::byte> contents(const char* path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::vector<std::byte> bytes(file ? static_cast<std::size_t>(file.tellg()) : 0);
    file.seekg(0);
    file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return file ? bytes : std::vector<std::byte>();
}

/// A part of a file as an array of T; empty when the file does not have it.
template <class T>
std::span<T> part_of(std::span<std::byte> file, std::uint64_t offset, std::uint64_t bytes) {
    if (offset > file.size() || bytes > file.size() - offset || offset % alignof(T) != 0) {
        return {};
    }
    return {reinterpret_cast<T*>(file.data() + offset), bytes / sizeof(T)};
}

/// Makes the symbols of HDF5 that a library uses and does not define weak.
/// \returns whether it has symbols of HDF5 at all
bool weaken_symbols_of_hdf5(std::span<std::byte> file) {
    const auto headers = part_of<const ElfW(Ehdr)>(file, 0, sizeof(ElfW(Ehdr)));
    if (headers.empty() || std::memcmp(headers[0].e_ident, ELFMAG, SELFMAG) != 0) {
        return false;
    }
    const auto sections = part_of<const ElfW(Shdr)>(
        file, headers[0].e_shoff, std::uint64_t{headers[0].e_shnum} * sizeof(ElfW(Shdr)));
    bool has_some = false;
    for (const ElfW(Shdr) & section : sections) {
        if (section.sh_type != SHT_DYNSYM || section.sh_link >= sections.size()) {
            continue;
        }
        const ElfW(Shdr) & strings = sections[section.sh_link];
        const auto names = part_of<const char>(file, strings.sh_offset, strings.sh_size);
        if (names.empty() || names.back() != '\0') {
            continue;
        }
        for (ElfW(Sym) & symbol : part_of<ElfW(Sym)>(file, section.sh_offset, section.sh_size)) {
            const char* const name =
                names.data() + std::min<std::size_t>(symbol.st_name, names.size() - 1);
            if (find_c_symbol(name) != nullptr) {
                has_some = true;
                if (symbol.st_shndx == SHN_UNDEF) {
                    symbol.st_info = ELF64_ST_INFO(STB_WEAK, ELF64_ST_TYPE(symbol.st_info));
                }
            }
        }
    }
    return has_some;
}

/// The identity of a file, and whether it has changed.
struct FileState {
    dev_t device;
    ino_t file;
    off_t size;
    std::int64_t changed_s;
    std::int64_t changed_ns;

    friend bool operator==(const FileState&, const FileState&) = default;
};

std::optional<FileState> state_of(const char* path) {
    struct stat found{};
    if (::stat(path, &found) != 0) {
        return std::nullopt;
    }
    return FileState{
        found.st_dev, found.st_ino, found.st_size, found.st_ctim.tv_sec, found.st_ctim.tv_nsec};
}

/// A copy that was loaded, and stays: libhdf5 loads all plug-ins anew whenever it looks for one
/// that could open a file.
struct LoadedCopy {
    FileState original;
    std::string name;  ///< the name by which the loader knows it
};

// The copies that are loaded. The list is used under the library lock, like everything that libhdf5
// calls. It is never destroyed, because libhdf5 may still be called.
std::vector<LoadedCopy>& copies = *new std::vector<LoadedCopy>;

// A name that is not used yet, because the loader takes two libraries of one name for the same.
std::string unused_name(int file) {
    std::string name = "/proc/self/";
    for (std::size_t i = 0; i < copies.size(); ++i) {
        name += "./";
    }
    return name + "fd/" + std::to_string(file);
}

/// Loads bytes that lie in no file, and keeps them loaded; null when the system does not allow
/// that, or the library looks for others beside itself.
void* load_from_memory(std::span<const std::byte> bytes, const FileState& original, int flags) {
    const core::FileDescriptor file(::memfd_create("hyperslab-plugin", MFD_CLOEXEC));
    if (!file.is_open()) {
        return nullptr;
    }
    void* library = nullptr;
    if (::write(file.number(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size())) {
        std::string name = unused_name(file.number());
        library = __real_dlopen(name.c_str(), flags);
        if (library != nullptr &&
            __real_dlopen(name.c_str(), flags) != nullptr) {  // opened once more, to keep it loaded
            copies.push_back({original, std::move(name)});
        }
    }
    return library;
}

void* load_plugin(const char* path, int flags) {
    const std::optional<FileState> state = state_of(path);
    if (!state) {
        return __real_dlopen(path, flags);
    }
    const auto copy = std::ranges::find(copies, *state, &LoadedCopy::original);
    if (copy != copies.end()) {
        return __real_dlopen(copy->name.c_str(), flags);  // found by its name
    }
    std::vector<std::byte> bytes = contents(path);
    if (!weaken_symbols_of_hdf5(bytes)) {
        return __real_dlopen(path, flags);
    }
    void* plugin = load_from_memory(bytes, *state, flags);
    if (plugin == nullptr) {
        plugin = __real_dlopen(path, flags);
    }
    if (plugin != nullptr) {
        bind_to_ours(plugin);
    }
    return plugin;
}

}  // namespace
}  // namespace hyperslab::hdf5

void* __wrap_dlopen(const char* name, int flags) {
    try {
        return name == nullptr ? __real_dlopen(name, flags)
                               : hyperslab::hdf5::load_plugin(name, flags);
    } catch (const std::bad_alloc&) {  // no exception may pass through libhdf5
        return nullptr;
    }
}

#endif
