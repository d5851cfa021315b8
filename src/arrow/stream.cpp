// A stream of the rows of a dataset, for consumers that know Arrow's C stream interface.
//
// They call it from any thread, one call at a time, and without Python.

#include <algorithm>
#include <cerrno>
#include <memory>
#include <new>
#include <string>

#include "arrow/export.hpp"
#include "arrow/read.hpp"
#include "arrow/windows.hpp"
#include "core/checked.hpp"
#include "engine/despite_resizing.hpp"
#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/call/handle.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::arrow {
namespace {

constexpr std::uint64_t kBatch = 16U << 20;  // bytes

class RowStream {
public:
    RowStream(engine::OpenDataset& dataset, const Wanted& wanted, const Rows& rows)
        : handle_(hdf5::Handle::borrow(dataset.id())),
          dataset_(handle_.id()),
          type_(row_type(dataset_, wanted)),
          shape_(dataset_.extent()->dims) {
        if (shape_.empty()) {
            throw Error(ErrorCode::type_mismatch, "a scalar dataset has no rows");
        }
        next_ = std::min(rows.start, shape_.front());
        stop_ = std::min(rows.stop.value_or(shape_.front()), shape_.front());
        batch_ = rows.batch.value_or(
            rows_of_size(dataset_,
                         core::checked_product(Shape(shape_.begin() + 1, shape_.end())) *
                             std::max<std::uint64_t>(1, type_.element.size),
                         kBatch));
        if (batch_ == 0) {
            throw Error(ErrorCode::invalid_argument, "a batch has at least one row");
        }
    }

    ArrowSchema schema() const { return schema_of(type_, shape_); }

    /// The next array, or a released one at the end.
    ArrowArray next() {
        ArrowArray array{};
        if (next_ >= stop_) {
            return array;
        }
        const std::uint64_t stop = std::min(stop_, next_ + std::min(batch_, stop_ - next_));
        array = engine::despite_resizing([&] { return rows(next_, stop); });
        next_ = stop;
        return array;
    }

    /// Calls a function, and keeps its error for who asks. \returns an errno, or 0
    template <class Function>
    int guarded(Function&& function) noexcept {
        try {
            function();
            error_.clear();
            return 0;
        } catch (const Error& error) {
            return failed(error.what(), error.code() == ErrorCode::out_of_memory ? ENOMEM : EIO);
        } catch (const std::bad_alloc&) {
            return failed("there is no memory for the next rows", ENOMEM);
        } catch (const std::exception& error) {
            return failed(error.what(), EIO);
        }
    }

    const char* error() const { return error_.empty() ? nullptr : error_.c_str(); }

private:
    ArrowArray rows(std::uint64_t start, std::uint64_t stop) {
        hdf5::h5i::require_open(handle_.id());
        const Shape extent = dataset_.extent()->dims;
        if (extent.empty() || extent.front() < stop || row_dims_differ(extent)) {
            throw Error(ErrorCode::io,
                        "'" + hdf5::h5i::name(handle_.id()) + "' in file '" +
                            hdf5::h5f::name(handle_.id()) +
                            "' has become smaller while its rows were read");
        }
        return read(dataset_, type_, resolve(slice(start, stop), extent), hdf5::kDefault);
    }

    bool row_dims_differ(const Shape& extent) const {
        return !std::equal(extent.begin() + 1, extent.end(), shape_.begin() + 1, shape_.end());
    }

    int failed(const char* what, int code) noexcept {
        try {
            error_ = what;
        } catch (const std::bad_alloc&) {
            error_.clear();
        }
        return code;
    }

    hdf5::Handle handle_;
    engine::OpenDataset dataset_;
    RowType type_;
    Shape shape_;
    std::uint64_t next_ = 0;
    std::uint64_t stop_ = 0;
    std::uint64_t batch_ = 0;
    std::string error_;
};

RowStream& stream_of(ArrowArrayStream* self) {
    return *static_cast<RowStream*>(self->private_data);
}

extern "C" int hyperslab_stream_schema(ArrowArrayStream* self, ArrowSchema* out) {
    return stream_of(self).guarded([&] { *out = stream_of(self).schema(); });
}

extern "C" int hyperslab_stream_next(ArrowArrayStream* self, ArrowArray* out) {
    return stream_of(self).guarded([&] { *out = stream_of(self).next(); });
}

extern "C" const char* hyperslab_stream_error(ArrowArrayStream* self) {
    return stream_of(self).error();
}

extern "C" void hyperslab_stream_release(ArrowArrayStream* self) {
    delete &stream_of(self);
    self->private_data = nullptr;
    self->release = nullptr;
}

}  // namespace

ArrowArrayStream stream(engine::OpenDataset& dataset, const Wanted& wanted, const Rows& rows) {
    Wanted table = wanted;
    table.table = true;
    auto state = std::make_unique<RowStream>(dataset, table, rows);
    ArrowArrayStream made{};
    made.get_schema = &hyperslab_stream_schema;
    made.get_next = &hyperslab_stream_next;
    made.get_last_error = &hyperslab_stream_error;
    made.release = &hyperslab_stream_release;
    made.private_data = state.release();
    return made;
}

}  // namespace hyperslab::arrow
