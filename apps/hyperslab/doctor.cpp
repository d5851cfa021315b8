#include "doctor.hpp"

#include <hyperslab/hyperslab.hpp>

#include "facts.hpp"
#include "shared/output.hpp"

namespace hyperslab::apps {

void doctor(const DoctorOptions& options) {
    const Diagnosis found = diagnose(options.path);
    Facts facts;
    for (const auto& [name, value] : found.facts) {
        facts.add(name, value);
    }
    if (options.json) {
        Json json{{"facts", facts.json()}, {"advice", found.advice}};
        print(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
        return;
    }
    print(facts.text());
    for (const std::string& sentence : found.advice) {
        print("\n" + printable(sentence) + "\n");
    }
}

}  // namespace hyperslab::apps
