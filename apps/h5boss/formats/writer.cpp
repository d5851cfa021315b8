#include "h5boss/formats/writer.hpp"

#include <algorithm>
#include <numeric>
#include <set>

#include "h5boss/formats/attributes.hpp"
#include "h5boss/formats/crew.hpp"

namespace hyperslab::apps::h5boss {
namespace {

Dataset create_table(const Group& group,
                     const std::string& path,
                     const Datatype& type,
                     std::uint64_t rows,
                     const WriteOptions& options) {
    DatasetOptions storage;
    if (!options.filters.empty() && rows > 0) {
        storage.chunks = {
            std::min<std::uint64_t>(rows, std::max<std::uint64_t>(1, (1 << 20) / type.size()))};
        storage.filters = options.filters;
    }
    storage.fill_time = FillTime::never;
    return group.create_dataset(path, type, {rows}, storage);
}

/// The rows sorted by fibre; those of one fibre stay as they are.
Table by_fiber(const Table& table) {
    const std::vector<int> fibers = table.integers("FIBERID");
    if (std::is_sorted(fibers.begin(), fibers.end())) {
        return table;
    }
    std::vector<std::size_t> order(fibers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return fibers[a] < fibers[b];
    });
    return table.rows(order);
}

/// One dataset to be written: the i-th spectrum of one kind.
struct Task {
    const Spectra* spectra;
    std::size_t i;
    Extent extent{};
    Dataset dataset{};
};

/// The cards that a spectrum's header consists of, or the plate's.
std::vector<std::string> cards_for(const PlateContents& contents,
                                   int fiber,
                                   const std::string& place) {
    const std::string own = is_exposure(place) ? place : "";
    for (const int whose : {fiber, 0}) {
        if (const Header* const header = contents.headers.find(whose, own)) {
            return header->cards();
        }
    }
    return contents.cards;
}

/// Copies a dataset with its attributes, chunks and filters, where it is copied unchanged and there
/// is any of them.
bool copied_whole(const Group& plate,
                  const std::string& path,
                  const Spectra& spectra,
                  std::size_t i,
                  const WriteOptions& options) {
    if (!spectra.source || !spectra.unchanged || !options.keep_storage) {
        return false;
    }
    const Dataset source = spectra.source(i);
    const bool attributes = options.keep_source_attributes && !source.attributes().empty();
    const bool plain = source.layout() == Layout::contiguous && source.datatype() == spectra.type;
    if ((plain && !attributes) || read_table(source, 0, 0).type() != spectra.type) {
        return false;
    }
    CopyOptions copy;
    copy.without_attributes = !attributes;
    if (const std::size_t slash = path.rfind('/'); slash != std::string::npos) {
        plate.require_group(path.substr(0, slash));
    }
    plate.copy(source, path, copy);
    return true;
}

/// Makes the dataset of a task, with its attributes.
Task create_single(const OutputFile& output,
                   const Group& plate,
                   const std::string& path,
                   const PlateContents& contents,
                   Task task,
                   const WriteOptions& options) {
    const Spectra& spectra = *task.spectra;
    const std::uint64_t pixels = spectra.pixels(task.i);
    task.dataset = options.filters.empty()
                       ? output.create_extent(plate, path, spectra.type, {pixels}, task.extent)
                       : create_table(plate, path, spectra.type, pixels, options);
    if (options.keep_attributes) {
        set_attributes(task.dataset, cards_for(contents, spectra.fibers[task.i], spectra.place));
    }
    if (options.keep_source_attributes && spectra.source) {
        copy_attributes(spectra.source(task.i), task.dataset);
    }
    if (task.extent.bytes != 0) {
        task.dataset = {};
    }
    return task;
}

void write_task(const OutputFile& output, const Task& task) {
    const Table table = task.spectra->read(task.i);
    if (task.extent.bytes != 0 && table.bytes().size() == task.extent.bytes) {
        output.write_at(task.extent.offset, table.bytes());
    } else {
        write_elements(task.dataset, table.bytes());
    }
}

}  // namespace

Group write_catalogues(const OutputFile& output,
                       const PlateContents& contents,
                       const WriteOptions& options) {
    const Group plate = output.file().create_group(to_string(contents.id));
    set_attributes(plate, contents.cards);
    for (const Catalogue& one : contents.catalogues) {
        const Table table = by_fiber(one.table);
        const Dataset dataset = create_table(plate, one.name, table.type(), table.size(), options);
        write_elements(dataset, table.bytes());
        if (options.keep_source_attributes && one.source.valid()) {
            copy_attributes(one.source, dataset);
        }
    }
    contents.headers.save(plate);
    for (const Extra& extra : contents.extras) {
        if (!plate.contains(extra.name)) {
            plate.copy(extra.object, extra.name);
        }
    }
    if (options.keep_source_attributes && contents.source.valid()) {
        copy_attributes(contents.source, plate);
    }
    return plate;
}

void write_single_spectra(const OutputFile& output,
                          const Group& plate,
                          const PlateContents& contents,
                          const WriteOptions& options) {
    // All spectra of some fibres at a time, so that the files of one fibre are opened once. While
    // their bytes are written, the datasets of the next ones are made.
    constexpr std::size_t kAtOnce = 64;
    Crew crew;
    std::vector<std::size_t> next(contents.spectra.size(), 0);
    for (std::size_t begin = 0; begin < contents.fibers.size(); begin += kAtOnce) {
        const std::size_t end = std::min(begin + kAtOnce, contents.fibers.size());
        const std::set<int> now(contents.fibers.begin() + static_cast<std::ptrdiff_t>(begin),
                                contents.fibers.begin() + static_cast<std::ptrdiff_t>(end));
        std::vector<Task> tasks;
        for (std::size_t s = 0; s < contents.spectra.size(); ++s) {
            const Spectra& spectra = contents.spectra[s];
            for (; next[s] < spectra.fibers.size() && now.contains(spectra.fibers[next[s]]);
                 ++next[s]) {
                const int fiber = spectra.fibers[next[s]];
                const std::string path = std::to_string(fiber) + "/" + spectra.place;
                if (copied_whole(plate, path, spectra, next[s], options)) {
                    options.bar->advance();
                } else {
                    tasks.push_back(
                        create_single(output, plate, path, contents, {&spectra, next[s]}, options));
                }
            }
        }
        std::stable_sort(tasks.begin(), tasks.end(), [](const Task& a, const Task& b) {
            return a.spectra->fibers[a.i] < b.spectra->fibers[b.i];
        });
        for (Task& task : tasks) {
            crew.add([&output, &options, task = std::move(task)] {
                write_task(output, task);
                options.bar->advance();
            });
        }
    }
    for (const auto fiber : contents.fibers) {
        plate.require_group(std::to_string(fiber));
    }
    crew.finish();
}

void write_plate(const OutputFile& output, const PlateContents& contents, const WriteOptions& how) {
    std::uint64_t spectra = 0;
    for (const Spectra& one : contents.spectra) {
        spectra += one.fibers.size();
    }
    ProgressBar bar(to_string(contents.id), spectra);
    WriteOptions options = how;
    options.bar = &bar;
    const Group plate = write_catalogues(output, contents, options);
    if (options.format == Format::v1) {
        write_single_spectra(output, plate, contents, options);
    } else {
        write_stacked_spectra(output, plate, contents, options);
    }
}

}  // namespace hyperslab::apps::h5boss
