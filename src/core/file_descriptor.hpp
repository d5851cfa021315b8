// A file descriptor of the operating system, which is closed at the end of its scope.
#pragma once

#include <unistd.h>

namespace hyperslab::core {

class FileDescriptor {
public:
    /// \param number  what open() or a similar call has returned; negative when it failed
    explicit FileDescriptor(int number) : number_(number) {}
    ~FileDescriptor() {
        if (is_open()) {
            ::close(number_);
        }
    }
    FileDescriptor(const FileDescriptor&) = delete;
    FileDescriptor& operator=(const FileDescriptor&) = delete;

    bool is_open() const { return number_ >= 0; }
    int number() const { return number_; }

private:
    int number_;
};

}  // namespace hyperslab::core
