// Eigen's matrices, vectors, arrays and maps, of either storage order.
//
//     #include <hyperslab/eigen.hpp>
//
//     Eigen::MatrixXd matrix = dataset.read<Eigen::MatrixXd>();
//     dataset.write(matrix.transpose().eval());
//     dataset.read_into(matrix, {hs::slice(0, 3), hs::all});
//
// Vectors have one dimension, all else has two: rows, columns. hyperslab.hpp does not include this
// header, and the library does not need Eigen.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <string>
#include <type_traits>

#include "hyperslab/array_adaptor.hpp"
#include "hyperslab/error.hpp"
#include "hyperslab/native_type.hpp"

namespace hyperslab {
namespace detail {

/// Matrix, Array, Map and Ref: whatever has its elements in memory. (Expressions have to be
/// evaluated: `.eval()`.)
template <class T>
concept EigenArray = requires {
    typename T::Scalar;
    typename T::PlainObject;
} && std::is_base_of_v<Eigen::DenseBase<T>, T> && (T::Flags & Eigen::DirectAccessBit) != 0;

template <class Element, class T>
StridedView<Element> eigen_view(Element* data, const T& array) {
    const auto rows = static_cast<std::uint64_t>(array.rows());
    const auto columns = static_cast<std::uint64_t>(array.cols());
    const std::ptrdiff_t inner = array.innerStride();
    if constexpr (T::IsVectorAtCompileTime) {
        return {data, {rows * columns}, {inner}};
    } else if constexpr (T::IsRowMajor) {
        return {data, {rows, columns}, {array.outerStride(), inner}};
    } else {
        return {data, {rows, columns}, {inner, array.outerStride()}};
    }
}

}  // namespace detail

template <detail::EigenArray T>
struct ArrayAdaptor<T> {
    using value_type = typename T::Scalar;

    static StridedView<const value_type> view(const T& array) {
        return detail::eigen_view<const value_type>(array.data(), array);
    }
    static StridedView<value_type> view(T& array)
        requires((T::Flags & Eigen::LvalueBit) != 0)
    {
        return detail::eigen_view<value_type>(array.data(), array);
    }
    /// \throws Error (invalid_argument) for a shape that the type cannot have
    static void resize(T& array, const Shape& shape)
        requires std::is_same_v<T, typename T::PlainObject>
    {
        constexpr bool kVector = T::IsVectorAtCompileTime;
        const auto length = [&](std::size_t axis) {
            return axis < shape.size() ? static_cast<Eigen::Index>(shape[axis]) : 1;
        };
        const Eigen::Index rows = kVector && T::RowsAtCompileTime == 1 ? 1 : length(0);
        const Eigen::Index columns = !kVector                    ? length(1)
                                     : T::ColsAtCompileTime == 1 ? 1
                                                                 : length(0);
        const auto fits = [](Eigen::Index wanted, int fixed, int most) {
            return (fixed == Eigen::Dynamic || wanted == fixed) &&
                   (most == Eigen::Dynamic || wanted <= most);
        };
        if (shape.size() != (kVector ? 1 : 2) ||
            !fits(rows, T::RowsAtCompileTime, T::MaxRowsAtCompileTime) ||
            !fits(columns, T::ColsAtCompileTime, T::MaxColsAtCompileTime)) {
            throw Error(ErrorCode::invalid_argument,
                        "Elements of shape " + to_string(shape) +
                            " cannot be read into this type of matrix");
        }
        array.resize(rows, columns);
    }
};

template <>
struct NativeType<Eigen::half> : detail::Plain {
    static_assert(sizeof(Eigen::half) == 2);
    static Datatype datatype() { return Datatype::floating(2); }
};

}  // namespace hyperslab
