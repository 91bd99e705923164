"""YAML as a tree that remembers lines.

Scalars follow YAML 1.2's core schema: only `true` and `false` are booleans, so the code `no` stays a word,
and a day stays the text it was. Aliases, tags and repeated keys are faults: a declaration says everything
once, in the open. Values are plain; what they may be is decided by the readers through `entry`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Place

if TYPE_CHECKING:
    _Loader = yaml.SafeLoader
else:
    _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a YAML file. `text` is a scalar as it was written, empty for lists and mappings."""

    value: "Scalar | tuple[Node, ...] | dict[str, Node]"
    text: str
    place: Place


class _CoreLoader(_Loader):
    """The safe loader with the implicit types of YAML 1.2 only."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, "re.Pattern[str]"]]] = {}  # noqa: RUF012


_INT = "tag:yaml.org,2002:int"
_FLOAT = "tag:yaml.org,2002:float"
_BOOL = "tag:yaml.org,2002:bool"
_NULL = "tag:yaml.org,2002:null"
_TEXT = "tag:yaml.org,2002:str"

_CoreLoader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), list("tf"))
_CoreLoader.add_implicit_resolver(_INT, re.compile(r"^[-+]?[0-9]+$"), list("-+0123456789"))
_CoreLoader.add_implicit_resolver(
    _FLOAT, re.compile(r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"), list("-+.0123456789")
)
_CoreLoader.add_implicit_resolver(_NULL, re.compile(r"^(?:null|~|)$"), ["n", "~", ""])


def read_nodes(text: str | None, file: str, issues: Issues) -> Node | None:
    """Read one YAML document; None where there is no text, and (with an issue) where it is not YAML or empty."""
    if text is None:
        return None
    try:
        loader = _CoreLoader(text)
        try:
            root = loader.get_single_node()
        finally:
            loader.dispose()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 0
        issues.add(Place(file, line), f"The file is not valid YAML: {_problem(error)}.")
        return None
    if root is None:
        issues.add(Place(file, 1), "The file is empty.")
        return None
    return _node(root, file, issues, seen=set())


def _problem(error: yaml.YAMLError) -> str:
    return str(getattr(error, "problem", None) or error).splitlines()[0].rstrip(".")


def _node(raw: yaml.Node, file: str, issues: Issues, seen: set[int]) -> Node:
    place = Place(file, raw.start_mark.line + 1)
    if id(raw) in seen:
        issues.add(place, "Aliases (*name) are not allowed.", "Write the value out.")
        return Node(None, "", place)
    seen.add(id(raw))
    if isinstance(raw, yaml.MappingNode):
        return Node(_mapping(raw, file, issues, seen), "", place)
    if isinstance(raw, yaml.SequenceNode):
        return Node(tuple(_node(item, file, issues, seen) for item in raw.value), "", place)
    return _scalar(raw, place, issues)


def _mapping(raw: yaml.MappingNode, file: str, issues: Issues, seen: set[int]) -> dict[str, Node]:
    fields: dict[str, Node] = {}
    for key, value in raw.value:
        place = Place(file, key.start_mark.line + 1)
        if not isinstance(key, yaml.ScalarNode):
            issues.add(place, "A field's name must be a word.")
        elif key.value in fields:
            issues.add(place, f"The field {key.value!r} is given twice.", "Keep one.")
        else:
            fields[key.value] = _node(value, file, issues, seen)
    return fields


def _scalar(raw: yaml.Node, place: Place, issues: Issues) -> Node:
    text = str(raw.value)
    try:
        value = _VALUES[raw.tag](text)
    except (KeyError, ValueError):
        issues.add(
            place, f"{raw.tag!r} cannot be read from {text[:40]!r}.", "Write a plain value without a tag."
        )
        return Node(None, "", place)
    return Node(value, text if value is not None else "", place)


def _nothing(text: str) -> None:
    return None


_VALUES: dict[str, Callable[[str], Scalar]] = {
    _TEXT: str,
    _INT: int,
    _FLOAT: float,
    _BOOL: lambda text: text == "true",
    _NULL: _nothing,
}
