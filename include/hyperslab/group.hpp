// Groups: objects by name, like a map; and the file's root group with all that is below it.
//
//     hs::Group plate = file.create_group("4857/55711");
//     auto flux = plate.create_dataset<float>("flux", {1000, 4600}, {.filters = {hs::deflate()}});
//     for (const auto& [name, object] : plate) { … }
//
// Names are paths: "a/b" goes through the group a, "/a" begins at the file's root. Groups missing
// on the way to something new are made.
#pragma once

#include <concepts>
#include <cstddef>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "hyperslab/committed_datatype.hpp"
#include "hyperslab/dataset.hpp"
#include "hyperslab/dataset_options.hpp"
#include "hyperslab/datatype.hpp"
#include "hyperslab/detail/array_ref.hpp"
#include "hyperslab/detail/named_sources.hpp"
#include "hyperslab/empty.hpp"
#include "hyperslab/link.hpp"
#include "hyperslab/native_type.hpp"
#include "hyperslab/object.hpp"
#include "hyperslab/virtual_layout.hpp"

namespace hyperslab {

struct GroupOptions {
    /// Whether the order in which members and attributes are made is remembered; listings then
    /// follow it.
    bool track_order = false;
    /// Whether the times of creation and of changes are stored with the group.
    bool track_times = false;
};

/// What copying an object does with members, links, references and attributes.
struct CopyOptions {
    bool shallow = false;                ///< copy only the immediate members of a group
    bool expand_soft_links = false;      ///< copy what soft links point to
    bool expand_external_links = false;  ///< copy what external links point to
    bool expand_references = false;      ///< copy what references point to
    bool without_attributes = false;
};

namespace detail {

/// The function that a visit calls for each object or link; returning false ends the visit.
template <class T>
using Visitor = std::function<bool(const std::string& path, const T& found)>;

/// A visitor from a function that returns a bool or nothing.
template <class T, class Visit>
Visitor<T> visitor(Visit& visit) {
    return [&visit](const std::string& path, const T& found) {
        if constexpr (std::is_void_v<std::invoke_result_t<Visit&, const std::string&, const T&>>) {
            visit(path, found);
            return true;
        } else {
            return static_cast<bool>(visit(path, found));
        }
    };
}

}  // namespace detail

class Group : public Object {
public:
    Group() = default;

    /// The object as a group.
    /// \throws Error (type_mismatch) when it is no group
    Group(const Object& object) : Object(object, ObjectKind::group) {}

    /// \name Members
    ///@{
    std::size_t size() const;
    bool empty() const { return size() == 0; }
    /// The names of the members, in the order of creation where the group keeps it, else sorted.
    std::vector<std::string> names() const;
    /// Whether there is a link of that name, at each step of a path; it may lead nowhere.
    bool contains(const std::string& path) const;

    /// \throws Error (not_found)
    Object operator[](const std::string& path) const;
    /// The object at a path; it is not valid when the path leads nowhere.
    Object find(const std::string& path) const;
    /// \throws Error (not_found); (type_mismatch) when the object is of another kind
    Group group(const std::string& path) const;
    Dataset dataset(const std::string& path) const;
    /// Opens a dataset with access options: chunk cache, prefixes of external and virtual files.
    Dataset dataset(const std::string& path, const DatasetOptions& access) const;
    CommittedDatatype datatype(const std::string& path) const;

    /// Walks over pairs of a name and an Object. The names are those at the beginning of the walk.
    /// An object that cannot be found (a soft link to nothing) is not valid.
    class Iterator;
    Iterator begin() const;
    static std::default_sentinel_t end() { return {}; }
    ///@}

    /// \name Creating groups
    /// \throws Error (already_exists) when the name is taken
    ///@{
    Group create_group(const std::string& path, const GroupOptions& options = {}) const;
    /// The group of that name, which is created when there is none.
    /// \throws Error (type_mismatch) when something else has the name
    Group require_group(const std::string& path) const;
    ///@}

