// A file that a program writes byte by byte, and that has its name only when it is whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace hyperslab::apps {

class WholeFile {
public:
    /// Makes a new file beside the path, under the name of a file that is not whole, and locks it.
    /// \throws Error (io)
    explicit WholeFile(const std::string& path);
    ~WholeFile();
    WholeFile(const WholeFile&) = delete;
    WholeFile& operator=(const WholeFile&) = delete;

    /// The name that it has now.
    const std::string& temporary() const { return temporary_; }

    /// Writes bytes at a place in the file. Any thread may call it.
    /// \throws Error (io)
    void write_at(std::uint64_t offset, std::span<const std::byte> bytes) const;

    /// Gives the file its name. What it replaces cannot be lost with the power.
    /// \throws Error (io)
    void commit();

private:
    std::string path_;
    std::string temporary_;
    int fd_ = -1;
};

/// Writes bytes at a place of a file.
/// \param path  for the message of an error
/// \throws Error (io)
void write_at(int descriptor,
              std::uint64_t offset,
              std::span<const std::byte> bytes,
              const std::string& path);

/// Waits until what was written to a file that takes the place of another one is on its medium.
/// \returns 0, or the number of an error
int sync_before_replacing(int descriptor, const std::string& path);

}  // namespace hyperslab::apps
