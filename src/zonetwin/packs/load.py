"""Reads packs from their folders and joins them: every fault with its file and line, then one error.

A pack is read after the packs it needs and may name what they declare, nothing else. Names are unique across
packs; only tables may meet: rows of a table that a needed pack declares with the same columns are appended.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from zonetwin.core.errors import NotFound
from zonetwin.packs.entry import Entry
from zonetwin.packs.flows import read_flows
from zonetwin.packs.folders import find_pack, pack_folders
from zonetwin.packs.indicators import read_indicator
from zonetwin.packs.issues import Issues, nearest_hint
from zonetwin.packs.joining import Draft, catalogue_from_draft
from zonetwin.packs.kinds import read_kinds
from zonetwin.packs.layers import read_layers
from zonetwin.packs.model import Catalogue, Indicator, Pack, Place, Table
from zonetwin.packs.names import check_word
from zonetwin.packs.nodes import Node, read_nodes
from zonetwin.packs.plan import read_plan
from zonetwin.packs.tables import read_table, read_text
from zonetwin.packs.texts import read_texts

__all__ = ["load_catalogue", "pack_folders"]

TABLES_VERSION = 1
"""Version of the published tables that packs are written against."""

FILES = ("pack.yaml", "kinds.yaml", "flows.yaml", "layers.yaml")


@dataclass(frozen=True, slots=True)
class Header:
    """What `pack.yaml` says, before anything else of the pack is read."""

    name: str
    folder: Path
    entry: Entry
    needs: tuple[str, ...]


def load_catalogue(names: Sequence[str], folders: Sequence[Path]) -> Catalogue:
    """Read the named packs and all they need.

    Args:
        names: Packs to load, in any order.
        folders: Folders that hold packs, as `pack_folders` gives them.

    Raises:
        NotFound: a named pack is in none of the folders.
        InvalidPack: with all faults of all packs.
    """
    for name in names:
        if not find_pack(name, folders):
            raise NotFound(f"There is no pack {name!r}.", hint=nearest_hint(name, _names_in(folders)))
    issues = Issues()
    draft = Draft()
    for header in _in_order(names, folders, issues):
        _read_pack(header, draft, issues)
    catalogue = catalogue_from_draft(draft, issues)
    issues.raise_if_any()
    return catalogue


def _names_in(folders: Iterable[Path]) -> list[str]:
    return [file.parent.name for folder in folders for file in folder.glob("*/pack.yaml")]


@dataclass(slots=True)
class _Order:
    """The walk over `needs`: finished packs in order, and the path that led to the present one."""

    folders: Sequence[Path]
    issues: Issues
    done: dict[str, Header] = field(default_factory=dict)
    path: list[str] = field(default_factory=list)


def _in_order(names: Iterable[str], folders: Sequence[Path], issues: Issues) -> list[Header]:
    order = _Order(folders, issues)
    for name in names:
        _visit(name, Place("", 0), order)
    return list(order.done.values())


def _visit(name: str, needed_at: Place, order: _Order) -> None:
    """Put a pack after all it needs; depth first, so that a name met twice on one path is a cycle."""
    if name in order.path:
        circle = " needs ".join(repr(item) for item in [*order.path[order.path.index(name) :], name])
        order.issues.add(needed_at, f"The packs need each other in a circle: {circle}.")
        return
    if name in order.done:
        return
    places = find_pack(name, order.folders)
    if not places:
        order.issues.add_unknown(needed_at, "The needed pack", name, _names_in(order.folders))
        return
    header = _read_header(name, places, order.issues)
    if header is None:
        return
    order.path.append(name)
    for need, node in zip(header.needs, header.entry.items("needs"), strict=False):
        _visit(need, node.place, order)
    order.path.pop()
    order.done[name] = header


def _read_header(name: str, places: Sequence[Path], issues: Issues) -> Header | None:
    root = _nodes(places[0], "pack.yaml", name, issues)
    if root is None:
        return None
    entry = Entry(root, issues, required=("pack", "title", "version", "owner", "licence", "needs", "tables"))
    check_word(name, "The pack", entry.place_of("pack"), issues)
    if len(places) > 1:
        issues.add(
            entry.place,
            f"The pack {name!r} is in two folders.",
            "Rename the local one and let it need the other.",
        )
    if "pack" in entry and entry.text("pack") != name:
        issues.add(
            entry.place_of("pack"), f"The pack says {entry.text('pack')!r} but its folder is {name!r}."
        )
    if "tables" in entry and entry.integer("tables", 0) != TABLES_VERSION:
        issues.add(
            entry.place_of("tables"),
            f"The pack is written for published tables {entry.text('tables')!r}, this is {TABLES_VERSION}.",
        )
    return Header(name, places[0], entry, entry.texts("needs"))


def _read_pack(header: Header, draft: Draft, issues: Issues) -> None:
    """Read all files of one pack into the draft."""
    name, folder = header.name, header.folder
    _check_files(header, issues)
    draft.needs[name] = {name}.union(*(draft.needs.get(need, set()) for need in header.needs))
    draft.folders[name] = folder
    tables = _read_tables(folder, name, issues)
    draft.add_tables(tables, name, issues)
    kinds = read_kinds(_nodes(folder, "kinds.yaml", name, issues), name, issues)
    draft.add_kinds(kinds, name, issues)
    layers = read_layers(
        _nodes(folder, "layers.yaml", name, issues),
        name,
        kinds=draft.visible_kinds(name),
        groups=draft.visible_groups(name),
        issues=issues,
    )
    draft.add_layers(layers, name, issues)
    flows = read_flows(_nodes(folder, "flows.yaml", name, issues), name, issues)
    draft.add_flows(flows, name, issues)
    indicators = _read_indicators(folder, name, draft, issues)
    draft.add_indicators(indicators, issues)
    texts, text_places = read_texts(
        _nodes(folder / "text", "zh.yaml", name, issues),
        _nodes(folder / "text", "en.yaml", name, issues),
        issues,
    )
    draft.add_texts(texts, text_places, issues)
    draft.packs.append(
        Pack(
            name=name,
            title=header.entry.title("title"),
            version=header.entry.text("version"),
            owner=header.entry.text("owner"),
            licence=header.entry.text("licence"),
            needs=header.needs,
            folder=folder,
            kinds=kinds.kinds,
            flows=flows,
            indicators=indicators,
            groups=layers.groups,
            layers=layers.layers,
            tables=tables,
            plan=read_plan(folder / "plan", name, issues),
            texts=texts,
        )
    )


def _check_files(header: Header, issues: Issues) -> None:
    for path in sorted(header.folder.glob("*.y*ml")):
        if path.name not in FILES:
            issues.add(
                Place(f"{header.name}/{path.name}", 0),
                "This file is not read.",
                nearest_hint(path.name, FILES),
            )


def _read_tables(folder: Path, pack: str, issues: Issues) -> Mapping[str, Table]:
    return {
        path.stem: read_table(
            path, name=path.stem, pack=pack, file=f"{pack}/tables/{path.name}", issues=issues
        )
        for path in sorted((folder / "tables").glob("*.csv"))
    }


def _read_indicators(folder: Path, pack: str, draft: Draft, issues: Issues) -> tuple[Indicator, ...]:
    found: list[Indicator] = []
    folders = {name: draft.folders[name] for name in draft.needs[pack] if name in draft.folders}
    for path in sorted((folder / "indicators").glob("*.yaml")):
        file = f"{pack}/indicators/{path.name}"
        text = read_text(path, file, issues)
        indicator = read_indicator(
            read_nodes(text, file, issues), pack=pack, folders=folders, yaml_text=text, issues=issues
        )
        if indicator is not None:
            found.append(indicator)
    return tuple(found)


def _nodes(folder: Path, file: str, pack: str, issues: Issues) -> Node | None:
    """Read one YAML file of a pack; a file that is not there is None without an issue."""
    path = folder / file
    if not path.is_file():
        return None
    shown = f"{pack}/{file}" if folder.name != "text" else f"{pack}/text/{file}"
    return read_nodes(read_text(path, shown, issues), shown, issues)
