// Codecs that more than one filter uses, on one block: filters that work in blocks call them for
// each, others for the whole chunk.
//
// All of them fill at most `output` and throw Error (io), naming the filter `name`, when the bytes
// are damaged or hold more. Where a build lacks the codec's library (format/codecs.hpp), nothing
// may be called.
#pragma once

#include <cstddef>

#include "filter/decode/decoder.hpp"
#include "filter/format/codecs.hpp"

namespace hyperslab::filter {

/// Decodes a zlib stream. \returns what was decoded
Bytes inflate(const char* name, Bytes input, Room output, Scratch::State& scratch);

/// Decodes one zstd frame, or several. \returns what was decoded
Bytes zstd_decode(const char* name, Bytes input, Room output, Scratch::State& scratch);

/// The codecs below fill `output` to its end, or throw Error (io).
void lz4_decode(const char* name, Bytes input, Room output);
void blosclz_decode(const char* name, Bytes input, Room output);
void snappy_decode(const char* name, Bytes input, Room output);

}  // namespace hyperslab::filter
