"""What a zone's plan packs bring into its record: organisations, targets, named places, named projects.

Places and projects come without a place on the map and are listed as not yet placed until someone puts them
there. Seeding again adds only what is missing: what people have changed since is never overwritten.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from zonetwin.cases.model import CaseDraft
from zonetwin.cases.records import find_case, split_list
from zonetwin.core.actor import STAFF, Actor
from zonetwin.core.errors import InvalidPack, Issue
from zonetwin.core.source import Source
from zonetwin.packs.model import Pack, Table
from zonetwin.plans.reading import read_plans
from zonetwin.plans.records import store_targets
from zonetwin.store.model import Selection, Writer
from zonetwin.zone.organisations import SAME_AS
from zonetwin.zone.project_rows import FLOW
from zonetwin.zone.project_writing import add_project
from zonetwin.zone.zone import Zone

logger = logging.getLogger(__name__)

ORGANISATION, SITE = "organisation", "site"
_PROJECT_COLUMNS = ("key", "title_zh", "title_en", "category", "work", "organisation")


@dataclass(frozen=True, slots=True)
class SeedReport:
    """How many of each were added; what was there already is not counted."""

    organisations: int = 0
    places: int = 0
    projects: int = 0
    targets: int = 0


def seed(zone: Zone, *, actor: Actor) -> SeedReport:
    """Bring in what the zone's plan packs name and the record does not have yet, in one Change.

    Raises:
        InvalidPack: a row names something that does not exist; all of them are listed.
    """
    packs = zone.packs.plan_packs
    if not packs:
        return SeedReport()
    _check_projects(zone, packs)
    with zone.store.begin(actor=actor, tool="seed", note="what the plan names") as writer:
        report = SeedReport(
            organisations=sum(_add_organisations(zone, writer, pack) for pack in packs),
            places=sum(_add_places(zone, writer, pack) for pack in packs),
            projects=sum(_add_projects(zone, writer, pack, actor) for pack in packs),
            targets=_store_targets(zone, writer),
        )
    logger.info("zone seeded", extra={"projects": report.projects, "places": report.places})
    return report


def _add_organisations(zone: Zone, writer: Writer, pack: Pack) -> int:
    rows = _rows(pack, "organisations")
    if ORGANISATION not in zone.store.kinds:
        return 0
    known = _known(zone, ORGANISATION, "code")
    new = [row for row in rows if row["code"] not in known]
    return _add(
        writer,
        ORGANISATION,
        pack,
        {
            "key": [row["code"] for row in new],
            "code": [row["code"] for row in new],
            "name": [row["zh"] for row in new],
            "name_en": [row["en"] for row in new],
            "more": [json.dumps({SAME_AS: row["same_as"]}) if row.get("same_as") else None for row in new],
        },
    )


def _add_places(zone: Zone, writer: Writer, pack: Pack) -> int:
    rows = _rows(pack, "places")
    if SITE not in zone.store.kinds:
        return 0
    known = _known(zone, SITE, "key")
    new = [row for row in rows if row["name"] not in known]
    return _add(
        writer,
        SITE,
        pack,
        {
            "key": [row["name"] for row in new],
            "name": [row["name"] for row in new],
            "name_en": [row.get("name_en") or None for row in new],
            "category": [row.get("type") or None for row in new],
            "plan_ref": [";".join(_references(row)) or None for row in new],
        },
    )


def _add_projects(zone: Zone, writer: Writer, pack: Pack, actor: Actor) -> int:
    added = 0
    for row in _rows(pack, "projects"):
        if find_case(zone.store, FLOW, row["key"]) is None:
            draft = _draft(row, opened_on=zone.clock.today())
            add_project(zone, writer, draft, actor=actor, source=_source(pack))
            added += 1
    return added


def _draft(row: Mapping[str, str], *, opened_on: date) -> CaseDraft:
    return CaseDraft(
        flow=FLOW,
        key=row["key"],
        title=row["title_zh"],
        title_en=row["title_en"],
        category=row["category"],
        work=row["work"],
        organisation=row["organisation"],
        participants=split_list(row.get("participants", "")),
        planned_start=_day(row.get("planned_start", "")),
        planned_end=_day(row.get("planned_end", "")),
        opened_on=opened_on,
        targets=split_list(row.get("plan_targets", "")),
    )


def _store_targets(zone: Zone, writer: Writer) -> int:
    """Write the published targets where they differ from those there."""
    targets = [target for plan in read_plans(zone.packs) for target in plan.targets]
    kept = {
        (row["plan"], row["id"], row["value"], row["deadline"], row["indicator"])
        for row in zone.store.published("target").to_pylist()
    }
    wanted = {(target.plan, target.id, target.value, target.deadline, target.indicator) for target in targets}
    return 0 if kept == wanted else store_targets(writer, targets)


def _check_projects(zone: Zone, packs: Iterable[Pack]) -> None:
    """Collect what is wrong with the named projects of all packs before anything is written."""
    issues: list[Issue] = []
    for pack in packs:
        table = pack.plan.get("projects")
        if table is None:
            continue
        if missing := [name for name in _PROJECT_COLUMNS if name not in table.columns]:
            issues.append(Issue(table.file, 1, f"The columns {missing} are missing."))
        elif FLOW not in zone.packs.flows:
            issues.append(
                Issue(
                    table.file,
                    1,
                    f"No pack of this zone declares the flow {FLOW!r}.",
                    "Add the pack `projects`.",
                )
            )
        else:
            issues += _row_issues(zone, table)
    if issues:
        raise InvalidPack(issues)


def _row_issues(zone: Zone, table: Table) -> Iterable[Issue]:
    categories = {row["category"] for row in zone.packs.tables[zone.packs.flows[FLOW].classes].rows}
    for row, line in zip(table.rows, table.lines, strict=True):
        if row["category"] not in categories:
            yield Issue(table.file, line, f"The category {row['category']!r} is unknown.")
        for name in ("planned_start", "planned_end"):
            try:
                _day(row.get(name, ""))
            except ValueError:
                yield Issue(table.file, line, f"{row[name]!r} is not a day.", "Write it as 2025-12-31.")


def _rows(pack: Pack, table: str) -> tuple[Mapping[str, str], ...]:
    return pack.plan[table].rows if table in pack.plan else ()


def _known(zone: Zone, kind: str, column: str) -> set[str]:
    found = zone.store.read(kind, STAFF, Selection(columns=(column,)))
    return {str(value) for value in found[column].to_pylist() if value}


def _add(writer: Writer, kind: str, pack: Pack, columns: Mapping[str, list[str | None]]) -> int:
    table = pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})
    if table.num_rows:
        writer.add(kind, table, source=writer.add_source(_source(pack)))
    return table.num_rows


def _source(pack: Pack) -> Source:
    return Source(
        name=pack.name, file="plan", licence=pack.licence, attribution=pack.title.zh, note="named in the plan"
    )


def _references(row: Mapping[str, str]) -> list[str]:
    return [*split_list(row.get("targets", "")), *split_list(row.get("tasks", ""))]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
