// The engines that read: which one, on how many threads, and what they have done.

#include "engine/engine.hpp"

#include "core/thread_pool.hpp"
#include "engine/facts/io_stats.hpp"
#include "hdf5/property_lists/h5p_transfer.hpp"
#include "ids/dataset_id.hpp"
#include "support/binding.hpp"
#include "support/bindings.hpp"
#include "support/gil.hpp"

namespace hyperslab::python {
namespace {

using engine::EngineChoice;

// Ctrl-C ends a read between two chunks. Python runs signal handlers on its main thread only.
void look_for_signals() {
    const GilTaken gil;
    if (PyErr_CheckSignals() != 0) {
        throw nb::python_error();
    }
}

void set_engine(const std::string& name) {
    if (name == "automatic") {
        engine::set_engine_choice(EngineChoice::automatic);
    } else if (name == "library") {
        engine::set_engine_choice(EngineChoice::library);
    } else if (name == "direct") {
        engine::set_engine_choice(EngineChoice::direct);
    } else {
        throw nb::value_error("The engine is 'automatic', 'library' or 'direct'");
    }
}

std::string get_engine() {
    switch (engine::engine_choice()) {
        case EngineChoice::library:
            return "library";
        case EngineChoice::direct:
            return "direct";
        case EngineChoice::automatic:
            break;
    }
    return "automatic";
}

nb::dict io_stats(bool reset) {
    engine::IoStats& stats = engine::io_stats();
    nb::dict values;
    values["direct_reads"] = stats.direct_reads.load();
    values["library_reads"] = stats.library_reads.load();
    values["chunks"] = stats.chunks.load();
    values["cached_chunks"] = stats.cached_chunks.load();
    values["fetched_bytes"] = stats.fetched_bytes.load();
    values["decoded_bytes"] = stats.decoded_bytes.load();
    values["overtaken_reads"] = stats.overtaken_reads.load();
    values["failed_reads"] = stats.failed_reads.load();
    values["direct_writes"] = stats.direct_writes.load();
    values["library_writes"] = stats.library_writes.load();
    values["encoded_chunks"] = stats.encoded_chunks.load();
    values["rewritten_chunks"] = stats.rewritten_chunks.load();
    values["encoded_bytes"] = stats.encoded_bytes.load();
    values["stored_bytes"] = stats.stored_bytes.load();
    values["failed_writes"] = stats.failed_writes.load();
    values["collective_transfers"] = stats.collective_transfers.load();
    values["independent_instead"] = stats.independent_instead.load();
    nb::dict causes;
    for (std::size_t bit = 0; bit < stats.causes.size(); ++bit) {
        if (const std::uint64_t count = stats.causes[bit].load()) {
            causes[nb::str(hdf5::h5p::describe_no_collective_cause(1U << bit).c_str())] = count;
        }
    }
    values["independent_causes"] = causes;
    nb::dict refusals;
    for (std::size_t i = 1; i < engine::kRefusals; ++i) {
        if (const std::uint64_t count = stats.refusals[i].load()) {
            const std::string_view name = name_of(static_cast<engine::Refusal>(i));
            refusals[nb::str(name.data(), name.size())] = count;
        }
    }
    values["refusals"] = refusals;
    if (reset) {
        engine::reset_io_stats();
    }
    return values;
}

}  // namespace

void bind_engine(nb::module_& core) {
    hyperslab::core::set_loop_poll(&look_for_signals);
    core.def("set_num_threads",
             &hyperslab::core::set_thread_count,
             nb::arg("count"),
             "Set how many threads a read may use. 0 means what the variable HYPERSLAB_NUM_THREADS "
             "says, or as many as there are processors for this process.");
    core.def("get_num_threads",
             &hyperslab::core::thread_count,
             "The number of threads that a read may use.");
    core.def("set_thread_limit",
             &hyperslab::core::set_thread_limit,
             nb::arg("count"),
             "How many threads the reads of this thread may use, 0: as set_num_threads says; "
             "returns what it was before.");
    core.def("set_engine",
             &set_engine,
             nb::arg("name"),
             "Set which engine reads and writes: 'automatic', 'library' (libhdf5 only) or 'direct' "
             "(past libhdf5 wherever that can be done). The environment variable HYPERSLAB_ENGINE "
             "says it for the whole process. Raises ValueError for another name.");
    core.def("get_engine",
             &get_engine,
             "The name of the engine that reads and writes: 'automatic', 'library' or 'direct'.");
    core.def("io_stats",
             &io_stats,
             nb::arg("reset") = false,
             "Counters of what reading has done so far in this process, as a dict: how many reads "
             "went past libhdf5 and how many did not, why not, numbers of chunks, and bytes.");
}

}  // namespace hyperslab::python
