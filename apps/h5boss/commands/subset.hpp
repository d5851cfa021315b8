// h5boss subset, merge, add, update and remove: some fibres of some files, with their rows of the
// catalogues, as one file.
#pragma once

#include <string>
#include <vector>

#include "h5boss/commands/common.hpp"
#include "h5boss/commands/query.hpp"

namespace hyperslab::apps::h5boss {

struct SubsetOptions {
    std::vector<std::string> sources;
    std::string output;
    std::string pmf;             ///< a list of fibres
    QuestionOptions question;    ///< or what finds them
    std::string index;           ///< of the sources
    bool virtual_ = false;       ///< whether the file only leads to the sources
    std::vector<double> cutout;  ///< two wavelengths in Angstrom, or none
    StorageOptions storage;
    bool strict = false;
};

int subset(const SubsetOptions& options);
/// All fibres of all sources; of a fibre that comes twice the first is taken.
int merge(const SubsetOptions& options);
/// Takes fibres out of the file `output`, which gets smaller. It is the old file until the new one
/// is whole.
int remove_fibers(const SubsetOptions& options);
/// Adds to the file `output` the fibres of the list that it lacks, out of the sources.
int add_fibers(const SubsetOptions& options);
/// Makes the file `output` one of exactly the fibres of the list: what it lacks comes out of the
/// sources, what the list lacks goes.
int update_fibers(const SubsetOptions& options);

/// The command line of H5Boss, `subset INPUT OUTPUT PMF`, as options: where neither --output nor
/// --pmf is there and three names are.
void understand_old_form(SubsetOptions& options);

}  // namespace hyperslab::apps::h5boss
