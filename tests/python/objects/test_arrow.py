"""Datasets as Arrow arrays, against what stock h5py reads."""

import gc

import h5py
import hyperslab
import numpy as np
import pyarrow as pa
import pytest

ROWS = 1000
NUMBERS = "i1 u1 i2 >u2 >i4 u4 i8 >u8 f2 f4 >f8 >f2".split()


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "arrow.h5")


def written(path, data, **options):
    """A dataset that stock h5py wrote, opened by hyperslab, and what h5py reads of it."""
    with h5py.File(path, "w") as file:
        file.create_dataset("d", data=data, **options)
    with h5py.File(path) as file:
        expected = file["d"][()]
    return hyperslab.File(path)["d"], expected


def as_lists(array):
    array.validate(full=True)
    return array.to_pylist()


@pytest.mark.parametrize("dtype", NUMBERS)
@pytest.mark.parametrize("shape", [(ROWS,), (50, 7), (6, 5, 4), (), (0,), (0, 3), (3, 0)])
@pytest.mark.parametrize("options", [{}, {"compression": 1, "shuffle": True}])
def test_numbers_keep_their_type_and_values(path, dtype, shape, options):
    rng = np.random.default_rng(1)
    data = np.asarray(rng.random(shape) * 100).astype(dtype)
    dataset, expected = written(path, data, **(options if 0 not in shape and shape else {}))
    array = dataset.to_arrow()
    assert as_lists(array) == (expected.tolist() if shape else [expected.tolist()])
    item = array.type
    for length in shape[1:]:
        assert item.list_size == length
        item = item.value_type
    assert item == pa.from_numpy_dtype(np.dtype(dtype).newbyteorder("="))


@pytest.mark.parametrize(
    "sel",
    [
        np.s_[3:40:7],
        np.s_[5],
        np.s_[5, 3],
        np.s_[:, 2],
        np.s_[[1, 4, 8]],
        np.s_[..., 1:3],
        np.s_[-1],
        np.s_[10:10],
    ],
)
def test_a_selection_is_read_as_numpy_would_have_it(path, sel):
    dataset, expected = written(path, np.arange(350).reshape(50, 7), chunks=(8, 3))
    wanted = expected[sel]
    assert as_lists(dataset.to_arrow(sel)) == (wanted.tolist() if wanted.ndim else [wanted.item()])


def test_a_mask_selects(path):
    dataset, expected = written(path, np.arange(350).reshape(50, 7))
    mask = expected % 3 == 0
    assert as_lists(dataset.to_arrow(mask)) == expected[mask].tolist()


TEXTS = ["", "a", "é", "日本語", "x" * 5000, "tab\tnew\nline"]


def test_strings_of_any_length(path):
    dataset, _ = written(path, np.array(TEXTS * 100, object))
    assert as_lists(dataset.to_arrow()) == TEXTS * 100
    assert dataset.to_arrow().type == pa.string()


@pytest.mark.parametrize("padding", ["null_padded", "null_terminated", "space_padded"])
def test_fixed_strings_are_without_their_padding(path, padding):
    values = [b"ab", b"", b"abcd", "é".encode(), b" x "]
    with h5py.File(path, "w") as file:
        kind = h5py.h5t.C_S1.copy()
        kind.set_size(6)
        kind.set_strpad(
            {
                "null_padded": h5py.h5t.STR_NULLPAD,
                "null_terminated": h5py.h5t.STR_NULLTERM,
                "space_padded": h5py.h5t.STR_SPACEPAD,
            }[padding]
        )
        space = h5py.h5s.create_simple((len(values),))
        made = h5py.h5d.create(file.id, b"d", kind, space)
        made.write(h5py.h5s.ALL, h5py.h5s.ALL, np.array(values, "S6"))
    with h5py.File(path) as file:
        expected = [value.decode() for value in file["d"][()]]
    assert as_lists(hyperslab.File(path)["d"].to_arrow()) == expected


@pytest.mark.parametrize("data", [np.array([b"ok", b"\xff"]), [b"\xc3", b"\xa9"]])
def test_a_string_that_is_no_utf8_is_refused(path, data):
    dataset, _ = written(path, data)
    with pytest.raises(TypeError, match=r"(?s)no UTF-8.*'/d' in file"):
        dataset.to_arrow()


def test_bools_are_bits(path):
    data = np.random.default_rng(0).random(ROWS) < 0.5
    dataset, _ = written(path, data)
    array = dataset.to_arrow()
    assert array.type == pa.bool_()
    assert as_lists(array) == data.tolist()


