"""C code that calls HDF5's functions, compiled for the libhdf5 of h5py's wheels."""

import ctypes
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import hyperslab
import numpy as np
import pytest
from hyperslab import _c_libraries
from run_python import FOLDER, environment

pytestmark = [
    pytest.mark.skipif(not shutil.which("cc"), reason="needs a C compiler"),
    pytest.mark.skipif(
        hyperslab.h5z.__file__ == hyperslab._core.__file__,
        reason="this build is on the machine's own HDF5, which C code calls itself",
    ),
]

NAME = "libhdf5-0123abcd.so.320.0.0"

CALLER = """
#include <stdint.h>
extern int H5open(void);
extern int64_t H5T_NATIVE_INT_g;
extern int H5Dread(int64_t, int64_t, int64_t, int64_t, int64_t, void*);
extern int H5Dwrite(int64_t, int64_t, int64_t, int64_t, int64_t, const void*);
extern int H5Dset_extent(int64_t, const uint64_t*);
extern int64_t H5Lcopy(int64_t, const char*, int64_t, const char*, int64_t, int64_t);
#ifdef LACKING
extern int H5Dof_a_later_version(int64_t);
int lacking(void) { return H5Dof_a_later_version(1); }
#endif

int read_ints(int64_t dataset, int* values) {
    return H5open() < 0 ? -1 : H5Dread(dataset, H5T_NATIVE_INT_g, 0, 0, 0, values);
}
int write_ints(int64_t dataset, const int* values) {
    return H5open() < 0 ? -1 : H5Dwrite(dataset, H5T_NATIVE_INT_g, 0, 0, 0, values);
}
int set_extent(int64_t dataset, uint64_t length) { return H5Dset_extent(dataset, &length); }
int copy_link(int64_t file, const char* from, const char* to) {
    return H5Lcopy(file, from, file, to, 0, 0);
}
"""


def compile_caller(folder, *options):
    """An extension in a folder of packages, linked as h5py's own wheels have it."""
    packages = folder / "packages"
    (packages / "package").mkdir(parents=True)
    (folder / "caller.c").write_text(CALLER)
    link_with = folder / NAME
    _c_libraries._write(folder, NAME, _c_libraries._Library(hyperslab.h5z.__file__).soname)
    shutil.copy(folder / _c_libraries.FOLDER / NAME, link_with)
    _c_libraries.withdraw(folder)
    library = packages / "package" / "caller.so"
    source = ["cc", "-shared", "-fPIC", "-o", library, folder / "caller.c", link_with]
    rpath = "-Wl,-rpath,$ORIGIN/../h5py.libs"
    subprocess.run([*source, rpath, "-Wl,-z,lazy", *options], check=True)
    link_with.unlink()
    return library


def test_what_is_needed_is_found_and_put_in_place(tmp_path):
    library = compile_caller(tmp_path)
    packages = tmp_path / "packages"
    (packages / "package" / "text.so").write_text("no library")
    (packages / "package" / "cut.so").write_bytes(library.read_bytes()[:5000])
    (found,) = _c_libraries.wanted(packages)[NAME]
    assert found[0] == library and {"H5Dread", "H5T_NATIVE_INT_g"} <= found[1]
    assert _c_libraries.provide(packages) == [f"provided {NAME} for package/caller.so"]
    assert _c_libraries._Library(packages / _c_libraries.FOLDER / NAME).soname == NAME
    assert (packages / "h5py.libs" / NAME).exists()
    _c_libraries.withdraw(packages)
    assert sorted(path.name for path in packages.iterdir()) == ["package"]


def test_h5pys_own_library_stays_where_it_is(tmp_path):
    compile_caller(tmp_path)
    packages = tmp_path / "packages"
    (packages / "h5py.libs").mkdir()
    (packages / "h5py.libs" / NAME).write_text("h5py's own")
    _c_libraries.provide(packages)
    _c_libraries.withdraw(packages)
    assert (packages / "h5py.libs" / NAME).read_text() == "h5py's own"


def test_what_hdf5_here_lacks_is_told(tmp_path):
    compile_caller(tmp_path, "-DLACKING", "-Wl,--unresolved-symbols=ignore-all")
    packages = tmp_path / "packages"
    (line,) = _c_libraries.provide(packages)
    assert "package/caller.so" in line and "H5Dof_a_later_version" in line
    assert not (packages / _c_libraries.FOLDER).exists()


