// What this machine can do at most, in terms of a read or a write: the parts that nobody can leave
// out, each alone, on all cores, the quickest of some rounds. Prints one JSON object of seconds.
//
//   bench_limits memory BYTES
//   bench_limits pread FILE OFFSET BYTES
//   bench_limits inflate FILE ELEMENT_SIZE CHUNK_BYTES
//   bench_limits deflate FILE ELEMENT_SIZE CHUNK_BYTES
//                        the stored chunks are lines "OFFSET SIZE" on standard input
//   bench_limits pwrite FOLDER BYTES
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <iostream>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/thread_pool.hpp"
#include "filter/format/shuffle.hpp"
#if HYPERSLAB_HAS_DEFLATE
#include <libdeflate.h>
#endif

namespace {

namespace core = hyperslab::core;
namespace filter = hyperslab::filter;

constexpr int kRounds = 9;
constexpr std::size_t kRequest = std::size_t{1} << 20;         // bytes of one pread or memcpy
constexpr std::size_t kFittingRequest = std::size_t{1} << 18;  // and what a core's cache holds

enum class Pages { small, huge };

// Memory as a large allocation gives it: nothing of it was touched.
class FreshMemory {
public:
    explicit FreshMemory(std::size_t size, Pages pages = Pages::huge) : size_(size) {
        address_ = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (address_ == MAP_FAILED) {
            throw std::runtime_error("mmap failed");
        }
        madvise(address_, size, pages == Pages::huge ? MADV_HUGEPAGE : MADV_NOHUGEPAGE);
    }
    ~FreshMemory() { munmap(address_, size_); }
    FreshMemory(const FreshMemory&) = delete;
    FreshMemory& operator=(const FreshMemory&) = delete;

