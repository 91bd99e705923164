"""Reads `text/zh.yaml` and `text/en.yaml`: flat keys with their wording in each language."""

from zonetwin.core.text import Text
from zonetwin.packs.entry import Entry
from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Place
from zonetwin.packs.nodes import Node


def read_texts(zh: Node | None, en: Node | None, issues: Issues) -> tuple[dict[str, Text], dict[str, Place]]:
    """Join the two files of a pack; a key that one lacks is an issue. The places are those in Chinese."""
    chinese, places = _wordings(zh, issues)
    english, english_places = _wordings(en, issues)
    for key in chinese.keys() - english.keys():
        issues.add(places[key], f"The text {key!r} has no English wording.", "Add it to text/en.yaml.")
    for key in english.keys() - chinese.keys():
        issues.add(
            english_places[key], f"The text {key!r} has no Chinese wording.", "Add it to text/zh.yaml."
        )
    return {key: Text(chinese[key], english.get(key, "")) for key in chinese}, places


def _wordings(root: Node | None, issues: Issues) -> tuple[dict[str, str], dict[str, Place]]:
    if root is None or not isinstance(root.value, dict):
        return {}, {}
    entry = Entry(root, issues, optional=tuple(root.value))
    return {key: entry.text(key) for key in root.value}, {key: node.place for key, node in root.value.items()}
