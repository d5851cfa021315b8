// The program h5boss: spectra of SDSS in HDF5.
//
// Exit status 0; 1 and one line on standard error when something failed, or was missing under
// --strict; 2 when the command line cannot be understood; 128 and the signal's number when it was
// interrupted.

#include <hyperslab/hyperslab.hpp>

#include <malloc.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "h5boss/commands/common.hpp"
#include "h5boss/commands/convert.hpp"
#include "h5boss/commands/generate.hpp"
#include "h5boss/commands/info.hpp"
#include "h5boss/commands/plot.hpp"
#include "h5boss/commands/query.hpp"
#include "h5boss/commands/subset.hpp"
#include "h5boss/commands/to_fits.hpp"
#include "h5boss/commands/verify.hpp"
#include "shared/interruption.hpp"
#include "shared/program.hpp"
#include "shared/ranks.hpp"

namespace hyperslab::apps::h5boss {
namespace {

class Program {
public:
    Program() {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", version_text(kName));
        add_convert();
        add_to_fits();
        add_info();
        add_count();
        add_verify();
        add_index();
        add_query();
        add_subset();
        add_merge();
        add_remove();
        add_change("add", "Add the fibres of a list that a file lacks", add_, add_fibers);
        add_change(
            "update", "Make a file one of exactly the fibres of a list", update_, update_fibers);
        add_old_convert();
        add_plot();
        add_generate();
    }

    int run(int argc, char** argv) {
        if (const auto status = parse(app_, kName, argc, argv)) {
            return *status;
        }
        const bool shared = (app_.got_subcommand("convert") && shares_plates(convert_)) ||
                            (app_.got_subcommand("subset") && !subset_.virtual_) ||
                            app_.got_subcommand("merge") || app_.got_subcommand("verify") ||
                            app_.got_subcommand("index");
        if (!ranks().first() && !shared) {
            return kDone;  // The first rank does it, since there is one output.
        }
        return command_();
    }

private:
    CLI::App* add(const char* name, const char* description, std::function<int()> command) {
        CLI::App* const sub = app_.add_subcommand(name, description);
        sub->callback([this, command = std::move(command)] { command_ = command; });
        return sub;
    }

    static void add_strict(CLI::App* sub, bool& strict) {
        sub->add_flag("--strict", strict, "Fail, and write nothing, when anything is missing");
    }

    static void add_storage(CLI::App* sub, StorageOptions& storage) {
        sub->add_option("--format", storage.format, "v1, a group for each fibre, or v2, stacks")
            ->check(CLI::IsMember({"v1", "v2"}));
        sub->add_option(
            "--compression", storage.compression, "none, lzf, gzip or gzip:LEVEL; none by default");
        sub->add_flag("!--no-shuffle", storage.shuffle, "Compress without the shuffle filter");
        sub->add_flag("--keep-attrs",
                      storage.keep_attributes,
                      "Give every spectrum its header as attributes, as H5Boss's files have it");
    }

    void add_convert() {
        CLI::App* const sub = add("convert",
                                  "FITS to HDF5, or one format of HDF5 to the other",
                                  [this] { return convert(convert_); });
        sub->add_option("SOURCE", convert_.sources, "Folders of spec-*.fits, .hdf5 files, plates")
            ->required();
        sub->add_option(
               "-o,--output", convert_.output, "A file for all, or a folder for a file a plate")
            ->required();
        add_storage(sub, convert_.storage);
        sub->add_flag("--resume", convert_.resume, "Leave out plates whose file is in the folder");
        add_strict(sub, convert_.strict);
    }

    void add_to_fits() {
        CLI::App* const sub =
            add("to-fits", "Fibres as spec-*.fits", [this] { return to_fits(to_fits_); });
        sub->add_option("FILE", to_fits_.file, "A file, a folder or an index")->required();
        add_index_option(sub, to_fits_.index);
        sub->add_option("PLATE", to_fits_.plate)->required();
        sub->add_option("MJD", to_fits_.mjd)->required();
        sub->add_option("FIBER", to_fits_.fibers, "Fibres; all of the plate by default");
        sub->add_option("-o,--output", to_fits_.output, "A folder")->required();
        add_strict(sub, to_fits_.strict);
    }

