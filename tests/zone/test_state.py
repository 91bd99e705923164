"""The state of a zone: what holds on a day, located in its area."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import shapely
from tests.zone.town import ACTOR, TODAY, add, make_town

from zonetwin.zone.state import open_zone_state, parents_of
from zonetwin.zone.zone import Zone, open_zone


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Zone]:
    with open_zone(make_town(tmp_path / "town")) as zone:
        yield zone


def test_every_feature_is_in_the_smallest_area_that_holds_it(town: Zone) -> None:
    add(town, "facility", [shapely.Point(100, 0), shapely.Point(1500, 0), shapely.Point(9000, 0), None])
    with open_zone_state(town) as state:
        table = pq.read_table(state.path("facility"))
    assert table.column("area").to_pylist() == ["west", "zone", None, None]


def test_places_are_in_metres(town: Zone) -> None:
    with open_zone_state(town) as state:
        street = shapely.from_wkb(pq.read_table(state.path("street")).column("geom")[0].as_py())
    assert street.length == pytest.approx(2000, abs=0.001)


def test_a_feature_that_holds_only_later_is_not_there_yet(town: Zone) -> None:
    add(town, "park_gate", [shapely.Point(1500, 0)], valid_from=[date(2025, 1, 1)])
    for day, gates in ((TODAY, 1), (date(2025, 1, 1), 2)):
        with open_zone_state(town, at=day) as state:
            assert pq.read_metadata(state.path("park_gate")).num_rows == gates


def test_the_past_is_as_it_was_known(town: Zone) -> None:
    known = town.store.changes(limit=1)[0].at
    with town.store.begin(actor=ACTOR, tool="test") as writer:
        writer.end("park_gate", 1, valid_to=date(2024, 1, 1))
    with open_zone_state(town, known=known) as state:
        assert pq.read_metadata(state.path("park_gate")).num_rows == 1


def test_areas_know_the_one_around_them(town: Zone) -> None:
    with open_zone_state(town) as state:
        found = parents_of(pq.read_table(state.path("area")))
    assert found == {"zone": None, "west": "zone"}
