# Written by tools/make_stubs.py; run it again when the package changes.
# mypy: disable-error-code="override,misc"
import os
import types
from collections import namedtuple
from collections.abc import (
    Callable,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    MutableMapping,
    Sequence,
    ValuesView,
)
from contextlib import AbstractContextManager
from typing import Any, BinaryIO, Literal, overload

import numpy
from typing_extensions import Self

from hyperslab import _objects
from hyperslab import h5ac
from hyperslab import h5s
from hyperslab._objects import ObjectID
from hyperslab._objects import with_phil as with_phil

CRT_ORDER_INDEXED: int
CRT_ORDER_TRACKED: int
DATASET_ACCESS: PropClassID
DATASET_CREATE: PropClassID
DATASET_XFER: PropClassID
DATATYPE_CREATE: PropClassID
DEFAULT: Any
FILE_ACCESS: PropClassID
FILE_CREATE: PropClassID
GROUP_CREATE: PropClassID
LINK_ACCESS: PropClassID
LINK_CREATE: PropClassID
NO_CLASS: PropClassID
OBJECT_COPY: PropClassID
OBJECT_CREATE: PropClassID

class PropClassID(PropID):
    """A class of property lists; hashable by its identifier."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def __ne__(self, other: object, /) -> bool: ...

class PropCopyID(PropInstanceID):
    """A list with properties of copying an object."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def add_merge_committed_dtype_path(self, path: bytes) -> None:
        """Add a path at the destination where a committed datatype equal to the source's is looked
        for. Source: H5Padd_merge_committed_dtype_path."""
    def free_merge_committed_dtype_paths(self) -> None:
        """Forget the paths where committed datatypes are looked for. Source:
        H5Pfree_merge_committed_dtype_paths."""
    def get_copy_object(self) -> int:
        """What is copied along with an object: h5o.COPY_* bits. Source: H5Pget_copy_object."""
    def set_copy_object(self, flags: int) -> None:
        """Set what is copied along with an object: h5o.COPY_* bits. Source: H5Pset_copy_object."""

class PropCreateID(PropInstanceID):
    """A list with properties of creating anything."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...

class PropDAID(PropInstanceID):
    """A list with properties of access to a dataset."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_all_coll_metadata_ops(self) -> bool:
        """Whether metadata are read collectively. Source: H5Pget_all_coll_metadata_ops."""
    def get_chunk_cache(self) -> tuple[Any, ...]:
        """The dataset's chunk cache: (rdcc_nslots, rdcc_nbytes, rdcc_w0). Source:
        H5Pget_chunk_cache."""
    def get_efile_prefix(self) -> bytes:
        """The prefix that is put before the names of external files. Source: H5Pget_efile_prefix."""
    def get_virtual_prefix(self) -> bytes:
        """The prefix that is put before the names of the source files of virtual datasets. Source:
        H5Pget_virtual_prefix."""
    def get_virtual_printf_gap(self) -> int:
        """The number of sources that may be missing before the search for more ends. Source:
        H5Pget_virtual_printf_gap."""
    def get_virtual_view(self) -> int:
        """Where an unlimited virtual dataset ends: h5d.VDS_FIRST_MISSING or
        h5d.VDS_LAST_AVAILABLE. Source: H5Pget_virtual_view."""
    def set_all_coll_metadata_ops(self, is_collective: bool) -> None:
        """Whether metadata are read collectively. Source: H5Pset_all_coll_metadata_ops."""
    def set_chunk_cache(self, rdcc_nslots: int, rdcc_nbytes: int, rdcc_w0: float) -> None:
        """Set the dataset's chunk cache: hash slots, bytes, and how readily complete chunks are
        dropped (0 to 1). Source: H5Pset_chunk_cache."""
    def set_efile_prefix(self, prefix: bytes) -> None:
        """Set the prefix that is put before the names of external files; b'${ORIGIN}' is the HDF5
        file's folder. Source: H5Pset_efile_prefix."""
    def set_virtual_prefix(self, prefix: bytes) -> None:
        """Set the prefix that is put before the names of the source files of virtual datasets.
        Source: H5Pset_virtual_prefix."""
    def set_virtual_printf_gap(self, gap_size: int = 0) -> None:
        """Set how many sources named by a printf format may be missing before the search for more
        ends. Source: H5Pset_virtual_printf_gap."""
    def set_virtual_view(self, view: int) -> None:
        """Set where an unlimited virtual dataset ends: before the first missing source
        (h5d.VDS_FIRST_MISSING) or behind the last available one (h5d.VDS_LAST_AVAILABLE).
        Source: H5Pset_virtual_view."""

