// error: HYPERSLAB_RECORD\(Type, members
#include <hyperslab/hyperslab.hpp>

struct Point {
    int x, y;
};

void read(const hyperslab::Dataset& dataset) { dataset.read<Point>(); }
