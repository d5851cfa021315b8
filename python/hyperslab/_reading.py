"""How a thread reads and writes: on how many threads, and how its progress is reported."""

from . import _core


class threads:
    """Within this block, reads by this thread use `count` threads, itself included.

    ``with hyperslab.threads(1): ...`` keeps a read off other cores; a number larger than that of
    `set_num_threads` is taken too. Reads by other threads are not affected. Raises ValueError for a
    number below 1.
    """

    def __init__(self, count):
        if count < 1:
            raise ValueError("At least one thread has to read")
        self._count = count
        self._before = []

    def __enter__(self):
        self._before.append(_core.set_thread_limit(self._count))
        return self

    def __exit__(self, *_):
        _core.set_thread_limit(self._before.pop())


class progress:
    """Within this block, what this thread does for more than `after` seconds shows its progress.

    Reads and writes are shown, `create_dataset` with data, `create_many`, `append` and `repack`.

    Parameters
    ----------
    report : optional
        ``tqdm.tqdm``, or whatever else takes ``total=`` (in bytes) and ``unit=`` and returns
        something with ``update(n)`` and ``close()``: called once for every read or write that
        lasts. Or a function ``report(done, total)``, in bytes. By default a line on standard error.
    after : float
        The time in seconds within which a read or a write reports nothing.

    Raises
    ------
    TypeError
        `report` cannot be called.

    Notes
    -----
    The total is None while an iterator without a `shape` gives the data. What `report` raises ends
    the read or the write and comes out of it; what was written stays, but for `create_dataset` and
    `append`, which are taken back. It is called about ten times a second, by the thread that reads
    or writes. During a write that thread has the library to itself, so `report` must not wait for
    another thread that uses it. libhdf5 does not report how far it is: where it reads or writes,
    that is done in parts along the first axis, where that is possible.
    """

    def __init__(self, report=None, *, after=2.0):
        self._progress = _core.Progress(_reporter(report), after)
        self._before = []

    def __enter__(self):
        self._before.append(_core.set_progress(self._progress))
        return self

    def __exit__(self, *_):
        _core.set_progress(self._before.pop())


def _reporter(report):
    if report is None:
        return _Line()
    if not callable(report):
        raise TypeError(f"{report!r} cannot be called")
    for keywords in ({"total": 1, "unit": "B", "unit_scale": True}, {"total": 1, "unit": "B"}):
        if _takes(report, keywords):
            return _Bar(report, keywords)
    return _Call(report)


def _takes(function, keywords):
    import inspect

    try:
        inspect.signature(function).bind(**keywords)
    except TypeError:
        return False
    except ValueError:  # nothing is known of its arguments
        return isinstance(function, type)
    return True


class _Call:
    def __init__(self, function):
        self.reached = function

    def begin(self, done_word):
        pass

    def end(self, done, total):
        if done == total:
            self.reached(done, total)


class _Bar:
    def __init__(self, make, keywords):
        self._make = make
        self._keywords = keywords
        self._bar = None
        self._done = 0

    def begin(self, done_word):
        pass

    def reached(self, done, total):
        if self._bar is None:
            self._done = 0
            self._bar = self._make(**{**self._keywords, "total": total})
        step, self._done = done - self._done, done
        self._bar.update(step)

    def end(self, done, total):
        if self._bar is None:
            return
        try:
            if done > self._done:
                self.reached(done, total)
        finally:
            bar, self._bar = self._bar, None
            bar.close()


class _Line:
    def begin(self, done_word):
        self._done_word = done_word

    def reached(self, done, total, end=""):
        import sys

        if sys.stderr is None:
            return
        text = _size(done)
        if total is not None:
            text += f" of {_size(total)}"
        text = f"\rhyperslab: {text} {self._done_word}"
        if total is not None:
            text += f", {100 * done // max(total, 1)} %"
        sys.stderr.write(f"{text:<60}{end}")
        sys.stderr.flush()

    def end(self, done, total):
        self.reached(done, total, "\n")


def _size(count):
    for unit in ("bytes", "KiB", "MiB"):
        if count < 1024:
            return f"{count:.4g} {unit}"
        count /= 1024
    return f"{count:.4g} GiB"
