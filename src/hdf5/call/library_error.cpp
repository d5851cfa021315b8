// Turns libhdf5's error stack into an Error.
//
// The code follows the (major, minor) numbers of the outermost frame, as h5py chooses its
// exceptions, because programs catch them; where that frame says only that something failed, C++
// hears the reason from the frames inside. The message joins the outermost and the innermost
// description, which together say what was tried and what was wrong, and then names the object and
// its file, which libhdf5 leaves out.

#include "hdf5/call/library_error.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "core/dialect.hpp"
#include "hdf5/call/call.hpp"
#include "hdf5/call/capi.hpp"
#include "hdf5/call/device_failure.hpp"
#include "hdf5/call/locking_hint.hpp"
#include "hdf5/call/newer_format_hint.hpp"
#include "hyperslab/error.hpp"

namespace hyperslab::hdf5 {
namespace {

struct Frame {
    hid_t major = 0;
    hid_t minor = 0;
    std::string description;
};

herr_t collect_frame(unsigned /*n*/, const H5E_error2_t* error, void* frames) {
    static_cast<std::vector<Frame>*>(frames)->push_back(
        {error->maj_num, error->min_num, error->desc != nullptr ? error->desc : ""});
    return 0;
}

/// The frames of the stack, the innermost first.
std::vector<Frame> take_error_stack() {
    std::vector<Frame> frames;
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, collect_frame, &frames);
    H5Eclear2(H5E_DEFAULT);
    return frames;
}

struct ExactRule {
    hid_t major;
    hid_t minor;
    ErrorCode code;
};

struct MinorRule {
    hid_t minor;
    ErrorCode code;
};

// Where libhdf5 uses one minor number for different failures, the major number decides.
std::optional<ErrorCode> code_by_both(const Frame& frame) {
    const std::array rules{
        ExactRule{H5E_CACHE, H5E_BADVALUE, ErrorCode::io},
        ExactRule{H5E_RESOURCE, H5E_CANTINIT, ErrorCode::io},
        ExactRule{H5E_INTERNAL, H5E_SYSERRSTR, ErrorCode::io},
        ExactRule{H5E_DATATYPE, H5E_CANTINIT, ErrorCode::type_mismatch},
        ExactRule{H5E_DATASET, H5E_CANTINIT, ErrorCode::invalid_argument},
        ExactRule{H5E_DATASET, H5E_CANTCREATE, ErrorCode::invalid_argument},
        ExactRule{H5E_ARGS, H5E_CANTINIT, ErrorCode::type_mismatch},
        ExactRule{H5E_ARGS, H5E_BADTYPE, ErrorCode::invalid_argument},
        ExactRule{H5E_REFERENCE, H5E_CANTINIT, ErrorCode::invalid_argument},
        ExactRule{H5E_FILE, H5E_CANTCONVERT, ErrorCode::invalid_argument},
        ExactRule{H5E_SYM, H5E_CANTCREATE, ErrorCode::already_exists},
    };
    for (const ExactRule& rule : rules) {
        if (rule.major == frame.major && rule.minor == frame.minor) {
            return rule.code;
        }
    }
    return std::nullopt;
}

ErrorCode code_by_minor(const Frame& frame) {
    const std::array rules{
        MinorRule{H5E_SEEKERROR, ErrorCode::io},
        MinorRule{H5E_READERROR, ErrorCode::io},
        MinorRule{H5E_WRITEERROR, ErrorCode::io},
        MinorRule{H5E_CLOSEERROR, ErrorCode::io},
        MinorRule{H5E_OVERFLOW, ErrorCode::io},
        MinorRule{H5E_FCNTL, ErrorCode::io},
        MinorRule{H5E_FILEEXISTS, ErrorCode::io},
        MinorRule{H5E_FILEOPEN, ErrorCode::io},
        MinorRule{H5E_CANTCREATE, ErrorCode::io},
        MinorRule{H5E_CANTOPENFILE, ErrorCode::io},
        MinorRule{H5E_CANTCLOSEFILE, ErrorCode::io},
        MinorRule{H5E_NOTHDF5, ErrorCode::io},
        MinorRule{H5E_BADFILE, ErrorCode::invalid_argument},
        MinorRule{H5E_TRUNCATED, ErrorCode::io},
        MinorRule{H5E_MOUNT, ErrorCode::io},
        MinorRule{H5E_NOFILTER, ErrorCode::io},
        MinorRule{H5E_CALLBACK, ErrorCode::io},
        MinorRule{H5E_CANAPPLY, ErrorCode::io},
        MinorRule{H5E_SETLOCAL, ErrorCode::io},
        MinorRule{H5E_NOENCODER, ErrorCode::io},
        MinorRule{H5E_BADGROUP, ErrorCode::invalid_argument},
        MinorRule{H5E_BADSELECT, ErrorCode::invalid_argument},
        MinorRule{H5E_UNINITIALIZED, ErrorCode::invalid_argument},
        MinorRule{H5E_UNSUPPORTED, ErrorCode::unsupported},
        MinorRule{H5E_NOTFOUND, ErrorCode::not_found},
        MinorRule{H5E_CANTINSERT, ErrorCode::invalid_argument},
        MinorRule{H5E_BADTYPE, ErrorCode::type_mismatch},
        MinorRule{H5E_BADRANGE, ErrorCode::invalid_argument},
        MinorRule{H5E_BADVALUE, ErrorCode::invalid_argument},
        MinorRule{H5E_EXISTS, ErrorCode::already_exists},
        MinorRule{H5E_ALREADYEXISTS, ErrorCode::already_exists},
        MinorRule{H5E_CANTCONVERT, ErrorCode::type_mismatch},
        MinorRule{H5E_CANTDELETE, ErrorCode::not_found},
        MinorRule{H5E_CANTOPENOBJ, ErrorCode::not_found},
        MinorRule{H5E_CANTMOVE, ErrorCode::invalid_argument},
        MinorRule{H5E_BADID, ErrorCode::closed},
    };
    for (const MinorRule& rule : rules) {
        if (rule.minor == frame.minor) {
            return rule.code;
        }
    }
    return ErrorCode::internal;
}

ErrorCode code_of(const Frame& frame) {
    const std::optional<ErrorCode> exact = code_by_both(frame);
    return exact ? *exact : code_by_minor(frame);
}

// What is wrong with a value deep inside is wrong with the file: nobody gave that value.
ErrorCode code_inside(const Frame& frame) {
    const std::array of_callers{H5E_ARGS, H5E_DATASPACE, H5E_DATATYPE, H5E_PLIST, H5E_ID};
    const ErrorCode code = code_of(frame);
    const bool is_value = code == ErrorCode::invalid_argument || code == ErrorCode::type_mismatch;
    return is_value && std::ranges::find(of_callers, frame.major) == of_callers.end()
               ? ErrorCode::io
               : code;
}

ErrorCode code_of(const std::vector<Frame>& frames) {
    const ErrorCode outermost = code_of(frames.back());
    if (outermost != ErrorCode::internal || core::dialect() == core::Dialect::python) {
        return outermost;
    }
    for (const Frame& frame : frames) {
        if (const ErrorCode code = code_inside(frame); code != ErrorCode::internal) {
            return code;
        }
    }
    return ErrorCode::internal;
}

// "unable to open file" -> "Unable to open file", the rest in lower case as h5py prints it.
std::string as_sentence(const std::string& text) {
    std::string out = text;
    for (std::size_t i = 0; i < out.size(); ++i) {
        const auto c = static_cast<unsigned char>(out[i]);
        out[i] = static_cast<char>(i == 0 ? std::toupper(c) : std::tolower(c));
    }
    return out;
}

// The error number of the system, which libhdf5 writes into its descriptions as "errno = 2"; 0 when
// there is none.
int errno_in(const std::string& text) {
    std::size_t at = text.find("errno");
    if (at == std::string::npos) {
        return 0;
    }
    at = text.find_first_not_of(" =", at + 5);
    int value = 0;
    if (at != std::string::npos) {
        std::from_chars(text.data() + at, text.data() + text.size(), value);
    }
    return value;
}

template <class GetName>
std::string name_from(GetName&& get_name) {
    const ssize_t length = get_name(nullptr, 0);
    if (length <= 0) {
        return {};
    }
    std::string name(static_cast<std::size_t>(length), '\0');
    get_name(name.data(), name.size() + 1);
    return name;
}

/// "; asked for '/group/name' in 'x.h5'", as far as it is known. Programs look for the word "file"
/// in what h5py says of a missing name, to tell external links without a file from others.
std::string describe(const Subject& subject) {
    if (subject.location <= 0) {  // a closed object knows neither its path nor its file
        const std::string kind = subject.location == kFileSystem ? "file " : "";
        const std::string name(subject.name);
        return name.empty() ? "" : "; asked for " + kind + "'" + name + "'";
    }
    const std::string file = name_from(
        [&](char* text, size_t size) { return H5Fget_name(subject.location, text, size); });
    std::string object = name_from(
        [&](char* text, size_t size) { return H5Iget_name(subject.location, text, size); });
    H5Eclear2(H5E_DEFAULT);
    if (!subject.name.empty() && subject.name.front() == '/') {
        object = subject.name;
    } else if (!subject.name.empty() && subject.name != ".") {
        object += (object.ends_with('/') ? "" : "/") + std::string(subject.name);
    }
    if (object.empty() && file.empty()) {
        return {};
    }
    return "; asked for" + (object.empty() ? "" : " '" + object + "'") +
           (file.empty() ? "" : std::string(object.empty() ? " file" : " in") + " '" + file + "'");
}

}  // namespace

