"""Rows of HDF5 files as samples for PyTorch's loaders.

`Rows` is a map-style dataset, `RowStream` an iterable one, and `ChunkBatches` a batch sampler that
shuffles chunk by chunk. Each process opens the files for itself, so that workers may be forked or
started anew. PyTorch is needed only where tensors are asked for: ``pip install hyperslab[torch]``.
"""

from .batches import ChunkBatches
from .rows import Rows
from .stream import RowStream

__all__ = ["ChunkBatches", "RowStream", "Rows"]
