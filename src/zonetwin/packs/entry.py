"""Typed access to the fields of one declaration; every fault becomes an issue and a harmless value.

Readers never stop at the first fault. What they build from harmless values does not leave the loader, because
it raises as soon as everything is read.
"""

from collections.abc import Callable, Sequence
from math import isfinite
from typing import TypeGuard, TypeVar

from zonetwin.core.text import Text
from zonetwin.packs.issues import Issues, near_hint, nearest_hint
from zonetwin.packs.model import Place
from zonetwin.packs.nodes import Node, Scalar

T = TypeVar("T", bound=str)
V = TypeVar("V")


class Entry:
    """The fields of one mapping: `required` must be there, `optional` may, others are faults.

    Attributes:
        place: Where the mapping starts.
    """

    def __init__(
        self, node: Node, issues: Issues, *, required: Sequence[str] = (), optional: Sequence[str] = ()
    ) -> None:
        self.place = node.place
        self._issues = issues
        self._fields: dict[str, Node] = {}
        if not isinstance(node.value, dict):
            named = f" ({', '.join(required)})" if required else ""
            issues.add(node.place, f"Expected fields{named}, found {_described(node)}.")
            return
        known = (*required, *optional)
        for name, value in node.value.items():
            if name in known:
                self._fields[name] = value
            else:
                issues.add(value.place, f"The field {name!r} is unknown.", nearest_hint(name, known))
        for name in required:
            if name not in self._fields:
                issues.add(node.place, f"The field {name!r} is missing.")

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def node(self, name: str) -> Node | None:
        return self._fields.get(name)

    def place_of(self, name: str) -> Place:
        """Give the line of a field, or of the whole entry when the field is absent."""
        node = self._fields.get(name)
        return node.place if node else self.place

    def text(self, name: str, default: str = "") -> str:
        """Give a scalar as it was written; numbers and `true` count as text here."""
        node = self._fields.get(name)
        if node is None:
            return default
        if isinstance(node.value, (dict, tuple)) or not node.text.strip():
            self._wrong(node, name, "a text")
            return default
        return node.text

    def title(self, name: str) -> Text:
        """Give a text in both languages, `{zh: …, en: …}`."""
        node = self._fields.get(name)
        return title_from_node(node, self._issues) if node else Text("", "")

    def number(self, name: str, default: float) -> float:
        def accept(value: Scalar) -> float | None:
            return float(value) if _is_number(value) else None

        return self._scalar(name, default, accept, "a number")

    def integer(self, name: str, default: int) -> int:
        def accept(value: Scalar) -> int | None:
            return value if isinstance(value, int) and not isinstance(value, bool) else None

        return self._scalar(name, default, accept, "a whole number")

    def flag(self, name: str, default: bool) -> bool:
        return self._scalar(
            name, default, lambda value: value if isinstance(value, bool) else None, "true or false"
        )

    def choice(self, name: str, choices: Sequence[T], default: T) -> T:
        """Give one of the allowed words."""
        node = self._fields.get(name)
        if node is None:
            return default
        for word in choices:
            if node.text == word:
                return word
        expected = f"expected one of: {', '.join(choices)}."
        self._issues.add(
            node.place, f"{name!r} is {_described(node)}, {expected}", near_hint(node.text, choices)
        )
        return default

    def texts(self, name: str) -> tuple[str, ...]:
        """Give a list of scalars as they were written."""
        return tuple(item.text for item in self.items(name) if self._is_text(item, name))

    def numbers(self, name: str) -> tuple[float, ...]:
        found: list[float] = []
        for item in self.items(name):
            if _is_number(item.value):
                found.append(float(item.value))
            else:
                self._wrong(item, name, "a list of numbers")
        return tuple(found)

    def items(self, name: str) -> tuple[Node, ...]:
        """Give the members of a list; absent is empty."""
        node = self._fields.get(name)
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            self._wrong(node, name, "a list")
            return ()
        return node.value

    def scalars(self, name: str) -> dict[str, str | int | float | bool]:
        """Give a mapping of names to plain values; absent is empty."""
        node = self._fields.get(name)
        if node is None:
            return {}
        if not isinstance(node.value, dict):
            self._wrong(node, name, "names with values")
            return {}
        values: dict[str, str | int | float | bool] = {}
        for key, item in node.value.items():
            if isinstance(item.value, (str, int, float, bool)):
                values[key] = item.value
            else:
                self._wrong(item, key, "a plain value")
        return values

    def _scalar(self, name: str, default: V, accept: Callable[[Scalar], V | None], wanted: str) -> V:
        node = self._fields.get(name)
        if node is None:
            return default
        value = None if isinstance(node.value, (dict, tuple)) else accept(node.value)
        if value is None:
            self._wrong(node, name, wanted)
            return default
        return value

    def _is_text(self, item: Node, name: str) -> bool:
        if isinstance(item.value, (dict, tuple)) or not item.text.strip():
            self._wrong(item, name, "a list of words")
            return False
        return True

    def _wrong(self, node: Node, name: str, wanted: str) -> None:
        self._issues.add(node.place, f"{name!r} is {_described(node)}, expected {wanted}.")


def title_from_node(node: Node, issues: Issues) -> Text:
    """Read `{zh: …, en: …}`; both languages must be there and say something."""
    entry = Entry(node, issues, required=("zh", "en"))
    return Text(entry.text("zh"), entry.text("en"))


def list_of_entries(
    root: Node | None, issues: Issues, *, required: Sequence[str], optional: Sequence[str] = ()
) -> list[Entry]:
    """Read a file that is a list of mappings; an unreadable file is an empty list."""
    if root is None:
        return []
    if not isinstance(root.value, tuple):
        issues.add(root.place, f"Expected a list, found {_described(root)}.")
        return []
    return [Entry(item, issues, required=required, optional=optional) for item in root.value]


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)


def _described(node: Node) -> str:
    if isinstance(node.value, dict):
        return "fields"
    if isinstance(node.value, tuple):
        return "a list"
    return "nothing" if node.value is None else repr(node.text)
