"""The bureau's workbook of cases: two sheets with Chinese or English headings, as plain rows of cells.

`项目` (Projects) has one row per case, with its fields and what its ledger comes to. `进展` (Progress) has one
row per entry of a ledger that stands: what was claimed for which day, and what was verified. Columns are the
same in both languages and in this order; a quantity's heading carries its unit. Reading and writing files is
for `io`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zonetwin.cases.classes import Classes, Rules
from zonetwin.cases.flow import stage_named
from zonetwin.cases.ledger import standing_moves
from zonetwin.cases.model import Case, CaseMove, Dossier
from zonetwin.cases.sheet_values import Cell, folded
from zonetwin.core.text import Language, Text
from zonetwin.core.units import symbol

PROJECTS = Text("项目", "Projects")
PROGRESS = Text("进展", "Progress")
CLAIMED = Text("申报", "Claimed")
VERIFIED = Text("核实", "Verified")
SEPARATOR = "、"
"""What joins names in one cell; 、 ; and , are read."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name for programs, its heading, other headings it is known by, its unit if it has one.

    `derived` columns follow from the ledger: they are written, and when read only compared.
    """

    name: str
    heading: Text
    aliases: tuple[str, ...] = ()
    unit: str = ""
    width: float = 12
    derived: bool = False

    def title(self, language: Language) -> str:
        """Give the heading as it is written, with the unit where there is one."""
        text = self.heading.in_language(language)
        if not self.unit:
            return text
        sign = symbol(self.unit).in_language(language)
        return f"{text}({sign})" if language == "zh" else f"{text} ({sign})"


@dataclass(frozen=True, slots=True)
class SheetCase:
    """A case with its ledger and, where it is placed, a point of it in lon/lat."""

    dossier: Dossier
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """What the workbook calls things: the flow's rules, and each organisation's name by its code."""

    rules: Rules
    organisations: Mapping[str, Text] = field(default_factory=dict)
    language: Language = "zh"

    def organisation(self, code: str) -> str:
        name = self.organisations.get(code)
        return name.in_language(self.language) if name else code

    def stage(self, name: str) -> str:
        return stage_named(self.rules.flow, name).title.in_language(self.language) if name else ""

    def category(self, name: str) -> str:
        found = self.rules.classes.categories.get(name)
        return found.title.in_language(self.language) if found else name

    def work(self, name: str) -> str:
        found = self.rules.classes.works.get(name)
        return found.in_language(self.language) if found else name


def project_columns(classes: Classes) -> tuple[Column, ...]:
    """List the columns of the sheet of cases."""
    return (*_FIRST, *_amount_columns(classes), *_LAST)


def progress_columns(classes: Classes) -> tuple[Column, ...]:
    """List the columns of the sheet of ledger entries."""
    totals = (
        Column(
            f"total:{kind.name}",
            Text(kind.title.zh, kind.title.en),
            (f"累计{kind.title.zh}", f"完成{kind.title.zh}", f"Total {kind.title.en}", kind.name),
            kind.unit,
        )
        for kind in classes.quantities.values()
    )
    return (*_ENTRY_FIRST, *totals, *_ENTRY_LAST)


def project_row(project: SheetCase, columns: Sequence[Column], names: Names) -> list[Cell]:
    """Give the cells of one case."""
    values = _case_values(project.dossier.case, names) | {"lon": project.lon, "lat": project.lat}
    return [values.get(column.name) for column in columns]


def progress_rows(dossier: Dossier, columns: Sequence[Column], names: Names) -> list[list[Cell]]:
    """Give the cells of each entry of a case that stands, by day and in the order of entry."""
    standing = sorted(standing_moves(dossier.moves), key=lambda move: (move.on, move.id))
    rows = []
    for move in standing:
        values = _entry_values(dossier, move, names)
        rows.append([values.get(column.name) for column in columns])
    return rows


def workbook_rows(projects: Iterable[SheetCase], names: Names) -> dict[str, list[list[Cell]]]:
    """Give the whole workbook: the rows of each sheet by its name, headings first."""
    listed = list(projects)
    first, second = project_columns(names.rules.classes), progress_columns(names.rules.classes)
    return {
        PROJECTS.in_language(names.language): [
            [column.title(names.language) for column in first],
            *(project_row(project, first, names) for project in listed),
        ],
        PROGRESS.in_language(names.language): [
            [column.title(names.language) for column in second],
            *(row for project in listed for row in progress_rows(project.dossier, second, names)),
        ],
    }


def heading_words(columns: Iterable[Column]) -> dict[str, Column]:
    """Give every heading a column is known by, as `folded` and without its unit."""
    words: dict[str, Column] = {}
    for column in columns:
        for word in (column.heading.zh, column.heading.en, *column.aliases, column.name):
            words.setdefault(folded(word), column)
    return words


def _amount_columns(classes: Classes) -> Iterable[Column]:
    for kind in classes.quantities.values():
        zh, en = kind.title.zh, kind.title.en[0].lower() + kind.title.en[1:]
        yield Column(f"planned:{kind.name}", Text(f"计划{zh}", f"Planned {en}"), (zh,), kind.unit)
        yield Column(f"claimed:{kind.name}", Text(f"申报{zh}", f"Claimed {en}"), unit=kind.unit, derived=True)
        yield Column(
            f"verified:{kind.name}", Text(f"核实{zh}", f"Verified {en}"), unit=kind.unit, derived=True
        )


def _case_values(case: Case, names: Names) -> dict[str, Cell]:
    values: dict[str, Cell] = {
        "key": case.key,
        "title": case.title,
        "title_en": case.title_en,
        "category": names.category(case.category),
        "work": names.work(case.work),
        "organisation": names.organisation(case.organisation),
        "participants": SEPARATOR.join(map(names.organisation, case.participants)),
        "stage": names.stage(case.stage),
        "verified_stage": names.stage(case.verified_stage),
        "planned_start": case.planned_start,
        "planned_end": case.planned_end,
        "targets": SEPARATOR.join(case.targets),
        "note": case.note,
    }
    for item in case.quantities:
        values[f"planned:{item.name}"] = item.planned
        values[f"claimed:{item.name}"] = item.claimed
        values[f"verified:{item.name}"] = item.verified
    return {name: None if value == "" else value for name, value in values.items()}


def _entry_values(dossier: Dossier, move: CaseMove, names: Names) -> dict[str, Cell]:
    claim = dossier.move(move.verifies) if move.verifies is not None else None
    sort = CLAIMED if claim is None else VERIFIED
    values: dict[str, Cell] = {
        "key": dossier.case.key,
        "on": move.on,
        "stage": names.stage(move.end),
        "organisation": names.organisation(move.organisation),
        "sort": sort.in_language(names.language),
        "claimed_on": claim.on if claim else None,
        "note": move.note or None,
    }
    return values | {f"total:{name}": amount for name, amount in move.quantities.items()}


_FIRST = (
    Column("key", Text("编号", "Number"), ("项目编号", "编码", "项目代码", "No.", "ID", "Code"), width=12),
    Column("title", Text("项目名称", "Title"), ("名称", "项目", "工程名称", "Name", "Project"), width=30),
    Column("title_en", Text("英文名称", "English title"), ("项目英文名称", "English name"), width=30),
    Column("category", Text("类别", "Category"), ("项目类别", "类型", "项目类型", "Type"), width=16),
    Column("work", Text("建设性质", "Work"), ("性质", "建设类型", "Sort of work"), width=12),
    Column(
        "organisation",
        Text("牵头单位", "Lead organisation"),
        ("责任单位", "牵头部门", "主办单位", "Lead", "Organisation"),
        width=16,
    ),
    Column("participants", Text("参与单位", "Participants"), ("配合单位", "协办单位", "参与部门"), width=24),
    Column("stage", Text("阶段", "Stage"), ("当前阶段", "项目阶段", "申报阶段"), width=10, derived=True),
    Column("verified_stage", Text("核实阶段", "Verified stage"), ("已核实阶段",), width=10, derived=True),
    Column(
        "planned_start",
        Text("计划开工", "Planned start"),
        ("计划开工时间", "计划开工日期", "计划启动"),
        width=12,
    ),
    Column(
        "planned_end",
        Text("计划完工", "Planned end"),
        ("计划完工时间", "计划完工日期", "计划竣工", "计划竣工时间", "计划竣工日期"),
        width=12,
    ),
)
_LAST = (
    Column("lon", Text("经度", "Longitude"), ("lon", "lng"), width=12),
    Column("lat", Text("纬度", "Latitude"), ("lat",), width=12),
    Column("targets", Text("对应指标", "Targets"), ("对应目标", "指标编号", "Target"), width=14),
    Column("note", Text("备注", "Note"), ("说明", "Notes", "Remark", "Remarks"), width=30),
)
_ENTRY_FIRST = (
    Column("key", Text("编号", "Number"), ("项目编号", "编码", "项目代码", "No.", "ID", "Code"), width=12),
    Column("on", Text("日期", "Date"), ("时间", "申报时间", "Day"), width=12),
    Column("stage", Text("阶段", "Stage"), ("项目阶段", "到达阶段"), width=10),
    Column("organisation", Text("单位", "Organisation"), ("填报单位", "申报单位", "核实单位"), width=16),
    Column("sort", Text("申报/核实", "Claimed or verified"), ("性质", "申报核实", "类型", "Sort"), width=12),
)
_ENTRY_LAST = (
    Column("claimed_on", Text("所核实的申报日期", "Day of the claim verified"), ("申报日期",), width=18),
    Column("note", Text("备注", "Note"), ("说明", "Notes", "Remark", "Remarks"), width=30),
)
