#include <cstdio>

#include "h5boss/plot/canvas.hpp"

namespace hyperslab::apps::h5boss {
namespace {

std::string escaped(const std::string& text) {
    std::string safe;
    for (const char c : text) {
        safe += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
    }
    return safe;
}

std::string hexadecimal(Colour colour) {
    char text[16];
    std::snprintf(text, sizeof text, "#%02x%02x%02x", colour.red, colour.green, colour.blue);
    return text;
}

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    return text;
}

class SvgCanvas final : public Canvas {
public:
    using Canvas::Canvas;

    void line(const std::vector<Point>& points, Colour colour, double thickness) override {
        body_ += "<polyline fill=\"none\" stroke=\"" + hexadecimal(colour) + "\" stroke-width=\"" +
                 number(thickness) + "\" points=\"";
        for (const Point& point : points) {
            body_ += number(point.x) + "," + number(point.y) + " ";
        }
        body_ += "\"/>\n";
    }

    void text(
        Point at, const std::string& text, Anchor anchor, Colour colour, bool upright) override {
        const char* const where = anchor == Anchor::start    ? "start"
                                  : anchor == Anchor::middle ? "middle"
                                                             : "end";
        body_ += "<text x=\"" + number(at.x) + "\" y=\"" + number(at.y) + "\" text-anchor=\"" +
                 where + "\" fill=\"" + hexadecimal(colour) + "\"";
        if (upright) {
            body_ += " transform=\"rotate(-90 " + number(at.x) + " " + number(at.y) + ")\"";
        }
        body_ += ">" + escaped(text) + "</text>\n";
    }

    std::string finish() override {
        const std::string size =
            "width=\"" + std::to_string(width()) + "\" height=\"" + std::to_string(height()) + "\"";
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" " + size + " viewBox=\"0 0 " +
               std::to_string(width()) + " " + std::to_string(height()) +
               "\" font-family=\"sans-serif\" font-size=\"12\">\n<rect " + size +
               " fill=\"white\"/>\n" + body_ + "</svg>\n";
    }

private:
    std::string body_;
};

}  // namespace

std::unique_ptr<Canvas> svg_canvas(int width, int height) {
    return std::make_unique<SvgCanvas>(width, height);
}

}  // namespace hyperslab::apps::h5boss
