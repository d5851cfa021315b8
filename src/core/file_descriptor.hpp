// A descriptor of the system, closed at the end of its scope.
#pragma once

#include <unistd.h>

namespace hyperslab::core {

class FileDescriptor {
public:
    /// \param number  what open() and its like have returned; negative when they failed
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
