"""Computing a proof again: the same bytes, also after the record has moved on."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shapely
from tests.zone.town import ACTOR, add, make_town

from zonetwin.core.errors import Conflict, NotFound
from zonetwin.indicators import records
from zonetwin.indicators.proof import kept_table
from zonetwin.zone.computing import FOLDER
from zonetwin.zone.measuring import measure, rerun
from zonetwin.zone.zone import Zone, open_zone

WALK = "park_walk_share"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Zone]:
    with open_zone(make_town(tmp_path / "town")) as zone:
        yield zone


def proof_of(zone: Zone) -> str:
    return measure(zone, indicators=[WALK], actor=ACTOR).measurements[0].proof


def test_a_proof_computed_again_is_the_same_to_the_last_bit(town: Zone) -> None:
    found = rerun(town, proof_of(town))
    assert (found.same, found.agrees, found.differences) == (True, True, ())


def test_a_proof_is_computed_from_the_state_it_names_after_the_record_moved_on(town: Zone) -> None:
    proof = proof_of(town)
    add(town, "park_gate", [shapely.Point(1500, 0)])
    add(town, "resident", [shapely.Point(100, 0)], persons=[99])
    assert rerun(town, proof).same


def test_the_rows_of_a_proof_name_every_resident(town: Zone) -> None:
    kept = records.read_proof(town.store, proof_of(town))
    rows = kept_table(town.folder / FOLDER, kept.proof.digest)
    assert rows.column("feature").to_pylist() == [f"resident/{fid}" for fid in (1, 2, 3, 4)]
    assert rows.column("counted").to_pylist() == [10.0, 0.0, 0.0, 0.0]
    assert rows.column("reason").to_pylist() == [None, None, None, "far-from-streets"]


def test_the_places_of_a_proof_are_in_lon_lat(town: Zone) -> None:
    kept = records.read_proof(town.store, proof_of(town))
    places = kept_table(town.folder / FOLDER, kept.places)
    lon, lat = places.column("lon").to_pylist(), places.column("lat").to_pylist()
    assert lon[0] == pytest.approx(120.0035, abs=1e-4)  # 333.3 m east of the axis of 120° E at 31.4° N
    assert lat[0] == pytest.approx(31.35, abs=0.02)


def test_a_changed_declaration_cannot_be_run_again(town: Zone) -> None:
    proof = proof_of(town)
    changed = replace(town.packs.indicators[WALK], version="other")
    packs = replace(town.packs, indicators={WALK: changed})
    with pytest.raises(Conflict, match="has changed since the proof was made"):
        rerun(replace(town, packs=packs), proof)


def test_rows_that_were_tampered_with_are_refused(town: Zone) -> None:
    proof = proof_of(town)
    kept = records.read_proof(town.store, proof)
    folder = town.folder / FOLDER
    (folder / kept.proof.digest[:2] / f"{kept.proof.digest}.parquet").write_bytes(
        (folder / kept.places[:2] / f"{kept.places}.parquet").read_bytes()
    )
    with pytest.raises(Conflict, match="have been changed"):
        rerun(town, proof)


def test_an_unknown_proof_is_not_found(town: Zone) -> None:
    with pytest.raises(NotFound, match="no proof 'none'"):
        rerun(town, "none")
