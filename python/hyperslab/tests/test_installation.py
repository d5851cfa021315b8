"""Does this installation work? Not whether hyperslab is right: its own tests show that."""

import numpy as np
import pytest

import hyperslab


@pytest.fixture
def file(tmp_path):
    with hyperslab.File(tmp_path / "file.h5", "w") as opened:
        yield opened


def test_arrays_come_back_from_a_closed_file(tmp_path):
    values = np.arange(60.0).reshape(3, 4, 5)
    with hyperslab.File(tmp_path / "file.h5", "w") as file:
        file["group/values"] = values
        file["group"].attrs["unit"] = "mm"
    with hyperslab.File(tmp_path / "file.h5", "r") as file:
        assert np.array_equal(file["group/values"][1:, ::2], values[1:, ::2])
        assert file["group"].attrs["unit"] == "mm"


@pytest.mark.parametrize("filter_name", hyperslab.filters.encode)
def test_each_filter_gives_back_what_it_got(file, filter_name):
    values = np.arange(2000, dtype="i4")
    keywords = (
        {"compression": filter_name}
        if filter_name in ("gzip", "lzf", "szip")
        else {filter_name: 0 if filter_name == "scaleoffset" else True}
    )
    dataset = file.create_dataset("values", data=values, chunks=(500,), **keywords)
    file.flush()
    assert np.array_equal(dataset[:], values)


@pytest.mark.parametrize("value", ["text", 2.5, True, 1 + 2j, np.array([(1, 2.0)], "i4,f8")])
def test_types_come_back(file, value):
    file.attrs["value"] = value
    assert np.array_equal(file.attrs["value"], value)


def test_text_comes_back(file):
    file["text"] = ["one", "zwei"]
    assert list(file["text"].asstr()[:]) == ["one", "zwei"]


def test_links_and_references_lead_to_the_object(file):
    dataset = file.create_dataset("values", data=[1, 2, 3])
    file["soft"] = hyperslab.SoftLink("/values")
    assert file["soft"] == dataset
    assert file[dataset.ref] == dataset
    assert list(file[file["values"].regionref[1:]][dataset.regionref[1:]]) == [2, 3]


def test_files_in_memory_work():
    import io

    memory = io.BytesIO()
    with hyperslab.File(memory, "w") as file:
        file["a"] = 1
    with hyperslab.File(memory, "r") as file:
        assert file["a"][()] == 1
