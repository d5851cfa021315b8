// error: HYPERSLAB_RECORD\(Type, members
#include <hyperslab/hyperslab.hpp>

struct Point {
    int x, y;
};

void make(const hyperslab::Group& group) { group.create_dataset("points", std::vector<Point>(3)); }
