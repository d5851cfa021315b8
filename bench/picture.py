"""results.svg, the picture of results.json that the README shows.

One bar a goal: how many times as fast as h5py, on a logarithmic scale, with a line where it is
wanted and a dot for each other package; what is slower than half of h5py lies on the left edge. An
SVG of a few shapes needs no plotting library; it brings its own background and colours for light
and dark, so it can be read on any page.
"""

from html import escape
from math import log
from pathlib import Path

FILE = Path(__file__).with_name("results.svg")

WIDTH, TOP, ROW, BOTTOM = 920, 104, 25, 40
LEFT, RIGHT = 350, 860  # where 1 × and the largest gain are drawn
TICKS = (0.5, 1, 2, 5, 10, 20, 50, 100)
PEER_COLOURS = ("#d9822b", "#8a63d2", "#1b998b", "#c2397d", "#7a8b99", "#b59f00")

STYLE = """
.card { fill: #ffffff; stroke: #d0d7de; }
text { fill: #1f2328; font: 13px -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
.title { font-size: 17px; font-weight: 600; }
.soft { fill: #59636e; font-size: 12px; }
.grid { stroke: #d8dee4; }
.one { stroke: #818b98; }
.bar { fill: #2f81f7; }
.below { fill: #93c0fb; }
.wanted { stroke: #1f2328; stroke-width: 2; }
.dot { stroke: #ffffff; }
@media (prefers-color-scheme: dark) {
  .card { fill: #0d1117; stroke: #3d444d; }
  text { fill: #e6edf3; }
  .soft { fill: #9198a1; }
  .grid { stroke: #2a313a; }
  .one { stroke: #656c76; }
  .below { fill: #1c4a86; }
  .wanted { stroke: #e6edf3; }
  .dot { stroke: #0d1117; }
}
"""


class Scale:
    """From a gain to a place."""

    def __init__(self, gains):
        self.low = TICKS[0] if min(gains) < 0.9 else 0.9
        self.high = max([2, *gains]) * 1.25

    def __call__(self, gain):
        share = log(max(gain, self.low) / self.low) / log(self.high / self.low)
        return LEFT + share * (RIGHT - LEFT)

    def ticks(self):
        return [tick for tick in TICKS if self.low <= tick <= self.high]


def draw(section, title="How many times as fast as h5py", summary=None):
    """The picture of the section "cases" of results.json, as text."""
    summary = summary or _summary(section)
    rows = [row for row in section["figures"] if row["goal"]]
    peers = sorted({peer for row in rows for peer in row["peers"]})
    colours = dict(zip(peers, PEER_COLOURS, strict=False))
    scale = Scale([gain for row in rows for gain in _gains(row)])
    height = TOP + ROW * len(rows) + BOTTOM
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img">',
        f"<title>{escape(summary)}</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="card" x=".5" y=".5" width="{WIDTH - 1}" height="{height - 1}" rx="8"/>',
        _text(24, 32, title, "title"),
        _text(24, 54, summary, "soft"),
        *_legend(colours),
        *_axis(scale, TOP + ROW * len(rows)),
    ]
    for number, row in enumerate(rows):
        parts += _row(row, TOP + ROW * number, scale, colours)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _gains(row):
    return [row["gain"], *(row["h5py_seconds"] / took for took in row["peers"].values())]


def _summary(section):
    versions, cores = section["measured"]["versions"], section["measured"]["cores"]
    return (
        f"hyperslab {versions['hyperslab']}, h5py {versions['h5py']} on HDF5 "
        f"{versions['HDF5 of h5py']}, {cores} cores; geometric mean of all rows "
        f"{section['geometric_mean']:.1f}×"
    )


def _text(x, y, text, kind="", anchor="start"):
    named = f' class="{kind}"' if kind else ""
    return f'<text{named} x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(x, top, bottom, kind):
    return f'<line class="{kind}" x1="{x:.1f}" x2="{x:.1f}" y1="{top:.1f}" y2="{bottom:.1f}"/>'


def _dot(x, y, colour):
    return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>'


def _legend(colours):
    y, x = 80, 24
    yield f'<rect class="bar" x="{x}" y="{y - 10}" width="14" height="11" rx="2"/>'
    yield _text(x + 19, y, "hyperslab", "soft")
    x += 92
    yield f'<rect class="below" x="{x}" y="{y - 10}" width="14" height="11" rx="2"/>'
    yield _text(x + 19, y, "below what is wanted", "soft")
    x += 168
    yield _line(x, y - 12, y + 3, "wanted")
    yield _text(x + 8, y, "wanted", "soft")
    x += 66
    for peer, colour in colours.items():
        yield _dot(x, y - 4, colour)
        yield _text(x + 9, y, peer, "soft")
        x += 26 + 6.6 * len(peer)


def _axis(scale, bottom):
    for tick in scale.ticks():
        yield _line(scale(tick), TOP - 6, bottom, "one" if tick == 1 else "grid")
        label = f"{'≤ ' if tick == scale.low else ''}{tick:g}×"
        yield _text(scale(tick), bottom + 18, label, "soft", "middle")


def _row(row, top, scale, colours):
    middle = top + ROW / 2
    one, end = scale(1), scale(row["gain"])
    missed = row["wanted"] is not None and row["gain"] < row["wanted"]
    yield _text(LEFT - 14, middle + 4.5, row["case"], anchor="end")
    yield (
        f'<rect class="{"below" if missed else "bar"}" x="{min(one, end):.1f}" '
        f'y="{top + 5:.1f}" width="{abs(end - one):.1f}" height="{ROW - 10}" rx="2"/>'
    )
    if row["wanted"] is not None:
        yield _line(scale(row["wanted"]), top + 3, top + ROW - 3, "wanted")
    for peer, took in row["peers"].items():
        yield _dot(scale(row["h5py_seconds"] / took), middle, colours[peer])
    yield _text(RIGHT + 46, middle + 4.5, f"{row['gain']:.1f}×", anchor="end")
