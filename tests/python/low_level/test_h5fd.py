"""h5fd: drivers, and files in Python file objects."""

import gc
import io
import subprocess
import sys
import tempfile
import textwrap
import threading
from pathlib import Path

import h5py
import hyperslab
import numpy as np
import pytest
from hyperslab import h5f, h5fd, h5p

DRIVERS = {"CORE", "FAMILY", "LOG", "MULTI", "SEC2", "STDIO", "fileobj_driver"}


def test_constants():
    for name in dir(h5py.h5fd):
        if name.startswith("_"):
            continue
        value = getattr(h5fd, name)
        if name in DRIVERS or (name == "MPIO" and hyperslab.h5.get_config().mpi):
            assert value > 0, name
        else:
            assert value == getattr(h5py.h5fd, name), name


class Counting:
    """A file object that counts calls, and can be told to fail."""

    def __init__(self):
        self.bytes = io.BytesIO()
        self.changes = 0
        self.fails_from = None
        self.fails_until = None

    def _change(self):
        number = self.changes
        self.changes += 1
        if self.fails_from is not None and number >= self.fails_from:
            if self.fails_until is None or number < self.fails_until:
                raise OSError(28, f"no space, change {number}")

    def seek(self, *args):
        return self.bytes.seek(*args)

    def tell(self):
        return self.bytes.tell()

    def read(self, size):
        raise AssertionError("readinto() is there")

    def readinto(self, into):
        return self.bytes.readinto(into)

    def write(self, data):
        self._change()
        return self.bytes.write(data)

    def truncate(self, size):
        self._change()
        return self.bytes.truncate(size)

    def flush(self):
        self._change()


def fill(f):
    """What programs do, in some variety."""
    f.create_group("g/h").attrs["a"] = np.arange(10)
    f["plain"] = np.arange(1000)
    f.create_dataset("chunked", data=np.arange(5000), chunks=(400,), compression="gzip")
    f["text"] = ["some", "words"]
    f.flush()
    f.create_dataset("more", data=np.ones((50, 50)), chunks=(10, 10))
    del f["g"]


def check(f):
    assert f["plain"][...].tolist() == list(range(1000))
    assert f["chunked"][...].tolist() == list(range(5000))
    assert f["text"].asstr()[...].tolist() == ["some", "words"]
    assert f["more"][...].sum() == 2500


@pytest.mark.parametrize("libver", ["earliest", "latest"])
def test_round_trip(libver):
    memory = io.BytesIO()
    with hyperslab.File(memory, "w", libver=libver) as f:
        fill(f)
        assert f.driver == "fileobj"
    with hyperslab.File(memory, "r") as f:
        check(f)
    with h5py.File(io.BytesIO(memory.getvalue()), "r") as f:
        check(f)


def test_reads_what_h5py_wrote():
    memory = io.BytesIO()
    with h5py.File(memory, "w") as f:
        fill(f)
    with hyperslab.File(memory, "r+") as f:
        check(f)
        f["another"] = 5
    with h5py.File(memory, "r") as f:
        check(f)
        assert f["another"][()] == 5


def test_real_files(tmp_path):
    with open(tmp_path / "x.h5", "wb+") as file:
        with hyperslab.File(file, "w") as f:
            fill(f)
        with hyperslab.File(file, "r") as f:
            check(f)
    with open(tmp_path / "x.h5", "rb", buffering=0) as file, hyperslab.File(file) as f:
        check(f)


def test_the_object_is_kept_while_the_file_is_open_and_no_longer():
    file = tempfile.NamedTemporaryFile()  # noqa: SIM115
    name = Path(file.name)
    f = hyperslab.File(file, "w")
    del file
    fill(f)
    assert name.exists()
    f.close()
    gc.collect()
    assert not name.exists()


def test_without_readinto():
    memory = io.BytesIO()
    with hyperslab.File(memory, "w") as f:
        fill(f)

    class Reading:
        def __init__(self, data):
            self.inner = io.BytesIO(data)
            self.seek, self.tell = self.inner.seek, self.inner.tell

        def read(self, size):
            return self.inner.read(min(size, 100))  # short answers are answers

    with hyperslab.File(Reading(memory.getvalue()), "r") as f:
        check(f)


def test_short_writes_are_continued():
    class Slow(io.BytesIO):
        def write(self, data):
            return super().write(bytes(data[:50]))

    memory = Slow()
    with hyperslab.File(memory, "w") as f:
        fill(f)
    with hyperslab.File(io.BytesIO(memory.getvalue())) as f:
        check(f)


