// Attributes: the small named values on an object.
//
//     file.attributes()["plate"] = 4857;
//     const int plate = file.attributes()["plate"].get<int>();
//     for (const auto& [name, attribute] : dataset.attributes()) { … }
#pragma once

#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "hyperslab/array.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/array_ref.hpp"
#include "hyperslab/element.hpp"
#include "hyperslab/empty.hpp"
#include "hyperslab/native_type.hpp"
#include "hyperslab/object.hpp"

namespace hyperslab {

/// One attribute by its name, which need not exist until it is assigned to.
class Attribute {
public:
    const std::string& name() const { return name_; }
    bool exists() const;

    /// \throws Error (not_found), as everything that reads
    Datatype datatype() const;
    /// Empty for a scalar; of a null attribute too.
    Shape shape() const;
    /// Whether it has a type but no value (a null dataspace).
    bool is_null() const;

    /// The value, when it is one element.
    template <Loadable T>
    T get() const {
        T value{};
        read_one({&value, {}, {}, true, &detail::codec_of<T>()});
        return value;
    }

    /// All elements.
    template <Loadable T>
    Array<T> read() const {
        for (;;) {  // until it has not got another shape meanwhile
            Array<T> result(readable_shape(), detail::Uninitialized{});
            if (read(detail::read_target(result))) {
                return result;
            }
        }
    }

    /// All elements, with the type found out at run time.
    ElementArray read_elements() const;

    /// Creates the attribute, or puts a new one in its place: of the type and shape of the value.
    /// A value of one element has the shape (); a range has one dimension, an array its own.
    template <detail::Source T>
    const Attribute& operator=(const T& value) const {
        const Datatype type = NativeType<detail::SourceElement<T>>::datatype();
        detail::with_source(value, [&](const detail::ConstArrayRef& source) {
            create(type, source.shape, source);
        });
        return *this;
    }
    /// A null attribute of that type.
    const Attribute& operator=(const Empty& empty) const;
    Attribute& operator=(const Attribute&) = delete;
    Attribute(const Attribute&) = default;
    ~Attribute() = default;

    /// As assigning, but with the type and shape that the file shall have.
    template <detail::Source T>
    void create(const Datatype& type, const Shape& shape, const T& value) const {
        detail::with_source(
            value, [&](const detail::ConstArrayRef& source) { create(type, shape, source); });
    }
    /// Without a value: elements are zero, texts empty.
    void create(const Datatype& type, const Shape& shape = {}) const;

    /// Writes into the attribute as it is; what is written must have as many elements.
    template <detail::Source T>
    void write(const T& value) const {
        detail::with_source(value, [&](const detail::ConstArrayRef& source) { write(source); });
    }

private:
    friend class Attributes;

    Attribute(Object owner, std::string name) : owner_(std::move(owner)), name_(std::move(name)) {}

    /// \throws Error (invalid_argument) for a null attribute
    Shape readable_shape() const;
    void read_one(const detail::ArrayRef& target) const;
    /// \returns false, and nothing has been read, when the shape is another one
    bool read(const detail::ArrayRef& target) const;
    void write(const detail::ConstArrayRef& source) const;
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

    /// In the order of creation where the object keeps it, else sorted.
    std::vector<std::string> names() const;
    bool contains(const std::string& name) const;

    Attribute operator[](const std::string& name) const { return {owner_, name}; }

    template <Loadable T>
    T get(const std::string& name) const {
        return (*this)[name].get<T>();
    }
    template <Loadable T>
    Array<T> read(const std::string& name) const {
        return (*this)[name].read<T>();
    }

    /// \throws Error (not_found)
    void remove(const std::string& name) const;
    /// \throws Error (already_exists) when the new name is taken
    void rename(const std::string& name, const std::string& new_name) const;

    /// Walks over pairs of name and Attribute; the names are those of when the walk began.
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

    Object owner_;
};

}  // namespace hyperslab
