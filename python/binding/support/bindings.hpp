// The one list of what there is to bind, in the order in which it is bound: bases come before the
// classes made of them.
//
// BIND(h5d) stands for the function bind_h5d(core), which one file defines. The list declares these
// functions here; module.cpp calls them.
#pragma once

#include "support/binding.hpp"

#define HYPERSLAB_BINDINGS(BIND) \
    BIND(errors)                 \
    BIND(objects)                \
    BIND(h5)                     \
    BIND(h5ac)                   \
    BIND(h5i)                    \
    BIND(h5p)                    \
    BIND(h5s)                    \
    BIND(h5t)                    \
    BIND(h5r)                    \
    BIND(h5z)                    \
    BIND(h5pl)                   \
    BIND(h5fd)                   \
    BIND(h5g)                    \
    BIND(h5l)                    \
    BIND(h5o)                    \
    BIND(h5a)                    \
    BIND(h5d)                    \
    BIND(h5ds)                   \
    BIND(h5f)                    \
    BIND(base)                   \
    BIND(dataset)                \
    BIND(group)                  \
    BIND(files)                  \
    BIND(attrs)                  \
    BIND(filters)                \
    BIND(vds)                    \
    BIND(arrow)                  \
    BIND(dims)                   \
    BIND(selections)             \
    BIND(utils)                  \
    BIND(engine)                 \
    BIND(native_method)          \
    BIND(warnings)               \
    BIND(progress)               \
    BIND(explanation)            \
    BIND(write_explanation)      \
    BIND(repack)                 \
    BIND(summary)                \
    BIND(signatures)             \
    BIND(interpreter_end)

namespace hyperslab::python {

#define HYPERSLAB_DECLARE_BINDING(name) void bind_##name(nb::module_& core);
HYPERSLAB_BINDINGS(HYPERSLAB_DECLARE_BINDING)
#undef HYPERSLAB_DECLARE_BINDING

}  // namespace hyperslab::python
