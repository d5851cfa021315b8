// error: HYPERSLAB_RECORD: the struct has no member of the name above
#include <hyperslab/hyperslab.hpp>

struct Target {
    int fibre;
    int kind;
};
HYPERSLAB_RECORD(Target, fibre, knid);

void read(const hyperslab::Dataset& dataset) {
    for (const Target& target : dataset.read<Target>()) {
        dataset.set(target, hyperslab::at(target.fibre));
    }
}
