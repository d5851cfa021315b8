// The filter pipeline that `create_dataset`'s keywords ask for.

#include "dtypes/numpy_api.hpp"
#include "dtypes/numpy_dtype.hpp"
#include "filter/format/szip.hpp"
#include "high_level/creation_arguments.hpp"
#include "support/filter_packages.hpp"
#include "support/integer_argument.hpp"

namespace hyperslab::python {
namespace {

nb::object keyword(nb::handle keywords, const char* name) {
    nb::object value = nb::borrow(PyDict_GetItemString(keywords.ptr(), name));
    return value.is_valid() ? value : nb::none();
}

// Asked each time: programs replace these tables.
bool module_has(const char* module_name, const char* table, nb::handle value) {
    const nb::object package = nb::module_::import_("hyperslab._hl");
    const nb::object found = package.attr(module_name).attr(table);
    const int contained = PySequence_Contains(found.ptr(), value.ptr());
    if (contained < 0) {
        PyErr_Clear();  // not hashable, so not in the table
    }
    return contained == 1;
}

[[noreturn]] void throw_value(const std::string& message) {
    throw nb::value_error(message.c_str());
}

struct Compression {
    nb::object name;
    nb::object options;
};

// Gzip may be asked for by True or by its level alone.
Compression resolve_compression(nb::handle keywords) {
    Compression c{keyword(keywords, "compression"), keyword(keywords, "compression_opts")};
    if (c.name.is_none()) {
        return c;
    }
    if (c.name.is(Py_True)) {
        return {nb::str("gzip"), c.options.is_none() ? nb::cast(4) : c.options};
    }
    if (module_has("dataset", "_LEGACY_GZIP_COMPRESSION_VALS", c.name)) {
        if (!c.options.is_none()) {
            throw nb::type_error("Conflict in compression options");
        }
        return {nb::str("gzip"), c.name};
    }
    // A FilterRefBase of any package: hdf5plugin's are stock h5py's.
    if (nb::hasattr(c.name, "filter_id") && nb::hasattr(c.name, "filter_options")) {
        return {c.name.attr("filter_id"), c.name.attr("filter_options")};
    }
    return c;
}

Filter gzip_filter(nb::handle options) {
    if (options.is_none()) {
        return deflate(4);
    }
    const nb::object levels = nb::module_::import_("builtins").attr("range")(10);
    if (PySequence_Contains(levels.ptr(), options.ptr()) != 1) {
        PyErr_Clear();
        throw_value("GZIP setting must be an integer from 0-9, not " +
                    nb::cast<std::string>(nb::repr(options)));
    }
    return deflate(integer_argument<unsigned>(options));
}

Filter szip_filter(nb::handle options) {
    static constexpr const char* kUsage =
        "SZIP options must be a 2-tuple ('ec'|'nn', even integer 0-32)";
    if (options.is_none()) {
        return szip_nearest_neighbour(8);
    }
    if (!PySequence_Check(options.ptr())) {
        throw nb::type_error(kUsage);
    }
    if (nb::len(options) != 2) {
        throw_value(kUsage);
    }
    const auto method = nb::cast<std::string>(nb::str(nb::object(options[0])));
    const auto pixels = integer_argument<std::int64_t>(nb::object(options[1]));
    if ((method != "ec" && method != "nn") || pixels <= 0 ||
        pixels > filter::kSzipMostPixelsPerBlock || pixels % 2 != 0) {
        throw_value(kUsage);
    }
    const auto block = static_cast<unsigned>(pixels);
    return method == "ec" ? szip_entropy(block) : szip_nearest_neighbour(block);
}

Filter numbered_filter(nb::handle number, nb::handle options, bool allow_unknown) {
    const FilterId id = integer_argument<FilterId>(number);
    if (!provide_filter(id) && !allow_unknown) {
        throw_value("Unknown compression filter number: " + std::to_string(id));
    }
    if (id == filter_id::kDeflate && (options.is_none() || nb::len(options) == 0)) {
        throw nb::index_error("Gzip by its number needs its level in compression_opts");
    }
    std::vector<unsigned> values;
    if (!options.is_none()) {
        for (const nb::handle value : options) {
            values.push_back(integer_argument<unsigned>(value));
        }
    }
    return custom_filter(id, std::move(values), true);
}

std::optional<Filter> compression_filter(nb::handle keywords) {
    const auto [name, options] = resolve_compression(keywords);
    if (name.is_none()) {
        if (!options.is_none()) {
            throw nb::type_error("Compression method must be specified");
        }
        return std::nullopt;
    }
    if (PyLong_Check(name.ptr())) {
        return numbered_filter(name, options, truth_of(keyword(keywords, "allow_unknown_filter")));
    }
    const auto text = nb::cast<std::string>(nb::str(name));
    if (!module_has("filters", "encode", name)) {
        throw_value("Compression filter \"" + text + "\" is unavailable");
    }
    if (text == "gzip") {
        return gzip_filter(options);
    }
    if (text == "szip") {
        return szip_filter(options);
    }
    if (text == "lzf") {
        if (!options.is_none()) {
            throw_value("LZF compression filter accepts no options");
        }
        return lzf();
    }
    throw_value("compression '" + text + "' is not a compression filter");
}

std::optional<Filter> scaleoffset_filter(nb::handle dtype, nb::handle keywords) {
    const nb::object option = keyword(keywords, "scaleoffset");
    if (option.is_none()) {
        return std::nullopt;
    }
    if (truth_of(option.attr("__lt__")(0))) {
        throw_value("scale factor must be >= 0");
    }
    const auto factor = integer_argument<std::int64_t>(option);
    const char kind = dtype_kind(dtype);
    if (kind != 'f' && kind != 'i' && kind != 'u') {
        throw nb::type_error(
            "scale/offset filter only supported for integer and floating-point types");
    }
    if (kind == 'f' && option.is(Py_True)) {
        throw_value("integer scaleoffset must be provided for floating point types");
    }
    if (truth_of(keyword(keywords, "fletcher32"))) {
        throw_value("fletcher32 cannot be used with potentially lossy scale/offset filter");
    }
    if (kind == 'f') {
        return scaleoffset_decimal(static_cast<unsigned>(factor));
    }
    return scaleoffset_integer(option.is(Py_True) ? 0 : static_cast<unsigned>(factor));
}

}  // namespace

// Scale-offset sees numbers, so it comes first; the checksum is of what is stored, so it comes
// last.
std::vector<Filter> parse_filters(nb::handle dtype, nb::handle keywords) {
    std::vector<Filter> filters;
    const auto compression = compression_filter(keywords);
    if (auto filter = scaleoffset_filter(dtype, keywords)) {
        filters.push_back(std::move(*filter));
    }
    if (truth_of(keyword(keywords, "shuffle"))) {
        filters.push_back(shuffle());
    }
    if (compression) {
        filters.push_back(*compression);
    }
    if (truth_of(keyword(keywords, "fletcher32"))) {
        filters.push_back(fletcher32());
    }
    return filters;
}

}  // namespace hyperslab::python