    /// \name Creating datasets
    /// An empty path makes a dataset without a name.
    /// \throws Error (already_exists) when the name is taken; (invalid_argument, type_mismatch) for
    ///         options that do not go with the shape
    /// Source: H5Dcreate2.
    ///@{
    Dataset create_dataset(const std::string& path,
                           const Datatype& type,
                           const Shape& shape,
                           const DatasetOptions& options = {}) const;
    /// Creates a dataset with elements of the type that T is stored as.
    template <Storable T>
    Dataset create_dataset(const std::string& path,
                           const Shape& shape,
                           const DatasetOptions& options = {}) const {
        return create_dataset(path, NativeType<T>::datatype(), shape, options);
    }
    /// Creates a dataset with the type, shape and contents of a value: a range, an Array, a view,
    /// one element. Ranges of arrays and of vectors of equal lengths have more dimensions; vectors
    /// of different lengths are sequences. When the contents cannot be written, no dataset is left.
    template <class... None, class T>
        requires(sizeof...(None) == 0 && !std::convertible_to<const T&, Datatype>)
    Dataset create_dataset(const std::string& path,
                           const T& data,
                           const DatasetOptions& options = {}) const {
        if constexpr (detail::require_element<detail::SourceElement<T>, detail::kIsSource<T>>()) {
            return detail::with_source(data, [&](const detail::ConstArrayRef& source) {
                return create_from(path, source, options);
            });
        } else {
            detail::not_an_element();
        }
    }
    /// Creates a dataset of values in braces: `group.create_dataset("x", {1, 2, 3})`.
    template <class... None, Storable T>
        requires(sizeof...(None) == 0)
    Dataset create_dataset(const std::string& path,
                           std::initializer_list<T> values,
                           const DatasetOptions& options = {}) const {
        return detail::with_list(values, [&](const detail::ConstArrayRef& source) {
            return create_from(path, source, options);
        });
    }
    /// Of rows in braces: `group.create_dataset("x", {{1, 2}, {3, 4}})`.
    template <class... None, Storable T>
        requires(sizeof...(None) == 0)
    Dataset create_dataset(const std::string& path,
                           std::initializer_list<std::initializer_list<T>> rows,
                           const DatasetOptions& options = {}) const {
        return detail::with_list(rows, [&](const detail::ConstArrayRef& source) {
            return create_from(path, source, options);
        });
    }
    /// Many in one call: all of them, or none when one cannot be made; for other threads it is one
    /// step. Groups on the way to a dataset stay.
    ///
    ///     group.create_many(std::map<std::string, std::vector<double>>{{"x", {1, 2}}, {"y",
    ///     {3}}});
    ///
    /// \param members  pairs of a name and a value, as in a map
    template <detail::NamedValues Members>
    void create_many(const Members& members, const DatasetOptions& options = {}) const {
        create_all(detail::each_of(members), options);
    }
    /// With a type that has been committed.
    Dataset create_dataset(const std::string& path,
                           const CommittedDatatype& type,
                           const Shape& shape,
                           const DatasetOptions& options = {}) const;
    /// A null dataset.
    Dataset create_dataset(const std::string& path,
                           const Empty& empty,
                           const DatasetOptions& options = {}) const;

    /// The dataset of that name, which is created when there is none. An existing one must have the
    /// shape (or options.max_shape, if given) and a type that can hold all values of `type`, or
    /// with `exact` that type.
    /// \throws Error (type_mismatch) when an existing dataset does not match
    Dataset require_dataset(const std::string& path,
                            const Datatype& type,
                            const Shape& shape,
                            const DatasetOptions& options = {},
                            bool exact = false) const;
    template <Storable T>
    Dataset require_dataset(const std::string& path,
                            const Shape& shape,
                            const DatasetOptions& options = {},
                            bool exact = false) const {
        return require_dataset(path, NativeType<T>::datatype(), shape, options, exact);
    }

    /// Creates a dataset with shape, type, storage and fill value of another one, without its
    /// contents.
    Dataset create_dataset_like(const std::string& path, const Dataset& other) const;

    /// Creates a virtual dataset. Elements that no source has read as the fill value. Source:
    /// H5Pset_virtual.
    Dataset create_virtual_dataset(const std::string& path,
                                   const VirtualLayout& layout,
                                   const std::optional<FillValue>& fill_value = {}) const;
    ///@}

    /// Stores a type under a name.
    CommittedDatatype commit(const std::string& path, const Datatype& type) const;

    /// \name Copying, moving, removing
    ///@{
    /// Copies an object of any file; a group is copied with all that it holds. Source: H5Ocopy.
    void copy(const Object& source, const std::string& path, const CopyOptions& options = {}) const;
    /// Copies an object of this group.
    void copy(const std::string& source,
              const std::string& path,
              const CopyOptions& options = {}) const;
    /// Gives a link another name or place. Source: H5Lmove.
    void move(const std::string& from, const std::string& to) const;
    /// Removes a link; the object goes with its last one. Source: H5Ldelete.
    void remove(const std::string& path) const;
    ///@}

    /// \name Links
    ///@{
    /// \throws Error (not_found)
    Link link(const std::string& path) const;
    /// The links of the group in the order of names().
    std::vector<std::pair<std::string, Link>> links() const;
    /// A further name for an object of this file. Source: H5Olink.
    void create_hard_link(const std::string& path, const Object& object) const;
    void create_soft_link(const std::string& path, const std::string& target) const;
    void create_external_link(const std::string& path,
                              const std::string& file,
                              const std::string& target) const;
    ///@}

    /// \name Everything below
    ///@{
    /// Calls visit(path, object) for every object below, each once, in order of names; paths are
    /// relative. Links other than hard ones are not followed. A visit that returns false ends it.
    /// An object that cannot be opened is not valid, and the visit goes on. The visit may change
    /// the file: members are listed after their group was shown, and what is gone when its turn
    /// comes is passed over.
    template <class Visit>
    void visit(Visit&& visit) const {
        visit_objects(detail::visitor<Object>(visit));
    }
    /// Calls visit(path, link) for every link below, soft and external ones too.
    /// \throws Error at the end when the members of a damaged group are not known; so does visit()
    template <class Visit>
    void visit_links(Visit&& visit) const {
        visit_all_links(detail::visitor<Link>(visit));
    }
    ///@}

protected:
    friend class object::Access;
    using Object::Object;

private:
    Dataset create_from(const std::string& path,
                        const detail::ConstArrayRef& source,
                        const DatasetOptions& options) const;
    void create_all(const detail::EachNamedSource& each, const DatasetOptions& options) const;
    void visit_objects(const detail::Visitor<Object>& visit) const;
    void visit_all_links(const detail::Visitor<Link>& visit) const;
};

class Group::Iterator {
public:
    using value_type = std::pair<std::string, Object>;
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
    friend class Group;

    Group group_;
    std::shared_ptr<const std::vector<std::string>> names_;
    std::size_t position_ = 0;
};

}  // namespace hyperslab

template <>
struct std::hash<hyperslab::Group> : std::hash<hyperslab::Object> {};
