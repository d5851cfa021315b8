"""Methods that C++ stands in for behave as the Python functions that they are written as."""

import copy
import functools
import inspect
import pickle
import pydoc
from unittest import mock

import hyperslab
import numpy as np
import pytest

METHODS = [
    (hyperslab.Dataset, "__getitem__", "(self, args, new_dtype=None)"),
    (hyperslab.Dataset, "__setitem__", "(self, args, val)"),
    (hyperslab.Group, "__getitem__", "(self, name)"),
    (hyperslab.AttributeManager, "__getitem__", "(self, name)"),
]
methods = pytest.mark.parametrize(("owner", "name", "signature"), METHODS)


@pytest.fixture
def file(tmp_path):
    with hyperslab.File(tmp_path / "file.h5", "w") as file:
        file["x"] = np.arange(12.0).reshape(3, 4)
        file["x"].attrs["a"] = 5
        yield file


@methods
def test_they_say_of_themselves_what_functions_say(owner, name, signature):
    method = getattr(owner, name)
    assert str(inspect.signature(method)) == signature
    assert method.__name__ == name
    assert method.__qualname__ == f"{owner.__name__}.{name}"
    assert method.__module__ == owner.__module__
    assert "Source: H5" in method.__doc__
    assert inspect.getdoc(method) in inspect.cleandoc(method.__doc__)
    assert method.__doc__.split("\n")[0] in pydoc.render_doc(owner)
    assert inspect.isroutine(method)
    assert callable(method)
    assert inspect.getsource(method).lstrip().startswith(("@", "def"))
    assert method.__defaults__ == inspect.unwrap(method).__defaults__
    assert repr(method).startswith(f"<function {owner.__name__}.{name} at ")
    with pytest.raises(AttributeError):
        method.nothing_of_that_name  # noqa: B018 - asking is what fails


@methods
def test_they_are_pickled_and_copied_by_name(owner, name, signature):
    method = getattr(owner, name)
    assert pickle.loads(pickle.dumps(method)) is method
    assert copy.copy(method) is method
    assert copy.deepcopy(method) is method


def test_any_way_of_calling_works(file):
    dataset = file["x"]
    get = hyperslab.Dataset.__getitem__
    assert get(dataset, (1, 2)) == dataset.__getitem__((1, 2)) == dataset[1, 2] == 6
    assert get(self=dataset, args=(1, 2)) == get(dataset, args=(1, 2)) == 6
    assert dataset.__getitem__((1, 2), new_dtype="i4").dtype == "i4"
    assert dataset.__getitem__((1, 2), "i4").dtype == "i4"
    dataset.__setitem__(args=(1, 2), val=7)
    assert dataset[1, 2] == 7
    assert functools.partial(get, dataset)((1, 2)) == 7
    assert file.__getitem__(name="x") == dataset
    assert dataset.attrs.__getitem__(name="a") == 5


@pytest.mark.parametrize("arguments", [(), (1, 2, 3)])
def test_wrong_calls_are_reported_as_those_of_functions(file, arguments):
    with pytest.raises(TypeError, match=r"Dataset.__getitem__\(\)"):
        file["x"].__getitem__(*arguments)
    with pytest.raises(TypeError, match=r"Dataset.__getitem__\(\)"):
        file["x"].__getitem__(1, dtype="i4")


def test_what_is_no_dataset_is_refused():
    with pytest.raises(AttributeError, match="_id"):
        hyperslab.Dataset.__getitem__(object(), 0)


def test_subclasses_override_and_call_them(file):
    class Doubled(hyperslab.Dataset):
        def __getitem__(self, args, new_dtype=None):
            return 2 * super().__getitem__(args, new_dtype)

    class Plain(hyperslab.Dataset):
        pass

    class Loud(hyperslab.Group):
        def __getitem__(self, name):
            return ("opened", super().__getitem__(name))

    assert Doubled(file["x"].id)[1, 2] == 12
    assert Doubled(file["x"].id).astype("i4")[1, 2] == 12
    assert Plain(file["x"].id)[1, 2] == 6
    assert Loud(file["/"].id)["x"] == ("opened", file["x"])


def test_they_can_be_patched_and_restored(file, monkeypatch):
    dataset = file["x"]
    original = hyperslab.Dataset.__getitem__
    monkeypatch.setattr(
        hyperslab.Dataset, "__getitem__", lambda self, args: ("patched", original(self, args))
    )
    assert dataset[1, 2] == ("patched", 6)
    monkeypatch.undo()
    assert dataset[1, 2] == 6
    with mock.patch.object(hyperslab.Dataset, "__getitem__", autospec=True) as patched:
        dataset[0]
    assert patched.called
    assert hyperslab.Dataset.__getitem__ is original


def test_objects_that_only_have_an_id_will_do(file):
    class Proxy:
        _id = file["x"].id

    assert hyperslab.Dataset.__getitem__(Proxy(), (1, 2)) == 6
