// Records: one registration makes a struct a compound type.

#include <hyperslab/hyperslab.hpp>

#include <array>
#include <cstdint>
#include <iostream>
#include <string>
#include <vector>

namespace hs = hyperslab;

enum class Kind : std::uint8_t { electron, proton };
HYPERSLAB_ENUM(Kind, electron, proton);

struct Particle {
    std::int64_t id = 0;
    Kind kind = Kind::electron;
    std::array<double, 3> position{};
    std::string label;
    std::vector<float> track;
};
HYPERSLAB_RECORD(Particle, id, kind, position, label, track);

// Some of the members, by their names in the file.
struct Name {
    std::int64_t number = 0;
    std::string text;
};
constexpr auto hyperslab_record(const Name*) {
    return std::make_tuple(hs::member("id", &Name::number), hs::member("label", &Name::text));
}

int main() {
    const std::vector<Particle> particles{
        {1, Kind::proton, {0, 0, 1}, "first", {0.5F, 0.25F}},
        {2, Kind::electron, {1, 2, 3}, "second", {}},
    };
    const hs::File file = hs::File::in_memory();
    const hs::Dataset dataset = file.create_dataset("particles", particles);
    std::cout << hs::to_string(dataset.datatype()) << '\n';

    for (const Name& name : dataset.read<Name>()) {
        std::cout << name.number << ' ' << name.text << '\n';
    }
    dataset.field("position").set(std::array<double, 3>{7, 8, 9}, hs::at(0));

    const auto first = dataset.get<Particle>(hs::at(0));
    std::cout << first.label << " is now at z = " << first.position[2] << '\n';
    return first.position[2] == 9 && first.track.size() == 2 && first.kind == Kind::proton ? 0 : 1;
}
