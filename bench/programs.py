"""Where ./dev bench has built what is not Python."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def program(name):
    """Its path, or None when it was not built."""
    path = ROOT / "build" / "dev" / "bench" / name
    return path if path.exists() else None
