"""Reads `plan/`: the rows of a plan as tables, and `plan.yaml` as a table of one row.

What the rows mean belongs to the domain that judges plans. Nested fields of `plan.yaml` become columns joined
by `_`: `title: {zh: …}` is the column `title_zh`, `document: {sha256: …}` is `document_sha256`.
"""

from pathlib import Path

from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Table
from zonetwin.packs.nodes import Node, read_nodes
from zonetwin.packs.tables import read_table, read_text


def read_plan(folder: Path, pack: str, issues: Issues) -> dict[str, Table]:
    """Read every CSV of a pack's `plan/` by its name, and `plan.yaml` as `plan`; no folder is no plan."""
    if not folder.is_dir():
        return {}
    tables = {
        path.stem: read_table(path, name=path.stem, pack=pack, file=f"{pack}/plan/{path.name}", issues=issues)
        for path in sorted(folder.glob("*.csv"))
    }
    path = folder / "plan.yaml"
    if path.is_file():
        file = f"{pack}/plan/plan.yaml"
        root = read_nodes(read_text(path, file, issues), file, issues)
        if root is not None:
            row = _flat(root)
            tables["plan"] = Table("plan", pack, file, tuple(row), (row,), (root.place.line,))
    return tables


def _flat(node: Node, prefix: str = "") -> dict[str, str]:
    if not isinstance(node.value, dict):
        return {prefix: node.text}
    row: dict[str, str] = {}
    for name, item in node.value.items():
        row |= _flat(item, f"{prefix}_{name}" if prefix else name)
    return row
