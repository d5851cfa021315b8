// A file that takes the place of another one when it is whole.
//
// It is written under a name of its own in the same folder and then renamed: whoever opens the path
// finds the old file or the new one, whatever happens in between.
#pragma once

#include <sys/types.h>

#include <string>

namespace hyperslab::hdf5 {

class Replacement {
public:
    /// Makes an empty file beside `path`, with the permissions of the file that is there.
    /// \param new_only  there must be none at `path`, now and later
    /// \throws Error (io, with errno) where a file could not be created at `path`
    Replacement(const std::string& path, bool new_only);
    /// Removes the file unless commit() has succeeded.
    ~Replacement();
    Replacement(const Replacement&) = delete;
    Replacement& operator=(const Replacement&) = delete;

    /// The name under which it is written.
    const std::string& temporary() const { return temporary_; }

    /// Whether there was a file at the path when this one was made.
    bool is_of_another() const { return of_another_; }

    /// Renames it, and waits until the disk knows, if that is asked for.
    /// \throws Error (io, with errno); the file at `path` is then the old one, unless the folder
    ///         alone could not be brought to the disk
    void commit(bool wait);

    /// Whether it was made by this process: a child of fork() must not decide what becomes of it.
    bool is_ours() const;

private:
    void rename() const;

    std::string path_;  // links resolved
    std::string temporary_;
    pid_t owner_;
    bool new_only_;
    bool of_another_ = false;
    bool committed_ = false;
};

/// Waits until the disk knows the names in the folder in which a file lies.
/// \returns whether it could be done, and errno says why not
bool sync_folder_of(const std::string& path);

}  // namespace hyperslab::hdf5
