#include "h5boss/fits/fits_file.hpp"

#include <hyperslab/error.hpp>

#include <fcntl.h>
#include <fitsio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <mutex>

// From fitsio2.h, which declares them without C linkage.
extern "C" {
int ffgbyt(fitsfile* file, LONGLONG bytes, void* buffer, int* status);
}

namespace hyperslab::apps::h5boss {
namespace {

[[noreturn]] void fail(const std::string& path, const std::string& why) {
    throw Error(ErrorCode::io, "'" + path + "': " + why);
}

std::string reason(int status) {
    char text[FLEN_STATUS] = "";
    fits_get_errstatus(status, text);
    return "CFITSIO says: " + std::string(text);
}

/// A file as CFITSIO has it open.
class Open {
public:
    explicit Open(const std::string& path) {
        int status = 0;
        // The plain open takes brackets and plus signs in names for a language of its own.
        if (fits_open_diskfile(&file_, path.c_str(), READONLY, &status) != 0) {
            fits_clear_errmsg();
            fail(path, "cannot be read as FITS (" + reason(status) + ")");
        }
    }
    ~Open() {
        int status = 0;
        fits_close_file(file_, &status);
    }
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;

    fitsfile* get() const { return file_; }

private:
    fitsfile* file_ = nullptr;
};

void read_all(
    int fd, const std::string& path, std::uint64_t start, std::byte* target, std::uint64_t bytes) {
    while (bytes > 0) {
        const ssize_t got = ::pread(fd, target, bytes, static_cast<off_t>(start));
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            fail(path, got == 0 ? "became shorter while it was read" : std::strerror(errno));
        }
        start += static_cast<std::uint64_t>(got);
        target += got;
        bytes -= static_cast<std::uint64_t>(got);
    }
}

Header read_header(fitsfile* file, int& status) {
    int count = 0;
    fits_get_hdrspace(file, &count, nullptr, &status);
    std::vector<std::string> cards;
    for (int i = 1; i <= count && status == 0; ++i) {
        char card[FLEN_CARD] = "";
        fits_read_record(file, i, card, &status);
        std::string text(card);
        text.resize(kCardSize, ' ');
        cards.push_back(std::move(text));
    }
    return Header(std::move(cards));
}

std::uint64_t data_bytes(const Hdu& hdu) {
    std::uint64_t bytes =
        hdu.axes.empty() ? 0 : static_cast<std::uint64_t>(std::abs(hdu.bitpix)) / 8;
    for (const std::uint64_t axis : hdu.axes) {
        bytes *= axis;
    }
    return bytes;
}

Hdu describe(fitsfile* file, int type, int& status) {
    Hdu hdu;
    hdu.header = read_header(file, status);
    hdu.kind = type == IMAGE_HDU    ? Hdu::Kind::image
               : type == BINARY_TBL ? Hdu::Kind::table
                                    : Hdu::Kind::other;
    hdu.name = hdu.header.text("EXTNAME").value_or("");
    hdu.bitpix = static_cast<int>(hdu.header.integer("BITPIX").value_or(8));
    const std::int64_t rank = hdu.header.integer("NAXIS").value_or(0);
    for (std::int64_t axis = 1; axis <= rank; ++axis) {
        const std::int64_t length = hdu.header.integer("NAXIS" + std::to_string(axis)).value_or(0);
        hdu.axes.push_back(static_cast<std::uint64_t>(std::max<std::int64_t>(length, 0)));
    }
    return hdu;
}

template <class T>
std::vector<T> row_of(const FitsFile& file, std::size_t number, std::uint64_t row, int bitpix) {
    std::vector<std::uint32_t> bits;
    read_words(file, number, row, bitpix, bits);
    std::vector<T> values(bits.size());
    std::transform(bits.begin(), bits.end(), values.begin(), [](std::uint32_t one) {
        return std::bit_cast<T>(__builtin_bswap32(one));
    });
    return values;
}

}  // namespace

/// Where bytes come from: the file on disk, or CFITSIO's copy in memory of one that was packed.
class FitsFile::Source {
public:
    Source(const std::string& path, bool packed)
        : path_(path), open_(std::make_unique<Open>(path)), packed_(packed) {
        if (packed_) {
            return;
        }
        fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        struct stat facts{};
        if (fd_ < 0 || ::fstat(fd_, &facts) != 0) {
            const int error = errno;
            fail(path, std::strerror(error));
        }
        size_ = static_cast<std::uint64_t>(facts.st_size);
    }
    ~Source() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    Source(const Source&) = delete;
    Source& operator=(const Source&) = delete;

    fitsfile* get() const { return open_->get(); }
    bool holds(std::uint64_t start, std::uint64_t bytes) const {
        return packed_ || (start <= size_ && bytes <= size_ - start);
    }
    /// The headers are read: a file on disk is not needed open in CFITSIO any more.
    void headers_read() {
        if (!packed_) {
            open_.reset();
        }
    }
    void read(std::uint64_t start, std::byte* target, std::uint64_t bytes) {
        if (packed_) {
            const std::scoped_lock lock(mutex_);
            int status = 0;
            ffmbyt(open_->get(), static_cast<LONGLONG>(start), 0 /* not beyond the end */, &status);
            ffgbyt(open_->get(), static_cast<LONGLONG>(bytes), target, &status);
            if (status != 0) {
                fail(path_, reason(status));
            }
            return;
        }
        read_all(fd_, path_, start, target, bytes);
    }

private:
    std::string path_;
    std::unique_ptr<Open> open_;
    bool packed_;
    int fd_ = -1;
    std::uint64_t size_ = 0;
    std::mutex mutex_;
};

