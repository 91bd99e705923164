"""What sorts of case a flow has: categories, the works done to them, the quantities they carry with units.

The table named by the flow's `classes` lists the categories; the tables `case_works` and `case_quantities`
name works and quantities for every flow. All three are data of packs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zonetwin.core.errors import InvalidInput, InvalidPack, Issue, NotFound
from zonetwin.core.text import Text
from zonetwin.core.units import UNITS
from zonetwin.packs.model import Catalogue, Flow, Table

WORKS = "case_works"
QUANTITIES = "case_quantities"


@dataclass(frozen=True, slots=True)
class QuantityKind:
    """A quantity that cases may carry, and its unit."""

    name: str
    unit: str
    title: Text


@dataclass(frozen=True, slots=True)
class CaseClass:
    """A category of case: the works usual for it, and the quantities it may carry, in the order of forms."""

    name: str
    title: Text
    works: tuple[str, ...]
    quantities: tuple[QuantityKind, ...]


@dataclass(frozen=True, slots=True)
class Classes:
    """The categories of one flow; works and quantities by name, all of those any category may have."""

    categories: Mapping[str, CaseClass]
    works: Mapping[str, Text]
    quantities: Mapping[str, QuantityKind]

    def check_category(self, category: str) -> CaseClass:
        """Find a category.

        Raises:
            InvalidInput: there is none of this name.
        """
        if category not in self.categories:
            raise InvalidInput(
                f"The category {category!r} is unknown.", hint=f"There are: {', '.join(self.categories)}."
            )
        return self.categories[category]

    def check_work(self, work: str) -> None:
        """Refuse a work that is neither declared nor empty (not recorded).

        Raises:
            InvalidInput: as said.
        """
        if work and work not in self.works:
            raise InvalidInput(f"The work {work!r} is unknown.", hint=f"There are: {', '.join(self.works)}.")

    def quantity_of(self, category: str, name: str) -> QuantityKind:
        """Find a quantity of a category.

        Raises:
            InvalidInput: the category does not carry it; the hint lists what it carries.
        """
        kinds = self.check_category(category).quantities
        for kind in kinds:
            if kind.name == name:
                return kind
        carried = ", ".join(kind.name for kind in kinds) or "nothing"
        raise InvalidInput(
            f"A case of category {category!r} does not carry {name!r}.", hint=f"It carries: {carried}."
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """What a flow demands of its cases: the declared flow, and the classes of case it has."""

    flow: Flow
    classes: Classes


def read_rules(catalogue: Catalogue, flow: str) -> Rules:
    """Find a flow among the declarations and read its classes.

    Raises:
        NotFound: no chosen pack declares the flow.
        InvalidPack: its tables have faults.
    """
    if flow not in catalogue.flows:
        known = ", ".join(catalogue.flows) or "none"
        raise NotFound(
            f"No pack of this zone declares the flow {flow!r}.",
            hint=f"Flows here: {known}. Add the pack that declares it to zone.toml.",
        )
    return Rules(catalogue.flows[flow], read_classes(catalogue.flows[flow], catalogue.tables))


def read_classes(flow: Flow, tables: Mapping[str, Table]) -> Classes:
    """Read the classes of a flow from pack tables.

    Raises:
        InvalidPack: a table is missing, or a row names a unit, work or quantity that does not exist.
    """
    issues = [
        Issue(flow.place.file, flow.place.line, f"The table {name!r} of the flow {flow.name!r} is missing.")
        for name in (flow.classes, WORKS, QUANTITIES)
        if name not in tables
    ]
    if issues:
        raise InvalidPack(issues)
    works = {row["work"]: _title(row) for row in tables[WORKS].rows}
    quantities = _quantity_kinds(tables[QUANTITIES], issues)
    table = tables[flow.classes]
    categories = {
        row["category"]: _category(row, Issue(table.file, line, ""), works, quantities, issues)
        for row, line in zip(table.rows, table.lines, strict=True)
    }
    if issues:
        raise InvalidPack(issues)
    return Classes(categories, works, quantities)


def _quantity_kinds(table: Table, issues: list[Issue]) -> dict[str, QuantityKind]:
    kinds: dict[str, QuantityKind] = {}
    for row, line in zip(table.rows, table.lines, strict=True):
        if row["unit"] not in UNITS:
            issues.append(Issue(table.file, line, f"The unit {row['unit']!r} is unknown."))
        kinds[row["quantity"]] = QuantityKind(row["quantity"], row["unit"], _title(row))
    return kinds


def _category(
    row: Mapping[str, str],
    place: Issue,
    works: Mapping[str, Text],
    quantities: Mapping[str, QuantityKind],
    issues: list[Issue],
) -> CaseClass:
    named = _listed(row["work"])
    for work in named:
        if work not in works:
            issues.append(Issue(place.file, place.line, f"The work {work!r} is unknown."))
    carried: list[QuantityKind] = []
    for item in _listed(row["quantities"]):
        name, _, unit = item.partition(":")
        kind = quantities.get(name)
        if kind is None or kind.unit != unit:
            issues.append(
                Issue(place.file, place.line, f"The quantity {item!r} is not in the table {QUANTITIES!r}.")
            )
        else:
            carried.append(kind)
    return CaseClass(row["category"], _title(row), named, tuple(carried))


def _title(row: Mapping[str, str]) -> Text:
    return Text(row["title_zh"], row["title_en"])


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part for part in (piece.strip() for piece in text.split(";")) if part)
