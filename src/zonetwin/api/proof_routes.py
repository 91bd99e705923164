"""Proofs: what a value stands on, its rows as a list and on the map, and the same computed again."""

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from zonetwin.api.actors import WritingActor
from zonetwin.api.geojson import MEDIA_TYPE, dump
from zonetwin.api.indicator_routes import MeasurementShape, measurement_shapes
from zonetwin.api.paging import DEFAULT_LIMIT, Limit
from zonetwin.api.problems import Responses
from zonetwin.api.served import ServedZone
from zonetwin.api.shapes import Listed, Shape
from zonetwin.indicators.records import measurements_of_proof, read_proof
from zonetwin.zone.proof_rows import ProofFilter, ProofRow, RowStatus, proof_part

router = APIRouter(prefix="/api/proofs", tags=["indicators"])

LARGEST_DRAWING = 20_000
_GEOJSON: Responses = {200: {"content": {MEDIA_TYPE: {"schema": {"type": "object"}}}}}

ProofId = Annotated[str, Path(description="The proof's id", max_length=100)]
Area = Annotated[str | None, Query(description="Code of an area; those inside it count")]
Which = Annotated[RowStatus | None, Query(description="counted, not (not counted), or unknown")]


class ProofShape(Shape):
    """What a set of measurements stands on."""

    id: str
    indicator: str
    version: str
    state: str
    period: str
    today: date
    rows: int
    digest: str
    made_at: datetime
    environment: dict[str, str]
    totals: list[MeasurementShape]


class ProofRowShape(Shape):
    """One counted object; `reason` says why it is unknown, and is null where it counts."""

    number: int
    feature: str
    area: str
    counted: float | None
    claimed: float | None
    of: float | None
    low: float | None
    high: float | None
    reason: str | None
    point: tuple[float, float] | None
    label: str


class DifferenceShape(Shape):
    """One thing that two runs say differently about one object."""

    feature: str
    column: str
    before: str | float | None
    after: str | float | None


class RerunShape(Shape):
    """A proof computed again: the same to the last bit, or in agreement to the tolerance."""

    proof: str
    same: bool
    agrees: bool
    count: int
    differences: list[DifferenceShape]


@router.get("/{proof}")
def proof(served: ServedZone, proof: ProofId) -> ProofShape:
    """Give a proof with the values that stand on it."""
    found = read_proof(served.store, proof).proof
    return ProofShape(
        id=found.id,
        indicator=found.indicator,
        version=found.version,
        state=found.state,
        period=str(found.period),
        today=found.today,
        rows=found.rows,
        digest=found.digest,
        made_at=found.made_at,
        environment=dict(found.environment),
        totals=measurement_shapes(measurements_of_proof(served.store, proof)),
    )


@router.get("/{proof}/rows")
def rows(
    served: ServedZone,
    proof: ProofId,
    area: Area = None,
    status: Which = None,
    after: Annotated[int, Query(ge=0, description="Number of the last row of the part before")] = 0,
    limit: Limit = DEFAULT_LIMIT,
) -> Listed[ProofRowShape]:
    """List the counted objects of a proof."""
    part = proof_part(served.zone, proof, ProofFilter(area, status), served.viewer, after=after, limit=limit)
    following = None if part.next is None else str(part.next)
    return Listed(items=[_row(row) for row in part.rows], next=following, total=part.total)


@router.get("/{proof}/rows.geojson", response_model=None, response_class=Response, responses=_GEOJSON)
def drawn_rows(served: ServedZone, proof: ProofId, area: Area = None, status: Which = None) -> Response:
    """Give the placed objects of a proof as GeoJSON points, at most 20 000; `total` counts all rows asked for."""
    part = proof_part(served.zone, proof, ProofFilter(area, status), served.viewer, limit=LARGEST_DRAWING)
    features = [_drawn(row) for row in part.rows if row.point is not None]
    document = {
        "type": "FeatureCollection",
        "total": part.total,
        "drawn": len(features),
        "features": features,
    }
    return Response(dump(document), media_type=MEDIA_TYPE)


@router.post("/{proof}/rerun")
async def rerun_proof(served: ServedZone, proof: ProofId, actor: WritingActor) -> RerunShape:
    """Compute a proof again and compare; nothing is written. Runs one at a time, with the commands."""

    def compute() -> RerunShape:
        from zonetwin.zone.measuring import rerun  # brings the engines, which reading does without

        return RerunShape.model_validate(rerun(served.zone, proof).as_json())

    return await served.in_turn(compute)


def _row(row: ProofRow) -> ProofRowShape:
    return ProofRowShape(
        number=row.number,
        feature=row.feature,
        area=row.area,
        counted=row.counted,
        claimed=row.claimed,
        of=row.of,
        low=row.low,
        high=row.high,
        reason=row.reason or None,
        point=row.point,
        label=row.label,
    )


def _drawn(row: ProofRow) -> dict[str, object]:
    return {
        "type": "Feature",
        "id": row.number,
        "geometry": {"type": "Point", "coordinates": row.point},
        "properties": {
            "feature": row.feature,
            "area": row.area,
            "counted": row.counted,
            "claimed": row.claimed,
            "of": row.of,
            "reason": row.reason or None,
            "status": _status(row),
            "label": row.label,
        },
    }


def _status(row: ProofRow) -> RowStatus:
    if row.reason:
        return "unknown"
    return "counted" if row.counted else "not"
