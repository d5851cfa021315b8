// In which language this process uses hyperslab, and so whose words messages use and, where they
// differ, whose rules hold: C++'s, or those of h5py, which the Python package keeps to.
#pragma once

namespace hyperslab::core {

enum class Dialect { cpp, python };

Dialect dialect();

/// For all threads; once, before anything else is done.
void set_dialect(Dialect dialect);

/// What is said to those who use either.
inline const char* say(const char* in_cpp, const char* in_python) {
    return dialect() == Dialect::cpp ? in_cpp : in_python;
}

}  // namespace hyperslab::core
