"""Indicators: what is declared, what was measured, and why something was not."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query

from zonetwin.api.served import Served, ServedZone
from zonetwin.api.shapes import GapShape, Shape, TextShape, text_shape
from zonetwin.core.errors import NotFound
from zonetwin.core.gap import Gap
from zonetwin.core.period import period_from_text
from zonetwin.core.units import symbol
from zonetwin.indicators.evaluate import ZONE
from zonetwin.indicators.model import Measurement
from zonetwin.indicators.records import latest_measurements, read_measurements, read_unmeasured
from zonetwin.packs.model import Better, Combine, Indicator, Over, Per

router = APIRouter(prefix="/api", tags=["indicators"])


class MeasurementShape(Shape):
    """One value of an indicator in an area over a period `start/end`, its end exclusive."""

    indicator: str
    area: str
    period: str
    value: float | None
    claimed: float | None
    unit: str
    low: float | None
    high: float | None
    counted: int
    of: float | None
    unknown: float
    unknown_reasons: dict[str, float]
    data_date: date | None
    proof: str


class IndicatorRow(Shape):
    """A declared indicator with its latest value in the whole zone, or the reason why there is none."""

    name: str
    pack: str
    title: TextShape
    unit: str
    unit_symbol: TextShape
    per: Per
    better: Better
    combine: Combine
    over: Over
    latest: MeasurementShape | None
    unmeasured: GapShape | None
    targets: list[str]


class IndicatorList(Shape):
    """All indicators the packs declare."""

    items: list[IndicatorRow]


class IndicatorShape(IndicatorRow):
    """An indicator with its formula and all its measurements."""

    source: TextShape
    limits: TextShape
    band: str
    sql: str
    version: str
    parameters: dict[str, str | float | int | bool]
    measurements: list[MeasurementShape]


class MeasurementList(Shape):
    """Measurements."""

    items: list[MeasurementShape]


@router.get("/indicators")
def indicators(served: ServedZone) -> IndicatorList:
    """List the indicators with their latest values in the zone."""
    latest = {item.indicator: item for item in latest_measurements(served.store, area=ZONE)}
    gaps = {item.indicator: item.gap for item in read_unmeasured(served.store)}
    return IndicatorList(
        items=[
            _row(served, item, latest.get(name), gaps.get(name))
            for name, item in served.zone.packs.indicators.items()
        ]
    )


@router.get("/indicators/{indicator}")
def indicator(
    served: ServedZone, indicator: Annotated[str, Path(description="The indicator's name")]
) -> IndicatorShape:
    """Give an indicator with its formula and its measurements by area."""
    declared = _declared(served, indicator)
    found = read_measurements(served.store, indicator=indicator)
    latest = latest_measurements(served.store, indicator=indicator, area=ZONE)
    gaps = {item.indicator: item.gap for item in read_unmeasured(served.store)}
    row = _row(served, declared, latest[0] if latest else None, gaps.get(indicator))
    return IndicatorShape(
        **dict(row),
        source=text_shape(declared.source),
        limits=text_shape(declared.limits),
        band=declared.band,
        sql=declared.sql,
        version=declared.version,
        parameters=dict(declared.parameters),
        measurements=measurement_shapes(found),
    )


@router.get("/measurements")
def measurements(
    served: ServedZone,
    indicator: Annotated[str | None, Query(description="Name of an indicator")] = None,
    area: Annotated[str | None, Query(description="Code of an area")] = None,
    period: Annotated[str | None, Query(description="start/end, the end exclusive")] = None,
) -> MeasurementList:
    """List measurements by indicator, area and period."""
    span = period_from_text(period) if period is not None else None
    found = read_measurements(served.store, indicator=indicator, area=area, period=span)
    return MeasurementList(items=measurement_shapes(found))


def measurement_shapes(found: Iterable[Measurement]) -> list[MeasurementShape]:
    """Give measurements as JSON has them."""
    return [_measurement(item) for item in found]


def _measurement(item: Measurement) -> MeasurementShape:
    return MeasurementShape(
        indicator=item.indicator,
        area=item.area,
        period=str(item.period),
        value=item.value,
        claimed=item.claimed,
        unit=item.unit,
        low=item.low,
        high=item.high,
        counted=item.counted,
        of=item.of,
        unknown=item.unknown,
        unknown_reasons=dict(item.unknown_reasons),
        data_date=item.data_date,
        proof=item.proof,
    )


def _row(served: Served, item: Indicator, latest: Measurement | None, gap: Gap | None) -> IndicatorRow:
    return IndicatorRow(
        name=item.name,
        pack=item.pack,
        title=text_shape(item.title),
        unit=item.unit,
        unit_symbol=text_shape(symbol(item.unit)),
        per=item.per,
        better=item.better,
        combine=item.combine,
        over=item.over,
        latest=_measurement(latest) if latest else None,
        unmeasured=GapShape(code=gap.code, reason=text_shape(gap.reason)) if gap else None,
        targets=[row.target.id for row in served.plan_status().rows if row.target.indicator == item.name],
    )


def _declared(served: Served, name: str) -> Indicator:
    found = served.zone.packs.indicators.get(name)
    if found is None:
        raise NotFound(f"There is no indicator {name!r}.", hint="/api/indicators lists them.")
    return found
