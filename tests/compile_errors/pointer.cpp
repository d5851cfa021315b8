// error: This type cannot be an element
#include <hyperslab/hyperslab.hpp>

void read(const hyperslab::Dataset& dataset, const int* values) { dataset.write(values); }