class PropDCID(PropOCID):
    """A list with properties of creating a dataset."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def all_filters_avail(self) -> bool:
        """Whether every filter is there or can be loaded. Source: H5Pall_filters_avail."""
    def fill_value_defined(self) -> int:
        """Which kind of fill value is set: h5d.FILL_VALUE_UNDEFINED, FILL_VALUE_DEFAULT or
        FILL_VALUE_USER_DEFINED. Source: H5Pfill_value_defined."""
    def get_alloc_time(self) -> int:
        """When space in the file is taken: one of h5d.ALLOC_TIME_*. Source: H5Pget_alloc_time."""
    def get_chunk(self) -> tuple[Any, ...]:
        """The shape of a chunk in elements. Raises ValueError when the layout is another. Source:
        H5Pget_chunk."""
    def get_chunk_opts(self) -> int:
        """The options of chunks, as bits: 2 when chunks that the dataset's edge cuts are not
        filtered. Source: H5Pget_chunk_opts."""
    def get_dset_no_attrs_hint(self) -> int:
        """Whether the dataset was said to have few attributes: 0 or 1. Source:
        H5Pget_dset_no_attrs_hint."""
    def get_external(self, idx: int = 0) -> tuple[Any, ...]:
        """An external file by its place, counted from 0: (name, offset, size), in bytes. Source:
        H5Pget_external."""
    def get_external_count(self) -> int:
        """The number of external files. Source: H5Pget_external_count."""
    def get_fill_time(self) -> int:
        """When the fill value is written: h5d.FILL_TIME_ALLOC, FILL_TIME_NEVER or FILL_TIME_IFSET.
        Source: H5Pget_fill_time."""
    def get_fill_value(self, value: Any) -> None:
        """Read the fill value into the first element of a C-contiguous, writable NumPy array,
        converted to its dtype. Source: H5Pget_fill_value."""
    def get_filter(self, filter_idx: int) -> tuple[Any, ...]:
        """A filter by its place, counted from 0: (number, flags, parameters, name). Raises
        ValueError when there is none at that place. Source: H5Pget_filter2."""
    def get_filter_by_id(self, filter_code: int) -> Any:
        """A filter by its number: (flags, parameters, name), or None when it is not there. Source:
        H5Pget_filter2."""
    def get_layout(self) -> int:
        """How raw data are stored: h5d.COMPACT, CONTIGUOUS, CHUNKED or VIRTUAL. Source:
        H5Pget_layout."""
    def get_nfilters(self) -> int:
        """The number of filters. Source: H5Pget_nfilters."""
    def get_virtual_count(self) -> int:
        """The number of mappings. Source: H5Pget_virtual_count."""
    def get_virtual_dsetname(self, index: int = 0) -> str:
        """The name of a mapping's source dataset, a str. Source: H5Pget_virtual_dsetname."""
    def get_virtual_filename(self, index: int = 0) -> str:
        """The name of a mapping's source file, a str. Source: H5Pget_virtual_filename."""
    def get_virtual_srcspace(self, index: int = 0) -> h5s.SpaceID:
        """The selection in the source dataset, a SpaceID. Source: H5Pget_virtual_srcspace."""
    def get_virtual_vspace(self, index: int = 0) -> h5s.SpaceID:
        """The selection in the virtual dataset, a SpaceID. Source: H5Pget_virtual_vspace."""
    def remove_filter(self, filter_class: int) -> None:
        """Remove a filter by its number, or all filters with h5z.FILTER_ALL. Source:
        H5Premove_filter."""
    def set_alloc_time(self, alloc_time: int) -> None:
        """Set when space in the file is taken: h5d.ALLOC_TIME_*. Source: H5Pset_alloc_time."""
    def set_chunk(self, chunksize: Any) -> None:
        """Store in chunks of this shape, a tuple of elements along each dimension. Source:
        H5Pset_chunk."""
    def set_chunk_opts(self, opts: int) -> None:
        """Set options of chunks: with bit 2, chunks that the dataset's edge cuts are not filtered.
        Source: H5Pset_chunk_opts."""
    def set_deflate(self, level: int = 5) -> None:
        """Append the filter deflate (gzip), with a level from 0 to 9. Source: H5Pset_deflate."""
    def set_dset_no_attrs_hint(self, minimize: bool) -> None:
        """Say that the dataset will have few attributes: a smaller object header. Source:
        H5Pset_dset_no_attrs_hint."""
    def set_external(self, name: bytes, offset: int, size: int) -> None:
        """Append an external file where raw data lie: from `offset` on, `size` bytes, or
        h5f.UNLIMITED. Source: H5Pset_external."""
    def set_fill_time(self, fill_time: int) -> None:
        """Set when the fill value is written: h5d.FILL_TIME_ALLOC, FILL_TIME_NEVER or
        FILL_TIME_IFSET. Source: H5Pset_fill_time."""
    def set_fill_value(self, value: Any) -> None:
        """Set what elements hold that were never written: the first element of a C-contiguous
        NumPy array. Raises TypeError when its dtype has no HDF5 type. Source:
        H5Pset_fill_value."""
    def set_filter(self, filter_code: int, flags: int = 0, values: Any = None) -> None:
        """Append a filter: its number, h5z.FLAG_* bits, and a tuple of its parameters. Source:
        H5Pset_filter."""
    def set_fletcher32(self) -> None:
        """Append the filter that adds checksums. Source: H5Pset_fletcher32."""
    def set_layout(self, layout_code: int) -> None:
        """Set how raw data are stored: h5d.COMPACT, CONTIGUOUS, CHUNKED or VIRTUAL. Source:
        H5Pset_layout."""
    def set_nbit(self) -> None:
        """Append the filter that packs types with fewer significant bits than their size. Source:
        H5Pset_nbit."""
    def set_scaleoffset(self, scale_type: int, scale_factor: int) -> None:
        """Append scale-offset: h5z.SO_INT and bits to keep (0: as many as needed), or
        h5z.SO_FLOAT_DSCALE and decimal digits. Usually loses precision, so checksums must not
        come before it. Source: H5Pset_scaleoffset."""
    def set_shuffle(self) -> None:
        """Append the filter that groups bytes of equal significance. Source: H5Pset_shuffle."""
    def set_szip(self, options: int, pixels_per_block: int) -> None:
        """Append the filter szip: h5z.SZIP_*_OPTION_MASK, and an even number of pixels per block,
        at most 32. Source: H5Pset_szip."""
    def set_virtual(self, vspace: h5s.SpaceID, src_file_name: bytes, src_dset_name: bytes, src_space: h5s.SpaceID) -> None:
        """Find the elements selected in `vspace` in another dataset, where `src_space` selects
        them. The file name b'.' is the virtual dataset's own file. Source: H5Pset_virtual."""

