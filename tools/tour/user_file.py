"""A tour of somebody's file: read-only, bounded in what it reads, whatever the file holds."""

from time import perf_counter

import hyperslab

from .report import duration, shortened, size_text
from .values import describe, dtype_text

MEMBERS = 20  # shown of a group
LINES = 60  # of the tree
WIDTH = 110
DEPTH = 8
DATASETS = 5  # looked at closely
ATTRIBUTES = 8  # shown of an object
SLICE = (4, 4)  # elements read along the last axes
LONGEST = 1 << 20  # bytes of a scalar that is read whole


class Tree:
    """Walks through the groups of a file and prints what it meets."""

    def __init__(self, report, file):
        self.report = report
        self.lines = 0
        self.datasets = []
        self.seen = set()  # addresses of groups: a file may hold itself
        self.walk(file["/"], 0)
        if self.lines >= LINES:
            report.note(f"    … the tree is cut after {LINES} lines")

    def line(self, depth, name, *facts):
        """A name, and behind it in columns what there is to say."""
        self.lines += 1
        label = f"{'  ' * (depth + 1)}{shortened(name, 60)}"
        columns = f"{label:<36}  {'  '.join(f'{fact:<16}' for fact in facts)}"
        self.report.note(columns.rstrip() if len(columns) <= WIDTH else columns[: WIDTH - 1] + "…")

    def walk(self, group, depth):
        info = hyperslab.h5o.get_info(group.id)
        if (info.fileno, info.addr) in self.seen or depth > DEPTH:
            return
        self.seen.add((info.fileno, info.addr))
        for position, name in enumerate(group):
            if self.lines >= LINES:
                return
            if position == MEMBERS:
                self.line(depth, f"… {len(group) - MEMBERS} more")
                return
            self.member(group, name, depth)

    def member(self, group, name, depth):
        try:
            link = group.get(name, getlink=True)
            if not isinstance(link, hyperslab.HardLink):
                self.line(depth, name, f"-> {link_text(link)}")
                return
            self.object(group[name], name, depth)
        except Exception as error:
            self.line(depth, name, why(error))

    def object(self, item, name, depth):
        if isinstance(item, hyperslab.Group):
            self.line(depth, f"{name}/", f"{len(item)} members", "", attributes_text(item))
            self.walk(item, depth + 1)
        elif isinstance(item, hyperslab.Dataset):
            self.datasets.append(item)
            self.line(depth, name, shape_text(item), type_text(item), attributes_text(item))
        else:
            self.line(depth, name, "datatype", type_text(item), attributes_text(item))


def why(error):
    return f"{type(error).__name__}: {error}"


def link_text(link):
    if isinstance(link, hyperslab.SoftLink):
        return link.path
    if isinstance(link, hyperslab.ExternalLink):
        return f"{link.path} in {link.filename}"
    return type(link).__name__


def attributes_text(item):
    count = len(item.attrs)
    return "" if count == 0 else f"{count} attribute{'s' if count > 1 else ''}"


def shape_text(dataset):
    return "null" if dataset.shape is None else str(dataset.shape)


def type_text(item):
    try:
        return dtype_text(item.dtype)
    except Exception as error:  # a type that NumPy has no word for
        return f"({why(error)})"


def facts(dataset):
    """Label and value of what there is to say of a dataset, one after the other."""
    yield "shape", shape_text(dataset)
    yield "maxshape", dataset.maxshape
    yield "type", type_text(dataset)
    yield "elements", size_text(dataset.nbytes)
    yield "in the file", size_text(dataset.id.get_storage_size())
    yield "chunks", dataset.chunks
    yield "filters", ", ".join(map(str, dataset.filter_names)) or None
    yield "fill value", dataset.fillvalue


def index_of_a_corner(shape):
    """An index that selects a few elements."""
    lengths = (1,) * (len(shape) - len(SLICE)) + SLICE
    lengths = lengths[len(lengths) - len(shape) :]
    return tuple(slice(0, min(n, length)) for n, length in zip(shape, lengths, strict=True))


def index_text(index):
    return ", ".join(f"0:{item.stop}" for item in index) or "()"


def look_at(report, dataset):
    report.part(str(dataset.name))
    found = facts(dataset)
    while True:
        try:
            label, value = next(found)
        except StopIteration:
            break
        except Exception as error:
            report.note(f"    {why(error)}")
            break
        if value is not None:
            words = value if isinstance(value, str) else describe(value)
            report.note(f"    {label:<12} {shortened(words, 84)}")
    read_corner(report, dataset)
    show_attributes(report, dataset)


def read_corner(report, dataset):
    try:
        if dataset.shape == () and dataset.nbytes > LONGEST:
            report.note(f"    a scalar of {size_text(dataset.nbytes)}: not read")
            return
        index = () if dataset.shape is None else index_of_a_corner(dataset.shape)
        started = perf_counter()
        value = dataset[index]
        seconds = perf_counter() - started
        label = f"[{index_text(index)}]"
        report.note(f"    {label:<12} {shortened(describe(value), 72)}   {duration(seconds)}")
    except Exception as error:
        report.note(f"    cannot be read: {why(error)}")


def show_attributes(report, item):
    try:
        names = list(item.attrs)
    except Exception as error:
        report.note(f"    attributes: {why(error)}")
        return
    for name in names[:ATTRIBUTES]:
        try:
            value = describe(item.attrs[name])
        except Exception as error:
            value = why(error)
        report.note(f"    @{name}: {shortened(value, 80)}")
    if len(names) > ATTRIBUTES:
        report.note(f"    … {len(names) - ATTRIBUTES} more attributes")


def tour(report, path):
    """Returns whether the file could be opened."""
    started = perf_counter()
    try:
        file = hyperslab.File(path)
    except OSError as error:
        report.note(f"{path}: {error}")
        return False
    opened = perf_counter() - started
    with file:
        report.heading(f"{path}")
        size = size_text(file.id.get_filesize())
        report.note(f"{size}, driver {file.driver}, opened in {duration(opened)}")
        show_attributes(report, file)
        started = perf_counter()
        report.part("What is in it")
        tree = Tree(report, file)
        report.note(f"  ({tree.lines} objects in {duration(perf_counter() - started)})")
        for dataset in tree.datasets[:DATASETS]:
            look_at(report, dataset)
        if len(tree.datasets) > DATASETS:
            report.note(f"\n  … and {len(tree.datasets) - DATASETS} more datasets")
    return True
