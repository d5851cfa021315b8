"""Whether two sides gave the same answer."""

import numpy as np


def same(ours, stock):
    """Values, types, dtypes and shapes; that is what a drop-in promises."""
    if type(ours) is not type(stock):
        return False
    if isinstance(stock, np.ndarray):
        return _same_arrays(ours, stock)
    if isinstance(stock, (list, tuple)):
        return len(ours) == len(stock) and all(map(same, ours, stock))
    return bool(ours == stock)


def _same_arrays(ours, stock):
    if (ours.dtype, ours.shape) != (stock.dtype, stock.shape):
        return False
    if stock.dtype.hasobject:
        return same(ours.tolist(), stock.tolist())
    return ours.tobytes() == stock.tobytes() or np.array_equal(ours, stock)


def alike(peer, stock):
    """The same values, in whatever types another package has for them."""
    if isinstance(stock, (list, tuple)):
        return len(peer) == len(stock) and all(map(alike, peer, stock))
    peer, stock = np.asarray(peer), np.asarray(stock)
    if peer.shape != stock.shape:
        return False
    if stock.dtype.hasobject:
        return [_bytes(text) for text in peer.flat] == [_bytes(text) for text in stock.flat]
    return peer.dtype.newbyteorder("=") == stock.dtype.newbyteorder("=") and bool(
        np.array_equal(peer, stock)
    )


def _bytes(text):
    return text.encode() if isinstance(text, str) else text
