#include "hdf5/drivers/mpi_meetings.hpp"

#include "hdf5/call/capi.hpp"

#ifdef H5_HAVE_PARALLEL

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "hdf5/call/call.hpp"
#include "hdf5/call/kept_files.hpp"
#include "hdf5/call/last_close.hpp"
#include "hdf5/call/text.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hdf5/drivers/mpi_handle.hpp"
#include "hdf5/drivers/mpi_meeting_place.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

constexpr std::uint64_t kAny = 0;  // in place of a file's number or of a dataset: no matter which

/// What a process says.
struct Said {
    Task task;
    std::uint64_t file = kAny;
    std::uint64_t object = kAny;
    Numbers numbers{};
};

/// What all have said. A task comes with the rank of a process that is at it.
struct Heard {
    Task last_task = Task::closing;  // in the order of Task
    int last_rank = 0;
    Task first_task = Task::closing;
    int first_rank = 0;
    std::uint64_t last_file = kAny;
    std::uint64_t first_file = kAny;  // the same as last_file where all have named one, or none
    std::uint64_t last_object = kAny;
    std::uint64_t first_object = kAny;
    Numbers numbers{};

    bool is_all(Task task) const { return first_task == task && last_task == task; }
    bool is_one_file() const { return first_file == last_file; }
    bool is_one_object() const { return first_object == last_object; }
};

constexpr std::uint64_t kTasks = 255;
constexpr unsigned kRankBits = 32;

// The largest of these is that of the last task; of the others, that of the first one.
std::uint64_t from_below(Task task, int rank) {
    return static_cast<std::uint64_t>(task) << kRankBits | static_cast<std::uint32_t>(rank);
}
std::uint64_t from_above(Task task, int rank) {
    return (kTasks - static_cast<std::uint64_t>(task)) << kRankBits |
           static_cast<std::uint32_t>(rank);
}

// The largest complement is that of the smallest number. Who names none has a part in neither. All
// of it stays below 2^63: MPICH 4.0.2 was seen to reduce MPI_UINT64_T as if it had a sign.
std::uint64_t complement(std::uint64_t number) {
    return number == kAny ? kAny : std::uint64_t{INT64_MAX} - number;
}

Heard tell_each_other(const MeetingPlace& place, const Said& said) {
    std::array<std::uint64_t, 10> numbers{from_below(said.task, place.rank),
                                          from_above(said.task, place.rank),
                                          said.file,
                                          complement(said.file),
                                          said.object,
                                          complement(said.object)};
    std::ranges::copy(said.numbers, numbers.begin() + 6);
    check_mpi(MPI_Allreduce(MPI_IN_PLACE,
                            numbers.data(),
                            static_cast<int>(numbers.size()),
                            MPI_UINT64_T,
                            MPI_MAX,
                            mpi_handle<MPI_Comm>(place.communicator)),
              "MPI_Allreduce");
    Heard heard{.last_task = static_cast<Task>(numbers[0] >> kRankBits),
                .last_rank = static_cast<int>(numbers[0] & UINT32_MAX),
                .first_task = static_cast<Task>(kTasks - (numbers[1] >> kRankBits)),
                .first_rank = static_cast<int>(numbers[1] & UINT32_MAX),
                .last_file = numbers[2],
                .first_file = complement(numbers[3]),
                .last_object = numbers[4],
                .first_object = complement(numbers[5]),
                .numbers = {}};
    std::copy_n(numbers.begin() + 6, heard.numbers.size(), heard.numbers.begin());
    return heard;
}

// Where a dataset's header lies in the file, which is the same for all.
std::uint64_t address_of(Id dataset) {
    H5O_info2_t info{};
    check({dataset}, [&] { return H5Oget_info3(dataset, &info, H5O_INFO_BASIC); });
    std::uint64_t address = 0;
    std::memcpy(&address, &info.token, sizeof address);
    return address;
}

bool is_about_a_dataset(Task task) {
    return task == Task::writing || task == Task::reading || task == Task::resizing;
}

std::string doing(Task task, const char* file) {
    switch (task) {
        case Task::opening:
            return "opening a file";
        case Task::writing:
            return "at a collective write to a dataset";
        case Task::reading:
            return "at a collective read of a dataset";
        case Task::writing_several:
            return "at a collective write to several datasets";
        case Task::reading_several:
            return "at a collective read of several datasets";
        case Task::resizing:
            return "resizing a dataset";
        case Task::flushing:
            return std::string("flushing ") + file;
        case Task::setting_atomicity:
            return std::string("setting whether ") + file + " is atomic";
        case Task::closing:
            return std::string("closing ") + file;
    }
    return "at something else";
}

