"""What the first sentence of a docstring must be: whole without its neighbours.

An editor shows one docstring, and a list of functions shows first sentences. One that begins with
"The same" or "Those" means nothing there.
"""

import re

_NEIGHBOUR = re.compile(
    r"(the same|that|those|these|this|another of|one of (those|them|these)|as|like|likewise|ditto"
    r"|see|also|it|its|they|their|them|whether (it|they|that|those)|(how|what|when|where) (it|they)"
    r"|the (latter|former))\b",
    re.IGNORECASE,
)


def first_sentence(doc):
    text = " ".join(doc.split("\n\n")[0].split())
    return re.split(r"(?<=[.!?])\s", text)[0]


class PoorDocstring(Exception):
    """A docstring that does not follow the rules of this module."""


def require_good(name, doc):
    """Refuse a docstring that cannot be understood alone, or that names errors without Raises."""
    if leans_on_a_neighbour(doc):
        raise PoorDocstring(f"{name}: the first sentence leans on a neighbour: {doc!r}")
    if begins_with_an_error(doc):
        raise PoorDocstring(f"{name}: write 'Raises …Error when': {doc!r}")


def leans_on_a_neighbour(doc):
    """Whether the first sentence says what is meant by pointing to another docstring."""
    return _NEIGHBOUR.match(first_sentence(doc)) is not None


def begins_with_an_error(doc):
    """Whether a sentence is an error's name and when it comes, without "Raises"."""
    prose = doc.partition("\nRaises\n")[0]
    return re.search(r"(?:^|[.;:]\s+)[A-Z]\w*(Error|Exception)\b", prose) is not None
