// The program hyperslab: looks into HDF5 files, and repacks them.
//
// Exit status 0; 1 and one line on standard error when something failed; 2 when the command line
// cannot be understood; 130 after Ctrl-C.

#include <hyperslab/hyperslab.hpp>

#include <CLI/CLI.hpp>
#include <functional>
#include <map>
#include <string>

#include "doctor.hpp"
#include "dump.hpp"
#include "explain.hpp"
#include "info.hpp"
#include "repack_file.hpp"
#include "shared/output.hpp"
#include "shared/program.hpp"
#include "sql.hpp"
#include "summarize_files.hpp"
#include "tree.hpp"

namespace hyperslab::apps {
namespace {

constexpr const char* kName = "hyperslab";

class Program {
public:
    Program() {
        app_.require_subcommand(1);
        app_.set_version_flag("--version", version_text(kName));
        app_.add_option("--color", color_, "Colour the output: auto (on a terminal), always, never")
            ->transform(CLI::CheckedTransformer(
                std::map<std::string, ColorMode>{{"auto", ColorMode::automatic},
                                                 {"always", ColorMode::always},
                                                 {"never", ColorMode::never}}))
            ->option_text("WHEN");
        add_tree();
        add_info();
        add_dump();
        add_explain();
        add_sql();
        add_repack();
        add_summarize();
        add_doctor();
    }

    int run(int argc, char** argv) {
        if (const auto status = parse(app_, kName, argc, argv)) {
            return *status;
        }
        set_color(color_);
        command_();
        return kDone;
    }

private:
    CLI::App* add(const char* name, const char* description, std::function<void()> command) {
        CLI::App* const sub = app_.add_subcommand(name, description);
        sub->callback([this, command = std::move(command)] { command_ = command; });
        sub->fallthrough();
        return sub;
    }

    void add_tree() {
        CLI::App* const sub = add("tree", "What is in a file", [this] { tree(tree_); });
        sub->add_option("FILE", tree_.file)->required();
        sub->add_option("--depth", tree_.depth, "Levels below the root group");
        sub->add_flag("--json", tree_.json, "For programs");
    }

    void add_info() {
        CLI::App* const sub =
            add("info", "Everything known of a file or an object in it", [this] { info(info_); });
        sub->add_option("FILE", info_.file)->required();
        sub->add_option("PATH", info_.path, "An object; the file itself by default");
        sub->add_flag("--json", info_.json, "For programs");
    }

    void add_dump() {
        CLI::App* const sub = add("dump", "The elements of a dataset", [this] { dump(dump_); });
        sub->add_option("FILE", dump_.file)->required();
        sub->add_option(
               "PATH", dump_.place, "A dataset; a part of it as in Python: x[0:10, 3], t['FLUX']")
            ->required();
        sub->add_flag("--full", dump_.full, "All elements, however many");
        sub->add_flag("--json", dump_.json, "For programs; always all elements");
    }

    void add_explain() {
        CLI::App* const sub = add("explain",
                                  "What reading or writing a dataset would do, and why",
                                  [this] { explain(explain_); });
        sub->add_option("FILE", explain_.file)->required();
        sub->add_option("PATH", explain_.place, "A dataset, or a part of it, as for dump")
            ->required();
        sub->add_flag("--write", explain_.write, "Explain writing elements; none is written");
        sub->add_flag("--json", explain_.json, "For programs");
    }

    void add_sql() {
        CLI::App* const sub =
            add("sql", "A query over the tables in a file", [this] { run_sql(sql_); });
        sub->add_option("FILE", sql_.file)->required();
        sub->add_option(
               "STATEMENT", sql_.statement, "In SQLite's SQL: \"SELECT Z FROM '/path/of/a/table'\"")
            ->required();
        CLI::Option* const csv = sub->add_flag("--csv", sql_.csv, "Comma-separated values");
        CLI::Option* const json = sub->add_flag("--json", sql_.json, "For programs");
        csv->excludes(json);
        sub->add_option("--output",
                        sql_.output,
                        "A file in place of standard output; its suffix decides: .csv .json .hdf5")
            ->excludes(csv)
            ->excludes(json)
            ->option_text("FILE");
    }

    void add_repack() {
        CLI::App* const sub = add("repack",
                                  "Copies a file without lost space, with other filters or chunks",
                                  [this] { repack(repack_); });
        sub->add_option("IN", repack_.source)->required();
        sub->add_option("OUT", repack_.target, "The new file; it is there when it is whole");
        sub->add_option("--filter",
                        repack_.filters,
                        "Filters in the order of writing: shuffle,gzip=4; lzf, szip=nn:8, "
                        "fletcher32, 32015=3 (a number with its values), none")
            ->expected(1)
            ->option_text("FILTERS")
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        sub->add_option("--chunks", repack_.chunks, "The shape of chunks: 64x64, auto, none")
            ->option_text("SHAPE");
        sub->add_option(
               "--only", repack_.only, "Datasets, or groups, that --filter and --chunks are for")
            ->expected(1)
            ->option_text("PATH")
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        sub->add_option("--libver",
                        repack_.libver,
                        "The oldest format: earliest, v108, v110, v112, v114, latest; by default "
                        "that of IN")
            ->option_text("VERSION");
        sub->add_flag("--in-place", repack_.in_place, "Replace IN by its copy");
        sub->add_flag("--force", repack_.force, "Replace OUT when it exists");
        sub->add_flag("--quiet", repack_.quiet, "Print nothing");
    }

    void add_summarize() {
        CLI::App* const sub = add(
            "summarize",
            "Notes beside files what each chunk holds at least and at most, for readers to skip",
            [this] { summarize_files(summarize_); });
        sub->add_option("FILE", summarize_.files)->required();
        sub->add_option("--only", summarize_.only, "Datasets, or groups; everything by default")
            ->expected(1)
            ->option_text("PATH")
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
        sub->add_flag("--quiet", summarize_.quiet, "Print nothing");
    }

    void add_doctor() {
        CLI::App* const sub =
            add("doctor",
                "What is found of this machine and a place for files, and what to set",
                [this] { doctor(doctor_); });
        sub->add_option("PATH", doctor_.path, "A file or a folder; the working folder by default");
        sub->add_flag("--json", doctor_.json, "For programs");
    }

    CLI::App app_{"Looks into HDF5 files, and repacks them."};
    ColorMode color_ = ColorMode::automatic;
    TreeOptions tree_;
    InfoOptions info_;
    DumpOptions dump_;
    ExplainOptions explain_;
    SqlOptions sql_;
    RepackArguments repack_;
    SummarizeOptions summarize_;
    DoctorOptions doctor_;
    std::function<void()> command_;
};

}  // namespace
}  // namespace hyperslab::apps

int main(int argc, char** argv) {
    using namespace hyperslab::apps;
    return run_program(kName, [&] { return Program().run(argc, argv); });
}
