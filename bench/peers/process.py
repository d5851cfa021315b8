"""A peer in a process of its own: what it breaks there, it does not break here.

Several corrupt memory or panic where they meet what they do not know. The parent says what to read
and when; the child times itself, so sending messages costs no one anything.
"""

import importlib
import multiprocessing
from contextlib import ExitStack

import h5py
from cases import named
from measure import answer_of, seconds
from same import alike


class PeerProcess:
    """Use it within `with`, which raises ImportError when the package is not there.

    `load` and `round` raise RuntimeError when the child is gone; `load` then starts another.
    """

    def __init__(self, module, tiny):
        self.arguments = (module, tiny)
        self.child = None

    def __enter__(self):
        self.name, self.note = self._start()
        return self

    def __exit__(self, *_):
        self._stop()

    def load(self, case, stored):
        """Opens what the rounds of this case read. Says why it cannot, or returns nothing."""
        if self.child is None:
            self._start()
        return self._ask((case.name, stored))

    def round(self):
        return self._ask(None)

    def _start(self):
        context = multiprocessing.get_context("spawn")
        self.pipe, end = context.Pipe()
        self.child = context.Process(target=_serve, args=(end, *self.arguments), daemon=True)
        self.child.start()
        end.close()
        answer = self.pipe.recv()
        if isinstance(answer, ImportError):
            raise answer
        return answer

    def _stop(self):
        if self.child is not None:
            self.pipe.close()
            self.child.join(5)
            if self.child.is_alive():
                self.child.kill()
            self.child = None

    def _ask(self, message):
        try:
            self.pipe.send(message)
            return self.pipe.recv()
        except (EOFError, OSError) as error:
            self._stop()
            raise RuntimeError("its process crashed") from error


def _serve(pipe, module, tiny):
    if tiny:
        importlib.import_module("scale").make_tiny()
    try:
        peer = importlib.import_module(f"peers.{module}")
    except ImportError as error:
        pipe.send(error)
        return
    pipe.send((peer.NAME, peer.NOTE))
    with ExitStack() as cleanup:
        work = None
        while True:
            try:
                message = pipe.recv()
            except EOFError:
                return
            if message is None:
                pipe.send(seconds(work))
                continue
            cleanup.close()
            try:
                work = _work(peer, *message, cleanup)
                pipe.send(None)
            except BaseException as error:  # a panic of Rust's is no Exception
                pipe.send(str(error) or type(error).__name__)


def _work(peer, case_name, stored, cleanup):
    reading = named(case_name).prepare
    work = reading.by_peer(peer, stored, cleanup)
    with ExitStack() as h5pys:
        expected = answer_of(reading.by_module(h5py, stored, h5pys))
    if not alike(answer_of(work), expected):
        raise ValueError("another answer")
    return work
