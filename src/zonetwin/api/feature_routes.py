"""Single features: what is known of one, with its history and the cases about it."""

import json
from datetime import date, datetime
from typing import Annotated

import shapely
from fastapi import APIRouter, Path

from zonetwin.api.actors import WritingActor
from zonetwin.api.case_shapes import PlaceSent
from zonetwin.api.served import ServedZone
from zonetwin.api.shapes import Shape
from zonetwin.store.model import Value
from zonetwin.zone.feature_card import FeatureCard, FeatureVersion, feature_card
from zonetwin.zone.placing import geometry_from_geojson, place_feature

router = APIRouter(prefix="/api/features", tags=["features"])

KindName = Annotated[str, Path(description="Name of the kind")]
Fid = Annotated[int, Path(description="The feature's fid", ge=0, lt=2**53)]


class FeatureSource(Shape):
    """Where a feature came from."""

    name: str
    file: str
    licence: str
    attribution: str
    obtained_on: date | None
    synthetic: bool


class VersionShape(Shape):
    """How a feature was for a time; `valid_to` and `replaced_at` are null while it still is so."""

    valid_from: date | None
    valid_to: date | None
    recorded_at: datetime
    replaced_at: datetime | None
    actor: str
    note: str
    properties: dict[str, Value]


class FeatureCase(Shape):
    """A case about a feature."""

    id: int
    flow: str
    key: str
    title: str
    title_en: str
    category: str
    stage: str
    verified_stage: str


class FeatureShape(Shape):
    """A feature; `geometry` is GeoJSON in lon/lat, null where it has not been placed."""

    kind: str
    fid: int
    feature: str
    key: str
    properties: dict[str, Value]
    geometry: dict[str, object] | None
    source: FeatureSource | None
    area: str | None
    history: list[VersionShape]
    cases: list[FeatureCase]


@router.put("/{kind}/{fid}/place")
def place(served: ServedZone, kind: KindName, fid: Fid, actor: WritingActor, sent: PlaceSent) -> FeatureShape:
    """Put a feature on the map, or move it."""
    served.kind(kind)
    shape = geometry_from_geojson(sent.geometry)
    place_feature(served.zone, kind, fid, shape, actor=actor, note=sent.note, valid_from=sent.valid_from)
    return _feature(feature_card(served.zone, kind, fid, served.viewer))


@router.get("/{kind}/{fid}")
def feature(served: ServedZone, kind: KindName, fid: Fid) -> FeatureShape:
    """Give a feature with its history; one that was closed is found too."""
    return _feature(feature_card(served.zone, kind, fid, served.viewer))


def _feature(card: FeatureCard) -> FeatureShape:
    newest = card.newest
    return FeatureShape(
        kind=card.kind,
        fid=card.fid,
        feature=f"{card.kind}/{card.fid}",
        key=card.key,
        properties=dict(newest.properties),
        geometry=geometry_json(newest.geometry),
        source=FeatureSource.model_validate(card.source) if card.source else None,
        area=card.area,
        history=[_version(version) for version in card.history],
        cases=[FeatureCase.model_validate(case) for case in card.cases],
    )


def geometry_json(geometry: shapely.Geometry | None) -> dict[str, object] | None:
    """Give a geometry in lon/lat as GeoJSON."""
    if geometry is None:
        return None
    document: dict[str, object] = json.loads(shapely.to_geojson(geometry))
    return document


def _version(version: FeatureVersion) -> VersionShape:
    return VersionShape(
        valid_from=version.valid_from,
        valid_to=version.valid_to,
        recorded_at=version.recorded_at,
        replaced_at=version.replaced_at,
        actor=version.actor.name if version.actor else "",
        note=version.note,
        properties=dict(version.properties),
    )
