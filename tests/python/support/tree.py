"""All that a file holds, as a package sees it, in plain data."""

import describe


def of(package, path):
    """What is in a file: every link and object, its type, layout, attributes and elements."""
    with package.File(path, "r") as file:
        found = {"/": group(file)}
        file.visititems_links(lambda name, link: found.update({name: describe.value(link)}))
        file.visititems(lambda name, obj: found.update({name: contents(obj)}))
        return found


def contents(obj):
    kind = type(obj).__name__
    return {"Dataset": dataset, "Group": group, "Datatype": datatype}[kind](obj)


def attributes(obj):
    """By the low level too: the high level hides the difference between types."""
    return {
        name: (
            stored_type(obj.attrs.get_id(name).get_type()),
            attempt(lambda name=name: with_targets(obj, obj.attrs[name])),
        )
        for name in obj.attrs
    }


def group(obj):
    return ("Group", list(obj), attributes(obj))


def datatype(obj):
    return ("Datatype", stored_type(obj.id), attributes(obj))


def dataset(obj):
    plist = obj.id.get_create_plist()
    return (
        "Dataset",
        stored_type(obj.id.get_type()),
        describe.dtype(obj.dtype),
        (obj.shape, obj.maxshape, obj.chunks, plist.get_layout()),
        [plist.get_filter(i)[:3] for i in range(plist.get_nfilters())],
        (attempt(lambda: obj.fillvalue), plist.get_fill_time(), plist.get_alloc_time()),
        attributes(obj),
        attempt(lambda: with_targets(obj, obj[()])),
    )


def attempt(read):
    return describe.call(read)


def stored_type(tid):
    """The type as it lies in the file, which is more than its dtype."""
    kind = type(tid).__name__
    if kind == "TypeCompoundID":
        return [
            (tid.get_member_name(i), tid.get_member_offset(i), stored_type(tid.get_member_type(i)))
            for i in range(tid.get_nmembers())
        ] + [tid.get_size()]
    if kind in ("TypeVlenID", "TypeArrayID", "TypeEnumID"):
        return (kind, tid.get_size(), stored_type(tid.get_super()))
    if kind == "TypeStringID":
        size = None if tid.is_variable_str() else tid.get_size()
        return (kind, size, tid.get_cset(), tid.get_strpad())
    if kind in ("TypeIntegerID", "TypeBitfieldID", "TypeFloatID"):
        return (kind, tid.get_size(), tid.get_order(), tid.get_precision())
    return (kind, tid.get_size())


def with_targets(obj, value):
    """References as what they lead to, since they differ between files."""
    found = []

    def follow(item):
        if type(item).__name__ in ("Reference", "RegionReference") and item:
            target = obj.file[item]
            found.append(target.name)
            if type(item).__name__ == "RegionReference":
                found.append((target.regionref.shape(item), target.regionref.selection(item)))
        elif hasattr(item, "ravel") and getattr(item, "dtype", None) is not None:
            if item.dtype.hasobject and item.dtype.names is None and item.shape != ():
                for inner in item.ravel():
                    follow(inner)
            elif item.dtype.hasobject and item.dtype.names is not None:
                for name in item.dtype.names:
                    follow(item[name])

    follow(value)
    return (value, found)
