// Fibres out of several files: each once, out of the first file that has it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "h5boss/commands/files.hpp"
#include "h5boss/commands/virtual_subset.hpp"
#include "h5boss/formats/contents.hpp"

namespace hyperslab::apps::h5boss {

/// Which fibres of a plate are wanted; all of them where there is no list.
using Wanted = std::map<PlateId, std::set<int>>;

Wanted wanted_of(const std::vector<FiberId>& fibers);

/// The files of a command line, but for those that an index knows to have nothing that is wanted.
std::vector<std::string> useful_files(const SourceFiles& sources,
                                      const std::optional<Wanted>& wanted);

/// Walks over files and takes what is wanted of each.
class FiberWalk {
public:
    FiberWalk(std::optional<Wanted> wanted, Report& report)
        : wanted_(std::move(wanted)), report_(report) {}
    virtual ~FiberWalk() = default;

    void add_file(const std::string& path);
    /// Adds the files of a command line, but for those that an index knows to have nothing.
    void add_files(const SourceFiles& sources);
    /// Reports all that is wanted and that no file had.
    void report_missing();

protected:
    virtual void take(const Survey& survey, const Plate& plate, const std::vector<int>& fibers) = 0;
    virtual void look_at(const Plate& /*plate*/) {}

private:
    void add_plate(const Survey& survey, const PlateId& id);

    std::optional<Wanted> wanted_;
    Report& report_;
    std::map<PlateId, std::set<int>> given_;
};

/// Gathers where the fibres of a new file lie, and reads a plate when it is its turn.
class Gathering final : public FiberWalk {
public:
    using FiberWalk::FiberWalk;

    /// The plates that will have fibres, sorted.
    std::vector<PlateId> finish();
    /// What a plate holds, out of all its files.
    PlateContents contents(const PlateId& id);
    /// The format of the first plate that was seen.
    std::optional<Format> format() const { return format_; }

private:
    void look_at(const Plate& plate) override { format_ = format_.value_or(plate.format()); }
    void take(const Survey& survey, const Plate& plate, const std::vector<int>& fibers) override;

    std::map<PlateId, std::vector<PlatePiece>> pieces_;
    std::optional<Format> format_;
    std::shared_ptr<const Survey> survey_;  // the one read last, which often has the next plate
};

/// Gathers only where everything lies.
class PieceGathering final : public FiberWalk {
public:
    /// \param format  "v1" or "v2", which all plates must have; or empty
    PieceGathering(Wanted wanted, std::string format, Report& report)
        : FiberWalk(std::move(wanted), report), format_(std::move(format)) {}

    const std::vector<PlatePiece>& finish() {
        report_missing();
        return pieces_;
    }

private:
    void take(const Survey& survey, const Plate& plate, const std::vector<int>& fibers) override;

    std::string format_;
    std::vector<PlatePiece> pieces_;
};

}  // namespace hyperslab::apps::h5boss
