// The headers that a plate keeps card by card (see formats/headers.hpp), of some fibres out of one
// file or several.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "h5boss/raw/table_file.hpp"

namespace hyperslab::apps::h5boss::raw {

class PlateHeaders {
public:
    /// Adds the headers of some fibres, and those of the plate that are not there yet.
    /// \throws Refusal when they are not what this program writes
    void add(const std::shared_ptr<const SourceFile>& file,
             std::uint64_t address,
             const std::set<int>& fibers);

    /// The group `headers`, or nothing when there are none.
    std::unique_ptr<Node> result();

private:
    std::vector<TableFile> tables_;  // cards, order, index of the first file
    std::map<std::string, std::uint32_t> numbers_;
    std::set<std::string> places_;  // of headers of the plate
    Bytes cards_;
    Bytes order_;
    Bytes index_;
};

}  // namespace hyperslab::apps::h5boss::raw
