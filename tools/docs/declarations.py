"""The public declarations of each header, in its order, as Doxygen's XML has them.

An entity becomes the directive by which Breathe shows it. Left out are what lies in `detail`,
nested classes, which their class shows, specialisations and deduction guides.
"""

import re
import xml.etree.ElementTree as ElementTree
from typing import NamedTuple

COMPOUNDS = {"class": "doxygenclass", "struct": "doxygenstruct", "concept": "doxygenconcept"}
MEMBERS = {
    "define": "doxygendefine",
    "enum": "doxygenenum",
    "function": "doxygenfunction",
    "typedef": "doxygentypedef",
    "variable": "doxygenvariable",
}


class Declaration(NamedTuple):
    line: int
    directive: str
    name: str

    def text(self):
        with_members = self.directive in ("doxygenclass", "doxygenstruct")
        options = ":members:\n:undoc-members:\n" if with_members else ""
        return f"```{{{self.directive}}} {self.name}\n{options}```\n"


def read(folder):
    """{header: its declarations} from a folder of Doxygen's XML."""
    found = {}
    for path in sorted(folder.glob("*.xml")):
        for compound in ElementTree.parse(path).getroot().findall("compounddef"):
            for header, declaration in declarations(compound):
                found.setdefault(header, set()).add(declaration)
    return {header: sorted(declarations) for header, declarations in found.items()}


def declarations(compound):
    name, kind = compound.findtext("compoundname"), compound.get("kind")
    if kind in COMPOUNDS and re.fullmatch(r"hyperslab::\w+", name):
        yield placed(compound, COMPOUNDS[kind], name)
    inline = compound.get("inline") == "yes"  # its members are listed in the namespace around it
    if kind in ("namespace", "file") and is_public(name) and not inline:
        for member in compound.iterfind("sectiondef/memberdef"):
            if is_public(member.findtext("name")) and not is_deduction_guide(member):
                yield placed(member, MEMBERS[member.get("kind")], full_name(member, name, kind))


# Found by their arguments, not called by name; Doxygen 1.9 loses what their arguments are.
LOOKED_UP = {"hyperslab_record"}


def is_public(name):
    return not (name in LOOKED_UP or "detail" in name.lower() or name.startswith("std"))


def is_deduction_guide(member):
    return member.get("kind") == "function" and "->" in (member.findtext("argsstring") or "")


def full_name(member, scope, kind):
    name = member.findtext("name")
    if kind == "file":
        return name
    return f"{scope}::{name}" + (arguments(member) if member.get("kind") == "function" else "")


def arguments(member):
    """The parameters of a function, by which Breathe tells overloads apart."""
    types = ["".join(parameter.itertext()) for parameter in member.iterfind("param/type")]
    names = [parameter.text or "" for parameter in member.iterfind("param/declname")]
    return "(" + ", ".join(f"{t} {n}".strip() for t, n in zip(types, names, strict=False)) + ")"


def placed(element, directive, name):
    place = element.find("location")
    header = place.get("file").rpartition("/")[2]
    return header, Declaration(int(place.get("line")), directive, name)
