"""What calls with wrong arguments say: h5py's sentences, never the binding's."""

import inspect
import re

import hyperslab
import numpy as np
import pytest
from same_in_a_file import run

MODULES = "h5 h5a h5ac h5d h5ds h5f h5fd h5g h5i h5l h5o h5p h5pl h5r h5s h5t h5z".split()
OF_THE_BINDING = re.compile("incompatible function|supported:|Invoked with|nanobind|does not take")

# Calls that cannot be: each is an exception of the same class as h5py's, with words of its message.
WRONG = {
    "f[None] = 3": (lambda h5, f: f.__setitem__(None, 3), "expected bytes, NoneType found"),
    "del f[None]": (lambda h5, f: f.__delitem__(None), "expected bytes, NoneType found"),
    "f[3]": (lambda h5, f: f[3], "not <class 'int'>"),
    "None in f": (lambda h5, f: None in f, "None"),
    "f.attrs[None]": (lambda h5, f: f.attrs[None], "expected bytes, NoneType found"),
    "f.attrs[None] = 1": (lambda h5, f: f.attrs.__setitem__(None, 1), "expected bytes"),
    "f.move(None, 'x')": (lambda h5, f: f.move(None, "x"), "expected bytes, NoneType found"),
    "f.copy('d', None)": (lambda h5, f: f.copy("d", None), "expected bytes, NoneType found"),
    "f.visit(None)": (lambda h5, f: f.visit(None), "'NoneType' object is not callable"),
    "create_dataset_like": (lambda h5, f: f.create_dataset_like("x", None), "'shape'"),
    "create_virtual_dataset": (lambda h5, f: f.create_virtual_dataset("x", None), "make_dataset"),
    "read_direct(None)": (lambda h5, f: f["d"].read_direct(None), "'NoneType' object"),
    "resize(None)": (lambda h5, f: f["c"].resize(None), "NoneType"),
    "make_scale(None)": (lambda h5, f: f["d"].make_scale(None), "expected bytes, NoneType found"),
    "rdcc_w0='x'": (
        lambda h5, f: h5.File("x.h5", "w", rdcc_w0="x"),
        "must be real number, not str",
    ),
    "h5d.open('f')": (lambda h5, f: h5.h5d.open("f", b"d"), "Argument 'loc' has incorrect type"),
    "h5d.open(None)": (lambda h5, f: h5.h5d.open(None, b"d"), "ObjectID, got NoneType"),
    "h5d.open(str)": (lambda h5, f: h5.h5d.open(f.id, "d"), "expected bytes, str found"),
    "h5d.open()": (lambda h5, f: h5.h5d.open(), "takes at least 2 positional arguments (0 given)"),
    "h5d.open(…4)": (lambda h5, f: h5.h5d.open(f.id, b"d", None, 1), "takes at most 3 positional"),
    "h5d.open(x=1)": (lambda h5, f: h5.h5d.open(f.id, b"d", x=1), "keyword argument 'x'"),
    "h5d.open twice": (
        lambda h5, f: h5.h5d.open(f.id, b"d", name=b"d"),
        "multiple values for keyword",
    ),
    "h5s.create('x')": (lambda h5, f: h5.h5s.create("x"), "an integer is required"),
    "h5s.create(big)": (lambda h5, f: h5.h5s.create(2**70), None),
    "h5s.create_simple": (lambda h5, f: h5.h5s.create_simple(None), "must be a tuple"),
    "space.select_copy": (lambda h5, f: h5.h5s.create_simple((2,)).select_copy(None), None),
    "h5f.open(flags=-1)": (lambda h5, f: h5.h5f.open(b"x.h5", -1), None),
    "id.read('x')": (
        lambda h5, f: f["d"].id.read(h5.h5s.ALL, h5.h5s.ALL, "x"),
        "Argument 'arr_obj' has incorrect type (expected numpy.ndarray, got str)",
    ),
    "deflate('x')": (
        lambda h5, f: h5.h5p.create(h5.h5p.DATASET_CREATE).set_deflate("x"),
        "an integer is required",
    ),
    "get_create_plist(1)": (
        lambda h5, f: f.id.get_create_plist(1),
        "takes exactly 0 positional arguments (1 given)",
    ),
}


def message_of(call, h5, f):
    try:
        call(h5, f)
    except Exception as error:
        return type(error).__name__, str(error)
    return None


@pytest.mark.parametrize("name", WRONG)
def test_the_class_is_h5pys_and_the_message_says_what_is_wrong(same, name):
    call, words = WRONG[name]

    def scenario(h5, f):
        f["d"] = np.arange(3)
        f.create_dataset("c", (3,), "i4", chunks=(2,))
        error = message_of(call, h5, f)
        assert error is not None
        if words and h5 is hyperslab:
            assert words in error[1], error
        return error[0]

    same(scenario)


def test_truth_values_may_be_none(same):
    def scenario(h5, f):
        f["d"] = 1
        names = []
        h5.h5a.iterate(f.id, names.append, info=None)
        f.id.links.visit(names.append, info=None)
        h5.h5o.visit(f.id, names.append, info=None)
        h5.h5p.create(h5.h5p.LINK_CREATE).set_create_intermediate_group(None)
        h5.h5p.create(h5.h5p.FILE_ACCESS).set_file_locking(None, None)
        h5.File("locked.h5", "w", locking=1).close()
        h5.File("threshold.h5", "w", fs_threshold=None).close()
        return names, h5.h5t.py_create("i4", logical=None).get_size()

    same(scenario)


def everything_bound():
    for module in MODULES:
        for name, found in vars(getattr(hyperslab, module)).items():
            if inspect.isclass(found) and found.__module__.startswith("hyperslab"):
                for method, function in vars(found).items():
                    if type(function).__name__ == "nb_method":
                        yield f"{module}.{name}.{method}", function
            elif type(found).__name__ == "nb_func":
                yield f"{module}.{name}", found


def test_nothing_that_is_bound_speaks_of_the_binding(tmp_path):
    """Every function with no arguments, with too many, with None and with what nothing takes."""
    tried = 0

    def scenario(h5, file):
        nonlocal tried
        for name, function in everything_bound():
            for arguments in ((), (None,) * 2, (object(),) * 3, (0,) * 20, (file, None, object())):
                try:
                    function(*arguments)
                except Exception as error:
                    tried += 1
                    assert not OF_THE_BINDING.search(str(error)), (name, arguments, str(error))
        yield None

    run(hyperslab, scenario, tmp_path)
    assert tried > 1000


@pytest.mark.parametrize(
    "call",
    [
        lambda group, wrong: group._get("x", wrong),
        lambda group, wrong: hyperslab.h5o.open(group.id, b"x", wrong),
        lambda group, wrong: hyperslab.h5g.open(group.id, b"x", lapl=wrong),
    ],
)
def test_the_class_of_property_lists_is_no_property_list(tmp_path, call):
    """It is taken for one in h5py, where libhdf5 crashes."""
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f.create_group("x")
        with pytest.raises(TypeError):
            call(f, hyperslab.h5p.LINK_ACCESS)
