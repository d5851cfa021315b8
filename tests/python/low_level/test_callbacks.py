"""What callbacks of the low-level iterations may do: everything.

Nothing of the caller's runs inside libhdf5, so a callback may raise, close and delete what is being
walked over, and collect garbage; stock h5py crashes or loses the exception there.
"""

import gc
import threading

import numpy as np
import pytest
from hyperslab import h5, h5a, h5d, h5ds, h5f, h5g, h5i, h5o, h5s, h5t


@pytest.fixture
def file(tmp_path):
    file = h5f.create(str(tmp_path / "f.h5").encode())
    for outer in (b"a", b"b", b"c"):
        group = h5g.create(file, outer)
        for inner in (b"x", b"y"):
            h5g.create(group, inner)
        h5a.create(file, outer, h5t.NATIVE_INT32, h5s.create(h5s.SCALAR))
    yield file
    file.close()


def walks(file):
    """Every iteration, as a function of its callback."""
    return {
        "h5g.iterate": lambda f: h5g.iterate(file, f),
        "links.iterate": lambda f: file.links.iterate(f),
        "links.iterate info": lambda f: file.links.iterate(f, info=True),
        "links.visit": lambda f: file.links.visit(f),
        "h5o.visit": lambda f: h5o.visit(file, f),
        "h5o.visit info": lambda f: h5o.visit(file, f, info=True),
        "h5a.iterate": lambda f: h5a.iterate(file, f),
        "h5a.iterate info": lambda f: h5a.iterate(file, f, info=True),
    }


NAMES = list(walks(None))


@pytest.mark.parametrize("name", NAMES)
def test_an_exception_comes_out_as_it_is(file, name):
    class Mine(Exception):
        pass

    def fail(*args):
        raise Mine(args[0])

    with pytest.raises(Mine) as caught:
        walks(file)[name](fail)
    assert caught.value.args == (b"a",)
    walks(file)[name](lambda *args: None)  # and nothing is broken


@pytest.mark.parametrize("name", NAMES)
def test_it_stops_where_the_callback_says(file, name):
    seen = []
    result = walks(file)[name](lambda *args: seen.append(args[0]) or (b"b" in args[0] or None))
    assert result in (True, (True, 2)) and seen[-1] == b"b"


@pytest.mark.parametrize("name", NAMES)
def test_a_callback_may_call_hdf5_and_collect_garbage(file, name):
    def busy(*args):
        circle = [h5g.open(file, b"a")]
        circle.append(circle)
        del circle
        gc.collect()
        h5g.create(file, None)
        h5o.visit(file, lambda *inner: None)

    for _ in range(3):
        walks(file)[name](busy)


@pytest.mark.parametrize("name", NAMES)
def test_a_callback_may_delete_what_is_to_come(file, name):
    def destroy(*args):
        for member in list(file):
            file.unlink(member)
        while h5a.get_num_attrs(file):
            h5a.delete(file, index=0)

    walks(file)[name](destroy)
    assert len(file) == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_callback_may_close_the_file(file, name):
    seen = []

    def close(*args):
        seen.append(args[0])
        file.close()

    try:
        walks(file)[name](close)
    except (ValueError, RuntimeError, KeyError):
        pass  # asking for information of a closed file's object
    assert seen and not file


def test_scales_too(file):
    space = h5s.create_simple((2,))
    data = h5d.create(file, b"data", h5t.NATIVE_INT32, space)
    for i in range(3):
        scale = h5d.create(file, b"scale%d" % i, h5t.NATIVE_INT32, space)
        h5ds.set_scale(scale)
        h5ds.attach_scale(data, scale, 0)
    with pytest.raises(ZeroDivisionError):
        h5ds.iterate(data, 0, lambda scale: 1 / 0)
    names = []

    def detach(scale):
        names.append(h5i.get_name(scale))
        scale.write(h5s.ALL, h5s.ALL, np.zeros(2, "i4"))
        h5ds.detach_scale(data, scale, 0)

    h5ds.iterate(data, 0, detach)
    assert len(names) == 3 and h5ds.get_num_scales(data, 0) == 0


def test_a_walk_holds_no_lock_while_the_callback_runs(file):
    reached = threading.Event()

    def other_thread():
        assert h5g.open(file, b"a")
        reached.set()

    def wait(name):
        thread = threading.Thread(target=other_thread)
        thread.start()
        assert reached.wait(20)
        thread.join()
        return True

    assert h5o.visit(file, wait) is True


def test_many_threads_walk_and_change(file):
    failures = []

    def work(number):
        try:
            for i in range(30):
                name = b"t%d_%d" % (number, i)
                h5g.create(file, name)
                h5o.visit(file, lambda path: None)
                file.links.iterate(lambda path, info: None, info=True)
                assert file.links.exists(name)
                if i % 2:
                    file.unlink(name)
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(file) == 3 + 6 * 15
    assert h5.INDEX_NAME == 0
