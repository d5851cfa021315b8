// Attributes: the small named values on an object.
//
//     file.attributes()["plate"] = 4857;
//     const int plate = file.attributes()["plate"].get<int>();
//     for (const auto& [name, attribute] : dataset.attributes()) { … }
#pragma once

#include <cstddef>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hyperslab/array.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/array_ref.hpp"
#include "hyperslab/detail/named_sources.hpp"
#include "hyperslab/element.hpp"
#include "hyperslab/empty.hpp"
#include "hyperslab/native_type.hpp"
#include "hyperslab/object.hpp"

namespace hyperslab {

namespace object {
class OpenAttribute;
struct PreparedElements;
}  // namespace object

/// One attribute by its name, which need not exist until it is assigned to.
class Attribute {
public:
    const std::string& name() const { return name_; }
    bool exists() const;
    /// Whether it exists and is not null.
    bool has_value() const;

    /// \throws Error (not_found), as everything that reads
    Datatype datatype() const;
    /// The shape, which is empty for a scalar and for a null attribute.
    Shape shape() const;
    /// Whether it has a type but no value (a null dataspace).
    bool is_null() const;

    /// The value: one element or, with a container for T, a whole array.
    ///
    ///     const auto plate = attribute.get<int>();
    ///     const auto exposures = attribute.get<std::vector<int>>();
    ///
    /// \throws Error (invalid_argument) for another number of elements, or a null attribute;
    ///     (type_mismatch) when there is no conversion
    template <class T>
    T get() const {
        if constexpr (ResizableAdaptedArray<T>) {
            return read<T>();
        } else if constexpr (detail::require_element<T, detail::kLoadable<T>>()) {
            T value{};
            read_one({&value, {}, {}, true, &detail::codec_of<T>()});
            return value;
        } else {
            detail::not_an_element();
        }
    }

    /// All elements; where T is an array or a vector and the file has plain elements, T is the last
    /// axis.
    template <class T>
    detail::ReadResult<T> read() const {
        using Item = detail::SourceElement<detail::ReadResult<T>>;
        if constexpr (ResizableAdaptedArray<T>) {
            T result{};
            read_whole(detail::codec_of<Item>(), [&](const Shape& shape) {
                ArrayAdaptor<T>::resize(result, shape);
                return detail::read_target(result);
            });
            return result;
        } else if constexpr (detail::require_element<T, detail::kLoadable<T>>()) {
            Array<T> result;
            read_whole(detail::codec_of<T>(), [&](const Shape& shape) {
                result = Array<T>(shape, detail::Uninitialized{});
                return detail::read_target(result);
            });
            return result;
        } else {
            detail::not_an_element();
        }
    }

    /// Reads all elements, with the type found out at run time.
    ElementArray read_elements() const;

    /// Creates the attribute, or replaces it, with the type and shape of the value. A value of one
    /// element has the shape (); a range has one dimension, an array its own; ranges of arrays and
    /// of vectors of equal lengths have more.
    template <class T>
    const Attribute& operator=(const T& value) const {
        if constexpr (detail::require_element<detail::SourceElement<T>, detail::kIsSource<T>>()) {
            detail::with_source(value,
                                [&](const detail::ConstArrayRef& source) { replace(source); });
        }
        return *this;
    }
    template <Storable T>
    const Attribute& operator=(std::initializer_list<T> values) const {
        detail::with_list(values, [&](const detail::ConstArrayRef& source) { replace(source); });
        return *this;
    }
    template <Storable T>
    const Attribute& operator=(std::initializer_list<std::initializer_list<T>> rows) const {
        detail::with_list(rows, [&](const detail::ConstArrayRef& source) { replace(source); });
        return *this;
    }
    /// A null attribute of that type.
    const Attribute& operator=(const Empty& empty) const;
    Attribute& operator=(const Attribute&) = delete;
    Attribute(const Attribute&) = default;
    ~Attribute() = default;

