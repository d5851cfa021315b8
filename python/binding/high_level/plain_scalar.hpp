// A Python float, int, bool or str as an attribute stores it.
//
// Most attributes are one of these. Making an array of NumPy around such a value takes longer than
// libhdf5 takes to write it.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "dtypes/creation_type.hpp"
#include "hdf5/call/id.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

class PlainScalar {
public:
    /// \returns none for any other object, and for a value of which NumPy or libhdf5 must say
    ///     whether it can be stored
    static std::optional<PlainScalar> of(nb::handle value);

    const std::shared_ptr<const CreationType>& type() const { return type_; }

    /// Fills the attribute. Without Python.
    void write(hdf5::Id attribute) const;

private:
    static constexpr std::size_t kLargest = 8;  ///< bytes of a number

    PlainScalar(std::shared_ptr<const CreationType> type, const void* number, std::size_t size);
    PlainScalar(std::shared_ptr<const CreationType> type, std::string text);

    std::shared_ptr<const CreationType> type_;
    std::array<std::byte, kLargest> number_{};
    std::optional<std::string> text_{};
};

}  // namespace hyperslab::python
