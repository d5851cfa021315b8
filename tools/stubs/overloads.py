"""Signatures that depend on the arguments, and members that the sources have only in a base class.

A list has one signature for each case, the first that fits counts. The last of a list takes what
the others do not know, so that no program that runs is refused: keywords that are kept in a dict,
an index whose type is only known when it runs.
"""

# Elements of an array: whole slices are arrays, single elements are whatever the dtype says.
_ELEMENTS = [
    "(self, args: tuple[()]) -> Any",
    "(self, args: Parts | str) -> numpy.ndarray[Any, Any]",
    "(self, args: Index) -> Any",
]
_EXTERNAL = (
    "elink_mode: str | None = None, elink_locking: bool | str | None = None, "
    "elink_swmr: bool | None = None"
)


def _get(result, default="default: None = None", getclass="False", getlink="False"):
    """One case of Group.get."""
    flags = {"getclass": getclass, "getlink": getlink}
    texts = [
        f"{name}: Literal[{value}]" + (" = False" if value == "False" else "")
        for name, value in flags.items()
    ]
    named = "True" in flags.values()
    star = "*, " if named else ""
    return (
        f"(self, name: str | bytes, {default}, {star}{', '.join(texts)}, {_EXTERNAL}) -> {result}"
    )


OVERLOADS = {
    "Dataset.__getitem__": [
        "(self, args: tuple[()], new_dtype: DTypeLike = None) -> Any",
        "(self, args: Parts | str, new_dtype: DTypeLike = None) -> numpy.ndarray[Any, Any]",
        "(self, args: Index, new_dtype: DTypeLike = None) -> Any",
    ],
    "AbstractView.__getitem__": _ELEMENTS,
    "AsTypeView.__getitem__": _ELEMENTS,
    "AsStrView.__getitem__": [
        "(self, args: tuple[()]) -> Any",
        "(self, args: Parts) -> numpy.ndarray[Any, numpy.dtype[numpy.object_]]",
        "(self, args: Index) -> Any",
    ],
    "FieldsView.__getitem__": _ELEMENTS,
    "Group.get": [
        _get("Member | None"),
        _get("Member | T", "default: T"),
        _get("type[Any]", "default: Any = None", getclass="True"),
        _get("Link", "default: Any = None", getlink="True"),
        _get("type[Any]", "default: Any = None", getclass="True", getlink="True"),
        "(self, name: str | bytes, default: Any = None, getclass: bool = False, "
        f"getlink: bool = False, {_EXTERNAL}) -> Any",
    ],
    "Group.visit": ["(self, func: Callable[[str], T | None]) -> T | None"],
    "Group.visit_links": ["(self, func: Callable[[str], T | None]) -> T | None"],
    "Group.visititems": ["(self, func: Callable[[str, Member], T | None]) -> T | None"],
    "Group.visititems_links": ["(self, func: Callable[[str, Link], T | None]) -> T | None"],
    "Member.__getitem__": [
        "(self, args: tuple[()]) -> Any",
        "(self, args: str | bytes | h5r.Reference) -> Member",
        "(self, args: Parts) -> numpy.ndarray[Any, Any]",
        "(self, args: Any) -> Any",
    ],
    "Member.__setitem__": ["(self, args: Any, val: Any) -> None"],
    "Member.__contains__": ["(self, name: object) -> bool"],
    "Member.__iter__": ["(self) -> Iterator[Any]"],
}
# Methods that hand their keywords on to make_new_dset.
MAKE_DATASETS = {"Group.create_dataset", "Group.create_dataset_like", "Group.require_dataset"}
_VIEWS = {
    "keys": "KeysView[str]",
    "values": "ValuesView[{}]",
    "items": "ItemsView[str, {}]",
}
_IDENTIFIERS = {
    "Dataset": "h5d.DatasetID",
    "Datatype": "h5t.TypeID",
    "File": "h5f.FileID",
    "Group": "h5g.GroupID",
}


def added(owner):
    """Inherited members that have types of their own in a class."""
    lines = []
    if owner in _IDENTIFIERS:
        lines += ["@property", f"def id(self) -> {_IDENTIFIERS[owner]}: ..."]
    if owner in ("Group", "AttributeManager"):
        value = "Member" if owner == "Group" else "Any"
        lines += [f"def {name}(self) -> {text.format(value)}: ..." for name, text in _VIEWS.items()]
    return lines
