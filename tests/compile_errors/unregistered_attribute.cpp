// error: HYPERSLAB_ENUM\(Type, values
#include <hyperslab/hyperslab.hpp>

enum class Kind { galaxy, star };

Kind get(const hyperslab::Group& group) { return group.attributes().get<Kind>("kind"); }