void throw_library_error(const Subject& subject) {
    const LockGuard guard;
    PostponeDeviceFailures::tell();
    throw_error_stack(subject);
}

// The advice for an attribute of 64 KiB or more.
std::string large_attribute_hint() {
    return std::string(
               ". Attributes of 64 KiB and more need another way of storing them: make the object "
               "with ") +
           core::say(
               "GroupOptions::track_order or DatasetOptions::track_attribute_order, or the file "
               "with FileOptions::format from FormatVersion::v18 on",
               "track_order=True or the file with libver='v108' or newer") +
           ", or store the values as a dataset";
}

// The message of a conversion of our own (enum_conversions.cpp) says everything.
bool is_failed_conversion(const Frame& innermost) {
    return innermost.major == H5E_DATATYPE && innermost.minor == H5E_CANTCONVERT;
}

// H5Lmove files a taken name under "not found".
bool says_name_taken(const Frame& frame) {
    return frame.minor == H5E_EXISTS || frame.minor == H5E_ALREADYEXISTS ||
           (frame.major == H5E_LINK && frame.minor == H5E_NOTFOUND &&
            frame.description.ends_with("already exists"));
}

void throw_error_stack(const Subject& subject) {
    const LockGuard guard;
    const std::vector<Frame> frames = take_error_stack();
    if (frames.empty()) {
        throw Error(ErrorCode::internal, "HDF5 failed without saying why" + describe(subject));
    }
    const Frame& outermost = frames.back();
    const Frame& innermost = frames.front();
    if (is_failed_conversion(innermost)) {
        throw Error(ErrorCode::type_mismatch, innermost.description + describe(subject));
    }
    const ErrorCode code = code_of(frames);
    std::string message =
        as_sentence(outermost.description) + " (" + innermost.description + ")" + describe(subject);
    if (innermost.description.find("unable to lock file") != std::string::npos) {
        message += locking_hint();
    }
    message += newer_format_hint(innermost.description);
    if (innermost.description.find("object header message is too large") != std::string::npos) {
        message += large_attribute_hint();
    }
    throw LibraryError(code,
                       message,
                       code == ErrorCode::io ? errno_in(innermost.description) : 0,
                       std::ranges::any_of(frames, says_name_taken));
}

}  // namespace hyperslab::hdf5
