// error: HYPERSLAB_ENUM: the enumeration has no value of the name above
#include <hyperslab/hyperslab.hpp>

enum class Kind { galaxy, star };
HYPERSLAB_ENUM(Kind, galaxy, satr);

void read(const hyperslab::Dataset& dataset) { dataset.write(dataset.read<Kind>()); }
