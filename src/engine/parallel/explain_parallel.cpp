#include "engine/parallel/explain_parallel.hpp"

#include "engine/facts/engine_choice.hpp"
#include "engine/parallel/own_chunks.hpp"
#include "engine/parallel/own_elements.hpp"
#include "engine/parallel/transfers.hpp"
#include "engine/store/chunk_encoding.hpp"
#include "hdf5/api/h5d.hpp"
#include "hdf5/drivers/mpi_files.hpp"

namespace hyperslab::engine {
namespace {

ParallelWrite by_libhdf5(const char* refusal, std::string reason) {
    return {refusal, std::move(reason), true};
}

// Reasons that hold for elements with and without filters.
ParallelWrite common_refusal(const Request& request) {
    if (engine_choice() == EngineChoice::library) {
        return by_libhdf5("forced", "the library engine was asked for");
    }
    ParallelStorage& storage = request.dataset.stored_in_parallel();
    const StorageFacts& facts = storage.facts();
    if (facts.refusal != Refusal::none) {
        return by_libhdf5("stored", std::string(describe(facts.refusal)));
    }
    if (facts.heap) {
        return by_libhdf5("variable_length",
                          "strings and sequences lie in the file's heap, which libhdf5 writes");
    }
    const hdf5::ParallelAccess& access = storage.access(request.dataset);
    if (access.atomic) {
        return by_libhdf5("atomic", "the file is in MPI-IO's atomic mode");
    }
    if (hdf5::is_subfiled_file(request.dataset.id())) {
        return by_libhdf5("subfiling", "the elements lie in subfiles, which libhdf5 writes");
    }
    if (access.writer == nullptr) {
        return by_libhdf5("file_system",
                          "the file cannot be written past MPI-IO: ranks of several machines share "
                          "it, and their caches may not agree, or its name leads to no file");
    }
    if (storage.encoding(request.dataset).conversion(request.dataset, request.memory_type) ==
        nullptr) {
        ParallelWrite write = by_libhdf5(
            "conversion",
            "the elements need a conversion that only libhdf5 has, which makes a collective write "
            "independent");
        write.converts_here = false;
        return write;
    }
    if (whole_conversion(request) == nullptr) {
        return by_libhdf5("in_part", "only some fields of the elements are written");
    }
    return {};
}

}  // namespace

ParallelWrite explain_parallel_write(const Request& request) {
    if (ParallelWrite write = common_refusal(request); !write.refusal.empty()) {
        return write;
    }
    const bool collective = is_collective(request.dataset, request.dxpl);
    const char* const all = collective ? ", when all ranks can do so" : "";
    if (!request.dataset.stored_in_parallel().facts().pipeline) {
        if (plan_own_elements(request)) {
            return {
                "",
                std::string("each rank writes its elements where they belong, past MPI-IO") + all};
        }
        return by_libhdf5("unallocated", "some of the elements have no place in the file yet");
    }
    if (!collective) {
        return by_libhdf5("independent",
                          "chunks with filters are written collectively only: use `with "
                          "dset.collective:`");
    }
    if (const auto chunks = plan_own_chunks(request)) {
        const char* const how = chunks->in_part ? "one rank encodes each chunk, and gets the "
                                                  "elements of the others that write to it"
                                                : "each rank encodes the chunks that it has whole";
        return {"", std::string(how) + all};
    }
    return by_libhdf5("filters",
                      hdf5::h5d::can_place_chunks()
                          ? "a filter is only in libhdf5 or a plug-in"
                          : "this libhdf5 has no way to give a chunk its place without its bytes");
}

}  // namespace hyperslab::engine
