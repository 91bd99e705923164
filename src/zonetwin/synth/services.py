"""Facilities people walk to, and parking: put where each sort stands in such districts."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from zonetwin.synth.cells import DWELT, Cell
from zonetwin.synth.names import Names
from zonetwin.synth.streets import Point


@dataclass(frozen=True, slots=True)
class Facility:
    """A facility at a stop of the plane, so that its way into the street network is known."""

    key: str
    category: str
    name: str
    name_en: str
    places: int | None
    at: Point


@dataclass(frozen=True, slots=True)
class Parking:
    """A car park at the centre of a cell."""

    key: str
    category: str
    spaces: int
    public: bool
    at: Point


_ESTATE = (
    ("kindergarten", "幼儿园", "Kindergarten", 0.3),
    ("health_station", "社区卫生服务站", "Health Station", 0.22),
    ("culture_station", "文化活动站", "Culture Station", 0.16),
    ("elderly_day_care", "日间照料中心", "Day Care for Older People", 0.15),
    ("community_shop", "社区商店", "Community Shop", 0.7),
    ("convenience_store", "便利店", "Convenience Store", 0.4),
    ("market", "菜市场", "Food Market", 0.13),
    ("fitness_ground", "健身场地", "Fitness Ground", 0.4),
    ("community_station", "社区服务站", "Community Station", 0.2),
)
_CENTRE = (
    ("health_centre", "社区卫生服务中心", "Health Centre", 0.2),
    ("culture_centre", "文化活动中心", "Culture Centre", 0.16),
    ("mall", "商场", "Mall", 0.5),
    ("sports_centre", "体育中心", "Sports Centre", 0.14),
    ("bank", "银行", "Bank", 0.6),
)


def make_facilities(
    cells: Iterable[Cell], entrances: dict[str, list[Point]], names: Names, rng: np.random.Generator
) -> list[Facility]:
    """Place facilities at the entrances of cells, each sort as often as such districts have it."""
    facilities: list[Facility] = []
    for cell in cells:
        gates = entrances.get(cell.code, [])
        if not gates:
            continue
        if cell.use == "school":
            category = "primary_school" if rng.random() < 0.62 else "junior_school"
            ending = ("小学", "Primary School") if category == "primary_school" else ("中学", "School")
            places = int(rng.integers(24, 49)) * 45
            facilities.append(
                Facility(f"facility/{cell.code}", category, *names.take(*ending), places, gates[0])
            )
        sorts = _ESTATE if cell.use in DWELT else _CENTRE if cell.use in ("commercial", "office") else ()
        for category, ending_zh, ending_en, share in sorts:
            if rng.random() < share:
                at = gates[int(rng.integers(len(gates)))]
                name = names.take(ending_zh, ending_en)
                facilities.append(Facility(f"facility/{cell.code}-{category}", category, *name, None, at))
        if cell.use != "park" and rng.random() < 0.5:
            stop = names.take("站", "Stop")
            facilities.append(Facility(f"facility/{cell.code}-bus", "bus_stop", *stop, None, gates[-1]))
    return facilities


def make_parking(cells: Iterable[Cell], rng: np.random.Generator) -> list[Parking]:
    """Give shops, offices and the works car parks, and newer estates garages below ground."""
    sorts = {
        "commercial": "multistorey",
        "office": "underground",
        "estate": "underground",
        "industrial": "surface",
    }
    return [
        Parking(
            f"parking/{cell.code}",
            sorts[cell.use],
            int(rng.integers(8, 60)) * 10,
            cell.use in ("commercial", "office"),
            cell.middle,
        )
        for cell in cells
        if cell.use in sorts and rng.random() < 0.8
    ]
