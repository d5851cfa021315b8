#include "engine/facts/dataset_facts.hpp"

#include <algorithm>
#include <utility>

#include "hdf5/api/h5f.hpp"
#include "hdf5/api/h5i.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/changes/extent_changes.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/property_lists/h5p.hpp"
#include "hdf5/property_lists/h5p_transfer.hpp"
#include "hdf5/types/type_translation.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::engine {

namespace h5d = hdf5::h5d;
namespace h5s = hdf5::h5s;

namespace {

constexpr unsigned kFewQuestions = 8;  // a dataset that is read once asks fewer

bool is_unlimited(const Extent& extent) {
    return std::ranges::find(extent.max_dims, kUnlimited) != extent.max_dims.end();
}

}  // namespace

DatasetFacts::Parallel DatasetFacts::parallel() {
    if (!hdf5::parallel_files_possible()) {
        return Parallel::no;
    }
    const hdf5::LockGuard guard;
    if (!parallel_) {
        parallel_ = Parallel::no;
        if (hdf5::communicator_of(id_) != 0) {
            const hdf5::Handle file = hdf5::h5i::file(id_);
            const bool writable = (hdf5::h5f::intent(file.id()) & hdf5::h5f::kReadWrite) != 0;
            parallel_ = writable ? Parallel::read_and_written : Parallel::read;
        }
    }
    return *parallel_;
}

bool DatasetFacts::set_collective(bool collective) {
    const hdf5::LockGuard guard;
    const bool before = static_cast<bool>(transfer_list_);
    if (collective && !before) {
        hdf5::Handle list = hdf5::h5p::create(hdf5::h5p::ListClass::dataset_transfer);
        hdf5::h5p::set_dxpl_mpio(list.id(), hdf5::h5p::MpioTransfer::collective);
        transfer_list_ = std::move(list);
    } else if (!collective) {
        transfer_list_ = {};
    }
    return before;
}

void DatasetFacts::ask_extent() {
    file_space_ = h5d::space(id_);
    auto extent = std::make_shared<Extent>();
    extent->kind = h5s::extent_class(file_space_.id());
    if (extent->kind == h5s::ExtentClass::simple) {
        extent->dims = h5s::dims(file_space_.id());
        extent->max_dims = h5s::max_dims(file_space_.id());
    }
    extent_ = std::move(extent);
    extent_changes_ = hdf5::extent_changes();
}

bool DatasetFacts::extent_is_current() {
    if (extent_ == nullptr) {
        return false;
    }
    if (fixed_extent_) {
        return true;
    }
    // Asking for the layout takes long, so it is not done for a dataset that is read once. Only a
    // virtual dataset that follows its sources changes without being counted, and its extent has no
    // limit. Whether the dataset is still open is asked in any case.
    if (questions_ < kFewQuestions && !is_unlimited(*extent_)) {
        const bool open = questions_++ > 0 || hdf5::h5i::valid(id_);
        return open && extent_changes_ == hdf5::extent_changes();
    }
    const CreationFacts* const facts = creation_if_known();
    if (!knows_whether_fixed_) {
        knows_whether_fixed_ = true;
        fixed_extent_ = extent_->kind != h5s::ExtentClass::simple ||
                        (facts != nullptr && (facts->layout == h5d::Layout::contiguous ||
                                              facts->layout == h5d::Layout::compact));
    }
    const bool follows_sources =
        (facts == nullptr || facts->layout == h5d::Layout::virtual_) && is_unlimited(*extent_);
    return !follows_sources && extent_changes_ == hdf5::extent_changes();
}

std::shared_ptr<const Extent> DatasetFacts::extent() {
    const hdf5::LockGuard guard;
    if (!extent_is_current()) {
        ask_extent();
    }
    return extent_;
}

const Datatype& DatasetFacts::type() {
    const hdf5::LockGuard guard;
    if (!type_) {
        type_ = hdf5::describe_type(type_id());
    }
    return *type_;
}

hdf5::Id DatasetFacts::type_id() {
    const hdf5::LockGuard guard;
    if (!type_handle_) {
        type_handle_ = h5d::type(id_);
    }
    return type_handle_.id();
}

const CreationFacts& DatasetFacts::creation() {
    const hdf5::LockGuard guard;
    if (!creation_) {
        creation_ = creation_facts(id_);
    }
    return *creation_;
}

const CreationFacts* DatasetFacts::creation_if_known() {
    const hdf5::LockGuard guard;
    if (creation_unknown_) {
        return nullptr;
    }
    try {
        return &creation();
    } catch (const Error&) {
        creation_unknown_ = true;
        return nullptr;
    }
}

void DatasetFacts::ask_together() {
    if (hdf5::parallel_files_possible()) {
        creation_if_known();
    }
}

hdf5::Id DatasetFacts::scratch_file_space() {
    const hdf5::LockGuard guard;
    extent();
    return file_space_.id();
}

hdf5::Id DatasetFacts::scratch_memory_space(const Shape& shape) {
    const hdf5::LockGuard guard;
    if (!memory_space_) {
        memory_space_ = h5s::create_simple(shape);
    } else if (memory_shape_ != shape) {
        h5s::set_extent_simple(memory_space_.id(), shape, std::nullopt);
    }
    memory_shape_ = shape;
    return memory_space_.id();
}

}  // namespace hyperslab::engine
