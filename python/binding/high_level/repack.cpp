// The function behind hyperslab.repack.

#include "hyperslab/repack.hpp"

#include <utility>

#include "high_level/creation_arguments.hpp"
#include "support/binding.hpp"
#include "support/bindings.hpp"
#include "support/gil.hpp"
#include "support/names.hpp"
#include "support/shapes.hpp"
#include "support/truth.hpp"

namespace hyperslab::python {
namespace {

RepackChunks chunks_of(nb::handle chunks) {
    if (chunks.is_none()) {
        return {};
    }
    if (chunks.is(Py_True)) {
        return {.kind = RepackChunks::Kind::guessed};
    }
    if (chunks.is(Py_False)) {
        return {.kind = RepackChunks::Kind::contiguous};
    }
    return {.kind = RepackChunks::Kind::shape, .shape = shape_argument(chunks)};
}

// False for `compression` means that there are no filters, unless others are asked for.
std::optional<std::vector<Filter>> filters_of(const nb::dict& keywords) {
    bool asked = false;
    for (const auto& [name, value] : keywords) {
        asked = asked || !value.is_none();
    }
    if (!asked) {
        return std::nullopt;
    }
    nb::dict changed;
    for (const auto& [name, value] : keywords) {
        const bool is_off = nb::cast<std::string>(name) == "compression" && value.is(Py_False);
        if (!is_off) {
            changed[name] = value;
        }
    }
    return parse_filters(nb::none(), changed);
}

nb::dict dict_of(const RepackReport& report) {
    nb::dict values;
    values["bytes_before"] = report.bytes_before;
    values["bytes_after"] = report.bytes_after;
    values["objects"] = report.objects;
    values["datasets"] = report.datasets;
    values["copied_chunks"] = report.copied_chunks;
    values["encoded_chunks"] = report.encoded_chunks;
    nb::list notes;
    for (const std::string& note : report.notes) {
        notes.append(decode_name(note));
    }
    values["notes"] = notes;
    return values;
}

nb::dict repack_file(const nb::bytes& source,
                     const std::optional<nb::bytes>& target,
                     const nb::dict& filters,
                     nb::handle chunks,
                     nb::handle only,
                     const std::optional<int>& libver,
                     bool overwrite) {
    RepackOptions options;
    options.filters = filters_of(filters);
    options.chunks = chunks_of(chunks);
    for (const nb::handle path : only) {
        options.only.push_back(encode_name(path));
    }
    if (libver) {
        options.format = static_cast<FormatVersion>(*libver);
    }
    options.replace = overwrite;
    const std::string from(source.c_str(), source.size());
    const std::string to = target ? std::string(target->c_str(), target->size()) : std::string();
    return dict_of(without_gil(
        [&] { return target ? repack(from, to, options) : repack_in_place(from, options); }));
}

}  // namespace

void bind_repack(nb::module_& core) {
    core.def("repack",
             &repack_file,
             nb::arg("source"),
             nb::arg("target").none(),
             nb::arg("filters"),
             nb::arg("chunks").none(),
             nb::arg("only"),
             nb::arg("libver").none(),
             nb::arg("overwrite"));
}

}  // namespace hyperslab::python
