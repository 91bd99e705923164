"""A project and its site, written together inside an open Change.

The site is a feature that repeats the project's names and category; it may be there before the project, from an
imported layer, and is then found by the project's key. What a use case needs around this is in `projects`.
"""

from dataclasses import replace
from datetime import date

import pyarrow as pa
import shapely

from zonetwin.cases.classes import Rules, read_rules
from zonetwin.cases.fields import CaseChange
from zonetwin.cases.model import Case, CaseDraft
from zonetwin.cases.records import read_case
from zonetwin.cases.writing import Occasion, change_case, open_case, set_place
from zonetwin.core.actor import STAFF, Actor
from zonetwin.core.source import Source
from zonetwin.store.model import Selection, Value, Writer
from zonetwin.zone.feature_card import area_at
from zonetwin.zone.organisations import organisations
from zonetwin.zone.placing import move_feature
from zonetwin.zone.project_rows import shapes_of_sites
from zonetwin.zone.zone import Zone

SITE = "project_site"
"""The kind of feature a project stands on."""


def add_project(
    zone: Zone,
    writer: Writer,
    draft: CaseDraft,
    *,
    shape: shapely.Geometry | None = None,
    actor: Actor,
    source: Source | None = None,
) -> Case:
    """Open a project inside an open Change, with its site: one that has the project's key already, else a new one."""
    rules, known = read_rules(zone.packs, draft.flow), organisations(zone)
    draft = replace(
        draft,
        organisation=known.meant(draft.organisation),
        participants=tuple(dict.fromkeys(map(known.meant, draft.participants))),
    )
    site = draft.site or _site_of_key(zone, draft.key)
    case = open_case(zone.store, writer, replace(draft, site=site), rules, occasion_of(zone, actor))
    if not case.site:
        fid = _add_site(zone, writer, case, source or _source(zone))
        site = f"{SITE}/{fid}"
    return _settle(zone, writer, case, site, shape, rules)


def edit_project(
    zone: Zone, writer: Writer, number: int, change: CaseChange, *, actor: Actor, note: str = ""
) -> Case:
    """Change fields of a project inside an open Change, and what its site repeats of them."""
    rules, occasion = rules_of(zone, number), occasion_of(zone, actor)
    before = read_case(zone.store, number)
    after = change_case(zone.store, writer, number, change, rules, occasion, note=note)
    kind, _, fid = after.site.partition("/")
    if kind == SITE and _site_values(before) != _site_values(after):
        writer.revise(SITE, int(fid), _site_values(after))
    return after


def put_project(
    zone: Zone, writer: Writer, case: Case, shape: shapely.Geometry, *, valid_from: date | None = None
) -> None:
    """Put a project on the map inside an open Change; a case without a site gets one."""
    site = case.site
    if not site:
        site = f"{SITE}/{_add_site(zone, writer, case, _source(zone))}"
        _settle(zone, writer, case, site, None, read_rules(zone.packs, case.flow))
    kind, _, fid = site.partition("/")
    move_feature(zone, writer, kind, int(fid), shape, valid_from=valid_from)


def rules_of(zone: Zone, number: int) -> Rules:
    """Give the rules of a case's flow."""
    return read_rules(zone.packs, read_case(zone.store, number).flow)


def occasion_of(zone: Zone, actor: Actor) -> Occasion:
    """Give the occasion of something entered now."""
    return Occasion(zone.clock.today(), zone.clock.now(), actor)


def _settle(
    zone: Zone, writer: Writer, case: Case, site: str, shape: shapely.Geometry | None, rules: Rules
) -> Case:
    """Say where a new case stands: at its site, in the area that holds it."""
    known = shapes_of_sites(zone, [site], STAFF).get(site)
    settled = set_place(
        zone.store, writer, case.id, site=site, area=area_at(zone, known, STAFF) or "", rules=rules
    )
    if shape is None:
        return settled
    put_project(zone, writer, settled, shape)
    return read_case(zone.store, case.id)


def _site_of_key(zone: Zone, key: str) -> str:
    """Find the site that an imported layer already has for a project's key."""
    if not key or SITE not in zone.store.kinds:
        return ""
    found = zone.store.read(SITE, STAFF, Selection(equals={"key": key}, columns=("key",), limit=1))
    return f"{SITE}/{found['fid'][0].as_py()}" if found.num_rows else ""


def _add_site(zone: Zone, writer: Writer, case: Case, source: Source) -> int:
    values = {"key": case.key, **_site_values(case)}
    columns = {name: pa.array([value], pa.string()) for name, value in values.items()}
    (fid,) = writer.add(SITE, pa.table(columns), source=writer.add_source(source))
    return fid


def _site_values(case: Case) -> dict[str, Value]:
    return {"name": case.title, "name_en": case.title_en or None, "category": case.category}


def _source(zone: Zone) -> Source:
    return Source(
        name="projects", licence="as given", note="entered as projects", synthetic=zone.settings.synthetic
    )
