"""The rows of a proof for people: areas with all inside them, names, places, parts."""

from collections.abc import Iterator

import pytest
from tests.small_zone import ACTOR, make_zone

from zonetwin.core.actor import PUBLIC, STAFF
from zonetwin.core.errors import NotFound
from zonetwin.indicators.records import latest_measurements
from zonetwin.zone.measuring import measure
from zonetwin.zone.proof_rows import ProofFilter, proof_part
from zonetwin.zone.zone import Zone, open_zone

EVERYTHING = ProofFilter()


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    with open_zone(make_zone(tmp_path_factory.mktemp("rows") / "zone", buildings=20)) as opened:
        measure(opened, indicators=["building_density", "park_walk_share"], actor=ACTOR)
        yield opened


def proof_of(zone: Zone, indicator: str) -> str:
    return latest_measurements(zone.store, indicator=indicator, area="zone")[0].proof


def test_an_area_has_the_rows_of_the_areas_inside_it(zone: Zone) -> None:
    proof = proof_of(zone, "building_density")
    whole = proof_part(zone, proof, EVERYTHING, STAFF, limit=1000)
    assert proof_part(zone, proof, ProofFilter("zone"), STAFF, limit=1000) == whole
    office = proof_part(zone, proof, ProofFilter("office-1"), STAFF, limit=1000)
    assert {row.area for row in office.rows} == {"office-1"}
    assert 0 < office.total < whole.total
    assert proof_part(zone, proof, ProofFilter("nowhere"), STAFF).total == 0


def test_parts_follow_each_other_by_number(zone: Zone) -> None:
    proof = proof_of(zone, "building_density")
    seen, after = [], 0
    while True:
        part = proof_part(zone, proof, EVERYTHING, STAFF, after=after, limit=4)
        seen += [row.number for row in part.rows]
        if part.next is None:
            break
        after = part.next
    assert seen == list(range(1, part.total + 1))


def test_rows_have_the_names_and_places_of_their_objects(zone: Zone) -> None:
    rows = proof_part(zone, proof_of(zone, "building_density"), EVERYTHING, STAFF, limit=1000).rows
    named = next(row for row in rows if row.feature == "building/7")
    assert named.label == "夏东人才公寓"
    assert named.point is not None


def test_persons_are_counted_but_not_shown(zone: Zone) -> None:
    proof = proof_of(zone, "park_walk_share")
    shown, hidden = (proof_part(zone, proof, EVERYTHING, viewer) for viewer in (STAFF, PUBLIC))
    assert shown.total == hidden.total
    assert [row.counted for row in shown.rows] == [row.counted for row in hidden.rows]
    assert {row.feature for row in hidden.rows} == {"resident"}
    assert all(row.point is None for row in hidden.rows)


def test_an_unknown_proof_is_not_found(zone: Zone) -> None:
    with pytest.raises(NotFound):
        proof_part(zone, "none", EVERYTHING, STAFF)