# BytesIO.truncate() does not make longer; a file that ends with unwritten space must still open.
def test_space_at_the_end_that_was_never_written():
    memory = io.BytesIO()
    with hyperslab.File(memory, "w") as f:
        plist = h5p.create(h5p.DATASET_CREATE)
        plist.set_fill_time(hyperslab.h5d.FILL_TIME_NEVER)
        plist.set_alloc_time(hyperslab.h5d.ALLOC_TIME_EARLY)
        space = hyperslab.h5s.create_simple((10000,))
        hyperslab.h5d.create(f.id, b"x", hyperslab.h5t.NATIVE_INT64, space, plist)
    with hyperslab.File(memory, "r") as f:
        assert f["x"].shape == (10000,)
        f["x"][...]


def test_mode_w_empties_the_object():
    memory = io.BytesIO()
    with hyperslab.File(memory, "w") as f:
        f["old"] = 1
    with hyperslab.File(memory, "w") as f:
        assert list(f) == []
    with hyperslab.File(io.BytesIO(b"no HDF5" * 100), "w") as f:
        f["new"] = 1


def test_mode_x_leaves_what_is_there_alone():
    memory = io.BytesIO(b"precious")
    with pytest.raises(FileExistsError):
        hyperslab.File(memory, "x")
    assert memory.getvalue() == b"precious"


def test_one_object_opened_twice_is_one_file():
    memory = io.BytesIO()
    with hyperslab.File(memory, "w") as f, hyperslab.File(memory, "r+") as again:
        f["x"] = 3
        assert again["x"][()] == 3
        again["y"] = 4
        assert f["y"][()] == 4


@pytest.mark.parametrize("what", [None, "a name", 5, object()])
def test_not_a_file_object(what):
    with pytest.raises((AttributeError, TypeError, ValueError)):
        hyperslab.File(what, "w", driver="fileobj")


def test_set_fileobj_driver_with_another_driver():
    plist = h5p.create(h5p.FILE_ACCESS)
    with pytest.raises(RuntimeError):
        plist.set_fileobj_driver(h5fd.SEC2, io.BytesIO())


class Broken(Exception):
    pass


def test_what_reading_raises_comes_out():
    class Breaking(io.BytesIO):
        broken = False

        def readinto(self, into):
            if self.broken:
                raise Broken("while reading")
            return super().readinto(into)

    memory = Breaking()
    f = hyperslab.File(memory, "w")
    f["x"] = np.arange(100)
    memory.broken = True
    with pytest.raises(Broken, match="while reading") as caught:
        f["x"][...]
    assert any(entry.name == "readinto" for entry in caught.traceback)
    memory.broken = False
    assert f["x"][...].sum() == 4950
    f.close()


def test_interrupts_come_out():
    class Interrupted(io.BytesIO):
        interrupted = False

        def write(self, data):
            if self.interrupted:
                self.interrupted = False
                raise KeyboardInterrupt
            return super().write(data)

    memory = Interrupted()
    with hyperslab.File(memory, "w") as f:
        f["before"] = 1
        memory.interrupted = True
        with pytest.raises(KeyboardInterrupt):
            f["x"] = np.arange(1000)
        f["after"] = 2
    with hyperslab.File(memory) as f:
        assert f["after"][()] == 2


def test_a_method_that_is_gone():
    memory = io.BytesIO()
    f = hyperslab.File(memory, "w")
    f["x"] = np.arange(12)
    memory.readinto = None
    with pytest.raises(TypeError):
        f["x"][...]
    del memory.readinto
    f.close()


@pytest.mark.parametrize("answer", [10**9, -1, "many", 1.5])
def test_methods_that_tell_nonsense(answer):
    class Lying(io.BytesIO):
        lying = False

        def readinto(self, into):
            count = super().readinto(into)
            return answer if self.lying else count

    memory = Lying()
    f = hyperslab.File(memory, "w")
    f["x"] = np.arange(1000)
    memory.lying = True
    with pytest.raises((OSError, TypeError, ValueError, OverflowError)):
        f["x"][...]
    memory.lying = False
    f.close()


def test_a_method_that_keeps_hdf5s_memory():
    """It is lent for one call: what was kept of it is dead afterwards."""
    kept = []

    class Keeping(io.BytesIO):
        def readinto(self, into):
            kept.append(into)
            return super().readinto(into)

        def write(self, data):
            kept.append(data)
            return super().write(data)

    with hyperslab.File(Keeping(), "w") as f:
        f["x"] = np.arange(1000)
        assert f["x"][999] == 999
    assert kept
    for view in kept:
        with pytest.raises(ValueError, match="released"):
            view[0]