@pytest.mark.parametrize("base", ["i1", "u1", ">i2", "i4", "u8"])
def test_enumerations_are_dictionaries(path, base):
    values = {"LOW": 0, "MID": 5, "HIGH": 100}
    data = np.random.default_rng(0).choice([0, 5, 100], ROWS)
    dataset, expected = written(path, data, dtype=h5py.enum_dtype(values, base))
    names = {number: name for name, number in values.items()}
    array = dataset.to_arrow()
    assert pa.types.is_dictionary(array.type)
    assert as_lists(array) == [names[number] for number in expected.tolist()]


def test_a_number_without_a_name_is_refused(path):
    dataset, _ = written(path, [0, 7], dtype=h5py.enum_dtype({"A": 0, "B": 1}, "i1"))
    with pytest.raises(TypeError, match="the value 7 has no name in its enumeration"):
        dataset.to_arrow()


def test_opaque_data_is_binary(path):
    dataset, expected = written(path, np.array([b"abcd", b"\0\1\2\3"], "V4"))
    assert as_lists(dataset.to_arrow()) == [bytes(value) for value in expected]


RECORD = np.dtype(
    [
        ("id", ">i8"),
        ("point", [("x", "f4"), ("name", "S3")]),
        ("matrix", "f8", (2, 3)),
        ("text", h5py.string_dtype()),
        ("flag", bool),
    ]
)


