#include "support/python_device.hpp"

#include <fcntl.h>

#include <cstdio>
#include <cstring>
#include <utility>

#include "support/pending_exception.hpp"

namespace hyperslab::python {
namespace {

// Objects may outlive the interpreter, which then keeps what they held.
void release(PyObject* object) {
    if (object != nullptr && Py_IsInitialized() != 0) {
        const GilTaken gil;
        Py_DECREF(object);
    }
}

int errno_of(nb::handle exception) {
    if (PyObject_IsInstance(exception.ptr(), PyExc_OSError) != 1) {
        return 0;
    }
    const nb::object number = nb::getattr(exception, "errno", nb::none());
    return number.is_none() ? 0 : static_cast<int>(PyLong_AsLong(number.ptr()));
}

std::string text_of(nb::handle exception) {
    const auto type = nb::cast<std::string>(exception.type().attr("__name__"));
    const nb::object text = nb::steal(PyObject_Str(exception.ptr()));
    const char* const utf8 = text.is_valid() ? PyUnicode_AsUTF8(text.ptr()) : nullptr;
    PyErr_Clear();
    return "The Python file object raised " + type + (utf8 == nullptr ? "" : ": ") +
           (utf8 == nullptr ? "" : utf8);
}

// Memory of libhdf5 as a memoryview, for one call: afterwards the view is dead.
class MemoryView {
public:
    MemoryView(const std::byte* data, std::size_t size, int access)
        : view_(nb::steal(
              PyMemoryView_FromMemory(reinterpret_cast<char*>(const_cast<std::byte*>(data)),
                                      static_cast<Py_ssize_t>(size),
                                      access))) {
        if (!view_.is_valid()) {
            throw nb::python_error();
        }
    }

    nb::handle get() const { return view_; }

