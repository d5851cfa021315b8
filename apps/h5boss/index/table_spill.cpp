#include "h5boss/index/table_spill.hpp"

#include <cerrno>
#include <cstring>

namespace hyperslab::apps::h5boss {
namespace {

[[noreturn]] void refuse(const char* what) {
    const int error = errno;
    throw Error(ErrorCode::io,
                std::string("Cannot ") + what + " a temporary file: " + std::strerror(error),
                error);
}

}  // namespace

TableSpill::~TableSpill() {
    if (file_ != nullptr) {
        std::fclose(file_);
    }
}

TableSpill::Kept TableSpill::keep(const Table& table) {
    const std::scoped_lock lock(mutex_);
    if (file_ == nullptr) {
        file_ = std::tmpfile();
    }
    const Bytes& bytes = table.bytes();
    if (file_ == nullptr || ::fseeko(file_, static_cast<off_t>(end_), SEEK_SET) != 0 ||
        std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
        refuse("write");
    }
    const Kept kept{table.type(), end_, bytes.size()};
    end_ += bytes.size();
    return kept;
}

Table TableSpill::read(const Kept& kept) const {
    const std::scoped_lock lock(mutex_);
    Bytes bytes(kept.bytes);
    if (::fseeko(file_, static_cast<off_t>(kept.offset), SEEK_SET) != 0 ||
        std::fread(bytes.data(), 1, bytes.size(), file_) != bytes.size()) {
        refuse("read");
    }
    return {kept.type, std::move(bytes)};
}

}  // namespace hyperslab::apps::h5boss
