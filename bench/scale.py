"""How large the data are: as the table says, or tiny, to see that every case runs."""

_divisor = 1


def make_tiny():
    global _divisor
    _divisor = 64


def is_tiny():
    return _divisor > 1


def scaled(count, least=2):
    """`count`, or the little that stands for it. Ask when data are made, not before."""
    return max(least, count // _divisor)
