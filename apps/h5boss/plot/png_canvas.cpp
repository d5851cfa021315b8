// Pixels, lines without smoothing, and letters of three by five dots: enough to look at a spectrum
// where no browser shows an SVG.

#include <hyperslab/error.hpp>

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <map>

#include "h5boss/plot/canvas.hpp"

namespace hyperslab::apps::h5boss {
namespace {

constexpr int kDot = 2;             // pixels of a letter's dot
constexpr int kAdvance = 4 * kDot;  // from a letter to the next
constexpr int kHeight = 5 * kDot;

/// The five rows of a letter, three bits each, as octal digits.
const std::map<char, const char*>& letters() {
    static const auto& known = *new std::map<char, const char*>{
        {'0', "75557"}, {'1', "26227"}, {'2', "71747"}, {'3', "71317"}, {'4', "55711"},
        {'5', "74717"}, {'6', "74757"}, {'7', "71122"}, {'8', "75757"}, {'9', "75717"},
        {'A', "25755"}, {'B', "65656"}, {'C', "34443"}, {'D', "65556"}, {'E', "74647"},
        {'F', "74644"}, {'G', "34553"}, {'H', "55755"}, {'I', "72227"}, {'J', "11152"},
        {'K', "55655"}, {'L', "44447"}, {'M', "57755"}, {'N', "65555"}, {'O', "25552"},
        {'P', "65644"}, {'Q', "25563"}, {'R', "65655"}, {'S', "34216"}, {'T', "72222"},
        {'U', "55557"}, {'V', "55552"}, {'W', "55775"}, {'X', "55255"}, {'Y', "55222"},
        {'Z', "71247"}, {'-', "00700"}, {'.', "00002"}, {'=', "07070"}, {'[', "64446"},
        {']', "31113"}, {'(', "24442"}, {')', "21112"}, {'/', "11244"}, {'+', "02720"},
        {',', "00024"}, {'^', "25000"}, {'*', "05250"}};
    return known;
}

void put_number(std::string& bytes, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(value >> shift & 0xff);
    }
}

void put_chunk(std::string& file, const std::string& kind, const std::string& data) {
    put_number(file, static_cast<std::uint32_t>(data.size()));
    const std::string body = kind + data;
    file += body;
    put_number(
        file,
        static_cast<std::uint32_t>(::crc32(
            0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()))));
}

class PngCanvas final : public Canvas {
public:
    PngCanvas(int width, int height)
        : Canvas(width, height),
          pixels_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3, '\xff') {}

    void line(const std::vector<Point>& points, Colour colour, double thickness) override {
        const int wide = std::max(1, static_cast<int>(std::lround(thickness)));
        for (std::size_t i = 1; i < points.size(); ++i) {
            const Point& a = points[i - 1];
            const Point& b = points[i];
            const double steps = std::max({std::abs(b.x - a.x), std::abs(b.y - a.y), 1.0});
            for (int step = 0; step <= steps; ++step) {
                const double x = a.x + (b.x - a.x) * step / steps;
                const double y = a.y + (b.y - a.y) * step / steps;
                for (int dx = 0; dx < wide; ++dx) {
                    for (int dy = 0; dy < wide; ++dy) {
                        set(static_cast<int>(std::lround(x)) + dx - wide / 2,
                            static_cast<int>(std::lround(y)) + dy - wide / 2,
                            colour);
                    }
                }
            }
        }
    }

    void text(
        Point at, const std::string& text, Anchor anchor, Colour colour, bool upright) override {
        const int length = static_cast<int>(text.size()) * kAdvance - kDot;
        int along = anchor == Anchor::start ? 0 : anchor == Anchor::middle ? -length / 2 : -length;
        for (const char c : text) {
            const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            const auto letter = letters().find(upper);
            for (int dot = 0; letter != letters().end() && dot < 15; ++dot) {
                const int row = dot / 3;
                const int column = dot % 3;
                if (((letter->second[row] - '0') >> (2 - column) & 1) == 0) {
                    continue;
                }
                for (int part = 0; part < kDot * kDot; ++part) {
                    const int right = along + column * kDot + part % kDot;
                    const int down = row * kDot + part / kDot - kHeight;
                    const int x = static_cast<int>(at.x) + (upright ? down : right);
                    const int y = static_cast<int>(at.y) + (upright ? -right : down);
                    set(x, y, colour);
                }
            }
            along += kAdvance;
        }
    }

    std::string finish() override {
        const std::size_t stride = static_cast<std::size_t>(width()) * 3;
        std::string rows;
        for (std::size_t y = 0; y < static_cast<std::size_t>(height()); ++y) {
            rows += '\0';  // no filter
            rows.append(pixels_, y * stride, stride);
        }
        uLongf size = ::compressBound(static_cast<uLong>(rows.size()));
        std::string packed(size, '\0');
        if (::compress2(reinterpret_cast<Bytef*>(packed.data()),
                        &size,
                        reinterpret_cast<const Bytef*>(rows.data()),
                        static_cast<uLong>(rows.size()),
                        6) != Z_OK) {
            throw Error(ErrorCode::out_of_memory, "There is not enough memory for the picture");
        }
        packed.resize(size);
        std::string header;
        put_number(header, static_cast<std::uint32_t>(width()));
        put_number(header, static_cast<std::uint32_t>(height()));
        header += std::string("\x08\x02\x00\x00\x00", 5);  // 8 bits of red, green and blue
        std::string file("\x89PNG\r\n\x1a\n", 8);
        put_chunk(file, "IHDR", header);
        put_chunk(file, "IDAT", packed);
        put_chunk(file, "IEND", "");
        return file;
    }

private:
    void set(int x, int y, Colour colour) {
        if (x < 0 || y < 0 || x >= width() || y >= height()) {
            return;
        }
        const std::size_t at = (static_cast<std::size_t>(y) * static_cast<std::size_t>(width()) +
                                static_cast<std::size_t>(x)) *
                               3;
        pixels_[at] = static_cast<char>(colour.red);
        pixels_[at + 1] = static_cast<char>(colour.green);
        pixels_[at + 2] = static_cast<char>(colour.blue);
    }

    std::string pixels_;
};

}  // namespace

std::unique_ptr<Canvas> png_canvas(int width, int height) {
    return std::make_unique<PngCanvas>(width, height);
}

}  // namespace hyperslab::apps::h5boss
