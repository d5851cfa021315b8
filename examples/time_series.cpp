// A logger and those who watch it: time_series [FILE].
//
// Measurements are appended as they come. Once the file is open for readers (SWMR), other programs
// see them while the logger goes on; here one program plays both parts.

#include <hyperslab/hyperslab.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

namespace hs = hyperslab;

namespace {

struct Measurement {
    std::int64_t time_us = 0;  // since 1970
    float temperature = 0;     // in K
    float pressure = 0;        // in Pa
};
HYPERSLAB_RECORD(Measurement, time_us, temperature, pressure);

constexpr std::size_t kChannels = 8;

Measurement measure(int second) {
    return {1'700'000'000'000'000 + second * 1'000'000LL,
            290 + std::sin(static_cast<float>(second) / 10),
            101'325};
}

/// The datasets of a log, made when it is new.
struct Log {
    hs::Dataset measurements;
    hs::Dataset channels;  // a row of all channels a second

    explicit Log(const hs::File& file)
        : measurements(file.require_dataset<Measurement>(
              "measurements", {0}, {.chunks = {1024}, .max_shape = hs::Shape{hs::kUnlimited}})),
          channels(file.require_dataset<float>("channels",
                                               {0, kChannels},
                                               {.chunks = {256, kChannels},
                                                .max_shape = hs::Shape{hs::kUnlimited, kChannels},
                                                .filters = {hs::shuffle(), hs::deflate(1)}})) {}

    void add(int second) const {
        measurements.append(measure(second));
        channels.append(std::vector<float>(kChannels, static_cast<float>(second)));
    }
};

void watch(const std::string& path) {
    const hs::File file(path, hs::Mode::read, {.swmr = true});
    const hs::Dataset measurements = file.dataset("measurements");
    measurements.refresh();
    const auto last = measurements.get<Measurement>(hs::at(-1));
    std::cout << measurements.size() << " measurements, the last of " << last.temperature << " K\n";
}

}  // namespace

int main(int argc, char** argv) {
    const std::string path = argc > 1 ? argv[1] : "time_series.h5";
    try {
        {
            const hs::FileOptions for_readers{.format = {hs::FormatVersion::v110}};
            const hs::File file(path, hs::Mode::create, for_readers);
            const Log log(file);
            file.start_swmr_write();
            for (int second = 0; second < 60; ++second) {
                log.add(second);
            }
            file.flush();
            watch(path);
            file.close();
        }
        // Later: what came in a stretch of time, and the log goes on.
        const hs::File file(path, hs::Mode::read_write);
        const Log log(file);
        log.measurements.append(std::vector{measure(60), measure(61)});
        const auto times = log.measurements.field("time_us").read<std::int64_t>();
        const auto after = static_cast<std::int64_t>(
            std::lower_bound(times.begin(), times.end(), times[30]) - times.begin());
        const auto stretch = log.measurements.read<Measurement>({hs::slice(after, hs::kUnlimited)});
        const auto channel = log.channels.read<float>({hs::slice(-3, std::nullopt), hs::at(0)});
        std::cout << stretch.size() << " since then; channel 0 ends " << channel[0] << ' '
                  << channel[1] << ' ' << channel[2] << '\n';
        file.close();
        return stretch.size() == 32 && channel[2] == 59 ? 0 : 1;
    } catch (const hs::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
