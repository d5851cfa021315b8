"""Runs lines of Python as they are printed, so that the tour shows what it does."""

import traceback
from time import perf_counter

from .values import describe


class Console:
    """A namespace, and a report of what was run in it."""

    def __init__(self, report, **names):
        self.report = report
        self.names = names
        self.seconds = 0.0  # that the last run took

    def run(self, source, expect=None, shown=None):
        """Run an expression or statements.

        `expect` is a condition on the value: a function of it, or for statements an expression that
        must be true afterwards. `shown` puts the value in words; by default `describe`. Returns the
        value.
        """
        self.report.did(source)
        try:
            value = self._run(source)
        except Exception as error:
            self.report.came_back(
                f"{type(error).__name__}: {error}", ok=False, why=traceback.format_exc(limit=-1)
            )
            return None
        self._judge(value, expect, shown)
        return value

    def refuses(self, source, error_type):
        """Run what must raise."""
        self.report.did(source)
        try:
            self._run(source)
        except error_type as error:
            self.report.came_back(f"{type(error).__name__}: {error}")
        except Exception as error:
            self.report.came_back(
                f"{type(error).__name__}: {error}", ok=False, why=f"not a {error_type.__name__}"
            )
        else:
            self.report.came_back("nothing was raised", ok=False, why=error_type.__name__)

    def _run(self, source):
        try:
            code = compile(source, "<tour>", "eval")
        except SyntaxError:
            code = compile(source, "<tour>", "exec")
        started = perf_counter()
        value = eval(code, self.names)
        self.seconds = perf_counter() - started
        return value

    def _judge(self, value, expect, shown):
        try:
            if isinstance(expect, str):
                ok, why = bool(eval(expect, self.names)), f"not so: {expect}"
            else:
                ok, why = expect is None or bool(expect(value)), "another value was expected"
        except Exception as error:
            ok, why = False, f"{type(error).__name__}: {error}"
        if isinstance(shown, str):
            words = str(eval(shown, self.names))
        else:
            words = (shown or describe)(value)
        self.report.came_back(words, self.seconds, ok, why)