class PropDXID(PropInstanceID):
    """A list with properties of transferring raw data."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_buffer(self) -> int:
        """The size in bytes of the buffer in which types are converted. Source: H5Pget_buffer."""
    def get_dxpl_mpio(self) -> int:
        """How processes transfer data: h5fd.MPIO_INDEPENDENT or h5fd.MPIO_COLLECTIVE. Source:
        H5Pget_dxpl_mpio."""
    def get_edc_check(self) -> int:
        """Whether reading compares checksums: 0 or 1. Source: H5Pget_edc_check."""
    def get_hyper_vector_size(self) -> int:
        """The number of pieces of a selection that are gathered at once. Source:
        H5Pget_hyper_vector_size."""
    def get_mpio_actual_chunk_opt_mode(self) -> int:
        """How the last transfer of chunks was optimised. Source:
        H5Pget_mpio_actual_chunk_opt_mode."""
    def get_mpio_actual_io_mode(self) -> int:
        """How the last transfer with this list went: 0 not collectively, 1 chunks independently, 2
        chunks collectively, 3 both, 4 contiguous collectively. Source:
        H5Pget_mpio_actual_io_mode."""
    def get_mpio_no_collective_cause(self) -> tuple[Any, ...]:
        """Why it was not collective: bits for this process and for any process; (0, 0) when it
        was. Source: H5Pget_mpio_no_collective_cause."""
    def set_buffer(self, size: int) -> None:
        """Set the size in bytes of the buffer in which types are converted. Source: H5Pset_buffer."""
    def set_dxpl_mpio(self, xfer_mode: int) -> None:
        """h5fd.MPIO_INDEPENDENT or h5fd.MPIO_COLLECTIVE. Source: H5Pset_dxpl_mpio."""
    def set_edc_check(self, check: bool) -> None:
        """Set whether reading compares checksums: h5z.ENABLE_EDC or DISABLE_EDC. Source:
        H5Pset_edc_check."""
    def set_hyper_vector_size(self, size: int) -> None:
        """Set how many pieces of a selection are gathered at once, at least 1. Source:
        H5Pset_hyper_vector_size."""

class PropFAID(PropInstanceID):
    """A list with properties of access to a file."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_alignment(self) -> tuple[Any, ...]:
        """The alignment of objects in the file: (threshold, alignment), in bytes. Source:
        H5Pget_alignment."""
    def get_all_coll_metadata_ops(self) -> bool:
        """Whether metadata are read collectively. Source: H5Pget_all_coll_metadata_ops."""
    def get_cache(self) -> tuple[Any, ...]:
        """The chunk cache of each dataset: (0, slots, bytes, w0). Source: H5Pget_cache."""
    def get_coll_metadata_write(self) -> bool:
        """Whether metadata are written collectively. Source: H5Pget_coll_metadata_write."""
    def get_core_write_tracking(self) -> tuple[Any, ...]:
        """Whether only pages that changed are written to disk: (is_enabled, page_size in bytes).
        Source: H5Pget_core_write_tracking."""
    def get_driver(self) -> int:
        """The driver's identifier, to compare with those of h5fd. Source: H5Pget_driver."""
    def get_elink_file_cache_size(self) -> int:
        """The number of files that external links lead to and that are kept open. Source:
        H5Pget_elink_file_cache_size."""
    def get_evict_on_close(self) -> int:
        """Whether an object's metadata leave the cache when it is closed: 0 or 1. Source:
        H5Pget_evict_on_close."""
    def get_fapl_core(self) -> tuple[Any, ...]:
        """How a file in memory is kept: (block_size in bytes, backing_store). Source:
        H5Pget_fapl_core."""
    def get_fapl_family(self) -> tuple[Any, ...]:
        """How a row of files is kept: (memb_size in bytes, memb_fapl). Source: H5Pget_fapl_family."""
    def get_fapl_ioc(self) -> int:
        """The number of threads of a concentrator. Source: H5Pget_fapl_ioc."""
    def get_fapl_mpio(self) -> tuple[Any, ...]:
        """(comm, info), duplicates that the caller frees. Source: H5Pget_fapl_mpio."""
    def get_fapl_subfiling(self) -> tuple[Any, ...]:
        """(ioc_selection, stripe_size in bytes, stripe_count, ioc_fapl). Source:
        H5Pget_fapl_subfiling."""
    def get_fclose_degree(self) -> int:
        """What closing a file means for objects open in it: one of h5f.CLOSE_*. Source:
        H5Pget_fclose_degree."""
    def get_file_image(self) -> bytes:
        """The contents that a file in memory begins with; empty bytes when there are none. Source:
        H5Pget_file_image."""
    def get_file_locking(self) -> tuple[Any, ...]:
        """Whether files are locked while open, and whether a file system without locks is
        accepted: (use_file_locking, ignore_when_disabled), 0 or 1 each. Source:
        H5Pget_file_locking."""
    def get_libver_bounds(self) -> tuple[Any, ...]:
        """The oldest and the newest format to write: (low, high), of h5f.LIBVER_*. Source:
        H5Pget_libver_bounds."""
    def get_mdc_config(self) -> h5ac.CacheConfig:
        """The configuration that the metadata cache begins with, a CacheConfig. Source:
        H5Pget_mdc_config."""
    def get_mdc_image_config(self) -> int:
        """Whether closing the file stores the metadata cache as one image: 0 or 1. Source:
        H5Pget_mdc_image_config."""
    def get_meta_block_size(self) -> int:
        """The number of bytes that are allocated at once for metadata. Source:
        H5Pget_meta_block_size."""
    def get_metadata_read_attempts(self) -> int:
        """How often metadata with a wrong checksum are read again; 0 for the default. Source:
        H5Pget_metadata_read_attempts."""
    def get_mpi_params(self) -> tuple[Any, ...]:
        """(comm, info), duplicates that the caller frees; MPI.COMM_NULL where there are none.
        Source: H5Pget_mpi_params."""
    def get_page_buffer_size(self) -> tuple[Any, ...]:
        """The size of the page buffer in bytes, and the minimum shares in percent: (buf_size,
        min_meta_per, min_raw_per). Source: H5Pget_page_buffer_size."""
    def get_sieve_buf_size(self) -> int:
        """The size in bytes of the buffer for small pieces of contiguous datasets. Source:
        H5Pget_sieve_buf_size."""
    def get_small_data_block_size(self) -> int:
        """The number of bytes that are allocated at once for small raw data. Source:
        H5Pget_small_data_block_size."""
    def set_alignment(self, threshold: int, alignment: int) -> None:
        """Let objects of at least `threshold` bytes begin at multiples of `alignment` bytes.
        Source: H5Pset_alignment."""
    def set_all_coll_metadata_ops(self, is_collective: bool) -> None:
        """Whether metadata are read collectively. Source: H5Pset_all_coll_metadata_ops."""
    def set_cache(self, mdc: int, rdcc: int, rdcc_nbytes: int, rdcc_w0: float) -> None:
        """Set the chunk cache of each dataset: hash slots, bytes, and how readily complete chunks
        are dropped (0 to 1). `mdc` has no effect. Source: H5Pset_cache."""
    def set_coll_metadata_write(self, is_collective: bool) -> None:
        """Whether metadata are written collectively. Source: H5Pset_coll_metadata_write."""
    def set_core_write_tracking(self, is_enabled: bool, page_size: int) -> None:
        """Set whether only pages that changed are written to disk, and the size of a page in
        bytes. Source: H5Pset_core_write_tracking."""
    def set_driver(self, driver_id: int) -> int:
        """Reach the file through a driver without settings: an identifier of h5fd, as SEC2.
        Source: H5Pset_driver."""
    def set_elink_file_cache_size(self, efc_size: int) -> None:
        """Set how many files that external links lead to are kept open. Source:
        H5Pset_elink_file_cache_size."""
    def set_evict_on_close(self, evict_on_close: bool) -> None:
        """Set whether an object's metadata leave the cache when it is closed. Source:
        H5Pset_evict_on_close."""
    def set_fapl_core(self, block_size: int = 65536, backing_store: bool = True) -> None:
        """Keep the file in memory, where it grows by `block_size` bytes; closing writes it to disk
        with `backing_store`. Source: H5Pset_fapl_core."""
    def set_fapl_family(self, memb_size: int = 2147483647, memb_fapl: PropID | None = None) -> None:
        """Keep one file as a row of files of `memb_size` bytes; its name holds a printf integer
        format. Source: H5Pset_fapl_family."""
    def set_fapl_ioc(self, thread_pool_size: int = 4) -> None:
        """Reach subfiles through I/O concentrators, each with `thread_pool_size` threads: a list
        for set_fapl_subfiling. Source: H5Pset_fapl_ioc."""
    def set_fapl_log(self, logfile: bytes, flags: int, buf_size: int) -> None:
        """Reach the file as a plain file and log what is done to it: h5fd.LOG_* flags, size of the
        log's buffer in bytes. Source: H5Pset_fapl_log."""
    def set_fapl_mpio(self, comm: Any, info: Any) -> None:
        """Files shared by the processes of an mpi4py.MPI.Comm. Source: H5Pset_fapl_mpio."""
    def set_fapl_mpiposix(self, comm: Any, use_gpfs_hints: bool = False) -> None:
        """No longer there."""
    def set_fapl_sec2(self) -> None:
        """Reach the file as a plain file of the operating system. Source: H5Pset_fapl_sec2."""
    def set_fapl_split(self, meta_ext: bytes = b'-m.h5', meta_plist_id: PropID | None = None, raw_ext: bytes = b'-r.h5', raw_plist_id: PropID | None = None) -> None:
        """Keep metadata and raw data in two files, named by what is put behind the file's name.
        Source: H5Pset_fapl_split."""
    def set_fapl_stdio(self) -> None:
        """Reach the file through C's buffered streams. Source: H5Pset_fapl_stdio."""
    def set_fapl_subfiling(self, ioc_selection: int = 0, stripe_size: int = 33554432, stripe_count: int = -1, ioc_fapl: PropFAID | None = None) -> None:
        """Keep the bytes in stripes of `stripe_size` bytes in `stripe_count` subfiles (-1: one for
        each I/O concentrator). `ioc_selection` says which processes are concentrators:
        h5fd.SELECT_IOC_ONE_PER_NODE, SELECT_IOC_EVERY_NTH_RANK or SELECT_IOC_TOTAL. `ioc_fapl`
        has the driver ioc. The processes are those of set_mpi_params, or else all. Collective.
        Source: H5Pset_fapl_subfiling."""
    def set_fclose_degree(self, close_degree: int) -> None:
        """Set what closing a file means for objects open in it: h5f.CLOSE_*. Source:
        H5Pset_fclose_degree."""
    def set_file_image(self, image: Any) -> None:
        """Set the contents that a file in memory begins with, any buffer, which is copied; None
        takes them away. Raises TypeError for what is no buffer. Source: H5Pset_file_image."""
    def set_file_locking(self, use_file_locking: bool | None, ignore_when_disabled: bool | None) -> None:
        """Set whether files are locked while open, and whether a file system without locks is
        accepted. The environment variable HDF5_USE_FILE_LOCKING overrides it. Source:
        H5Pset_file_locking."""
    def set_fileobj_driver(self, driver_id: int, fileobj: Any) -> int:
        """Reach the file through a Python object with the methods of a binary file: seek, tell,
        readinto or read, write, truncate, flush. `driver_id` is h5fd.fileobj_driver. What the
        methods raise comes out of the call that needed them. Source: H5FDregister."""
    def set_libver_bounds(self, low: int, high: int) -> None:
        """Set the oldest and the newest format to write: h5f.LIBVER_*. Source:
        H5Pset_libver_bounds."""
    def set_mdc_config(self, config: h5ac.CacheConfig) -> None:
        """Set the configuration that the metadata cache begins with. Source: H5Pset_mdc_config."""
    def set_mdc_image_config(self, generate_image: bool) -> None:
        """Set whether closing the file stores the metadata cache as one image, which opening it
        again reads at once. Source: H5Pset_mdc_image_config."""
    def set_meta_block_size(self, size: int) -> None:
        """Set the number of bytes that are allocated at once for metadata. Source:
        H5Pset_meta_block_size."""
    def set_metadata_read_attempts(self, attempts: int) -> None:
        """Set how often metadata with a wrong checksum are read again, at least once. Source:
        H5Pset_metadata_read_attempts."""
    def set_mpi_params(self, comm: Any, info: Any) -> None:
        """The processes of an mpi4py.MPI.Comm, for a driver that set_fapl_mpio does not set:
        subfiling. Source: H5Pset_mpi_params."""
    def set_page_buffer_size(self, buf_size: int, min_meta_per: int = 0, min_raw_per: int = 0) -> None:
        """Set the size of the page buffer in bytes (0: none), and the minimum shares of metadata
        and of raw data in it, in percent. It serves files with paged space. Source:
        H5Pset_page_buffer_size."""
    def set_sieve_buf_size(self, size: int) -> None:
        """Set the size in bytes of the buffer through which small pieces of contiguous datasets
        are read and written. Source: H5Pset_sieve_buf_size."""
    def set_small_data_block_size(self, size: int) -> None:
        """Set the number of bytes that are allocated at once for small raw data. Source:
        H5Pset_small_data_block_size."""