std::string what_others_do(const Said& mine, const Heard& heard) {
    const char* const file = heard.is_one_file() ? "the file" : "a file";
    std::string words;
    const auto add = [&](Task task, int rank) {
        if (task != mine.task) {
            words += words.empty() ? "" : " and ";
            words += "rank " + std::to_string(rank) + " is " + doing(task, file);
        }
    };
    add(heard.first_task, heard.first_rank);
    if (heard.last_task != heard.first_task) {
        add(heard.last_task, heard.last_rank);
    }
    if (words.empty()) {
        words =
            std::string("another one is at another ") + (heard.is_one_file() ? "dataset" : "file");
    }
    return words;
}

std::string name_of(Id object, ssize_t (*ask)(hid_t, char*, size_t)) {
    return "'" +
           read_text({object}, [&](char* text, size_t size) { return ask(object, text, size); }) +
           "'";
}

std::string what_is_done(Id object, Task task) {
    const std::string file = name_of(object, &H5Fget_name);
    const std::string dataset =
        is_about_a_dataset(task) ? name_of(object, &H5Iget_name) + " in file " + file : "";
    switch (task) {
        case Task::writing:
            return "this collective write to dataset " + dataset;
        case Task::reading:
            return "this collective read of dataset " + dataset;
        case Task::writing_several:
            return "this collective write to datasets of file " + file;
        case Task::reading_several:
            return "this collective read of datasets of file " + file;
        case Task::resizing:
            return "resizing dataset " + dataset;
        case Task::flushing:
            return "flushing file " + file;
        case Task::setting_atomicity:
            return "setting the atomic mode of file " + file;
        case Task::opening:
        case Task::closing:
            break;
    }
    return "closing file " + file;
}

[[noreturn]] void refuse(const std::string& task, const Said& mine, const Heard& heard) {
    throw Error(ErrorCode::io,
                "Not all ranks are at " + task + ": " + what_others_do(mine, heard) +
                    ". So it was not done");
}

Said to_close(const MeetingPlace& place, bool is_asked_for) {
    Said said{.task = Task::closing, .file = place.file};
    if (is_asked_for) {
        said.numbers = {place.file, complement(place.file)};
    }
    return said;
}

// Whether a process that is to close a file does so later, when all are about to close one, but not
// the same. A file that was only let go waits for one that somebody asks to be closed; where all
// were let go, for the one that was opened first. Two that are asked for cannot be put in order.
bool gives_way(const Said& mine, const Heard& heard) {
    const std::uint64_t last = heard.numbers[0];
    const bool is_one = last == complement(heard.numbers[1]);
    const bool is_asked_for = mine.numbers[0] != kAny;
    return is_asked_for ? !is_one : is_one && mine.file != (last == kAny ? heard.first_file : last);
}

/// \returns false when others close another file first
bool wait_until_all_close(MeetingPlace& place, const Said& said, Heard& heard) {
    for (;;) {
        heard = tell_each_other(place, said);
        if (!heard.is_all(Task::closing)) {
            continue;
        }
        if (heard.is_one_file()) {
            place.parted = true;
            return true;
        }
        if (gives_way(said, heard)) {
            return false;
        }
    }
}

// The identifiers of a file, but for those that wait to be closed with it.
std::size_t identifiers_of(Id file) {
    const ssize_t count = H5Fget_obj_count(file, H5F_OBJ_FILE);
    std::vector<hid_t> ids(count > 0 ? static_cast<std::size_t>(count) : 0);
    if (!ids.empty()) {
        H5Fget_obj_ids(file, H5F_OBJ_FILE, ids.size(), ids.data());
    }
    return static_cast<std::size_t>(
        std::ranges::count_if(ids, [](hid_t id) { return !is_kept(id); }));
}

ssize_t objects_in(Id file) { return H5Fget_obj_count(file, H5F_OBJ_ALL & ~H5F_OBJ_FILE); }

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): under the library lock
constinit bool some_files_have_objects_only = false;

// Whether what is open in a file goes on without this identifier of it.
bool stays_open_without(Id file, const MeetingPlace& place) {
    if (identifiers_of(file) > 1) {
        return true;
    }
    if (place.closes_objects || objects_in(file) == 0) {
        return false;
    }
    some_files_have_objects_only = true;
    return true;
}

// Whether an object is the last one of a file that has no identifier any more. The file's
// identifier is made for the question.
bool is_last_object(Id file) { return identifiers_of(file) == 1 && objects_in(file) == 1; }