FitsFile::FitsFile(const std::string& path) : path_(path) {
    struct stat facts{};
    if (::stat(path.c_str(), &facts) != 0) {
        fail(path, std::strerror(errno));
    }
    if (!S_ISREG(facts.st_mode) || facts.st_size == 0) {
        fail(path, S_ISREG(facts.st_mode) ? "is empty" : "is no file");
    }
    source_ = std::make_unique<Source>(path, path.ends_with(".gz"));
    fitsfile* const file = source_->get();
    int status = 0;
    int count = 0;
    fits_get_num_hdus(file, &count, &status);
    for (int i = 1; i <= count && status == 0; ++i) {
        int type = 0;
        fits_movabs_hdu(file, i, &type, &status);
        Hdu hdu = describe(file, type, status);
        LONGLONG head = 0;
        LONGLONG data = 0;
        LONGLONG end = 0;
        fits_get_hduaddrll(file, &head, &data, &end, &status);
        hdu.data_bytes = data_bytes(hdu);
        hdu.data_start = static_cast<std::uint64_t>(data);
        if (status == 0 && !source_->holds(hdu.data_start, hdu.data_bytes)) {
            fail(path,
                 "is cut off: HDU " + std::to_string(i - 1) + " should have " +
                     std::to_string(hdu.data_bytes) + " bytes of data");
        }
        hdus_.push_back(std::move(hdu));
    }
    if (status != 0) {
        fits_clear_errmsg();
        fail(path,
             "is damaged or cut off at HDU " + std::to_string(hdus_.size()) + " (" +
                 reason(status) + ")");
    }
    source_->headers_read();
}

FitsFile::~FitsFile() = default;

std::vector<std::byte> FitsFile::read(std::size_t number,
                                      std::uint64_t offset,
                                      std::uint64_t bytes) const {
    require(number, offset, bytes);
    std::vector<std::byte> memory(bytes);
    read_into(number, offset, memory);
    return memory;
}

void FitsFile::read_into(std::size_t number,
                         std::uint64_t offset,
                         std::span<std::byte> target) const {
    require(number, offset, target.size());
    source_->read((*this)[number].data_start + offset, target.data(), target.size());
}

void FitsFile::require(std::size_t number, std::uint64_t offset, std::uint64_t bytes) const {
    const Hdu& hdu = (*this)[number];
    if (offset > hdu.data_bytes || bytes > hdu.data_bytes - offset) {
        throw Error(ErrorCode::out_of_range,
                    "'" + path_ + "': HDU " + std::to_string(number) + " has only " +
                        std::to_string(hdu.data_bytes) + " bytes");
    }
}

const Hdu& FitsFile::operator[](std::size_t number) const {
    if (number >= hdus_.size()) {
        throw Error(ErrorCode::not_found,
                    "'" + path_ + "' has no HDU " + std::to_string(number) + ": it has " +
                        std::to_string(hdus_.size()));
    }
    return hdus_[number];
}

const Hdu& FitsFile::table(std::size_t number) const {
    const Hdu& hdu = (*this)[number];
    if (hdu.kind != Hdu::Kind::table) {
        throw Error(ErrorCode::type_mismatch,
                    "'" + path_ + "': HDU " + std::to_string(number) + " is no binary table");
    }
    return hdu;
}

const Hdu& FitsFile::image(std::size_t number) const {
    const Hdu& hdu = (*this)[number];
    if (hdu.kind != Hdu::Kind::image || hdu.axes.empty()) {
        throw Error(ErrorCode::type_mismatch,
                    "'" + path_ + "': HDU " + std::to_string(number) + " is no image");
    }
    return hdu;
}

std::vector<std::byte> read_bytes(const std::string& path,
                                  std::uint64_t offset,
                                  std::uint64_t bytes) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fail(path, std::strerror(errno));
    }
    std::vector<std::byte> memory(bytes);
    try {
        read_all(fd, path, offset, memory.data(), bytes);
    } catch (...) {
        ::close(fd);
        throw;
    }
    ::close(fd);
    return memory;
}

void read_words(const FitsFile& file,
                std::size_t number,
                std::uint64_t row,
                int bitpix,
                std::vector<std::uint32_t>& words) {
    const Hdu& hdu = file.image(number);
    if (hdu.bitpix != bitpix || hdu.axes.size() > 2 || hdu.axes.empty()) {
        throw Error(ErrorCode::type_mismatch,
                    "'" + file.path() + "': HDU " + std::to_string(number) + " is no image of " +
                        (bitpix < 0 ? "floats" : "integers") + " of 32 bits with at most two axes");
    }
    const std::uint64_t width = hdu.axes[0];
    const std::uint64_t rows = hdu.axes.size() == 2 ? hdu.axes[1] : 1;
    if (row >= rows) {
        throw Error(ErrorCode::out_of_range,
                    "'" + file.path() + "': HDU " + std::to_string(number) + " has no row " +
                        std::to_string(row));
    }
    words.resize(width);
    file.read_into(number, row * width * 4, std::as_writable_bytes(std::span(words)));
}

std::vector<float> float_row(const FitsFile& file, std::size_t hdu, std::uint64_t row) {
    return row_of<float>(file, hdu, row, -32);
}

std::vector<std::int32_t> integer_row(const FitsFile& file, std::size_t hdu, std::uint64_t row) {
    return row_of<std::int32_t>(file, hdu, row, 32);
}

}  // namespace hyperslab::apps::h5boss