class PropFCID(PropOCID):
    """A list with properties of creating a file."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_file_space_page_size(self) -> int:
        """The size of a page in bytes. Source: H5Pget_file_space_page_size."""
    def get_file_space_strategy(self) -> tuple[Any, ...]:
        """How free space is kept: (strategy, persist, threshold in bytes). Source:
        H5Pget_file_space_strategy."""
    def get_istore_k(self) -> int:
        """Half the rank of the trees that index chunks. Source: H5Pget_istore_k."""
    def get_link_creation_order(self) -> int:
        """The flags that say whether the order of links is tracked and indexed. Source:
        H5Pget_link_creation_order."""
    def get_shared_mesg_index(self, index_num: int) -> tuple[Any, ...]:
        """Which kinds of message an index takes, and their smallest size in bytes:
        (mesg_type_flags, min_mesg_size). Source: H5Pget_shared_mesg_index."""
    def get_shared_mesg_nindexes(self) -> int:
        """The number of indexes of shared object header messages. Source:
        H5Pget_shared_mesg_nindexes."""
    def get_sizes(self) -> tuple[Any, ...]:
        """The sizes of an address and of a length in the file, in bytes. Source: H5Pget_sizes."""
    def get_sym_k(self) -> tuple[Any, ...]:
        """Half the rank of the trees of old-style groups, and half the number of entries of their
        leaves: (ik, lk). Source: H5Pget_sym_k."""
    def get_userblock(self) -> int:
        """The number of bytes in front of the HDF5 data that are the user's. Source:
        H5Pget_userblock."""
    def get_version(self) -> tuple[Any, ...]:
        """The versions of the parts of the file's format: (superblock, free list, symbol table,
        shared header). Source: H5Pget_version."""
    def set_file_space_page_size(self, fsp_size: int) -> None:
        """Set the size of a page in bytes, at least 512, for FSPACE_STRATEGY_PAGE. Source:
        H5Pset_file_space_page_size."""
    def set_file_space_strategy(self, strategy: int, persist: bool | None, threshold: int) -> None:
        """Set how free space is kept (h5f.FSPACE_STRATEGY_*), whether it is kept across closing,
        and the smallest piece that is kept, in bytes. Source: H5Pset_file_space_strategy."""
    def set_istore_k(self, ik: int) -> None:
        """Set half the rank of the trees that index chunks. Source: H5Pset_istore_k."""
    def set_link_creation_order(self, flags: int) -> None:
        """Track, or track and index, the order of links in the root group: CRT_ORDER_TRACKED,
        CRT_ORDER_INDEXED. Source: H5Pset_link_creation_order."""
    def set_shared_mesg_index(self, index_num: int, mesg_type_flags: int, min_mesg_size: int) -> None:
        """Set which kinds of message an index takes, and their smallest size in bytes. Source:
        H5Pset_shared_mesg_index."""
    def set_shared_mesg_nindexes(self, nindexes: int) -> None:
        """Set how many indexes of shared object header messages the file has, at most 8. Source:
        H5Pset_shared_mesg_nindexes."""
    def set_sizes(self, addr: int, size: int) -> None:
        """Set the sizes of an address and of a length in the file, in bytes: 2, 4, 8 or 16.
        Source: H5Pset_sizes."""
    def set_sym_k(self, ik: int, lk: int) -> None:
        """Set half the rank of the trees of old-style groups, and half the number of entries of
        their leaves. Source: H5Pset_sym_k."""
    def set_userblock(self, size: int) -> None:
        """Set the number of bytes in front of the HDF5 data that are the user's: 0, or a power of
        2 from 512 on. Source: H5Pset_userblock."""

class PropGCID(PropOCID):
    """A list with properties of creating a group."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_est_link_info(self) -> tuple[Any, ...]:
        """The number of links to expect, and the length of their names in bytes. Source:
        H5Pget_est_link_info."""
    def get_link_creation_order(self) -> int:
        """The flags that say whether the order of links is tracked and indexed. Source:
        H5Pget_link_creation_order."""
    def get_link_phase_change(self) -> tuple[Any, ...]:
        """The numbers of links at which they leave the object header and return: (max_compact,
        min_dense). Source: H5Pget_link_phase_change."""
    def get_local_heap_size_hint(self) -> int:
        """The number of bytes that are reserved for names in an old-style group. Source:
        H5Pget_local_heap_size_hint."""
    def set_est_link_info(self, est_num_entries: int, est_name_len: int) -> None:
        """Set the number of links to expect, and the length of their names in bytes. Source:
        H5Pset_est_link_info."""
    def set_link_creation_order(self, flags: int) -> None:
        """Track, or track and index, the order of links: CRT_ORDER_TRACKED, CRT_ORDER_INDEXED.
        Raises ValueError for indexing alone. Source: H5Pset_link_creation_order."""
    def set_link_phase_change(self, max_compact: int = 8, min_dense: int = 6) -> None:
        """Set the maximum number of links in the object header, and the number below which they
        move back there. Source: H5Pset_link_phase_change."""
    def set_local_heap_size_hint(self, size_hint: int) -> None:
        """Set the number of bytes to reserve for names in an old-style group; with 0 HDF5 decides.
        Source: H5Pset_local_heap_size_hint."""

