// error: HYPERSLAB_ENUM\(Type, values
#include <hyperslab/hyperslab.hpp>

enum class Kind { galaxy, star };

void write(const hyperslab::Dataset& dataset) { dataset.write(std::vector{Kind::star}); }
