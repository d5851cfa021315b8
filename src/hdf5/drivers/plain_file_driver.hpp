// The drivers for files on disk.
//
// libhdf5's own drivers do not survive a file that cannot be written, because the disk is full, for
// instance. So each file is opened with a driver of ours that stands over libhdf5's sec2, stdio or
// core (with a backing store), and so are the members of families and of split files.
// device_failure.hpp says what happens to failures. libhdf5's other drivers are not covered: log,
// direct, mpio and what only some builds have.
//
// Outside this room our drivers are not known: lists that name them appear to name libhdf5's.
#pragma once

#include <memory>

#include "hdf5/call/handle.hpp"
#include "hdf5/call/id.hpp"
#include "hdf5/call/lock.hpp"
#include "storage/file.hpp"

namespace hyperslab::hdf5 {

/// A copy of a file access list that opens files with drivers of ours.
Handle with_plain_file_drivers(Id fapl);

/// Makes a file access list open files with drivers of ours while it lives; it holds the library
/// lock meanwhile. A list with a common driver names our driver for that time. It is not copied,
/// because that takes the time of opening a small file.
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

/// Makes a list that libhdf5 has returned name libhdf5's driver again. The lists that it holds for
/// members stay as they are.
void without_plain_file_driver(Id fapl);

/// The driver of libhdf5 that is under one of ours. Any other driver is returned as it is.
Id driver_below(Id driver);

/// Whether a file with this driver reports its failures when it is closed.
bool survives_failures(Id driver);

/// The file behind a file identifier, for reading past libhdf5; null unless
/// it is a file on disk opened as sec2 does.
///
/// The driver owns it until the file is closed. Code that reads it shares ownership; code that
/// remembers it holds a weak pointer.
std::shared_ptr<const storage::File> storage_of(Id file);

/// Whether a file is to take the place of another one when it is closed, which is still to be
/// decided.
bool is_replacement(Id file);

/// Decides so, or that what was written goes when it is closed. Nothing for other files.
void decide_replacement(Id file, bool keep);

}  // namespace hyperslab::hdf5