    /// \throws BufferError when something made from the view holds on to the memory
    void end() { view_.attr("release")(); }

private:
    nb::object view_;
};

// The number of bytes that a call reports to have moved, at most `most`. A method that returns None
// is believed to have moved everything, as in h5py.
std::size_t moved(nb::handle result, std::size_t most) {
    if (result.is_none()) {
        return most;
    }
    const std::size_t count = PyLong_AsSize_t(result.ptr());
    if (PyErr_Occurred() != nullptr) {
        throw nb::python_error();
    }
    if (count > most) {
        throw nb::value_error("a file object's method moved more bytes than it was asked to");
    }
    return count;
}

std::size_t read_into(nb::handle file, std::span<std::byte> bytes) {
    MemoryView view(bytes.data(), bytes.size(), PyBUF_WRITE);
    const nb::object result = file.attr("readinto")(view.get());
    view.end();
    return moved(result, bytes.size());
}

std::size_t read_and_copy(nb::handle file, std::span<std::byte> bytes) {
    const nb::object result = file.attr("read")(bytes.size());
    Py_buffer buffer;
    if (PyObject_GetBuffer(result.ptr(), &buffer, PyBUF_SIMPLE) != 0) {
        throw nb::python_error();
    }
    const auto size = static_cast<std::size_t>(buffer.len);
    if (size <= bytes.size()) {
        std::memcpy(bytes.data(), buffer.buf, size);
    }
    PyBuffer_Release(&buffer);
    if (size > bytes.size()) {
        throw nb::value_error("read() returned more bytes than it was asked for");
    }
    return size;
}

std::size_t write_from(nb::handle file, std::span<const std::byte> bytes) {
    MemoryView view(bytes.data(), bytes.size(), PyBUF_READ);
    const nb::object result = file.attr("write")(view.get());
    view.end();
    return moved(result, bytes.size());
}

std::uint64_t size_of(nb::handle file) {
    file.attr("seek")(0, SEEK_END);
    return nb::cast<std::uint64_t>(file.attr("tell")());
}

// Whether every write to a file's descriptor goes to the end.
bool descriptor_appends(nb::handle file) {
    const int descriptor = nb::cast<int>(file.attr("fileno")());
    const int flags = ::fcntl(descriptor, F_GETFL);
    return flags != -1 && (flags & O_APPEND) != 0;
}

// Whether a stream writes at its end only. The mode says how it was opened, the descriptor what
// that means: temporary files with mode 'ab+' write anywhere. Only files of Python's own are asked
// for a descriptor, because asking others may have effects.
bool appends(nb::handle file, nb::handle io) {
    const nb::object mode = nb::getattr(file, "mode", nb::none());
    const bool says_so = nb::isinstance<nb::str>(mode) && nb::cast<std::string>(mode).contains('a');
    const nb::object of_python = nb::make_tuple(io.attr("FileIO"), io.attr("BufferedRandom"));
    if (!says_so && PyObject_IsInstance(file.ptr(), of_python.ptr()) != 1) {
        return false;
    }
    try {
        return descriptor_appends(file);
    } catch (const nb::python_error&) {  // there is no descriptor
        return says_so;
    } catch (const nb::cast_error&) {
        return says_so;
    }
}

// Runs Python code for libhdf5.
template <class Function>
auto with_python(Function&& function) {
    if (Py_IsInitialized() == 0) {
        throw Error(ErrorCode::io, "The interpreter has ended, and the Python file object with it");
    }
    const GilTaken gil;
    const ExceptionAside aside;
    try {
        return function();
    } catch (nb::python_error& raised) {
        throw PythonDeviceError(raised);
    } catch (const nb::builtin_exception& error) {
        throw Error(ErrorCode::io, error.what());
    } catch (const nb::cast_error&) {
        throw Error(ErrorCode::io, "A method of the Python file object returned no size");
    }
}

}  // namespace

PythonDeviceError::PythonDeviceError(nb::python_error& raised)
    : Error(ErrorCode::io, text_of(raised.value()), errno_of(raised.value())),
      exception_(raised.value().inc_ref().ptr(), &release) {}

void PythonDeviceError::raise() const {
    PyErr_SetObject(reinterpret_cast<PyObject*>(Py_TYPE(exception_.get())), exception_.get());
}

PythonDevice::PythonDevice(nb::object file) : file_(file.release().ptr()) {}

PythonDevice::~PythonDevice() { release(file_); }

void PythonDevice::allow_writing() {
    with_python([&] {
        const nb::module_ io = nb::module_::import_("io");
        if (nb::isinstance(file_, io.attr("TextIOBase"))) {
            PyErr_SetString(PyExc_TypeError,
                            "the file object is open for text; HDF5 needs one for bytes");
            throw nb::python_error();
        }
        if (appends(file_, io)) {
            PyErr_SetString(nb::object(io.attr("UnsupportedOperation")).ptr(),
                            "the file object is open for appending, and writes at its end only; "
                            "open it with mode 'r+b' or 'w+b'");
            throw nb::python_error();
        }
    });
}

std::uint64_t PythonDevice::size() {
    return with_python([&] { return size_of(file_); });
}

void PythonDevice::read(std::uint64_t offset, std::span<std::byte> bytes) {
    with_python([&] {
        const nb::handle file = file_;
        file.attr("seek")(offset);
        const bool in_place = nb::hasattr(file, "readinto");
        while (!bytes.empty()) {
            const std::size_t count =
                in_place ? read_into(file, bytes) : read_and_copy(file, bytes);
            if (count == 0) {  // the end
                std::memset(bytes.data(), 0, bytes.size());
                return;
            }
            bytes = bytes.subspan(count);
        }
    });
}

void PythonDevice::write(std::uint64_t offset, std::span<const std::byte> bytes) {
    with_python([&] {
        const nb::handle file = file_;
        file.attr("seek")(offset);
        while (!bytes.empty()) {
            const std::size_t count = write_from(file, bytes);
            if (count == 0) {
                throw Error(ErrorCode::io, "The Python file object's write() wrote nothing");
            }
            bytes = bytes.subspan(count);
        }
    });
}

void PythonDevice::truncate(std::uint64_t size) {
    with_python([&] {
        const nb::handle file = file_;
        file.attr("truncate")(size);
        // BytesIO and others only make shorter.
        if (size_of(file) < size) {
            file.attr("seek")(size - 1);
            file.attr("write")(nb::bytes("\0", 1));
        }
    });
}

void PythonDevice::flush() {
    with_python([&] { nb::handle(file_).attr("flush")(); });
}

}  // namespace hyperslab::python