    void add_info() {
        CLI::App* const sub = add("info", "What a file holds", [this] { return info(info_); });
        sub->add_option("FILE", info_.file, "A file, a folder or an index")->required();
        add_index_option(sub, info_.index);
        sub->add_option("PLACE", info_.place, "PLATE, MJD and FIBER, or fewer of them");
        sub->add_flag("--json", info_.json, "For programs");
    }

    void add_count() {
        CLI::App* const sub = add("count", "The number of fibres", [this] {
            return count(counted_, count_index_, count_strict_);
        });
        sub->add_option("FILE", counted_, "Files, folders, an index");
        add_index_option(sub, count_index_);
        add_strict(sub, count_strict_);
    }

    void add_verify() {
        CLI::App* const sub = add("verify", "Whether a file has what its sources have", [this] {
            return verify(verify_);
        });
        sub->add_option("FILE", verify_.file, "A file, a folder or an index")->required();
        add_index_option(sub, verify_.index);
        sub->add_option("SOURCE", verify_.sources, "What the file was made of")->required();
        add_strict(sub, verify_.strict);
    }

    void add_index() {
        CLI::App* const sub = add("index",
                                  "An index of a tree of files, which other commands take",
                                  [this] { return make_index(index_); });
        sub->add_option("SOURCE", index_.sources, "Folders and files")->required();
        sub->add_option("-o,--output", index_.output, "The index")->required();
        add_strict(sub, index_.strict);
    }

    static void add_index_option(CLI::App* sub, std::string& index) {
        sub->add_option(
            "--index", index, "An index of the files, which is made when there is none");
    }

    static void add_cone(CLI::App* sub, QuestionOptions& question) {
        sub->add_option(
               "--cone", question.cone, "Only what lies around RA DEC, within RADIUS; degrees")
            ->type_name("RA DEC RADIUS")
            ->expected(3)
            ->allow_extra_args(false);
    }

    void add_query() {
        CLI::App* const sub = add(
            "query", "Fibres by what the catalogues say of them", [this] { return query(query_); });
        sub->add_option("ARGUMENT",
                        query_.arguments,
                        "Files, folders or an index; then a condition, such as \"Z > 2 AND CLASS = "
                        "'QSO'\", or a whole SELECT");
        add_cone(sub, query_.question);
        sub->add_option(
            "--columns", query_.question.columns, "Names with commas between; * for all");
        sub->add_option(
            "-o,--output", query_.output, "A file: .csv, .json, .hdf5, or .pmf, a list of fibres");
        CLI::Option* const csv = sub->add_flag("--csv", query_.csv, "Print comma-separated values");
        sub->add_flag("--json", query_.json, "Print JSON")->excludes(csv);
        add_index_option(sub, query_.index);
        add_strict(sub, query_.strict);
    }

    void add_subset() {
        CLI::App* const sub = add("subset", "Some fibres of some files as one file", [this] {
            understand_old_form(subset_);
            return subset(subset_);
        });
        sub->add_option("FILE",
                        subset_.sources,
                        "Files, folders, lists of files, an index; or INPUT OUTPUT PMF");
        sub->add_option("-o,--output", subset_.output, "The new file");
        sub->add_option("--pmf", subset_.pmf, "A list of fibres: plates mjds fibers");
        sub->add_option("--query", subset_.question.expression, "A condition, as for query");
        add_cone(sub, subset_.question);
        add_index_option(sub, subset_.index);
        sub->add_flag("--virtual", subset_.virtual_, "Copy nothing: lead to where the spectra are");
        sub->add_option("--cutout", subset_.cutout, "Two wavelengths in Angstrom")
            ->expected(2)
            ->allow_extra_args(false);
        add_storage(sub, subset_.storage);
        add_strict(sub, subset_.strict);
    }

