"""The truth about a district, worked out from how it was made and not by the program that measures it.

Areas come from the drawn polygons, projects from their lists of moves. Walks go over the district's own graph of
stops with a plain heap, and each home joins the nearest leg of street found by comparing it with every leg near it.
"""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely

from zonetwin.core.space import Floats
from zonetwin.synth.frame import Frame
from zonetwin.synth.programme import STAGES, Item
from zonetwin.synth.projects import Move, Project
from zonetwin.synth.streets import Point, Street

Node = tuple[float, float]
Graph = dict[Node, list[tuple[Node, float]]]


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg of street between two stops: its ends, its line on the ground and its length in metres."""

    start: Node
    end: Node
    line: shapely.LineString

    @property
    def length(self) -> float:
        return float(self.line.length)


def legs_of(frame: Frame, streets: Iterable[Street]) -> list[Leg]:
    """Cut every street at its stops."""
    return [
        Leg(_node(start), _node(end), shapely.LineString(frame.path([start, end])))
        for street in streets
        for start, end in zip(street.stops[:-1], street.stops[1:], strict=True)
    ]


def walk_metres(
    legs: Sequence[Leg], homes: Floats, goals: Iterable[Point], *, limit: float, farthest: float
) -> Floats:
    """Give how far each home is from the nearest goal, on foot, infinite beyond the limit.

    Args:
        legs: The streets, cut at their stops.
        homes: x, y on the ground, shape (homes, 2).
        goals: Stops where the goals are.
        limit: Metres beyond which nothing is searched.
        farthest: Metres from the nearest street beyond which nobody knows how one walks.

    Returns:
        Metres, shape (homes,): to the nearest street, along the streets, to a goal; NaN where nobody knows.
    """
    graph: Graph = {}
    for leg in legs:
        graph.setdefault(leg.start, []).append((leg.end, leg.length))
        graph.setdefault(leg.end, []).append((leg.start, leg.length))
    reached = _reach(graph, {_node(goal) for goal in goals}, limit)
    lines = np.array([leg.line for leg in legs], dtype=object)
    points = shapely.points(homes)
    nearest = np.asarray(shapely.STRtree(lines).nearest(points))
    away = shapely.distance(points, lines[nearest])
    along = shapely.line_locate_point(lines[nearest], points)
    metres = np.full(len(homes), np.inf)
    for row, (number, first) in enumerate(zip(nearest, along, strict=True)):
        leg = legs[number]
        ends = (reached.get(leg.start, np.inf) + first, reached.get(leg.end, np.inf) + leg.length - first)
        metres[row] = away[row] + min(ends)
    return np.where(away > farthest, np.nan, np.where(metres <= limit, metres, np.inf))


def _node(point: Point) -> Node:
    return (round(point[0], 6), round(point[1], 6))


def _reach(graph: Graph, goals: set[Node], limit: float) -> dict[Node, float]:
    """Walk outwards from all goals at once."""
    reached: dict[Node, float] = {}
    waiting = [(0.0, goal) for goal in goals if goal in graph]
    heapq.heapify(waiting)
    while waiting:
        metres, node = heapq.heappop(waiting)
        if node in reached or metres > limit:
            continue
        reached[node] = metres
        for other, length in graph[node]:
            if other not in reached:
                heapq.heappush(waiting, (metres + length, other))
    return reached


def project_truth(
    items: Iterable[Item], projects: Sequence[Project], today: date
) -> list[dict[str, str | float]]:
    """Add up what was verified and what was claimed, for every item and span it is asked about.

    What is verified is claimed, also where the claim before it was never verified. A span runs from the item's start
    (a yearly item's: of each year) through a day of its plan, or through today.
    """
    rows: list[dict[str, str | float]] = []
    for item in items:
        mine = [project for project in projects if _belongs(item, project)]
        for start, through in _spans(item, today):
            verified = [_added(item, project, start, through, verified=True) for project in mine]
            claimed = [_added(item, project, start, through, verified=False) for project in mine]
            rows.append(
                {
                    "indicator": item.indicator,
                    "start": start.isoformat(),
                    "through": through.isoformat(),
                    "value": round(sum(verified), 6),
                    "claimed": round(sum(map(max, verified, claimed)), 6),
                }
            )
    return rows


def _spans(item: Item, today: date) -> list[tuple[date, date]]:
    if item.yearly:
        years = range(item.start.year, min(item.amounts[-1][0], today).year + 1)
        return [(date(year, 1, 1), min(date(year, 12, 31), today)) for year in years]
    return [(item.start, through) for through in sorted({min(day, today) for day, _ in item.amounts})]


def _belongs(item: Item, project: Project) -> bool:
    """Tell whether a project counts for an item; an item that names no plan target counts all of its sort."""
    return (
        project.category == item.category
        and (not item.works or project.work in item.works)
        and item.plan_target in ("", project.plan_target)
    )


def _added(item: Item, project: Project, start: date, through: date, *, verified: bool) -> float:
    """Give what a project added in a span: what it had come to by its end, less what it had before it."""
    claims = _claims(project, verified=verified)
    before = _come_to(item, project, [claim for claim in claims if claim.on < start])
    return _come_to(item, project, [claim for claim in claims if claim.on <= through]) - before


def _claims(project: Project, *, verified: bool) -> list[Move]:
    """Give the claims of a project, or only those that the move after them verifies; a claim holds on its own day."""
    followed = zip(project.moves, [*project.moves[1:], None], strict=False)  # a project may have no move yet
    return [
        move
        for move, following in followed
        if not move.verifies and (not verified or (following is not None and following.verifies))
    ]


def _come_to(item: Item, project: Project, claims: Sequence[Move]) -> float:
    if item.mode == "progress":
        reported = [claim.quantities[item.quantity] for claim in claims if item.quantity in claim.quantities]
        return max(reported, default=0.0) * item.scale
    rank = STAGES.index(item.stage)
    if not any(STAGES.index(claim.stage) >= rank for claim in claims):
        return 0.0
    return project.planned.get(item.quantity, 0.0) * item.scale if item.quantity else 1.0


def area_truth(shapes: Mapping[str, Iterable[shapely.Geometry]]) -> dict[str, float]:
    """Add up areas in m²; the shapes under one name do not overlap."""
    return {
        name: round(float(sum(shapely.area(shape) for shape in found)), 3) for name, found in shapes.items()
    }
