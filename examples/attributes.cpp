// Attributes: small named values on any object.

#include <hyperslab/hyperslab.hpp>

#include <iostream>
#include <vector>

namespace hs = hyperslab;

int main() {
    const hs::File file = hs::File::in_memory();
    const hs::Group plate = file.create_group("4857");
    plate.attributes()["plate"] = 4857;
    plate.attributes()["survey"] = "BOSS";
    plate.attributes()["wavelength range"] = std::vector<double>{3600, 10400};
    plate.attributes()["not measured"] = hs::Empty{hs::NativeType<float>::datatype()};

    for (const auto& [name, attribute] : plate.attributes()) {
        std::cout << name << ": " << hs::to_string(attribute.datatype()) << ' '
                  << (attribute.is_null() ? "nothing" : hs::to_string(attribute.shape())) << '\n';
    }
    const double end = plate.attributes().read<double>("wavelength range")(1);
    const int number = plate.attributes().get<int>("plate");
    std::cout << "plate " << number << " up to " << end << " Angstrom\n";
    return number == 4857 && end == 10400 ? 0 : 1;
}