USE = """
import ctypes, sys
import h5py, numpy as np
caller = ctypes.CDLL(sys.argv[1])
with h5py.File(sys.argv[2], "w") as f:
    x = f.create_dataset("x", data=np.arange(5, dtype="i4"))
    values = np.zeros(5, "i4")
    pointer = values.ctypes.data_as(ctypes.c_void_p)
    assert caller.read_ints(ctypes.c_int64(x.id.id), pointer) == 0
    print(values.tolist())
"""


def test_an_extension_runs_on_hyperslab(tmp_path):
    library = compile_caller(tmp_path)
    packages = tmp_path / "packages"
    _c_libraries.provide(packages)
    # As where h5py is installed: a libhdf5 that is not ours lies where the extension looks.
    (packages / "h5py.libs" / NAME).unlink()
    (packages / "h5py.libs" / NAME).write_text("another")
    program = [sys.executable, "-m", "hyperslab.as_h5py", "-c", USE, library, tmp_path / "a.h5"]
    done = subprocess.run(
        [str(part) for part in program],
        env=environment(PYTHONPATH=f"{FOLDER}:{packages}"),
        capture_output=True,
        text=True,
    )
    assert done.stdout == "[0, 1, 2, 3, 4]\n", done.stderr


@pytest.fixture
def caller(tmp_path):
    """The extension in this process, bound to the HDF5 of hyperslab."""
    library = compile_caller(tmp_path)
    _c_libraries.provide(tmp_path / "packages")
    return ctypes.CDLL(str(library))


def number(identifier):
    return ctypes.c_int64(identifier.id)


def address(values):
    return values.ctypes.data_as(ctypes.c_void_p)


@pytest.mark.parametrize("layout", [{}, {"chunks": (100,)}, {"chunks": (100,), "compression": 1}])
def test_what_c_code_writes_is_read(tmp_path, caller, layout):
    with hyperslab.File(tmp_path / "a.h5", "w") as f:
        x = f.create_dataset("x", data=np.arange(1000, dtype="i4"), maxshape=(None,), **layout)
        for add in range(1, 4):
            assert (x[...] == np.arange(1000) + add - 1).all() and x[5] == 4 + add
            assert caller.write_ints(number(x.id), address(np.arange(1000, dtype="i4") + add)) == 0
            assert x[5] == 5 + add and x[6] == 6 + add
            assert (x[...] == np.arange(1000) + add).all()


def test_extents_and_links_too(tmp_path, caller):
    with hyperslab.File(tmp_path / "a.h5", "w") as f:
        x = f.create_dataset("x", (10,), "i4", chunks=(5,), maxshape=(None,))
        assert x.shape == (10,)
        assert caller.set_extent(number(x.id), ctypes.c_uint64(4)) == 0
        assert x.shape == (4,)
        seen = []

        def look(name):
            seen.append(name)
            if name == "x":
                caller.copy_link(number(f.id), b"x", b"g/y")

        f.create_group("g")
        f.visit_links(look)
    assert seen == ["g", "x"]


def test_c_code_may_run_beside_threads_of_ours(tmp_path, caller):
    """Without the interpreter's lock, which would keep h5py's extensions apart."""
    with hyperslab.File(tmp_path / "a.h5", "w") as f:
        f.create_dataset("x", data=np.arange(4000, dtype="i4"), chunks=(10,), compression=1)
        f.create_dataset("y", data=np.arange(4000, dtype="i4"), chunks=(10,), compression=1)
        failures = []

        def in_c():
            values = np.zeros(4000, "i4")
            for _ in range(100):
                if caller.read_ints(number(x), address(values)) != 0 or values[-1] != 3999:
                    failures.append("C")

        def in_python():
            for i in range(100):
                f.create_group(f"{threading.get_ident()}/{i}")
                if f["y"][i * 3 : 3000].sum() != sum(range(i * 3, 3000)):
                    failures.append("Python")

        x = f["x"].id
        threads = [threading.Thread(target=work) for work in [in_c, in_python] * 3]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures


def test_the_library_alone_finds_its_module():
    """Who loads it before hyperslab is imported: it lies beside the module."""
    code = "import ctypes, sys; print(ctypes.CDLL(sys.argv[1]).H5open())"
    command = [sys.executable, "-c", code, hyperslab.h5z.__file__]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout == "0\n", done.stderr


def test_without_a_module_it_fails_and_says_so(tmp_path):
    alone = shutil.copy(Path(hyperslab.h5z.__file__), tmp_path)
    code = "import ctypes, sys; print(ctypes.CDLL(sys.argv[1]).H5open())"
    command = [sys.executable, "-c", code, alone]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout == "-1\n" and "hyperslab is not there" in done.stderr
