"""Completing names of members and attributes in IPython, as h5py.ipy_completer.

IPython asks files, groups and attributes for their names by itself, so there is nothing to load.
The functions are for those who call them.
"""

import re

# An object, as names, attributes and items with text for a key; then what is being typed.
_OBJECT = r"(?P<object>[A-Za-z_][\w.]*(?:\[(?:'[^']*'|\"[^\"]*\")\])*)"
_ITEM = re.compile(_OBJECT + r"""\[(?P<quote>['"])(?P<typed>[^'"]*)$""")
_ATTRIBUTE = re.compile(_OBJECT + r"\.(?P<typed>\w*)$")


def _evaluated(expression, context):
    return eval(expression, {"__builtins__": {}}, context.user_ns)


def h5py_item_completer(context, command):
    """Names that ``group['beg`` at the end of a line can become, with their paths."""
    match = _ITEM.search(command)
    if match is None:
        return []
    found = _evaluated(match["object"], context)
    path, slash, begun = match["typed"].rpartition("/")
    names = found[path or "/"].keys() if slash else found.keys()
    return [path + slash + name for name in names if name.startswith(begun)]


def h5py_attr_completer(context, command):
    """What ``group['name'].beg`` at the end of a line can become."""
    match = _ATTRIBUTE.search(command)
    if match is None:
        return []
    found = _evaluated(match["object"], context)
    begun = match["typed"]
    names = [name for name in dir(found) if begun.startswith("_") or not name.startswith("_")]
    return [f"{match['object']}.{name}" for name in names if name.startswith(begun)]


def h5py_completer(self, event):
    """One of the two, as IPython calls it: nothing where neither has anything to say."""
    for completer in (h5py_item_completer, h5py_attr_completer):
        try:
            names = completer(self, event.line)
        except Exception:  # what stands there cannot be evaluated
            continue
        if names:
            return names
    return []


def load_ipython_extension(ip=None):
    """Nothing to do."""
