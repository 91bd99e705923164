"""Joins packs into one catalogue while they are read: who sees what, and what must be unique across packs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from zonetwin.core.kind import Kind, Property
from zonetwin.core.text import Text
from zonetwin.packs.issues import Issues
from zonetwin.packs.kinds import CodeTable, DeclaredKinds
from zonetwin.packs.layers import DeclaredLayers
from zonetwin.packs.model import Catalogue, Flow, Group, Indicator, Layer, Pack, Place, Table
from zonetwin.packs.names import check_identifier, check_unique
from zonetwin.packs.tables import joined


@dataclass(slots=True)
class Draft:
    """What has been read so far. `needs[p]` is the pack p with all it needs, directly or not."""

    packs: list[Pack] = field(default_factory=list)
    folders: dict[str, Path] = field(default_factory=dict)
    needs: dict[str, set[str]] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    flows: dict[str, Flow] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    group_packs: dict[str, str] = field(default_factory=dict)
    layers: list[Layer] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    code_tables: list[CodeTable] = field(default_factory=list)
    seen: dict[str, dict[str, Place]] = field(default_factory=dict)

    def visible_kinds(self, pack: str) -> Mapping[str, Kind]:
        return {name: kind for name, kind in self.kinds.items() if kind.pack in self.needs[pack]}

    def visible_groups(self, pack: str) -> Mapping[str, Group]:
        return {
            name: group for name, group in self.groups.items() if self.group_packs[name] in self.needs[pack]
        }

    def add_tables(self, tables: Mapping[str, Table], pack: str, issues: Issues) -> None:
        """Take a pack's tables; rows go to a needed pack's table of the same name and columns."""
        for name, table in tables.items():
            place = Place(table.file, 1)
            check_identifier(name, "The table", place, issues)
            before = self.tables.get(name)
            if before is None:
                self.tables[name] = table
            elif before.pack not in self.needs[pack]:
                issues.add(
                    place, f"The table {name!r} is declared by {before.pack!r}.", "Need it to add rows."
                )
            elif before.columns != table.columns:
                issues.add(
                    place,
                    f"The table {name!r} has the columns {', '.join(table.columns)}.",
                    f"In {before.file} they are {', '.join(before.columns)}.",
                )
            else:
                self.tables[name] = joined(before, table)

    def add_kinds(self, declared: DeclaredKinds, pack: str, issues: Issues) -> None:
        for kind, place in zip(declared.kinds, declared.places, strict=True):
            if self._is_new(kind.name, "kind", place, issues):
                self.kinds[kind.name] = kind
        for wanted in declared.code_tables:
            table = self.tables.get(wanted.table)
            if table is None or table.pack not in self.needs[pack]:
                visible = [name for name, item in self.tables.items() if item.pack in self.needs[pack]]
                issues.add_unknown(wanted.place, "The table", wanted.table, visible)
            elif not {"zh", "en"} <= set(table.columns):
                issues.add(wanted.place, f"The table {wanted.table!r} lacks the columns zh and en.")
            else:
                self.code_tables.append(wanted)
                self.fill_codes(wanted, table, issues)

    def fill_codes(self, wanted: CodeTable, table: Table, issues: Issues) -> None:
        """Give a property the codes of a table: its first column, titled by `zh` and `en`."""
        codes: dict[str, Text] = {}
        for number, row in enumerate(table.rows):
            place, code = table.place_of(number), row[table.columns[0]]
            if not code.strip() or not row["zh"].strip() or not row["en"].strip():
                issues.add(place, "A code or one of its titles is empty.")
            elif code in codes:
                issues.add(place, f"The code {code!r} is there twice.")
            else:
                codes[code] = Text(row["zh"], row["en"])
        kind = self.kinds[wanted.kind]
        self.kinds[wanted.kind] = replace(
            kind, properties=tuple(_with_codes(item, wanted.property, codes) for item in kind.properties)
        )

    def add_layers(self, declared: DeclaredLayers, pack: str, issues: Issues) -> None:
        for group, place in zip(declared.groups, declared.group_places, strict=True):
            if self._is_new(group.name, "group", place, issues):
                self.groups[group.name] = group
                self.group_packs[group.name] = pack
        for layer, place in zip(declared.layers, declared.layer_places, strict=True):
            if self._is_new(layer.name, "layer", place, issues):
                self.layers.append(layer)

    def add_flows(self, flows: Iterable[Flow], pack: str, issues: Issues) -> None:
        """Take a pack's flows; the kind of the site and the table of classes must be visible to it."""
        kinds = self.visible_kinds(pack)
        for flow in flows:
            if self._is_new(flow.name, "flow", flow.place, issues):
                self.flows[flow.name] = flow
            if flow.site and flow.site not in kinds:
                issues.add_unknown(flow.place, "The kind", flow.site, kinds)
            if flow.classes and flow.classes not in self.tables:
                issues.add_unknown(flow.place, "The table", flow.classes, self.tables)

    def add_indicators(self, indicators: Iterable[Indicator], issues: Issues) -> None:
        for indicator in indicators:
            if self._is_new(indicator.name, "indicator", indicator.place, issues):
                self.indicators[indicator.name] = indicator

    def add_texts(self, texts: Mapping[str, Text], places: Mapping[str, Place], issues: Issues) -> None:
        for key, text in texts.items():
            if self._is_new(key, "text", places[key], issues):
                self.texts[key] = text

    def _is_new(self, name: str, sort: str, place: Place, issues: Issues) -> bool:
        return check_unique(name, self.seen.setdefault(sort, {}), f"The {sort}", place, issues)


def catalogue_from_draft(draft: Draft, issues: Issues) -> Catalogue:
    """Close the draft: codes from tables are filled again, now that every pack has added its rows."""
    for wanted in draft.code_tables:
        draft.fill_codes(wanted, draft.tables[wanted.table], issues)
    packs = tuple(
        replace(pack, kinds=tuple(draft.kinds.get(kind.name, kind) for kind in pack.kinds))
        for pack in draft.packs
    )
    return Catalogue(
        packs=packs,
        kinds=draft.kinds,
        flows=draft.flows,
        indicators=draft.indicators,
        groups=dict(sorted(draft.groups.items(), key=lambda item: (item[1].order, item[0]))),
        layers=tuple(sorted(draft.layers, key=lambda layer: (layer.order, layer.name))),
        tables=draft.tables,
        texts=draft.texts,
    )


def _with_codes(item: Property, name: str, codes: Mapping[str, Text]) -> Property:
    return replace(item, codes=codes) if item.name == name else item