class PropID(ObjectID):
    """A property list or a class of property lists."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def __ne__(self, other: object, /) -> bool: ...
    def equal(self, plist: PropID) -> bool:
        """Whether all properties are equal. Source: H5Pequal."""

class PropInstanceID(PropID):
    """A property list; not hashable."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def copy(self) -> Any:
        """A copy, of the same Python type. Source: H5Pcopy."""
    def get_class(self) -> PropClassID:
        """The class of the list, a PropClassID. Source: H5Pget_class."""

class PropLAID(PropInstanceID):
    """A list with properties of access through links."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_all_coll_metadata_ops(self) -> bool:
        """Whether metadata are read collectively. Source: H5Pget_all_coll_metadata_ops."""
    def get_elink_acc_flags(self) -> int:
        """How files that external links lead to are opened: h5f.ACC_* bits. Source:
        H5Pget_elink_acc_flags."""
    def get_elink_fapl(self) -> Any:
        """A copy of the file access list for external links, or a list of defaults when none was
        set. Source: H5Pget_elink_fapl."""
    def get_elink_prefix(self) -> bytes:
        """The prefix that is put before the file name of external links. Source:
        H5Pget_elink_prefix."""
    def get_nlinks(self) -> int:
        """The number of soft or user-defined links that are followed before giving up. Source:
        H5Pget_nlinks."""
    def set_all_coll_metadata_ops(self, is_collective: bool) -> None:
        """Whether metadata are read collectively. Source: H5Pset_all_coll_metadata_ops."""
    def set_elink_acc_flags(self, flags: int) -> None:
        """Set how files that external links lead to are opened: h5f.ACC_* bits. Source:
        H5Pset_elink_acc_flags."""
    def set_elink_fapl(self, fapl: PropID) -> None:
        """Set the file access list for files that external links lead to. Source:
        H5Pset_elink_fapl."""
    def set_elink_prefix(self, prefix: bytes) -> None:
        """Set the prefix that is put before the file name of external links. Source:
        H5Pset_elink_prefix."""
    def set_nlinks(self, nlinks: int) -> None:
        """Set how many soft or user-defined links are followed before giving up; at least 1.
        Source: H5Pset_nlinks."""

class PropLCID(PropCreateID):
    """A list with properties of creating a link."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_char_encoding(self) -> int:
        """The encoding of the link's name: h5t.CSET_ASCII or h5t.CSET_UTF8. Source:
        H5Pget_char_encoding."""
    def get_create_intermediate_group(self) -> bool:
        """Whether groups missing on the way are made. Source: H5Pget_create_intermediate_group."""
    def set_char_encoding(self, encoding: int) -> None:
        """Set the encoding of the link's name: h5t.CSET_ASCII or h5t.CSET_UTF8. Source:
        H5Pset_char_encoding."""
    def set_create_intermediate_group(self, create: bool | None) -> None:
        """Set whether groups missing on the way are made. Source:
        H5Pset_create_intermediate_group."""