    /// Creates or replaces the attribute, with a type and shape for the file.
    template <class T>
        requires detail::Source<T>
    void create(const Datatype& type, const Shape& shape, const T& value) const {
        detail::with_source(
            value, [&](const detail::ConstArrayRef& source) { create(type, shape, source); });
    }
    /// Creates or replaces the attribute without a value: its elements are zero, its texts empty.
    void create(const Datatype& type, const Shape& shape = {}) const;

    /// Writes into the attribute, which keeps its type and shape. The value must have as many
    /// elements.
    template <detail::Source T>
    void write(const T& value) const {
        detail::with_source(value, [&](const detail::ConstArrayRef& source) { write(source); });
    }

private:
    friend class Attributes;

    Attribute(Object owner, std::string name) : owner_(std::move(owner)), name_(std::move(name)) {}

    /// A function that returns memory for elements of a shape.
    using Allocate = std::function<detail::ArrayRef(const Shape& shape)>;

    void replace(const detail::ConstArrayRef& source) const;
    void read_one(const detail::ArrayRef& target) const;
    void read_whole(const detail::ElementCodec& codec, const Allocate& allocate) const;
    void write(const detail::ConstArrayRef& source) const;
    void write_into(const object::OpenAttribute& open, const detail::ConstArrayRef& source) const;
    void write_prepared(const object::OpenAttribute& open,
                        const object::PreparedElements& prepared) const;
    void create(const Datatype& type,
                const Shape& shape,
                const detail::ConstArrayRef& source) const;

    Object owner_;
    std::string name_;
};

/// The attributes of an object, by name. Made by Object::attributes().
class Attributes {
public:
    std::size_t size() const;
    bool empty() const { return size() == 0; }

    /// The names, in the order of creation where the object keeps it, else sorted.
    std::vector<std::string> names() const;
    bool contains(const std::string& name) const;

    Attribute operator[](const std::string& name) const { return {owner_, name}; }

    template <class T>
    T get(const std::string& name) const {
        return (*this)[name].template get<T>();
    }
    /// The value, or `otherwise` when there is no such attribute or it is null.
    /// \throws Error as Attribute::get for an attribute of another type
    template <class T>
    T get_or(const std::string& name, T otherwise) const {
        const Attribute attribute = (*this)[name];
        return attribute.has_value() ? attribute.template get<T>() : std::move(otherwise);
    }
    std::string get_or(const std::string& name, const char* otherwise) const {
        return get_or<std::string>(name, otherwise);
    }
    template <class T>
    detail::ReadResult<T> read(const std::string& name) const {
        return (*this)[name].template read<T>();
    }

    /// Assigns many values in one call: all of them, or none when one cannot be stored; for other
    /// threads it is one step.
    ///
    ///     object.attributes().update(std::map<std::string, int>{{"plate", 4857}, {"fibre", 3}});
    ///
    /// \param members  pairs of a name and a value, as in a map; names may not come twice
    template <detail::NamedValues Members>
    void update(const Members& members) const {
        replace_all(detail::each_of(members));
    }
    template <Storable T>
    void update(std::initializer_list<std::pair<std::string, T>> members) const {
        replace_all(detail::each_of(members));
    }

    /// \throws Error (not_found)
    void remove(const std::string& name) const;
    /// \throws Error (already_exists) when the new name is taken
    void rename(const std::string& name, const std::string& new_name) const;

    /// Walks over pairs of a name and an Attribute. The names are those at the beginning of the
    /// walk.
    class Iterator {
    public:
        using value_type = std::pair<std::string, Attribute>;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        Iterator() = default;
        value_type operator*() const;
        Iterator& operator++() {
            ++position_;
            return *this;
        }
        void operator++(int) { ++position_; }
        friend bool operator==(const Iterator& a, std::default_sentinel_t /*end*/) {
            return a.names_ == nullptr || a.position_ == a.names_->size();
        }

    private:
        friend class Attributes;

        Object owner_;
        std::shared_ptr<const std::vector<std::string>> names_;
        std::size_t position_ = 0;
    };

    Iterator begin() const;
    static std::default_sentinel_t end() { return {}; }

private:
    friend class Object;

    explicit Attributes(Object owner) : owner_(std::move(owner)) {}

    void replace_all(const detail::EachNamedSource& each) const;

    Object owner_;
};

}  // namespace hyperslab
