"""Finding by name: targets, clauses, projects, organisations, indicators and features, closest first.

What can be found is read once per state of the tables it comes from and kept by a `SearchIndex`. Features of
one kind that share a name (the pieces of a street) are found once.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

import shapely

from zonetwin.cases.records import CaseFilter, list_cases
from zonetwin.core.actor import STAFF, Viewer
from zonetwin.core.kind import Kind
from zonetwin.core.text import Text
from zonetwin.packs.model import Catalogue
from zonetwin.plans.anchors import is_kept
from zonetwin.plans.plan import Plan
from zonetwin.plans.reading import read_plans
from zonetwin.plans.wording import aim_text
from zonetwin.store.model import Selection
from zonetwin.zone.attaching import attached_text
from zonetwin.zone.name_matching import Closeness, Matchable, closeness, fold, matchable
from zonetwin.zone.organisations import organisation_names
from zonetwin.zone.overview import zone_organisations
from zonetwin.zone.project_rows import shapes_of_sites
from zonetwin.zone.zone import Zone

Sort = Literal["target", "case", "organisation", "indicator", "clause", "feature"]
SORTS: tuple[Sort, ...] = ("target", "case", "organisation", "indicator", "clause", "feature")
"""What can be found, in the order in which equally close things are given."""

_LONGEST = 100
_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Findable:
    """Something that can be found. `id` is its own id, for a feature `kind/fid`; `site` the feature it stands on."""

    sort: Sort
    id: str
    title: Text
    subtitle: Text
    names: Matchable
    site: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Something found; `point` is lon, lat where it has a place."""

    sort: Sort
    id: str
    title: Text
    subtitle: Text
    point: tuple[float, float] | None
    closeness: Closeness


