// A file's bytes, read at any place by any number of threads.
//
// It has an open file description of its own, so what others do with theirs, seeking, closing or
// unlocking, does not affect it. It lives as long as somebody reads.
#pragma once

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace hyperslab::storage {

/// The base of what readers remember of a file.
class Knowledge {
public:
    Knowledge() = default;
    Knowledge(const Knowledge&) = delete;
    Knowledge& operator=(const Knowledge&) = delete;
    virtual ~Knowledge() = default;
};

class File {
public:
    /// The file that an open descriptor belongs to, opened once more for reading, whatever has
    /// become of its name.
    /// \param name  the name that messages use
    /// \throws Error (io)
    static std::shared_ptr<const File> reopen(int descriptor, std::string name);

    ~File();
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    const std::string& name() const { return name_; }

    /// Fills `bytes` from `offset` on.
    /// \throws Error (io) when the file cannot be read, or ends before the bytes do
    void read(std::uint64_t offset, std::span<std::byte> bytes) const;

    /// Counts a write. Whoever writes to the file by another way calls this before each write.
    /// While writes() stays the same, no reader can have seen half of a write.
    void count_write() const { writes_.fetch_add(1); }
    std::uint64_t writes() const { return writes_.load(); }

    /// What readers remember of the file while it is open. It is of one kind, and made when it is
    /// first asked for. The readers agree among themselves when each may use it.
    template <std::derived_from<Knowledge> Kind>
    Kind& knowledge() const {
        if (knowledge_ == nullptr) {
            knowledge_ = std::make_unique<Kind>();
        }
        return dynamic_cast<Kind&>(*knowledge_);
    }

private:
    File(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}

    int descriptor_;
    std::string name_;
    mutable std::atomic<std::uint64_t> writes_{0};
    mutable std::unique_ptr<Knowledge> knowledge_;
};

}  // namespace hyperslab::storage