    void add_merge() {
        CLI::App* const sub = add(
            "merge", "All fibres of several files as one file", [this] { return merge(merge_); });
        sub->add_option("FILE", merge_.sources, "Files, folders, an index")->required();
        sub->add_option("-o,--output", merge_.output, "The new file")->required();
        add_index_option(sub, merge_.index);
        add_storage(sub, merge_.storage);
        add_strict(sub, merge_.strict);
    }

    void add_remove() {
        CLI::App* const sub = add("remove",
                                  "Take fibres out of a file, which gets smaller",
                                  [this] { return remove_fibers(remove_); });
        sub->add_option("FILE", remove_.output)->required();
        sub->add_option("--pmf", remove_.pmf, "A list of fibres: plates mjds fibers")->required();
        add_storage(sub, remove_.storage);
        add_strict(sub, remove_.strict);
    }

    void add_change(const char* name,
                    const char* description,
                    SubsetOptions& options,
                    int (*change)(const SubsetOptions&)) {
        CLI::App* const sub =
            add(name, description, [&options, change] { return change(options); });
        sub->add_option("BASE", options.output, "The file that is changed")->required();
        sub->add_option_function<std::string>(
               "INPUT",
               [&options](const std::string& input) { options.sources = {input}; },
               "A file, a folder, or a list of files")
            ->required();
        sub->add_option("PMF", options.pmf, "A list of fibres: plates mjds fibers")->required();
        add_index_option(sub, options.index);
        add_storage(sub, options.storage);
        add_strict(sub, options.strict);
    }

    void add_old_convert() {
        CLI::App* const sub =
            add("boss2hdf5", "convert, as H5Boss calls it", [this] { return convert(convert_); });
        sub->add_option("-i,--input", convert_.sources)->required();
        sub->add_option("-o,--output", convert_.output)->required();
    }

    void add_plot() {
        CLI::App* const sub =
            add("plot", "A picture of a spectrum", [this] { return plot(plot_); });
        sub->add_option("FILE", plot_.file, "A file, a folder or an index")->required();
        add_index_option(sub, plot_.index);
        sub->add_option("PLATE", plot_.plate)->required();
        sub->add_option("MJD", plot_.mjd)->required();
        sub->add_option("FIBER", plot_.fiber)->required();
        sub->add_option("-o,--output", plot_.output, "A file: .svg or .png")->required();
    }

    void add_generate() {
        CLI::App* const sub = add("generate", "Made-up plates, for trying things out", [this] {
            return generate(generate_);
        });
        sub->add_option("--plates",
                        generate_.plates,
                        "How many; the last one is a second MJD of the one before")
            ->check(CLI::Range(1, 5000));
        sub->add_option("--fibers", generate_.fibers, "Fibres of each plate")
            ->check(CLI::Range(1, 5000));
        sub->add_option("--exposures", generate_.exposures, "Exposures of each plate")
            ->check(CLI::Range(0, 100));
        sub->add_option("--seed", generate_.seed, "Other numbers make other plates");
        sub->add_option("-o,--output", generate_.output, "A folder")->required();
    }

    CLI::App app_{"Spectra of SDSS in HDF5."};
    ConvertOptions convert_;
    GenerateOptions generate_;
    PlotOptions plot_;
    ToFitsOptions to_fits_;
    InfoOptions info_;
    std::vector<std::string> counted_;
    std::string count_index_;
    bool count_strict_ = false;
    IndexOptions index_;
    QueryOptions query_;
    VerifyOptions verify_;
    SubsetOptions subset_;
    SubsetOptions merge_;
    SubsetOptions remove_;
    SubsetOptions add_;
    SubsetOptions update_;
    std::function<int()> command_;
};

}  // namespace
}  // namespace hyperslab::apps::h5boss

int main(int argc, char** argv) {
#ifdef M_MMAP_THRESHOLD
    // Tables of a spectrum are made and dropped all the time: their memory is kept, in place of
    // pages that the system hands out and takes back for each.
    ::mallopt(M_MMAP_THRESHOLD, 4 << 20);
    ::mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
    // As many files as the system allows, since a plate is a file.
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
    }
    using namespace hyperslab::apps;
    watch_interruptions();
    return run_program(h5boss::kName, [&] { return h5boss::Program().run(argc, argv); });
}
