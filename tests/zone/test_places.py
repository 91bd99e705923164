"""Where the objects of a proof stand: residents, features, and projects at their site."""

from pathlib import Path

import pyarrow as pa
import shapely
from tests.zone.metric_tables import kind_rows
from tests.zone.town import make_town

from zonetwin.zone.bench import Bench
from zonetwin.zone.places import places_of
from zonetwin.zone.state import open_zone_state
from zonetwin.zone.zone import Zone, open_zone


def placed(zone: Zone, indicator: str, *features: str) -> list[str]:
    declared = zone.packs.indicators[indicator]
    rows = pa.table({"feature": list(features)})
    with open_zone_state(zone) as state, Bench(state, zone.packs, [declared]) as bench:
        found = places_of(rows, declared, bench)
    assert all(119 < lon < 121 for lon in found.column("lon").to_pylist() if lon is not None)
    return [str(name) for name in found.column("feature").to_pylist()]


def test_residents_are_given_whole_so_that_proofs_share_them(tmp_path: Path) -> None:
    with open_zone(make_town(tmp_path / "town")) as zone:
        assert placed(zone, "park_walk_share", "resident/1") == [f"resident/{fid}" for fid in (1, 2, 3, 4)]


def test_other_features_are_given_once_and_unknown_names_left_out(tmp_path: Path) -> None:
    with open_zone(make_town(tmp_path / "town")) as zone:
        found = placed(zone, "green_cover_share", "park/1", "area/2", "area/2", "tier/base", "park/9")
    assert found == ["area/2", "park/1"]


def test_a_project_is_drawn_at_its_site(tmp_path: Path) -> None:
    packs = ("base", "green", "services", "mobility", "buildings", "projects")
    with open_zone(make_town(tmp_path / "town", packs=packs)) as zone:
        declared = zone.packs.indicators["parks_built"]
        site = kind_rows(zone.packs.kinds["project_site"], [shapely.Point(500_000, 3_470_000)])
        cases = pa.table({"feature": ["case/1", "case/2"], "site": ["project_site/1", None]})
        with open_zone_state(zone) as state, Bench(state, zone.packs, [declared]) as bench:
            bench._tables.update({"project_site": site, "cases": cases})
            found = places_of(pa.table({"feature": ["case/1", "case/2"]}), declared, bench)
    assert found.column("feature").to_pylist() == ["case/1"]
    assert found.column("lon").to_pylist() == [120.0]
