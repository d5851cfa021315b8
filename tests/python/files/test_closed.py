"""What is left of a file after it was closed: false, and an error when used; never a crash."""

import gc
import weakref

import h5py
import hyperslab
import numpy as np
import pytest
from describe import call


def objects(h5, path):
    """One of everything, of a file that is closed then."""
    f = h5.File(path, "w")
    f["group/data"] = np.arange(10)
    f["table"] = np.zeros(3, dtype=[("a", "i4")])
    f["text"] = ["a", "b"]
    f["type"] = np.dtype("i4")
    f.attrs["x"] = 1
    data = f["group/data"]
    made = {
        "file": f,
        "group": f["group"],
        "data": data,
        "table": f["table"],
        "text": f["text"],
        "type": f["type"],
        "attrs": f["group"].attrs,
        "dims": data.dims,
        "dim": data.dims[0],
        "ref": data.ref,
        "fields": f["table"].fields("a"),
        "asstr": f["text"].asstr(),
        "astype": data.astype("f4"),
        "keys": f.keys(),
        "iterator": iter(f),
        "id": data.id,
        "space": data.id.get_space(),
        "plist": data.id.get_create_plist(),
        "attr": f.attrs.get_id("x"),
    }
    f.close()
    return made


USES = {
    "file[...]": lambda o: o["file"]["group"],
    "file.keys": lambda o: list(o["file"]),
    "file.mode": lambda o: o["file"].mode,
    "file.filename": lambda o: o["file"].filename,
    "file.flush": lambda o: o["file"].flush(),
    "file.attrs": lambda o: o["file"].attrs["x"],
    "file.create": lambda o: o["file"].create_group("new"),
    "file.delete": lambda o: o["file"].__delitem__("group"),
    "file.visit": lambda o: o["file"].visit(print),
    "file.in": lambda o: "group" in o["file"],
    "file.len": lambda o: len(o["file"]),
    "file.swmr": lambda o: o["file"].swmr_mode,
    "group[...]": lambda o: o["group"]["data"],
    "group.name": lambda o: o["group"].name,
    "group.file": lambda o: o["group"].file,
    "group.parent": lambda o: o["group"].parent,
    "group.copy": lambda o: o["group"].copy("data", "new"),
    "group.get": lambda o: o["group"].get("data", 5),
    "group.ref": lambda o: o["group"].ref,
    "group.hash": lambda o: hash(o["group"]),
    "data[...]": lambda o: o["data"][0],
    "data[()]": lambda o: o["data"][()],
    "data[...]=": lambda o: o["data"].__setitem__(0, 1),
    "data.shape": lambda o: o["data"].shape,
    "data.dtype": lambda o: o["data"].dtype,
    "data.chunks": lambda o: o["data"].chunks,
    "data.maxshape": lambda o: o["data"].maxshape,
    "data.resize": lambda o: o["data"].resize((2,)),
    "data.flush": lambda o: o["data"].flush(),
    "data.refresh": lambda o: o["data"].refresh(),
    "data.len": lambda o: len(o["data"]),
    "data.iter": lambda o: list(o["data"]),
    "data.attrs": lambda o: list(o["data"].attrs),
    "data.array": lambda o: np.asarray(o["data"]),
    "data.direct": lambda o: o["data"].read_direct(np.zeros(10)),
    "data.region": lambda o: o["data"].regionref[0],
    "data.make_scale": lambda o: o["data"].make_scale(),
    "type.dtype": lambda o: o["type"].dtype,
    "attrs[...]": lambda o: o["attrs"]["x"],
    "attrs[...]=": lambda o: o["attrs"].create("x", 1),
    "attrs.iter": lambda o: list(o["attrs"]),
    "dims[0]": lambda o: o["dims"][0],
    "dim.label": lambda o: o["dim"].label,
    "dim.attach": lambda o: o["dim"].attach_scale(o["data"]),
    "fields[...]": lambda o: o["fields"][0],
    "asstr[...]": lambda o: o["asstr"][0],
    "astype[...]": lambda o: o["astype"][0],
    "keys": lambda o: list(o["keys"]),
    "iterator": lambda o: list(o["iterator"]),
    "id.read": lambda o: o["id"].read(o["space"], o["space"], np.zeros(10, "i8")),
    "attr.read": lambda o: o["attr"].read(np.zeros((), "i8")),
    "not in": lambda o: o["group"] in [5, None],
}

