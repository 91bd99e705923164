"""The zone at a glance, and what its packs declare."""

from datetime import date

from fastapi import APIRouter

from zonetwin import __version__
from zonetwin.api.served import Served, ServedZone
from zonetwin.api.shapes import Shape, TextShape, text_shape
from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.units import UNITS
from zonetwin.zone.overview import data_date, is_synthetic, listed_sources, zone_area

router = APIRouter(tags=["zone"])


class Health(Shape):
    """That the server answers, for which zone and as of which Change."""

    status: str
    zone: str
    change: int
    version: str


class PackShape(Shape):
    """A pack the zone uses."""

    name: str
    title: TextShape
    version: str


class SourceShape(Shape):
    """Where features came from."""

    id: int
    name: str
    file: str
    licence: str
    attribution: str
    obtained_on: date | None
    synthetic: bool


class ZoneShape(Shape):
    """The zone: what it is called, which day it has, what it holds and from where."""

    name: str
    title: TextShape
    crs: str
    time_zone: str
    languages: list[str]
    packs: list[PackShape]
    today: date
    today_pinned: bool
    data_date: date | None
    synthetic: bool
    change: int
    bounds: tuple[float, float, float, float] | None
    counts: dict[str, int]
    sources: list[SourceShape]
    map_approval: str
    provisional_area: bool


class PropertyShape(Shape):
    """A property of a kind; `codes` are its allowed values, empty where any is."""

    name: str
    title: TextShape
    type: Type
    unit: str | None
    unit_symbol: TextShape | None
    codes: dict[str, TextShape]


class KindShape(Shape):
    """A kind of feature, and how many there are."""

    name: str
    title: TextShape
    geometry: Geometry
    count: int
    pack: str
    properties: list[PropertyShape]


class KindList(Shape):
    """All kinds the viewer may see."""

    items: list[KindShape]


@router.get("/health")
def health(served: ServedZone) -> Health:
    """Tell that the server answers."""
    return Health(
        status="ok",
        zone=served.zone.settings.name,
        change=served.store.last_change,
        version=__version__,
    )


@router.get("/api/zone")
def zone(served: ServedZone) -> ZoneShape:
    """Describe the zone."""
    settings, clock = served.zone.settings, served.zone.clock
    area = zone_area(served.zone, served.viewer)
    return ZoneShape(
        name=settings.name,
        title=text_shape(area.title),
        crs=settings.crs,
        time_zone=settings.time_zone,
        languages=list(settings.languages),
        packs=[PackShape.model_validate(pack) for pack in served.zone.packs.packs],
        today=clock.today(),
        today_pinned=clock.is_pinned,
        data_date=data_date(served.zone),
        synthetic=is_synthetic(served.zone),
        change=served.store.last_change,
        bounds=_bounds(served),
        counts={name: served.counts.count(name) for name in served.kinds},
        sources=[_source(number, source) for number, source in listed_sources(served.zone).items()],
        map_approval=settings.map_approval,
        provisional_area=area.provisional,
    )


@router.get("/api/kinds")
def kinds(served: ServedZone) -> KindList:
    """List the kinds with their properties."""
    return KindList(items=[_kind(served, kind) for kind in served.kinds.values()])


def _source(number: int, source: object) -> SourceShape:
    return SourceShape.model_validate(
        {"id": number} | {name: getattr(source, name) for name in SourceShape.model_fields if name != "id"}
    )


def _bounds(served: Served) -> tuple[float, float, float, float] | None:
    """Enclose the zone's areas, or everything that has a place where there are none."""
    names = ["area"] if "area" in served.kinds and served.counts.extent("area") else list(served.drawn)
    boxes = [box.as_tuple() for name in names if (box := served.counts.extent(name))]
    if not boxes:
        return None
    wests, souths, easts, norths = zip(*boxes, strict=True)
    return (min(wests), min(souths), max(easts), max(norths))


def _kind(served: Served, kind: Kind) -> KindShape:
    return KindShape(
        name=kind.name,
        title=text_shape(kind.title),
        geometry=kind.geometry,
        count=served.counts.count(kind.name),
        pack=kind.pack,
        properties=[_property(item) for item in kind.properties],
    )


def _property(item: Property) -> PropertyShape:
    return PropertyShape(
        name=item.name,
        title=text_shape(item.title),
        type=item.type,
        unit=item.unit,
        unit_symbol=text_shape(UNITS[item.unit].symbol) if item.unit in UNITS else None,
        codes={code: text_shape(title) for code, title in item.codes.items()},
    )
