// The drivers for files on disk.
//
// libhdf5's own do not survive it when a file cannot be written: the disk is full, say. So each
// file is opened with a driver of ours that stands over libhdf5's sec2, stdio or core (with a
// backing store); the members of families and of split files as well. device_failure.hpp says what
// becomes of failures. Not covered are libhdf5's other drivers: log, direct, mpio and what only
// some builds have.
//
// Outside this room our drivers are not known: lists that name them are said to name libhdf5's.
#pragma once

#include <memory>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/call/lock.hpp"
#include "storage/file.hpp"

namespace hyperslab::hdf5 {

/// A file access list that opens as `fapl` does, with drivers of ours.
Handle with_plain_file_drivers(Id fapl);

/// The same list for as long as it lives, in which it holds the lock. A list of the common drivers
/// is not copied, which takes as long as opening a small file: it names our driver for that time.
class ListWithPlainFileDrivers {
public:
    explicit ListWithPlainFileDrivers(Id fapl);
    ~ListWithPlainFileDrivers();
    ListWithPlainFileDrivers(const ListWithPlainFileDrivers&) = delete;
    ListWithPlainFileDrivers& operator=(const ListWithPlainFileDrivers&) = delete;

    Id id() const { return copy_ ? copy_.id() : lent_; }

private:
    LockGuard guard_;
    Handle copy_;
    Id lent_ = kInvalidId;
};

/// Makes a list that libhdf5 has returned name libhdf5's driver again. Those that it holds for
/// members stay as they are.
void without_plain_file_driver(Id fapl);

/// The driver of libhdf5's under one of ours; any other is returned as it is.
Id driver_below(Id driver);

/// Whether a file with this driver tells of its failures when it is closed.
bool survives_failures(Id driver);

/// The file behind a file identifier, for reading past libhdf5; null unless
/// it is a file on disk opened as sec2 does.
///
/// It is the driver's until the file is closed: who reads holds on to it, who remembers it does so
/// weakly.
std::shared_ptr<const storage::File> storage_of(Id file);

/// Whether a file is to take the place of another one when it is closed, which is still to be
/// decided.
bool is_replacement(Id file);

/// Decides so, or that what was written goes when it is closed. Nothing for other files.
void decide_replacement(Id file, bool keep);

}  // namespace hyperslab::hdf5
