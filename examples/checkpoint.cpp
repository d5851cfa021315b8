// A simulation that saves itself and goes on from where it was: checkpoint [FILE].
//
// A checkpoint is written beside the old one and takes its place when it is whole: a program that
// dies while it writes leaves the last checkpoint as it was.

#include <hyperslab/hyperslab.hpp>

#include <array>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <vector>

namespace hs = hyperslab;

namespace {

struct Particle {
    std::int64_t id = 0;
    std::array<double, 3> position{};
    std::array<double, 3> velocity{};
};
HYPERSLAB_RECORD(Particle, id, position, velocity);

enum class Boundary : std::uint8_t { open, periodic };
HYPERSLAB_ENUM(Boundary, open, periodic);

struct Settings {
    double step = 0;
    Boundary boundary = Boundary::open;
    std::string comment;
};
HYPERSLAB_RECORD(Settings, step, boundary, comment);

struct Simulation {
    Settings settings{0.5, Boundary::periodic, "a box of nothing much"};
    std::uint64_t steps = 0;
    std::vector<Particle> particles;
    std::vector<std::vector<double>> density;  // all rows of one length
    std::vector<std::vector<std::int64_t>> neighbours;

    void advance() {
        ++steps;
        for (Particle& particle : particles) {
            for (std::size_t axis = 0; axis < 3; ++axis) {
                particle.position[axis] += settings.step * particle.velocity[axis];
            }
        }
        density[steps % density.size()][0] += 1;
    }
};

Simulation begin() {
    Simulation simulation;
    std::mt19937 random(1);
    std::normal_distribution<double> velocity;
    for (std::int64_t id = 0; id < 1000; ++id) {
        simulation.particles.push_back({id, {}, {velocity(random), velocity(random), 0}});
    }
    simulation.density.assign(16, std::vector<double>(32));
    simulation.neighbours = {{1, 2}, {}, {0}};
    return simulation;
}

void save(const Simulation& simulation, const std::string& path) {
    const std::string unfinished = path + ".new";
    const hs::File file(unfinished, hs::Mode::create);
    file.attributes()["steps"] = simulation.steps;
    file.attributes()["settings"] = simulation.settings;
    file.create_dataset("particles", simulation.particles, {.filters = {hs::shuffle(), hs::lzf()}});
    file.create_dataset("density", simulation.density);
    file.create_dataset("neighbours", simulation.neighbours);
    file.close();  // throws when not everything could be written
    std::filesystem::rename(unfinished, path);
}

Simulation load(const std::string& path) {
    const hs::File file(path);
    Simulation simulation;
    simulation.steps = file.attributes().get<std::uint64_t>("steps");
    simulation.settings = file.attributes().get<Settings>("settings");
    // Saved by an older version of this program, perhaps.
    simulation.settings.step = file.attributes().get_or("step", simulation.settings.step);
    file.dataset("particles").read_into(simulation.particles);
    file.dataset("density").read_into(simulation.density);
    file.dataset("neighbours").read_into(simulation.neighbours);
    return simulation;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string path = argc > 1 ? argv[1] : "checkpoint.h5";
    try {
        Simulation simulation = begin();
        for (int i = 0; i < 10; ++i) {
            simulation.advance();
        }
        save(simulation, path);

        Simulation again = load(path);
        for (int i = 0; i < 10; ++i) {
            simulation.advance();
            again.advance();
        }
        const bool same = again.density == simulation.density &&
                          again.neighbours == simulation.neighbours &&
                          again.particles.back().position == simulation.particles.back().position;
        std::cout << again.steps << " steps of " << again.particles.size() << " particles, "
                  << again.settings.comment << ": " << (same ? "as if never stopped" : "different")
                  << '\n';
        return same ? 0 : 1;
    } catch (const hs::Error& error) {
        std::cerr << error.what() << '\n';
        return 1;
    }
}
