// fork() while other threads do things for the first time: the child must go on.

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <functional>
#include <thread>
#include <vector>

#include "hyperslab/record.hpp"
#include "object/support.hpp"

namespace fork_test {

struct Reading {
    int id = 0;
    double flux = 0;
};
HYPERSLAB_RECORD(Reading, id, flux);

}  // namespace fork_test

namespace hyperslab {
using fork_test::Reading;

namespace {

constexpr int kWorkers = 60;
constexpr unsigned kPatience = 20;  // seconds
const char* const kFile = "forked.h5";

std::vector<double> values() {
    std::vector<double> made(300'000);
    for (std::size_t i = 0; i < made.size(); ++i) {
        made[i] = static_cast<double>(i % 1000);
    }
    return made;
}

void write_file() {
    const File file(kFile, Mode::create);
    file.create_dataset("packed", values(), {.chunks = {5000}, .filters = {deflate(1)}});
    file.create_dataset("words", std::vector<std::string>{"one", "two"});
    file.create_dataset("records", std::vector<Reading>{{1, 2.5}, {2, 3.5}});
    file.attributes()["n"] = 5;
}

bool reads_all(const File& file) {
    return file.dataset("packed").read<double>().to_vector() == values() &&
           file.dataset("words").read<std::string>().to_vector()[1] == "two" &&
           file.dataset("records").read<Reading>().to_vector()[1].id == 2 &&
           file.attributes().get<int>("n") == 5;
}

bool writes_a_file() {
    const File file = File::in_memory();
    file.create_dataset("x", std::vector<int>{1, 2, 3});
    file.require_group("a/ä").attributes()["text"] = "b";
    return file.dataset("x").get<int>(at(2)) == 3;
}

int status_of(pid_t child) {
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Ended by a signal when it hangs.
pid_t in_child(const std::function<bool()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        ::alarm(kPatience);
        ::_exit(work() ? 0 : 1);
    }
    return child;
}

// Nothing was read or written in this process before.
bool forks_while_threads_begin(int number) {
    const File shared(kFile);
    std::atomic<int> begun{0};
    const auto thread = [&](bool reads) {
        ++begun;
        while (reads ? reads_all(File(kFile)) : writes_a_file()) {
        }
    };
    std::thread(thread, true).detach();
    std::thread(thread, number % 2 == 0).detach();
    while (begun < 2) {
    }
    std::this_thread::sleep_for(std::chrono::microseconds(number * 20));
    return status_of(in_child([&] { return reads_all(shared) && writes_a_file(); })) == 0;
}

int failures_of_all_workers() {
    if (status_of(in_child([] {
            write_file();
            return true;
        })) != 0) {
        return 100;
    }
    int failures = 0;
    for (int number = 0; number < kWorkers; ++number) {
        failures += status_of(in_child([=] { return forks_while_threads_begin(number); })) != 0;
    }
    return failures;
}

// As a death test it runs in a fresh process, which makes nothing but workers.
TEST(ForkDeathTest, FindsWhatOtherThreadsWereMaking) {
#if defined(__SANITIZE_ADDRESS__) && __GNUC__ < 14
    GTEST_SKIP()
        << "this compiler's AddressSanitizer leaves its allocator locked in the child of a "
           "fork() while other threads allocate: a program of nothing else hangs as well";
#endif
    GTEST_FLAG_SET(death_test_style, "threadsafe");
    EXPECT_EXIT(::_exit(failures_of_all_workers()), testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace hyperslab
