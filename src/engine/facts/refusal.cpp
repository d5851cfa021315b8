#include "engine/facts/refusal.hpp"

#include <array>

namespace hyperslab::engine {
namespace {

struct Words {
    std::string_view name;
    std::string_view sentence;
};

constexpr std::array<Words, kRefusals> kWords{{
    {"none", ""},
    {"forced", "the library engine was asked for"},
    {"small", "the read is so small that libhdf5 is as quick"},
    {"transfer_properties", "the read has a transfer property list of its own"},
    {"conversion", "the elements need a conversion that only libhdf5 has"},
    {"index_not_loaded", "few chunks are read, and the chunk index has not been loaded"},
    {"resized", "the dataset has been resized since the selection was made"},
    {"not_flushed",
     "the read is small, and libhdf5 would first have to write what it holds in memory"},
    {"variable_length", "the caller wants strings or sequences in memory that libhdf5 allocates"},
    {"reference", "the elements are or contain references"},
    {"heap_sizes", "the file stores addresses or lengths in neither 4 nor 8 bytes"},
    {"creation_unknown", "libhdf5 cannot report how the dataset was created"},
    {"no_dimensions", "the dataset has no dimensions"},
    {"compact", "the elements lie in the object header (compact layout)"},
    {"virtual_layout", "the dataset is virtual"},
    {"external_files", "the elements lie in external files"},
    {"filter", "a filter is only in libhdf5 or a plug-in"},
    {"lossy_filter",
     "the file is open for writing, and libhdf5 may still hold elements that have not passed "
     "their lossy filter"},
    {"chunk_index",
     "libhdf5 reports wrong places of chunks when only a later dimension is unlimited"},
    {"no_fill_value", "elements that were never written have no fill value"},
    {"fill_value_in_heap",
     "elements were never written, and their fill value is a string or sequence, which only "
     "libhdf5 "
     "finds"},
    {"not_in_file", "a chunk lies beyond what libhdf5 takes for the end of the file"},
    {"driver", "the file is not a plain file on disk"},
    {"connector", "a plug-in (VOL connector) reaches the file"},
    {"mounted", "files have been mounted on others"},
    {"swmr", "the file is open for single-writer/multiple-reader access"},
    {"page_buffer", "the file is open for writing with a page buffer"},
    {"cannot_flush", "what libhdf5 holds of the dataset could not be written"},
    {"closed", "the dataset or its file is closed"},
}};

}  // namespace

std::string_view name_of(Refusal refusal) { return kWords[static_cast<std::size_t>(refusal)].name; }

std::string_view describe(Refusal refusal) {
    return kWords[static_cast<std::size_t>(refusal)].sentence;
}

}  // namespace hyperslab::engine
