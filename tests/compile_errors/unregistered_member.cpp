// error: HYPERSLAB_ENUM\(Type, values
#include <hyperslab/hyperslab.hpp>

enum class Kind { galaxy, star };
struct Target {
    int fibre;
    Kind kind;
};
HYPERSLAB_RECORD(Target, fibre, kind);

Target get(const hyperslab::Dataset& dataset) { return dataset.get<Target>(hyperslab::at(3)); }
