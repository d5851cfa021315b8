"""How the reads of a thread are done: on how many threads, and how their progress is reported."""

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
    """Within this block, reads by this thread that last longer than `after` seconds show progress.

    Parameters
    ----------
    report : optional
        ``tqdm.tqdm``, or whatever else takes ``total=`` (in bytes) and ``unit=`` and returns
        something with ``update(n)`` and ``close()``: called once for every read that lasts. Or a
        function ``report(done, total)``, in bytes. By default a line on standard error.
    after : float
        The time in seconds within which a read reports nothing.

    Raises
    ------
    TypeError
        `report` cannot be called.

    Notes
    -----
    What `report` raises ends the read and comes out of it. It is called about ten times a second,
    by the thread that reads. libhdf5 does not report how far it is: where it reads, a large read is
    done in parts along the first axis, where that is possible.
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

    def end(self, done, total):
        if done == total:
            self.reached(done, total)


class _Bar:
    def __init__(self, make, keywords):
        self._make = make
        self._keywords = keywords
        self._bar = None
        self._done = 0

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
    def reached(self, done, total, end=""):
        import sys

        if sys.stderr is not None:
            part = 100 * done // max(total, 1)
            text = f"\rhyperslab: {_size(done)} of {_size(total)} read, {part} %"
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