    std::span<std::byte> bytes() const { return {static_cast<std::byte*>(address_), size_}; }

private:
    void* address_;
    std::size_t size_;
};

double seconds(const std::function<void()>& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// `work` fills the memory it is given, once touched before and each time fresh.
struct Filling {
    double touched = std::numeric_limits<double>::infinity();
    double fresh = touched;
    double fresh_small_pages = touched;
};

Filling fill(std::size_t size, const std::function<void(std::span<std::byte>)>& work) {
    Filling best;
    const FreshMemory kept(size);
    work(kept.bytes());
    for (int round = 0; round < kRounds; ++round) {
        const FreshMemory huge(size);
        const FreshMemory small(size, Pages::small);
        best.touched = std::min(best.touched, seconds([&] { work(kept.bytes()); }));
        best.fresh = std::min(best.fresh, seconds([&] { work(huge.bytes()); }));
        best.fresh_small_pages =
            std::min(best.fresh_small_pages, seconds([&] { work(small.bytes()); }));
    }
    return best;
}

// In pieces of a request, on all cores: piece(offset, its bytes in `memory`).
void in_requests(std::span<std::byte> memory,
                 const std::function<void(std::size_t, std::span<std::byte>)>& piece) {
    core::parallel_for((memory.size() + kRequest - 1) / kRequest, [&](std::size_t i) {
        const std::size_t offset = i * kRequest;
        piece(offset, memory.subspan(offset, std::min(kRequest, memory.size() - offset)));
    });
}

class InputFile {
public:
    explicit InputFile(const char* name) : descriptor_(open(name, O_RDONLY | O_CLOEXEC)) {
        if (descriptor_ < 0) {
            throw std::runtime_error(std::string("cannot open ") + name);
        }
    }
    ~InputFile() { close(descriptor_); }
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    void read(std::size_t offset, std::span<std::byte> bytes) const {
        while (!bytes.empty()) {
            const ssize_t count =
                pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (count <= 0) {
                throw std::runtime_error("the file ends before the bytes asked for");
            }
            offset += static_cast<std::size_t>(count);
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
    }

private:
    int descriptor_;
};

// `more` begins with a comma.
void print(const char* work, const Filling& best, const std::string& more = "") {
    std::printf(
        "{\"%s into touched memory\": %.9f, \"%s into fresh memory\": %.9f, "
        "\"%s into fresh memory of small pages\": %.9f%s}\n",
        work,
        best.touched,
        work,
        best.fresh,
        work,
        best.fresh_small_pages,
        more.c_str());
}

void memory(std::size_t size) {
    const FreshMemory source(size);
    std::memset(source.bytes().data(), 1, size);
    print("memcpy", fill(size, [&](std::span<std::byte> target) {
              in_requests(target, [&](std::size_t offset, std::span<std::byte> bytes) {
                  std::memcpy(bytes.data(), source.bytes().data() + offset, bytes.size());
              });
          }));
}

void fetch_and_forget(const InputFile& file, std::size_t begin, std::size_t size) {
    core::parallel_for((size + kFittingRequest - 1) / kFittingRequest, [&](std::size_t i) {
        thread_local std::vector<std::byte> buffer(kFittingRequest);
        const std::size_t offset = i * kFittingRequest;
        const std::size_t length = std::min(kFittingRequest, size - offset);
        file.read(begin + offset, std::span(buffer).first(length));
    });
}

void from_page_cache(const char* name, std::size_t begin, std::size_t size) {
    const InputFile file(name);
    const Filling best = fill(size, [&](std::span<std::byte> target) {
        in_requests(target, [&](std::size_t offset, std::span<std::byte> bytes) {
            file.read(begin + offset, bytes);
        });
    });
    // For who wants few elements of many: the bytes have to be fetched, but not kept.
    double passing = std::numeric_limits<double>::infinity();
    for (int round = 0; round < kRounds; ++round) {
        passing = std::min(passing, seconds([&] { fetch_and_forget(file, begin, size); }));
    }
    print("pread", best, ", \"pread into memory used again\": " + std::to_string(passing));
}

std::vector<std::vector<std::byte>> stored_chunks(const char* name) {
    const InputFile file(name);
    std::vector<std::vector<std::byte>> chunks;
    for (std::size_t offset = 0, size = 0; std::cin >> offset >> size;) {
        file.read(offset, chunks.emplace_back(size));
    }
    return chunks;
}

#if HYPERSLAB_HAS_DEFLATE
void inflate(std::span<const std::byte> stored, std::span<std::byte> output) {
    struct Decompressor {
        libdeflate_decompressor* handle = libdeflate_alloc_decompressor();
        ~Decompressor() { libdeflate_free_decompressor(handle); }
    };
    thread_local const Decompressor decompressor;
    const libdeflate_result result = libdeflate_zlib_decompress(
        decompressor.handle, stored.data(), stored.size(), output.data(), output.size(), nullptr);
    if (result != LIBDEFLATE_SUCCESS) {
        throw std::runtime_error("libdeflate does not take a chunk");
    }
}

void inflate_chunks(const char* name, std::size_t element_size, std::size_t chunk_bytes) {
    const std::vector<std::vector<std::byte>> chunks = stored_chunks(name);
    const auto decode = [&](std::span<std::byte> target) {
        core::parallel_for(chunks.size(), [&](std::size_t i) {
            thread_local std::vector<std::byte> shuffled;
            const std::span<std::byte> chunk = target.subspan(i * chunk_bytes, chunk_bytes);
            if (element_size < 2) {
                inflate(chunks[i], chunk);
                return;
            }
            shuffled.resize(chunk_bytes);
            inflate(chunks[i], shuffled);
            filter::unshuffle(shuffled, element_size, chunk);
        });
    };
    print(element_size < 2 ? "libdeflate" : "libdeflate + unshuffle",
          fill(chunks.size() * chunk_bytes, decode));
}

std::size_t deflate(int effort, std::span<const std::byte> chunk, std::span<std::byte> output) {
    struct Compressor {
        libdeflate_compressor* handle = nullptr;
        int effort = 0;
        ~Compressor() { libdeflate_free_compressor(handle); }
    };
    thread_local Compressor compressor;
    if (compressor.effort != effort) {
        libdeflate_free_compressor(compressor.handle);
        compressor.handle = libdeflate_alloc_compressor(effort);
        compressor.effort = effort;
    }
    return libdeflate_zlib_compress(
        compressor.handle, chunk.data(), chunk.size(), output.data(), output.size());
}

// Bytes that all chunks take together.
std::size_t encode_chunks(int effort,
                          std::span<const std::byte> data,
                          std::size_t element_size,
                          std::size_t chunk_bytes) {
    std::atomic<std::size_t> total = 0;
    core::parallel_for(data.size() / chunk_bytes, [&](std::size_t i) {
        thread_local std::vector<std::byte> shuffled;
        thread_local std::vector<std::byte> output;
        shuffled.resize(chunk_bytes);
        output.resize(2 * chunk_bytes);
        std::span<const std::byte> chunk = data.subspan(i * chunk_bytes, chunk_bytes);
        if (element_size >= 2) {
            filter::shuffle(chunk, element_size, shuffled);
            chunk = shuffled;
        }
        total += deflate(effort, chunk, output);
    });
    return total;
}

// With the lowest effort that makes no more bytes than those stored.
void deflate_chunks(const char* name, std::size_t element_size, std::size_t chunk_bytes) {
    const std::vector<std::vector<std::byte>> chunks = stored_chunks(name);
    std::size_t stored = 0;
    std::vector<std::byte> data(chunks.size() * chunk_bytes);
    std::vector<std::byte> shuffled(chunk_bytes);
    for (std::size_t i = 0; i < chunks.size(); ++i) {
        const std::span<std::byte> chunk = std::span(data).subspan(i * chunk_bytes, chunk_bytes);
        stored += chunks[i].size();
        inflate(chunks[i], element_size < 2 ? chunk : shuffled);
        if (element_size >= 2) {
            filter::unshuffle(shuffled, element_size, chunk);
        }
    }
    int effort = 1;
    while (effort < 12 && encode_chunks(effort, data, element_size, chunk_bytes) > stored) {
        ++effort;
    }
    double best = std::numeric_limits<double>::infinity();
    for (int round = 0; round < kRounds; ++round) {
        best = std::min(best,
                        seconds([&] { encode_chunks(effort, data, element_size, chunk_bytes); }));
    }
    std::printf(
        "{\"%slibdeflate %d\": %.9f}\n", element_size < 2 ? "" : "shuffle + ", effort, best);
}
#else
void inflate_chunks(const char*, std::size_t, std::size_t) { std::puts("{}"); }
void deflate_chunks(const char*, std::size_t, std::size_t) { std::puts("{}"); }
#endif

// One thread, as the system lets one thread at a time write to a file.
void to_page_cache(const std::string& folder, std::size_t size) {
    const std::string name = folder + "/limit";
    const std::vector<std::byte> request(kRequest, std::byte{1});
    double best = std::numeric_limits<double>::infinity();
    for (int round = 0; round < kRounds; ++round) {
        unlink(name.c_str());
        const int file = open(name.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        if (file < 0) {
            throw std::runtime_error("cannot make " + name);
        }
        best = std::min(best, seconds([&] {
                            for (std::size_t at = 0; at < size; at += kRequest) {
                                const std::size_t count = std::min(kRequest, size - at);
                                if (write(file, request.data(), count) < 0) {
                                    throw std::runtime_error("cannot write to " + name);
                                }
                            }
                            close(file);
                        }));
    }
    unlink(name.c_str());
    std::printf("{\"pwrite\": %.9f}\n", best);
}

std::size_t number(const char* text) { return std::strtoull(text, nullptr, 10); }

int run(std::span<char*> arguments) {
    const std::string what = arguments.size() > 1 ? arguments[1] : "";
    if (what == "memory" && arguments.size() == 3) {
        memory(number(arguments[2]));
    } else if (what == "pread" && arguments.size() == 5) {
        from_page_cache(arguments[2], number(arguments[3]), number(arguments[4]));
    } else if (what == "inflate" && arguments.size() == 5) {
        inflate_chunks(arguments[2], number(arguments[3]), number(arguments[4]));
    } else if (what == "deflate" && arguments.size() == 5) {
        deflate_chunks(arguments[2], number(arguments[3]), number(arguments[4]));
    } else if (what == "pwrite" && arguments.size() == 4) {
        to_page_cache(arguments[2], number(arguments[3]));
    } else {
        std::fputs("see the first lines of limits.cpp\n", stderr);
        return 2;
    }
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return run({arguments, static_cast<std::size_t>(count)});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench_limits: %s\n", error.what());
        return 1;
    }
}
