#include "parallel/agreement.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "hdf5/api/h5f.hpp"
#include "hdf5/call/lock.hpp"
#include "hdf5/changes/announce.hpp"
#include "hdf5/drivers/mpi_files.hpp"
#include "hyperslab/error.hpp"
#include "parallel/communicator.hpp"

namespace hyperslab::parallel {
namespace {

// Of each text that is exchanged; a longer one is cut, which makes no two calls equal: their hash
// comes first.
constexpr std::size_t kTextBytes = 512;
constexpr double kDefaultPatience = 60;

/// What is known of the processes of a communicator.
struct Exchanges {
    unsigned rounds = 0;
    std::vector<std::string> last;  ///< what each process said last, by rank
    bool given_up = false;          ///< the processes are not in step any more
};

// Under the library lock.
// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables)
constinit PlaceInProgram place_in_program = nullptr;
constinit std::map<std::uintptr_t, Exchanges>* exchanges = nullptr;  // by communicator
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

std::chrono::milliseconds patience() {
    const char* const text = std::getenv("HYPERSLAB_MPI_CHECK_TIMEOUT");
    const double seconds = text == nullptr ? 0 : std::strtod(text, nullptr);
    return std::chrono::milliseconds(
        static_cast<std::int64_t>(1000 * (seconds > 0 ? seconds : kDefaultPatience)));
}

std::string in_words(const hdf5::AnnouncedCall& call) {
    return std::string(call.function) + "(" + call.arguments + ")";
}

std::string with_place(const std::string& words) {
    const std::string place = place_in_program == nullptr ? "" : place_in_program();
    return place.empty() ? words : words + " at " + place;
}

// Between the call with its place and its details.
constexpr char kDetails = '\x1f';

// What is exchanged: two hashes, of the call as it is said and of all of it. Then the call, its
// place and its details for people.
std::string message(const hdf5::AnnouncedCall& call) {
    const std::string words = in_words(call);
    const std::string all = words + call.details;
    return hdf5::fingerprint(words.data(), words.size()) +
           hdf5::fingerprint(all.data(), all.size()) + " " + with_place(words) + kDetails +
           call.details;
}

std::string hash_of(const std::string& text) { return text.substr(0, text.find(' ')); }
std::string words_of(const std::string& text) {
    const std::size_t begin = text.find(' ') + 1;
    return text.substr(begin, text.find(kDetails) - begin);
}

// Takes details off where the calls differ without them, and says them where they do not.
void settle_details(std::vector<std::string>& texts, bool all_came) {
    const std::size_t said = hash_of(texts.front()).size() / 2;
    const bool differ = !all_came || std::ranges::any_of(texts, [&](const std::string& text) {
        return text.substr(0, said) != texts.front().substr(0, said);
    });
    for (std::string& text : texts) {
        const std::size_t end = text.find(kDetails);
        if (end != std::string::npos) {
            differ ? text.resize(end) : static_cast<void>(text.erase(end, 1));
        }
    }
}

// "ranks 0, 1, 3: H5Dcreate('x', …) at a.py:3" for each group of ranks that do the same.
std::string by_call(const std::vector<std::string>& texts) {
    std::string lines;
    std::vector<bool> told(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (told[i]) {
            continue;
        }
        std::string ranks;
        std::size_t count = 0;
        for (std::size_t j = i; j < texts.size(); ++j) {
            if (texts[j] == texts[i]) {
                told[j] = true;
                ranks += (count++ == 0 ? "" : ", ") + std::to_string(j);
            }
        }
        lines += "\n  " + std::string(count == 1 ? "rank " : "ranks ") + ranks + ": " +
                 words_of(texts[i]);
    }
    return lines;
}

void fail(const hdf5::AnnouncedCall& call, const std::string& text) {
    if (call.may_fail) {
        throw Error(ErrorCode::invalid_argument, text);
    }
    std::fprintf(stderr, "hyperslab: %s\n", text.c_str());
}

// What each process is at: its call, or what it said last where it has not come.
std::vector<std::string> by_rank(const std::vector<std::optional<std::string>>& came,
                                 const std::vector<std::string>& last) {
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < came.size(); ++i) {
        const std::string before = last[i].empty() ? "nothing" : words_of(last[i]);
        texts.push_back(came[i] ? *came[i] : "- no call; its last one was " + before);
    }
    return texts;
}

void compare(const hdf5::AnnouncedCall& call) {
    const hdf5::LockGuard guard;
    const std::uintptr_t handle =
        call.communicator != 0 ? call.communicator : hdf5::communicator_of(call.object);
    if (handle == 0) {
        return;
    }
    const Communicator processes(handle);
    Exchanges& known = (*exchanges)[handle];
    if (known.given_up || processes.size() == 1) {
        return;
    }
    known.last.resize(static_cast<std::size_t>(processes.size()));
    const auto came = processes.exchange(message(call), kTextBytes, known.rounds++, patience());
    std::vector<std::string> texts = by_rank(came, known.last);
    const bool all_came =
        std::ranges::all_of(came, [](const auto& text) { return text.has_value(); });
    const auto differs = [&](const std::string& text) {
        return hash_of(text) != hash_of(texts.front());
    };
    if (all_came && std::ranges::none_of(texts, differs)) {
        known.last = std::move(texts);
        return;
    }
    known.given_up = true;
    settle_details(texts, all_came);
    const std::string file =
        call.communicator != 0 ? "" : " for file '" + hdf5::h5f::name(call.object) + "'";
    fail(call,
         all_came ? "The ranks do not make the same call" + file + ":" + by_call(texts)
                  : "Not all ranks made a call" + file + " within " +
                        std::to_string(patience().count() / 1000) + " s:" + by_call(texts));
}

}  // namespace

void begin_checks(PlaceInProgram place) {
    const char* const wanted = std::getenv("HYPERSLAB_MPI_CHECK");
    if (wanted == nullptr || *wanted == '\0' || std::string(wanted) == "0") {
        return;
    }
    const hdf5::LockGuard guard;
    place_in_program = place;
    if (exchanges == nullptr) {
        exchanges = new std::map<std::uintptr_t, Exchanges>;  // lives as long as the process
    }
    hdf5::set_call_listener(&compare);
}

}  // namespace hyperslab::parallel
