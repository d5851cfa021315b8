// The language in which this process uses hyperslab. Messages use its words. Where the rules of the
// two languages differ, those of C++ hold, or those of h5py, which the Python package follows.
#pragma once

namespace hyperslab::core {

enum class Dialect { cpp, python };

Dialect dialect();

/// Sets the language for all threads. It is called once, before anything else is done.
void set_dialect(Dialect dialect);

/// The words for the language that this process uses.
inline const char* say(const char* in_cpp, const char* in_python) {
    return dialect() == Dialect::cpp ? in_cpp : in_python;
}

}  // namespace hyperslab::core