def test_a_write_only_object(tmp_path):
    with open(tmp_path / "x.h5", "wb") as file:
        f = hyperslab.File(file, "w")
        group = f.create_group("group")
        with pytest.raises(io.UnsupportedOperation):
            group.create_dataset("data", data="foo", dtype=hyperslab.string_dtype())
        f.close()


def test_an_object_that_is_closed_first():
    memory = io.BytesIO()
    f = hyperslab.File(memory, "w")
    f["x"] = 1
    memory.close()
    with pytest.raises(ValueError, match="closed file"):
        f.close()
    del f
    gc.collect()


def changes_of_a_run():
    counting = Counting()
    with hyperslab.File(counting, "w") as f:
        fill(f)
    return counting.changes


@pytest.mark.parametrize("once", [False, True], ids=["for good", "once"])
def test_failing_at_any_change(once):
    """Told, no crash, nothing left open; and when it was once, a sound file."""
    open_before = h5f.get_obj_count(h5f.OBJ_ALL, h5f.OBJ_ALL)
    for n in range(changes_of_a_run()):
        counting = Counting()
        counting.fails_from = n
        counting.fails_until = n + 1 if once else None
        told = []
        f = hyperslab.File(counting, "w")
        try:
            fill(f)
        except OSError as error:
            told.append(error)
        try:
            f.close()
        except OSError as error:
            told.append(error)
        if not once:
            assert told and told[0].errno == 28, n
        assert not f
        del f
        if once:
            with hyperslab.File(io.BytesIO(counting.bytes.getvalue())) as f:
                if not told:
                    check(f)
        told.clear()
        assert h5f.get_obj_count(h5f.OBJ_ALL, h5f.OBJ_ALL) == open_before


def test_a_file_that_dies_unwritten_says_so(monkeypatch):
    said = []
    monkeypatch.setattr(sys, "unraisablehook", said.append)
    counting = Counting()
    f = hyperslab.File(counting, "w")
    f["x"] = 1
    counting.fails_from = 0
    del f
    gc.collect()
    assert [what.exc_type for what in said] == [OSError]


@pytest.mark.parametrize("end", ["", "f.close()", "del f", "f.flush()", "sys.exit()"])
def test_exit_after_a_failure(end):
    """The interpreter ends cleanly whatever a broken object does."""
    program = textwrap.dedent(
        """
        import io, sys
        import hyperslab
        class Breaking(io.BytesIO):
            broken = False
            def write(self, data):
                if self.broken:
                    raise OSError(5, "broken")
                return super().write(data)
        memory = Breaking()
        f = hyperslab.File(memory, "w")
        d = f.create_dataset("x", data=range(1000), chunks=(100,))
        memory.broken = True
        try:
            d[...] = 5
            f["y"] = 3
        except OSError:
            pass
        try:
            %s
        except OSError:
            pass
        """
    ).replace("%s", end or "pass")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "Segmentation" not in done.stderr


def test_threads():
    """Objects in Python under several threads: each its own file, all at once."""
    failures = []

    def work(number):
        try:
            for _ in range(5):
                memory = io.BytesIO()
                with hyperslab.File(memory, "w") as f:
                    f["x"] = np.full(1000, number)
                with hyperslab.File(memory) as f:
                    assert (f["x"][...] == number).all()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    assert not failures


def test_a_file_inside_a_dataset():
    """The object's methods may use HDF5 themselves."""
    inner = io.BytesIO()
    with hyperslab.File(inner, "w") as f:
        f["x"] = np.arange(10)
    data = np.frombuffer(inner.getvalue(), "u1")

    outer = io.BytesIO()
    with hyperslab.File(outer, "w") as holder:
        holder["file"] = data

        class InDataset:
            position = 0

            def seek(self, offset, whence=0):
                self.position = offset + (len(data) if whence == 2 else 0)
                return self.position

            def tell(self):
                return self.position

            def read(self, size):
                raise AssertionError("readinto() is there")

            def readinto(self, into):
                piece = holder["file"][self.position : self.position + len(into)]
                into[: len(piece)] = piece.tobytes()
                return len(piece)

            def flush(self):
                pass

        with hyperslab.File(InDataset(), "r") as f:
            assert f["x"][...].tolist() == list(range(10))
