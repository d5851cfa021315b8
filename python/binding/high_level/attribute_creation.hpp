// Making attributes from what is given for them.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "dtypes/creation_type.hpp"
#include "dtypes/element_buffer.hpp"
#include "hdf5/call/handle.hpp"
#include "high_level/plain_scalar.hpp"
#include "hyperslab/shape.hpp"
#include "ids/object_id.hpp"
#include "support/binding.hpp"

namespace hyperslab::python {

/// A new attribute's value, type and extent.
class AttributeToMake {
public:
    /// \param data  array-like or an Empty
    /// \param shape  None: that of the data
    /// \param dtype  None: that of the data
    AttributeToMake(nb::handle data, nb::handle shape, nb::handle dtype);

    /// Turns the value into elements as libhdf5 takes them, which write() needs.
    /// \throws TypeError or ValueError for objects that cannot be stored
    void convert();

    hdf5::Id type() const { return type_->id(); }
    hdf5::Handle make_space() const;

    /// Fills the attribute. Without Python.
    void write(hdf5::Id attribute) const;

private:
    void take_type(nb::handle dtype, nb::handle found);
    void take_shape(nb::handle shape);

    std::optional<PlainScalar> scalar_{};  // in the place of an array
    nb::object array_{};                   // null for a null dataspace, too
    std::shared_ptr<const CreationType> type_{};
    std::optional<Shape> shape_{};  // none for a null dataspace
    std::shared_ptr<const MemoryLayout> layout_{};
    std::unique_ptr<const OutgoingElements> elements_{};
};

/// Makes an attribute of a value, in place of one of that name.
/// \param only_if_missing  leaves it alone when there is one
/// \returns whether it was made
bool make_attribute(const ObjectID& object,
                    const std::string& name,
                    AttributeToMake& attribute,
                    bool only_if_missing);

/// Makes many as one step: all of them, or none when one cannot be made.
/// \param values  a dict of names and values
void make_attributes(const ObjectID& object, nb::handle values);

}  // namespace hyperslab::python