class PropOCID(PropCreateID):
    """A list with properties of creating an object of any kind."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
    def get_attr_creation_order(self) -> int:
        """The flags that say whether the order of attributes is tracked and indexed. Source:
        H5Pget_attr_creation_order."""
    def get_attr_phase_change(self) -> tuple[Any, ...]:
        """The numbers of attributes at which they leave the object header and return:
        (max_compact, min_dense). Source: H5Pget_attr_phase_change."""
    def get_obj_track_times(self) -> int:
        """Whether the object stores when it was made and changed: 0 or 1. Source:
        H5Pget_obj_track_times."""
    def set_attr_creation_order(self, flags: int) -> None:
        """Track, or track and index, the order of attributes: CRT_ORDER_TRACKED,
        CRT_ORDER_INDEXED. Raises ValueError for indexing alone. Source:
        H5Pset_attr_creation_order."""
    def set_attr_phase_change(self, max_compact: int = 8, min_dense: int = 6) -> None:
        """Set the maximum number of attributes in the object header, and the number below which
        they move back there. (0, 0) keeps all outside, where one may exceed 64 KiB. Source:
        H5Pset_attr_phase_change."""
    def set_obj_track_times(self, track_times: bool) -> None:
        """Set whether the object stores when it was made and changed. Source:
        H5Pset_obj_track_times."""

class PropTCID(PropOCID):
    """A list with properties of creating a committed datatype."""
    def __init__(self, *args: Any, **kwargs: Any) -> None: ...
def create(cls: PropClassID) -> Any:
    """Create a property list with the defaults of a class (FILE_CREATE, DATASET_CREATE, …).
    Source: H5Pcreate."""
phil: _objects.FastRLock
