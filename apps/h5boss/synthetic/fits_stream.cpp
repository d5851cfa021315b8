#include "h5boss/synthetic/fits_stream.hpp"

#include <hyperslab/error.hpp>

#include <unistd.h>
#include <zlib.h>

#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "h5boss/fits/columns.hpp"
#include "shared/partial_files.hpp"

namespace hyperslab::apps::h5boss {
namespace {

constexpr std::size_t kBlock = 2880;

[[noreturn]] void refuse(const std::string& path) {
    const int error = errno;
    throw Error(ErrorCode::io, "Cannot write '" + path + "': " + std::strerror(error), error);
}

}  // namespace

struct FitsStream::File {
    gzFile handle = nullptr;
};

FitsStream::FitsStream(std::string path)
    : path_(std::move(path)), partial_(partial_name(path_)), file_(new File) {
    remove_abandoned(path_);
    // T: bytes as they are. The first level of compression is enough for noise.
    file_->handle = ::gzopen(partial_.c_str(), path_.ends_with(".gz") ? "wb1" : "wbT");
    if (file_->handle == nullptr) {
        delete file_;
        refuse(path_);
    }
    ::gzbuffer(file_->handle, 1 << 18);
}

FitsStream::~FitsStream() {
    if (file_->handle != nullptr) {
        ::gzclose(file_->handle);
        ::unlink(partial_.c_str());
    }
    delete file_;
}

void FitsStream::put(const void* bytes, std::size_t size) {
    constexpr std::size_t kMaxBytes = 1U << 30;
    const auto* next = static_cast<const std::byte*>(bytes);
    while (size > 0) {
        const std::size_t now = size < kMaxBytes ? size : kMaxBytes;
        if (::gzwrite(file_->handle, next, static_cast<unsigned>(now)) != static_cast<int>(now)) {
            refuse(path_);
        }
        next += now;
        size -= now;
        written_ += now;
    }
}

void FitsStream::pad(char filling) {
    const std::size_t rest = written_ % kBlock;
    if (rest != 0) {
        const std::string fill(kBlock - rest, filling);
        put(fill.data(), fill.size());
    }
}

void FitsStream::begin(const Header& header) {
    pad('\0');
    for (const std::string& card : header.cards()) {
        put(card.data(), kCardSize);
    }
    std::string end = "END";
    end.resize(kCardSize, ' ');
    put(end.data(), end.size());
    pad(' ');
}

void FitsStream::write(std::span<const std::byte> bytes) { put(bytes.data(), bytes.size()); }

void FitsStream::write(std::span<const float> values) {
    std::vector<std::uint32_t> turned(values.size());
    for (std::size_t i = 0; i < turned.size(); ++i) {
        turned[i] = __builtin_bswap32(std::bit_cast<std::uint32_t>(values[i]));
    }
    put(turned.data(), turned.size() * sizeof turned[0]);
}

void FitsStream::write(std::span<const std::int32_t> values) {
    std::vector<std::uint32_t> turned(values.size());
    for (std::size_t i = 0; i < turned.size(); ++i) {
        turned[i] = __builtin_bswap32(static_cast<std::uint32_t>(values[i]));
    }
    put(turned.data(), turned.size() * sizeof turned[0]);
}

void FitsStream::commit() {
    pad('\0');
    const bool closed = ::gzclose(file_->handle) == Z_OK;
    file_->handle = nullptr;
    if (!closed) {
        const int error = errno;
        ::unlink(partial_.c_str());
        errno = error;
        refuse(path_);
    }
    give_final_name(partial_, path_);
}

Header image_header(bool primary, bool integers, std::uint64_t width, std::uint64_t rows) {
    Header header;
    if (primary) {
        header.add("SIMPLE", true, "conforms to FITS standard");
    } else {
        header.add("XTENSION", std::string("IMAGE"));
    }
    header.add("BITPIX", std::int64_t{integers ? 32 : -32});
    header.add("NAXIS", std::int64_t{2});
    header.add("NAXIS1", static_cast<std::int64_t>(width));
    header.add("NAXIS2", static_cast<std::int64_t>(rows));
    if (primary) {
        header.add("EXTEND", true);
    } else {
        header.add("PCOUNT", std::int64_t{0});
        header.add("GCOUNT", std::int64_t{1});
    }
    return header;
}

Header table_header(const std::vector<TableColumn>& columns, std::uint64_t rows) {
    Header header;
    header.add("XTENSION", std::string("BINTABLE"));
    header.add("BITPIX", std::int64_t{8});
    header.add("NAXIS", std::int64_t{2});
    header.add("NAXIS1", std::int64_t{1} << 40);  // until it is known
    header.add("NAXIS2", static_cast<std::int64_t>(rows));
    header.add("PCOUNT", std::int64_t{0});
    header.add("GCOUNT", std::int64_t{1});
    header.add("TFIELDS", static_cast<std::int64_t>(columns.size()));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        header.add("TTYPE" + number, columns[i].name);
        header.add("TFORM" + number, columns[i].form);
        if (!columns[i].dims.empty()) {
            header.add("TDIM" + number, columns[i].dims);
        }
    }
    std::int64_t bytes = 0;
    for (const Column& column : columns_of(header, "a made-up table")) {
        bytes += static_cast<std::int64_t>(column.bytes);
    }
    header.set("NAXIS1", bytes);
    return header;
}

}  // namespace hyperslab::apps::h5boss
