// Which number types can be stored as which others, without loss.

#include "hyperslab/datatype.hpp"
#include "object/groups/group_functions.hpp"

namespace hyperslab::object {
namespace {

/// Bits of the integers that a type holds all of; its sign not counted.
std::size_t exact_bits(const Datatype& type) {
    switch (type.type_class()) {
        case TypeClass::integer:
            return type.precision() - (type.is_signed() ? 1 : 0);
        case TypeClass::floating:
            return type.float_layout().mantissa_size + 1;
        default:
            return 0;
    }
}

bool is_number(const Datatype& type) {
    return type.type_class() == TypeClass::integer || type.type_class() == TypeClass::floating;
}

bool can_hold_number(const Datatype& stored, const Datatype& values) {
    if (values.type_class() == TypeClass::floating) {
        return stored.type_class() == TypeClass::floating && stored.size() >= values.size();
    }
    if (stored.type_class() == TypeClass::floating) {
        // NumPy lets 64-bit integers become doubles, which loses digits, because no larger float is
        // common.
        return exact_bits(stored) >= exact_bits(values) || stored.size() >= sizeof(double);
    }
    const bool keeps_sign = stored.is_signed() || !values.is_signed();
    return keeps_sign && exact_bits(stored) >= exact_bits(values);
}

bool can_hold_string(const Datatype& stored, const Datatype& values) {
    return stored.is_variable_string() ||
           (!values.is_variable_string() && stored.size() >= values.size());
}

}  // namespace

bool can_hold(const Datatype& stored, const Datatype& values) {
    if (values == Datatype::boolean() && is_number(stored)) {
        return true;
    }
    if (is_number(stored) && is_number(values)) {
        return can_hold_number(stored, values);
    }
    if (stored.type_class() == TypeClass::string && values.type_class() == TypeClass::string) {
        return can_hold_string(stored, values);
    }
    return stored == values;
}

}  // namespace hyperslab::object
