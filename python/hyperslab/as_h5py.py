"""Run a program written for h5py on hyperslab, without changing it.

    python -m hyperslab.as_h5py SCRIPT.py ARGUMENTS…
    python -m hyperslab.as_h5py -m MODULE ARGUMENTS…
    python -m hyperslab.as_h5py -c CODE ARGUMENTS…

``import h5py`` gives hyperslab there, and in the Python processes that the program starts. h5py
need not be installed.

    python -m hyperslab.as_h5py install
    python -m hyperslab.as_h5py uninstall

puts a .pth file beside the installed packages, or takes it away; a wheel of hyperslab brings it
along. With that file every program of this Python that finds HYPERSLAB_AS_H5PY=1 in its environment
runs on hyperslab; others are left alone.

It also looks for installed packages whose C code was linked with the libhdf5 of h5py's wheels, and
puts libraries in place by which it gets the HDF5 of hyperslab. Do it again when such a package was
installed or hyperslab renewed.
"""

import importlib.util
import io
import os
import runpy
import shutil
import site
import sys
import sysconfig
import types
import zipfile

BOOT = "_hyperslab_as_h5py.py"
PTH = "hyperslab_as_h5py.pth"
FOLDER = os.path.dirname(os.path.abspath(__file__))
PATH = os.path.join(FOLDER, "_as_h5py_path")


def install(folder=None):
    """Write the .pth file and what it imports; return their folder, which is that of the packages.

    Raises OSError when they cannot be written.
    """
    folder = folder or sysconfig.get_path("purelib")
    for name in (BOOT, PTH):
        if not os.path.exists(os.path.join(folder, name)) or not _came_with_the_wheel(folder):
            shutil.copyfile(os.path.join(PATH, name), os.path.join(folder, name))
    return folder


def _came_with_the_wheel(folder):
    """Whether the package manager knows the files, and takes them away with hyperslab."""
    import importlib.metadata

    for found in importlib.metadata.distributions(name="hyperslab", path=[folder]):
        return any(str(file) == PTH for file in found.files or ())
    return False


def uninstall(folder=None):
    """Remove what `install` has written; return the folder."""
    folder = folder or sysconfig.get_path("purelib")
    for name in (BOOT, PTH):
        if os.path.exists(os.path.join(folder, name)) and not _came_with_the_wheel(folder):
            os.remove(os.path.join(folder, name))
    return folder


def prepare_children():
    """Set the environment so that Python processes started from here run on hyperslab."""
    os.environ["HYPERSLAB_AS_H5PY"] = "1"
    # A folder with an "h5py" in it that gives hyperslab, whether or not there is the .pth file.
    paths = [PATH]
    home = os.path.dirname(FOLDER)
    if home not in [os.path.abspath(path) for path in site.getsitepackages()]:
        paths.append(home)
    paths += os.environ.get("PYTHONPATH", "").split(os.pathsep)
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys(filter(None, paths)))


def _is_source(script):
    """Whether it is neither a folder or an archive with a __main__.py nor compiled."""
    if not os.path.isfile(script) or zipfile.is_zipfile(script):
        return False
    with io.open_code(script) as file:
        return file.read(len(importlib.util.MAGIC_NUMBER)) != importlib.util.MAGIC_NUMBER


def _run(code, name, **attributes):
    """Run code as Python runs a program. runpy would put the script's whole path into sys.argv."""
    main = sys.modules["__main__"] = types.ModuleType("__main__")  # where pickle looks
    vars(main).update(attributes)
    exec(compile(code, name, "exec", dont_inherit=True), vars(main))


def main():
    """Do what the command line says; return the exit status."""
    arguments = sys.argv[1:]
    if not arguments or arguments[0] in ("-h", "--help"):
        print(__doc__.strip())
        return 0 if arguments else 2
    if arguments[0] in ("install", "uninstall") and len(arguments) == 1:
        from . import _c_libraries

        if arguments[0] == "install":
            folder = install()
            print(f"{os.path.join(folder, PTH)} is there", *_c_libraries.provide(folder), sep="\n")
        else:
            folder = uninstall()
            _c_libraries.withdraw(folder)
            print(f"removed {os.path.join(folder, PTH)}")
        return 0
    import hyperslab

    prepare_children()
    hyperslab.install_as_h5py()
    if arguments[0] == "-m" and len(arguments) > 1:
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    elif arguments[0] == "-c" and len(arguments) > 1:
        sys.argv = ["-c", *arguments[2:]]
        _run(arguments[1], "<string>")
    else:
        sys.argv = arguments
        script = os.path.abspath(arguments[0])
        sys.path[0] = os.path.dirname(script)
        if _is_source(script):
            with io.open_code(script) as file:
                _run(file.read(), script, __file__=script)
        else:
            runpy.run_path(script, run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main())
