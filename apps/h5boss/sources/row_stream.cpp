#include "h5boss/sources/row_stream.hpp"

#include <hyperslab/error.hpp>

#include <zlib.h>

#include <array>
#include <bit>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace hyperslab::apps::h5boss {
namespace {

constexpr std::size_t kKept = 256;
constexpr std::size_t kBlock = 2880;
constexpr std::size_t kCard = 80;

}  // namespace

struct RowStream::File {
    gzFile handle;
};

RowStream::RowStream(const std::string& path) : path_(path) {
    const gzFile handle = ::gzopen(path.c_str(), "rb");
    if (handle == nullptr) {
        throw Error(ErrorCode::io, "Cannot read '" + path + "': " + std::strerror(errno), errno);
    }
    ::gzbuffer(handle, 1 << 18);
    file_ = new File{handle};
    try {
        read_header();
    } catch (...) {
        ::gzclose(handle);
        delete file_;
        throw;
    }
}

RowStream::~RowStream() {
    ::gzclose(file_->handle);
    delete file_;
}

void RowStream::read_header() {
    long bitpix = 0;
    long axes = 0;
    std::array<char, kBlock> block{};
    for (int blocks = 0; blocks < 1000; ++blocks) {
        if (::gzread(file_->handle, block.data(), kBlock) != static_cast<int>(kBlock)) {
            throw Error(ErrorCode::io, "'" + path_ + "' is no FITS file, or was cut off");
        }
        for (std::size_t at = 0; at < kBlock; at += kCard) {
            const std::string card(block.data() + at, kCard);
            const long value = std::strtol(card.c_str() + 10, nullptr, 10);
            if (card.starts_with("BITPIX  =")) {
                bitpix = value;
            } else if (card.starts_with("NAXIS   =")) {
                axes = value;
            } else if (card.starts_with("NAXIS1  =")) {
                width_ = static_cast<std::uint64_t>(std::max(0L, value));
            } else if (card.starts_with("NAXIS2  =")) {
                rows_ = static_cast<std::uint64_t>(std::max(0L, value));
            } else if (card.starts_with("END     ")) {
                if (bitpix != -32 || axes != 2) {
                    throw Error(ErrorCode::type_mismatch,
                                "'" + path_ + "' does not begin with an image of 32-bit floats");
                }
                return;
            }
        }
    }
    throw Error(ErrorCode::io, "'" + path_ + "' is no FITS file");
}

void RowStream::read_next() {
    std::vector<std::uint32_t> raw(static_cast<std::size_t>(width_));
    const auto bytes = static_cast<unsigned>(raw.size() * sizeof raw[0]);
    if (::gzread(file_->handle, raw.data(), bytes) != static_cast<int>(bytes)) {
        throw Error(ErrorCode::io, "'" + path_ + "' was cut off");
    }
    std::vector<float> values(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        values[i] = std::bit_cast<float>(__builtin_bswap32(raw[i]));
    }
    kept_.push_back(std::move(values));
    if (kept_.size() > kKept) {
        kept_.pop_front();
    }
    ++next_;
}

std::vector<float> RowStream::row(std::uint64_t number) {
    const std::scoped_lock lock(mutex_);
    if (number >= rows_) {
        throw Error(ErrorCode::out_of_range,
                    "'" + path_ + "' has no row " + std::to_string(number));
    }
    if (number + kept_.size() < next_) {
        kept_.clear();
        next_ = 0;
        ::gzrewind(file_->handle);
        read_header();
    }
    while (next_ <= number) {
        read_next();
    }
    return kept_[static_cast<std::size_t>(number - (next_ - kept_.size()))];
}

}  // namespace hyperslab::apps::h5boss
