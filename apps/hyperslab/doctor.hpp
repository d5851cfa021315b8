// hyperslab doctor: what is found of the machine and of a place for files, and what to set.
#pragma once

#include <string>

namespace hyperslab::apps {

struct DoctorOptions {
    std::string path = ".";
    bool json = false;
};

void doctor(const DoctorOptions& options);

}  // namespace hyperslab::apps