# What is listed when an iterator is made does not need the file any more; h5py looks one by one.
REMEMBERED = {"iterator"}


@pytest.mark.parametrize("name", USES)
def test_using_an_object_of_a_closed_file(tmp_path, name):
    """As h5py answers; or a ValueError, which says clearly what others do not."""
    ours, stock = (
        call(USES[name], objects(package, tmp_path / f"{package.__name__}.h5"))
        for package in (hyperslab, h5py)
    )
    if name in REMEMBERED:
        assert ours[0] == "returned"
    else:
        assert ours == stock or ours == ("raised", "ValueError")


def test_objects_of_a_closed_file_are_false(h5, tmp_path):
    made = objects(h5, tmp_path / "f.h5")
    for name in ("file", "group", "data", "table", "type"):
        assert not made[name]
        assert "Closed" in repr(made[name])


def test_what_is_no_part_of_the_file_outlives_it(h5, tmp_path):
    made = objects(h5, tmp_path / "f.h5")
    assert made["space"].shape == (10,)
    assert made["plist"].get_layout() == h5.h5d.CONTIGUOUS


def test_a_closed_file_can_be_opened_again_while_objects_remain(h5, tmp_path):
    made = objects(h5, tmp_path / "f.h5")
    with h5.File(tmp_path / "f.h5", "w") as f:
        f["new"] = 1
    with h5.File(tmp_path / "f.h5", "r+") as f:
        assert list(f) == ["new"]
        assert not made["group"]


def test_an_open_group_keeps_the_file_open(h5, tmp_path):
    f = h5.File(tmp_path / "f.h5", "w")
    group = f.create_group("g")
    del f
    gc.collect()
    group["x"] = 5
    assert group.file.mode == "r+" and group["x"][()] == 5
    group.file.close()
    assert not group


def test_closing_a_group_id_closes_only_that(h5, tmp_path):
    with h5.File(tmp_path / "f.h5", "w") as f:
        a, b = f.create_group("g"), f["g"]
        a.id.close()
        assert not a and b
        assert b.name == "/g"


def test_objects_die_when_nobody_holds_them(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f["x"] = np.arange(5)
        before = hyperslab.h5f.get_obj_count(f.id)
        dataset = f["x"]
        dataset[0], dataset.dtype, dataset.attrs, dataset.shape  # noqa: B018
        watched = weakref.ref(dataset.id)
        assert hyperslab.h5f.get_obj_count(f.id) == before + 1
        del dataset
        assert watched() is None
        assert hyperslab.h5f.get_obj_count(f.id) == before


def test_cycles_through_files_are_collected(tmp_path):
    class Holder:
        pass

    holder = Holder()
    holder.file = hyperslab.File(tmp_path / "f.h5", "w")
    holder.data = holder.file.create_dataset("x", data=np.arange(5))
    holder.itself = holder
    holder.file.holder = holder
    del holder
    gc.collect()
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f["y"] = 1


def test_an_error_takes_no_path_in_a_closed_file_for_a_file(tmp_path):
    with hyperslab.File(tmp_path / "f.h5", "w") as f:
        f["data"] = 1
        group = f.create_group("group")
    for action in (lambda: f["data"], lambda: group["x"], lambda: f.create_group("new")):
        with pytest.raises((KeyError, ValueError)) as raised:
            action()
        assert "asked for file" not in str(raised.value)