def records():
    rng = np.random.default_rng(3)
    data = np.zeros(ROWS, RECORD)
    data["id"] = np.arange(ROWS)
    data["point"]["x"] = rng.random(ROWS)
    data["point"]["name"] = [b"ab", b"", b"xyz", b"q"] * (ROWS // 4)
    data["matrix"] = rng.random((ROWS, 2, 3))
    data["text"] = [f"é{i}" for i in range(ROWS)]
    data["flag"] = rng.random(ROWS) < 0.5
    return data


def record_row(row):
    return {
        "id": int(row["id"]),
        "point": {"x": float(row["point"]["x"]), "name": row["point"]["name"].decode()},
        "matrix": row["matrix"].tolist(),
        "text": row["text"].decode() if isinstance(row["text"], bytes) else row["text"],
        "flag": bool(row["flag"]),
    }


@pytest.mark.parametrize("text", [True, False])
def test_compounds_are_tables(path, text):
    data = records()
    if not text:  # of a fixed size, which takes another way
        data = data[["id", "point", "matrix", "flag"]]
    dataset, expected = written(path, data, chunks=(64,))
    table = dataset.to_arrow()
    assert isinstance(table, pa.Table)
    wanted = [
        {k: v for k, v in record_row(records()[i]).items() if k in data.dtype.names}
        for i in range(ROWS)
    ]
    assert as_lists(table) == wanted
    assert as_lists(dataset.to_arrow(np.s_[10:900:9])) == wanted[10:900:9]


def test_columns_are_chosen_and_ordered(path):
    dataset, _ = written(path, records())
    table = dataset.to_arrow(np.s_[:5], columns=["flag", "id"])
    assert table.column_names == ["flag", "id"]
    assert table["id"].to_pylist() == [0, 1, 2, 3, 4]
    assert dataset.to_arrow("id").to_pylist() == list(range(ROWS))
    with pytest.raises(KeyError, match="no column 'nothing'"):
        dataset.to_arrow(columns=["nothing"])
    with pytest.raises(ValueError, match="named twice"):
        dataset.to_arrow(columns=["id", "id"])
    with pytest.raises(ValueError, match="names no field"):
        dataset.to_arrow(columns=[])
    with pytest.raises(TypeError):
        dataset.to_arrow(columns="id")


def test_columns_of_what_has_no_fields_are_refused(path):
    dataset, _ = written(path, [1, 2])
    with pytest.raises(TypeError, match="only a compound type has columns"):
        dataset.to_arrow(columns=["x"])


def test_sequences_are_lists(path):
    with h5py.File(path, "w") as file:
        made = file.create_dataset("d", (6,), h5py.vlen_dtype("f4"))
        for i in range(1, 6):
            made[i] = np.arange(i)
    expected = [[], *[np.arange(i, dtype="f4").tolist() for i in range(1, 6)]]
    assert as_lists(hyperslab.File(path)["d"].to_arrow()) == expected


def test_references_are_paths(path):
    with h5py.File(path, "w") as file:
        file["group/x"] = np.arange(10)
        refs = file.create_dataset("d", (3,), h5py.ref_dtype)
        refs[0], refs[2] = file["group/x"].ref, file["group"].ref
        regions = file.create_dataset("r", (2,), h5py.regionref_dtype)
        regions[1] = file["group/x"].regionref[2:4]
    with hyperslab.File(path) as file:
        assert as_lists(file["d"].to_arrow()) == ["/group/x", None, "/group"]
        assert as_lists(file["r"].to_arrow()) == [None, "/group/x"]


def test_standard_references_are_paths(path):
    with hyperslab.File(path, "w") as file:
        file["x"] = np.arange(10)
        refs = file.create_dataset("d", (2,), hyperslab.std_ref_dtype)
        refs[0] = hyperslab.h5r.create_object(file.id, b"x")
        assert as_lists(refs.to_arrow()) == ["/x", None]


def test_complex_numbers_are_structs(path):
    dataset, _ = written(path, np.array([1 + 2j, 3j]))
    assert as_lists(dataset.to_arrow()) == [{"r": 1, "i": 2}, {"r": 0, "i": 3}]


@pytest.mark.parametrize("batch_rows", [1, 7, 64, 1000, 5000, None])
def test_a_reader_gives_batches(path, batch_rows):
    dataset, _ = written(path, records(), chunks=(64,))
    with dataset.to_arrow_reader(batch_rows) as reader:
        batches = list(reader)
    assert pa.Table.from_batches(batches) == dataset.to_arrow().combine_chunks()
    if batch_rows:
        assert {len(batch) for batch in batches[:-1]} <= {batch_rows}


def test_a_reader_gives_some_rows_and_columns(path):
    dataset, _ = written(path, records())
    reader = dataset.to_arrow_reader(10, columns=["id"], start=95, stop=120)
    assert reader.read_all()["id"].to_pylist() == list(range(95, 120))
    assert dataset.to_arrow_reader(start=5000).read_all().num_rows == 0
    for wrong in [{"batch_rows": 0}, {"start": -1}, {"stop": -1}]:
        with pytest.raises(ValueError):
            dataset.to_arrow_reader(**wrong)


def test_other_libraries_take_datasets(path):
    dataset, expected = written(path, np.arange(20.0).reshape(5, 4))
    assert pa.array(dataset).to_pylist() == expected.tolist()
    assert pa.table(dataset)["d"].to_pylist() == expected.tolist()
    assert pa.schema(dataset.to_arrow_reader().schema).names == ["d"]
    schema = pa.DataType._import_from_c_capsule(dataset.__arrow_c_schema__())
    assert schema == dataset.to_arrow().type


def test_arrays_outlive_the_file(path):
    dataset, expected = written(path, np.arange(100))
    array = dataset.to_arrow()
    dataset.file.close()
    del dataset
    gc.collect()
    assert array.to_pylist() == expected.tolist()


def test_capsules_that_nobody_takes_are_given_back(path):
    dataset, _ = written(path, records())
    for _ in range(20):
        dataset.__arrow_c_array__()
        dataset.__arrow_c_stream__()
        dataset.__arrow_c_schema__()


@pytest.mark.parametrize(
    "data, why",
    [
        (np.zeros(3, np.longdouble), "at most 64 bits"),
        (h5py.Empty("f4"), "has no elements"),
        (np.zeros(2, [("a", "i4"), ("b", np.longdouble)]), "'b' of type"),
    ],
)
def test_what_arrow_cannot_hold_is_refused(path, data, why):
    dataset, _ = written(path, data)
    for call in (dataset.to_arrow, dataset.__arrow_c_stream__):
        with pytest.raises(TypeError, match=why) as caught:
            call()
        assert path in str(caught.value)


def test_a_damaged_chunk_is_an_error(path):
    with h5py.File(path, "w") as file:
        made = file.create_dataset("d", data=np.arange(1000), chunks=(100,), fletcher32=True)
        place = made.id.get_chunk_info(4).byte_offset
    with open(path, "r+b") as file:
        file.seek(place + 8)
        file.write(b"\xff\xfe\xfd")
    dataset = hyperslab.File(path)["d"]
    with pytest.raises(OSError, match="/d"):
        dataset.to_arrow()
    reader = dataset.to_arrow_reader(100)
    for _ in range(4):
        reader.read_next_batch()
    with pytest.raises(OSError, match="/d"):
        reader.read_next_batch()


def test_a_reader_of_a_closed_file_fails(path):
    dataset, _ = written(path, np.arange(1000))
    reader = dataset.to_arrow_reader(100)
    reader.read_next_batch()
    dataset.file.close()
    with pytest.raises(OSError):
        reader.read_next_batch()


def test_a_dataset_that_shrinks_while_it_is_streamed_fails(path):
    with hyperslab.File(path, "w") as file:
        dataset = file.create_dataset("d", data=np.arange(1000), maxshape=(None,), chunks=(100,))
        reader = dataset.to_arrow_reader(100)
        reader.read_next_batch()
        dataset.resize((150,))
        with pytest.raises(OSError, match="has become smaller"):
            reader.read_next_batch()
