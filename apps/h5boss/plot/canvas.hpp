// What a picture is drawn on: lines and texts, in an SVG or a PNG.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace hyperslab::apps::h5boss {

struct Colour {
    int red = 0;
    int green = 0;
    int blue = 0;
};

struct Point {
    double x = 0;  ///< pixels from the left
    double y = 0;  ///< pixels from the top
};

enum class Anchor { start, middle, end };

class Canvas {
public:
    Canvas(int width, int height) : width_(width), height_(height) {}
    virtual ~Canvas() = default;

    int width() const { return width_; }
    int height() const { return height_; }

    virtual void line(const std::vector<Point>& points, Colour colour, double thickness) = 0;
    /// \param upright  whether the text is turned to run from the bottom to the top
    virtual void text(
        Point at, const std::string& text, Anchor anchor, Colour colour, bool upright = false) = 0;
    /// The bytes of the file.
    virtual std::string finish() = 0;

private:
    int width_;
    int height_;
};

std::unique_ptr<Canvas> svg_canvas(int width, int height);
std::unique_ptr<Canvas> png_canvas(int width, int height);

}  // namespace hyperslab::apps::h5boss