@dataclass(slots=True)
class SearchIndex:
    """What can be found in a zone by one viewer, kept part by part until its table changes. For many threads."""

    zone: Zone
    viewer: Viewer = STAFF
    _parts: dict[str, tuple[int, list[Findable]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def findables(self) -> Iterator[Findable]:
        """Give everything that can be found."""
        for name, tables, read in self._sources():
            yield from self._part(name, tables, read)

    def _sources(self) -> Iterator[tuple[str, tuple[str, ...], Callable[[], Iterable[Findable]]]]:
        zone, viewer = self.zone, self.viewer
        yield "plan", ("plan_document",), lambda: _plan_entries(zone)
        yield "indicators", (), lambda: _indicators(zone.packs)
        yield "organisations", ("organisation", "cases"), lambda: _organisations(zone, viewer)
        yield "cases", ("cases", "organisation"), lambda: _cases(zone)
        for kind in zone.packs.kinds.values():
            if _is_named(kind) and (viewer.sees_persons or not kind.persons):
                yield kind.name, (kind.name,), partial(_features, zone, kind)

    def _part(
        self, name: str, tables: tuple[str, ...], read: Callable[[], Iterable[Findable]]
    ) -> list[Findable]:
        change = max((self.zone.store.kind_change(table) for table in tables), default=0)
        with self._lock:
            kept = self._parts.get(name)
            if kept is None or kept[0] != change:
                self._parts[name] = kept = (change, list(read()))
            return kept[1]


def search(
    zone: Zone, text: str, limit: int = 20, *, viewer: Viewer = STAFF, index: SearchIndex | None = None
) -> list[Found]:
    """Find things by name, closest first: exact, beginning, initials, part; then by sort and shorter name.

    Args:
        zone: The zone.
        text: What people type; nothing is found for an empty text.
        limit: How many to give.
        viewer: Who looks.
        index: What was read before; without it everything is read now.
    """
    asked = fold(text[:_LONGEST])
    if not asked:
        return []
    met = [
        (near, SORTS.index(item.sort), len(item.title.zh), position, item)
        for position, item in enumerate((index or SearchIndex(zone, viewer)).findables())
        if (near := closeness(item.names, asked)) is not None
    ]
    met.sort(key=lambda found: found[:4])
    chosen = [(near, item) for near, _, _, _, item in met[:limit]]
    places = shapes_of_sites(zone, {item.site for _, item in chosen if item.site}, viewer)
    return [
        Found(item.sort, item.id, item.title, item.subtitle, _point(places.get(item.site)), near)
        for near, item in chosen
    ]


def _point(place: shapely.Geometry | None) -> tuple[float, float] | None:
    if place is None:
        return None
    point = shapely.point_on_surface(place)
    return (round(point.x, 7), round(point.y, 7))


def _plan_entries(zone: Zone) -> Iterator[Findable]:
    for plan in read_plans(zone.packs):
        yield from _targets(plan)
        yield from _tasks(plan)
        yield from _clauses(zone, plan)


def _targets(plan: Plan) -> Iterator[Findable]:
    for target in plan.targets:
        aim, section = aim_text(target), target.clause.section_title
        subtitle = Text(f"{aim.zh} · {section.zh}", f"{aim.en} · {section.en}")
        names = matchable([target.subject.zh, target.subject.en, target.id], about=target.scope)
        yield Findable("target", target.id, target.subject, subtitle, names)


def _tasks(plan: Plan) -> Iterator[Findable]:
    titles = {section.name: section.title for section in plan.sections}
    for task in plan.tasks:
        names = matchable([task.title.zh, task.title.en, task.id], about=task.entity)
        yield Findable(
            "clause", task.id, task.title, titles.get(task.section, Text(task.section, task.section)), names
        )


def _clauses(zone: Zone, plan: Plan) -> Iterator[Findable]:
    """Give each clause that the attached text has in its place once, under the id of the first target it states."""
    text = attached_text(zone, plan.name)
    if text is None:
        return
    spans: dict[tuple[int, int], Findable] = {}
    for target in plan.targets:
        clause = target.clause
        if not is_kept(text, clause, plan.digests[target.id]):
            continue
        words = text[clause.start : clause.end]
        names = Matchable("", about=fold(words))
        entry = Findable("clause", target.id, Text(words, words), clause.section_title, names)
        spans.setdefault((clause.start, clause.end), entry)
    yield from spans.values()


def _indicators(packs: Catalogue) -> Iterator[Findable]:
    for indicator in packs.indicators.values():
        names = matchable([indicator.title.zh, indicator.title.en, indicator.name])
        subtitle = next((pack.title for pack in packs.packs if pack.name == indicator.pack), Text("", ""))
        yield Findable("indicator", indicator.name, indicator.title, subtitle, names)


def _organisations(zone: Zone, viewer: Viewer) -> Iterator[Findable]:
    for item in zone_organisations(zone, viewer):
        names = matchable([item.name.zh, item.name.en, item.code])
        subtitle = Text(f"{item.cases} 个项目", f"{item.cases} projects")
        yield Findable("organisation", item.code, item.name, subtitle, names)


def _cases(zone: Zone) -> Iterator[Findable]:
    leads = organisation_names(zone)
    after: str | None = None
    while True:
        page = list_cases(zone.store, CaseFilter(), after=after, limit=_PAGE)
        for case in page.items:
            names = matchable([case.title, case.title_en, case.key])
            lead = leads.get(case.organisation, Text(case.organisation, case.organisation))
            title = Text(case.title, case.title_en or case.title)
            yield Findable("case", str(case.id), title, lead, names, case.site)
        if (after := page.next) is None:
            return


def _is_named(kind: Kind) -> bool:
    """Tell whether features of a kind are found by name; sites of projects are found as projects."""
    names = {item.name for item in kind.properties}
    return "name" in names and kind.name not in ("project_site", "organisation")


def _features(zone: Zone, kind: Kind) -> Iterator[Findable]:
    names = [item.name for item in kind.properties if item.name in ("name", "name_en", "code")]
    table = zone.store.read(kind.name, STAFF, Selection(columns=("fid", *names)))
    table = table.filter(table["name"].is_valid())
    grouped: dict[tuple[str, ...], list[int]] = {}
    for row in table.to_pylist():
        grouped.setdefault(tuple(str(row[name] or "") for name in names), []).append(row["fid"])
    for words, fids in grouped.items():
        named = dict(zip(names, words, strict=True))
        title = Text(named["name"], named.get("name_en") or named["name"])
        many = f" ×{len(fids)}" if len(fids) > 1 else ""
        subtitle = Text(kind.title.zh + many, kind.title.en + many)
        feature = f"{kind.name}/{fids[0]}"
        yield Findable("feature", feature, title, subtitle, matchable(words), feature)
