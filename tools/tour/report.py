"""How the tour speaks: headings, steps with what came back, and a count of what went wrong."""

import os
import sys

WIDTH = 84  # where the verdicts stand


class Report:
    """Prints to a stream; colours only on a terminal."""

    def __init__(self, out=None):
        self.out = out or sys.stdout
        self.colours = self.out.isatty() and "NO_COLOR" not in os.environ
        self.steps = 0
        self.wrong = []

    def heading(self, text):
        self._print(f"\n{self._paint('1', text)}")

    def part(self, text):
        self._print(f"\n  {self._paint('1', text)}")

    def note(self, text):
        self._print(f"  {text}")

    def block(self, text, limit=24):
        """What a program printed, indented and cut."""
        lines = text.rstrip().splitlines()
        for line in lines[:limit]:
            self._print(f"      {line}")
        if len(lines) > limit:
            self._print(f"      … {len(lines) - limit} more lines")

    def did(self, what, prompt=">>> ", continued="... "):
        """What is about to be done, in the words that do it."""
        for number, line in enumerate(what.splitlines()):
            self._print(f"  {self._paint('36', (continued if number else prompt) + line)}")

    def came_back(self, what, seconds=None, ok=True, why=""):
        """What came back, and whether it is what should have come."""
        self.steps += 1
        verdict = self._paint("32", "ok") if ok else self._paint("31", "WRONG")
        time = "" if seconds is None else f"{duration(seconds):>10}"
        self._print(f"      {shortened(what, WIDTH - 8):<{WIDTH - 6}}{verdict}{time}")
        if not ok:
            self.wrong.append(f"{what}: {why}" if why else what)
            if why:
                self._print(f"      {self._paint('31', why)}")

    def check(self, what, ok, why=""):
        """A fact that must hold."""
        self.came_back(what, None, ok, why)

    def _paint(self, code, text):
        return f"\x1b[{code}m{text}\x1b[0m" if self.colours else text

    def _print(self, line):
        print(line.rstrip(), file=self.out, flush=True)


def duration(seconds):
    """A time in a unit that suits it."""
    for unit, factor in (("s", 1), ("ms", 1e3), ("µs", 1e6)):
        if seconds * factor >= 1:
            return f"{seconds * factor:.3g} {unit}"
    return f"{seconds * 1e6:.2g} µs"


def size_text(count):
    """A number of bytes in a unit that suits it."""
    units = ["bytes", "kB", "MB", "GB", "TB"]
    while count >= 1000 and len(units) > 1:
        count /= 1000
        units.pop(0)
    return f"{count:.3g} {units[0]}"


def shortened(text, length):
    """On one line, no longer than that."""
    text = " ".join(str(text).split())
    return text if len(text) <= length else text[: length - 1] + "…"
