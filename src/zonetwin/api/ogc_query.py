"""What an items request asks for: box, time, paging, property filters; every fault is a 400 that names the parameter.

Source: OGC API Features 1 (17-069r4) §7.15.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import shapely

from zonetwin.api.ogc_crs import OfferedCrs, Region, crs_named, region_of
from zonetwin.api.problems import BadRequest
from zonetwin.core.kind import Kind, Property, Type
from zonetwin.store.model import Selection, Value

DEFAULT_LIMIT = 100
LARGEST_LIMIT = 10_000
FIXED = ("bbox", "bbox-crs", "crs", "datetime", "limit", "after", "f")
_OPEN = ("", "..")


@dataclass(frozen=True, slots=True)
class ItemsQuery:
    """A question about one kind. `since` and `until` bound valid time, both included, None where open."""

    crs: OfferedCrs
    region: Region | None = None
    at: date | None = None
    since: date | None = None
    limit: int = DEFAULT_LIMIT
    after: int = 0
    equals: Mapping[str, Value] = field(default_factory=dict)

    def selection(self) -> Selection:
        """Give what to read, apart from the box and the part of the pages."""
        return Selection(equals=self.equals, at=self.at, since=self.since)

    def key(self) -> tuple[object, ...]:
        """Give what decides the number of matches, hashable."""
        boxes = self.region and (self.region.boxes, shapely.to_wkb(self.region.outline))
        return (boxes, self.at, self.since, tuple(sorted(self.equals.items(), key=lambda item: item[0])))


def items_query(
    parameters: Sequence[tuple[str, str]], kind: Kind, offered: Sequence[OfferedCrs], zone: ZoneInfo
) -> ItemsQuery:
    """Read the parameters of an items request.

    Args:
        parameters: Names and values as sent.
        kind: The kind asked about; its properties are the filters.
        offered: The CRS on offer.
        zone: Time zone in which instants fall on days.

    Raises:
        BadRequest: a parameter is unknown, given twice or malformed.
    """
    given: dict[str, str] = {}
    known = (*FIXED, *(item.name for item in kind.properties))
    for name, value in parameters:
        if name not in known:
            raise BadRequest(f"The parameter {name!r} is unknown.", hint=f"Known: {', '.join(known)}.")
        if name in given:
            raise BadRequest(f"The parameter {name!r} is given twice.", hint="Give it once.")
        given[name] = value
    _check_format(given.get("f"))
    since, until = _interval(given["datetime"], zone) if "datetime" in given else (None, None)
    crs = crs_named(given["crs"], offered) if "crs" in given else offered[0]
    return ItemsQuery(
        crs=crs,
        region=_region(given, offered),
        at=until,
        since=since,
        limit=min(_whole_number("limit", given.get("limit", str(DEFAULT_LIMIT)), least=1), LARGEST_LIMIT),
        after=_whole_number("after", given.get("after", "0"), least=0),
        equals={
            item.name: property_value(item, given[item.name])
            for item in kind.properties
            if item.name in given and item.name not in FIXED
        },
    )


def _check_format(wanted: str | None) -> None:
    if wanted not in (None, "json", "geojson"):
        raise BadRequest(f"f={wanted!r} is not offered.", hint="Features are answered as GeoJSON: f=json.")


def _region(given: Mapping[str, str], offered: Sequence[OfferedCrs]) -> Region | None:
    if "bbox" not in given:
        if "bbox-crs" in given:
            crs_named(given["bbox-crs"], offered)
        return None
    try:
        numbers = [float(part) for part in given["bbox"].split(",")]
    except ValueError as error:
        raise BadRequest(
            f"bbox is {given['bbox'][:80]!r}, expected numbers.", hint="Write bbox=west,south,east,north."
        ) from error
    return region_of(numbers, crs_named(given["bbox-crs"], offered) if "bbox-crs" in given else offered[0])


def _interval(text: str, zone: ZoneInfo) -> tuple[date, date]:
    """Read an instant or an interval as days, both included; the open ends are the ends of the calendar."""
    start, slash, end = text.partition("/")
    if not slash:
        day = _day(start, zone)
        return day, day
    if start in _OPEN and end in _OPEN:
        return date.min, date.max
    first = date.min if start in _OPEN else _day(start, zone)
    last = date.max if end in _OPEN else _day(end, zone)
    if last < first:
        raise BadRequest(f"datetime {text!r} ends before it begins.", hint="Write start/end.")
    return first, last


def _day(text: str, zone: ZoneInfo) -> date:
    """Read an RFC 3339 instant, or a date, as a day in the zone."""
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        instant = datetime.fromisoformat(text.replace(" ", "+"))  # an unescaped + arrives as a space
        return instant.astimezone(zone).date() if instant.tzinfo else instant.date()
    except (ValueError, OverflowError) as error:
        raise BadRequest(
            f"datetime has {text[:40]!r}, expected a date or an instant.",
            hint="Write 2025-06-30, 2025-06-30T00:00:00Z, or an interval such as 2025-01-01/..",
        ) from error


def _whole_number(name: str, text: str, *, least: int) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 18 or int(text) < least:
        raise BadRequest(f"{name} is {text[:40]!r}, expected a whole number of {least} or more.")
    return int(text)


def property_value(item: Property, text: str) -> Value:
    """Read a filter's value in the type of its property.

    Raises:
        BadRequest: the text is no value of that type.
    """
    try:
        match item.type:
            case Type.INTEGER:
                number = int(text)
                if abs(number) >= 2**63:
                    raise ValueError
                return number
            case Type.REAL:
                return float(text)
            case Type.BOOLEAN:
                return {"true": True, "false": False, "1": True, "0": False}[text.lower()]
            case Type.DATE:
                return date.fromisoformat(text).isoformat()
            case _:
                return text
    except (ValueError, KeyError) as error:
        raise BadRequest(f"{item.name} is {text[:80]!r}, expected {item.type.value}.") from error


def page_selection(query: ItemsQuery, *, after: int, limit: int, columns: Sequence[str]) -> Selection:
    """Give the selection of one page, without a box."""
    return replace(query.selection(), after=after, limit=limit, columns=columns)
