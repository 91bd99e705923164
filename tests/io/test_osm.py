from pathlib import Path

import pytest

from zonetwin.core.errors import InvalidInput
from zonetwin.io.model import Batch, ReadOptions
from zonetwin.io.osm import read_osm

EXTRACT = Path(__file__).parents[1] / "data" / "gate_park.osm"
TAGS = ("barrier", "highway", "leisure", "building", "place", "natural")


@pytest.fixture(scope="module")
def batch() -> Batch:
    (batch,) = read_osm(EXTRACT, ReadOptions(tags=TAGS))
    return batch


def test_every_object_with_a_tag_asked_for_is_read_once(batch: Batch) -> None:
    # Nodes 2, 5, 6; ways 10 to 14; relations 20, 21, 22. Node 9 has no tag that was asked for.
    expected = [f"node/{n}" for n in (2, 5, 6)] + [f"way/{n}" for n in range(10, 15)]
    assert sorted(batch.keys) == sorted([*expected, "relation/20", "relation/21", "relation/22"])
    assert batch.read == 11


def test_a_way_that_leaves_the_extract_is_cut_to_its_longest_run(batch: Batch) -> None:
    row = list(batch.keys).index("way/12")
    assert batch.faults[row].code == "clipped"
    assert batch.geometry[row].wkt == "LINESTRING (121.002 31.3, 121.001 31.301)"


def test_a_way_with_one_node_left_is_quarantined_where_that_node_is(batch: Batch) -> None:
    fault = batch.faults[list(batch.keys).index("way/13")]
    assert (fault.code, fault.severity, fault.x, fault.y) == ("too-few-nodes", "quarantined", 121.0, 31.3)


def test_multipolygons_are_assembled_and_incomplete_ones_located(batch: Batch) -> None:
    keys = list(batch.keys)
    assert batch.geometry[keys.index("relation/20")].geom_type == "MultiPolygon"
    fault = batch.faults[keys.index("relation/21")]
    assert (fault.code, fault.x, fault.y) == ("incomplete-outline", 121.002, 31.301)  # first node of way 12


def test_other_relations_have_no_shape_and_no_fault(batch: Batch) -> None:
    row = list(batch.keys).index("relation/22")
    assert batch.geometry[row] is None
    assert row not in batch.faults


def test_what_is_no_osm_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.osm"
    path.write_text(EXTRACT.read_text()[:400])
    with pytest.raises(InvalidInput, match="not a whole OSM file"):
        list(read_osm(path, ReadOptions()))


@pytest.mark.real
def test_a_pbf_cut_off_is_refused_after_it_gave_objects(tmp_path: Path, real_data: Path) -> None:
    whole = (real_data / "osm/helsinki_center.osm.pbf").read_bytes()
    path = tmp_path / "a.osm.pbf"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(InvalidInput, match="not a whole OSM file"):
        list(read_osm(path, ReadOptions(tags=("highway",))))