bool may_close(Id id) noexcept {
    const bool is_file = H5Iget_type(id) == H5I_FILE;
    if (!is_file && !some_files_have_objects_only) {
        return true;
    }
    bool may = true;
    const Id file = is_file ? id : H5Iget_file_id(id);
    if (file <= 0) {  // a property list, say
        return true;
    }
    try {
        MeetingPlace* const place = meeting_place(file);
        if (place != nullptr && !place->parted &&
            (is_file ? !stays_open_without(file, *place) : is_last_object(file))) {
            Heard heard{};
            may = wait_until_all_close(*place, to_close(*place, false), heard);
        }
    } catch (const std::exception&) {  // MPI fails, and libhdf5 will say so
        may = true;
    }
    if (!is_file) {
        H5Idec_ref(file);
    }
    return may;
}

/// \returns the number of the file
std::uint64_t agree_to_open(const MeetingPlace& place) {
    const Said said{.task = Task::opening, .numbers = {place.file}};
    const Heard heard = tell_each_other(place, said);
    if (!heard.is_all(Task::opening)) {
        refuse("opening this file", said, heard);
    }
    return heard.numbers.front();
}

}  // namespace

Numbers meet(Id object, Task task, const Numbers& mine) {
    if (!parallel_files_possible()) {
        return mine;
    }
    const LockGuard guard;
    const MeetingPlace* const place = meeting_place(object);
    if (place == nullptr) {
        return mine;
    }
    const Said said{.task = task,
                    .file = place->file,
                    .object = is_about_a_dataset(task) ? address_of(object) : kAny,
                    .numbers = mine};
    const Heard heard = tell_each_other(*place, said);
    if (!heard.is_all(task) || !heard.is_one_file() || !heard.is_one_object()) {
        refuse(what_is_done(object, task), said, heard);
    }
    return heard.numbers;
}

void meet_to_open(std::uintptr_t communicator) {
    if (communicator == 0) {
        return;
    }
    const LockGuard guard;
    const MeetingPlace place = next_meeting_place(communicator);
    if (place.communicator != 0) {
        set_last_close_hook(&may_close);
        number_next_file(communicator, agree_to_open(place));
    }
}

void meet_to_share(std::uintptr_t communicator) {
    const LockGuard guard;
    const MeetingPlace place = meeting_place_among(communicator);
    if (place.communicator != 0) {
        agree_to_open(place);
    }
}

void meet_to_close(Id file) {
    if (!parallel_files_possible()) {
        return;
    }
    const LockGuard guard;
    MeetingPlace* const place = meeting_place(file);
    if (place == nullptr || place->parted || identifiers_of(file) > 1) {
        return;
    }
    const Said said = to_close(*place, true);
    Heard heard{};
    if (!wait_until_all_close(*place, said, heard)) {
        refuse(what_is_done(file, Task::closing), said, heard);
    }
}

bool is_closed_together(Id file) {
    const MeetingPlace* const place = meeting_place(file);
    return place != nullptr && !place->parted;
}

std::size_t meet_to_close_one(std::span<const Id> files) {
    std::vector<MeetingPlace*> places;
    std::ranges::transform(files, std::back_inserter(places), &meeting_place);
    // In the order of opening, which is that of all processes.
    const auto opened = [](const MeetingPlace* place) { return place->opened; };
    const MeetingPlace& first = **std::ranges::min_element(places, {}, opened);
    Heard heard{};
    do {
        heard = tell_each_other(first, {.task = Task::closing});
    } while (!heard.is_all(Task::closing) || !heard.is_one_file());
    const std::uint64_t wanted = heard.last_file == kAny ? first.file : heard.last_file;
    const auto is_wanted = [&](const MeetingPlace* place) {
        return place->communicator == first.communicator && place->file == wanted;
    };
    const auto found = std::ranges::find_if(places, is_wanted);
    const auto chosen = found == places.end() ? std::ranges::find(places, &first) : found;
    (*chosen)->parted = true;
    return static_cast<std::size_t>(chosen - places.begin());
}

}  // namespace hyperslab::hdf5

#else

namespace hyperslab::hdf5 {

Numbers meet(Id /*object*/, Task /*task*/, const Numbers& mine) { return mine; }
void meet_to_open(std::uintptr_t /*communicator*/) {}
void meet_to_share(std::uintptr_t /*communicator*/) {}
void meet_to_close(Id /*file*/) {}
bool is_closed_together(Id /*file*/) { return false; }
std::size_t meet_to_close_one(std::span<const Id> /*files*/) { return 0; }

}  // namespace hyperslab::hdf5

#endif
