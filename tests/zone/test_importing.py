import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.import_zone import ACTOR, empty_zone, everything, feature, rows_of, square, write_collection

from zonetwin.core.actor import STAFF
from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.core.text import Text
from zonetwin.zone.import_report import ImportReport, read_report
from zonetwin.zone.importing import import_file
from zonetwin.zone.zone import Zone

EXTRACT = Path(__file__).parents[1] / "data" / "gate_park.osm"


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[Zone]:
    with empty_zone(tmp_path / "zone") as opened:
        yield opened


def assert_everything_counted(report: ImportReport) -> None:
    total = report.total()
    assert report.read + report.also == report.not_mapped + total.mapped
    for counts in report.kinds.values():
        parts = counts.added, counts.revised, counts.unchanged, counts.merged, counts.quarantined
        assert counts.mapped == sum(parts)


def test_an_osm_extract_becomes_features_of_the_packs_kinds(zone: Zone) -> None:
    report = import_file(zone, EXTRACT, actor=ACTOR)
    assert_everything_counted(report)
    assert {kind: counts.added for kind, counts in report.kinds.items() if counts.added} == {
        "park": 1,  # way 10
        "square": 1,  # relation 20
        "park_gate": 1,  # node 2; node 5 is a gate inside the park, not on its outline
        "square_gate": 1,  # node 2 again: the square is the park's outline
        "barrier": 2,  # nodes 2 and 5
        "street": 2,  # ways 11 and 12 (cut); way 13 has one node left
        "facility": 2,  # bus stop 6, school 14
        "building": 1,  # way 14
    }
    assert report.fault_counts == {"clipped": 1, "incomplete-outline": 1, "too-few-nodes": 1}
    (gate,) = rows_of(zone, "park_gate")
    assert (gate["key"], gate["park"]) == ("node/2", "way/10")


def test_tags_become_properties_with_codes_and_units(zone: Zone) -> None:
    import_file(zone, EXTRACT, actor=ACTOR)
    street = next(row for row in rows_of(zone, "street") if row["key"] == "way/11")
    assert (street["category"], street["oneway"], street["bridge"], street["tunnel"]) == (
        "residential",
        "backward",
        True,
        False,
    )
    assert street["width_m"] == pytest.approx(6.096)  # 20 ft
    (building,) = rows_of(zone, "building")
    assert (building["use"], building["height_m"], building["storeys"]) == ("education", 12.0, 4)
    assert json.loads(str(building["more"]))["assumed"] == {"height_m": "building:levels x 3 m"}
    (park,) = rows_of(zone, "park")
    assert (park["name"], park["name_en"], json.loads(str(park["more"]))) == (
        "一园", "Park One", {"leisure": "park", "note": "kept"},
    )  # fmt: skip


def test_the_source_carries_licence_and_attribution(zone: Zone) -> None:
    import_file(zone, EXTRACT, actor=ACTOR)
    ((_, source),) = zone.store.sources()
    assert (source.name, source.file, source.licence) == ("OpenStreetMap", "gate_park.osm", "ODbL-1.0")
    assert source.attribution == "© OpenStreetMap contributors"
    assert not source.synthetic
    assert source.obtained_on == date(2024, 5, 6)  # node 6 was edited last


def test_the_same_file_again_writes_nothing(zone: Zone) -> None:
    import_file(zone, EXTRACT, actor=ACTOR)
    before, change = everything(zone), zone.store.last_change
    report = import_file(zone, EXTRACT, actor=ACTOR)
    assert report.change is None
    assert report.total().stored == 0
    assert zone.store.last_change == change
    assert everything(zone) == before
    assert_everything_counted(report)


def test_a_newer_delivery_revises_what_changed_and_leaves_the_rest(zone: Zone, tmp_path: Path) -> None:
    first = [feature(square(121, 31), key="a", name="old"), feature(square(121.01, 31), key="b", name="same")]
    import_file(zone, write_collection(tmp_path / "b.geojson", first), kind="building", actor=ACTOR)
    second = [feature(square(121, 31), key="a", name="new"), feature(square(121.02, 31), key="c")]
    report = import_file(zone, write_collection(tmp_path / "b.geojson", second), kind="building", actor=ACTOR)
    counts = report.kinds["building"]
    assert (counts.added, counts.revised, counts.unchanged) == (1, 1, 0)
    assert {row["key"]: row["name"] for row in rows_of(zone, "building")} == {
        "a": "new",
        "b": "same",
        "c": None,
    }
    fid = next(row["fid"] for row in rows_of(zone, "building") if row["key"] == "a")
    assert [row["name"] for row in zone.store.history("building", int(str(fid)), STAFF)] == ["new", "old"]


def test_a_file_of_another_name_is_another_source_unless_it_says_otherwise(
    zone: Zone, tmp_path: Path
) -> None:
    items = [feature(square(121, 31), key="a")]
    import_file(zone, write_collection(tmp_path / "2024.geojson", items), kind="building", actor=ACTOR)
    path = write_collection(tmp_path / "2025.geojson", items)
    assert import_file(zone, path, kind="building", source="2024", actor=ACTOR).total().unchanged == 1
    assert import_file(zone, path, kind="building", actor=ACTOR).total().added == 1


def test_the_first_import_sets_a_provisional_area_and_later_ones_do_not_move_it(
    zone: Zone, tmp_path: Path
) -> None:
    report = import_file(zone, EXTRACT, actor=ACTOR)
    assert report.provisional_area
    (area,) = rows_of(zone, "area")
    assert (area["code"], area["level"], area["name"]) == ("zone", "zone", "empty")
    assert json.loads(str(area["more"])) == {"provisional": True}
    later = write_collection(tmp_path / "b.geojson", [feature(square(121.2, 31.2), key="a")])
    assert not import_file(zone, later, kind="building", actor=ACTOR).provisional_area
    assert rows_of(zone, "area") == [area]


def test_a_stray_object_neither_widens_the_area_nor_is_kept(zone: Zone, tmp_path: Path) -> None:
    items = [feature(square(121 + n / 1000, 31), key=str(n)) for n in range(30)]
    stray = feature(square(120.0, 31), key="stray")  # 95 km to the west
    path = write_collection(tmp_path / "b.geojson", [*items, stray])
    report = import_file(zone, path, kind="building", actor=ACTOR)
    assert report.kinds["building"].quarantined == 1
    assert report.kinds["building"].added == 30
    assert [(fault.code, fault.item) for fault in report.faults] == [("far", "feature 31, line 32")]
    shape = shapely.from_wkb(rows_of(zone, "area")[0]["geom"])  # type: ignore[call-overload]
    west, _, east, _ = shape.bounds
    assert west == pytest.approx(121, abs=2e-4)
    assert east == pytest.approx(121.0294, abs=2e-4)


def test_a_surveyed_boundary_takes_the_place_of_the_provisional_one(zone: Zone, tmp_path: Path) -> None:
    import_file(zone, EXTRACT, actor=ACTOR)
    path = write_collection(
        tmp_path / "area.geojson", [feature(square(121, 31.3, 0.01), code="zone", level="zone")]
    )
    assert import_file(zone, path, actor=ACTOR).kinds["area"].revised == 1
    (area,) = rows_of(zone, "area")
    assert area["more"] is None
    assert area["name"] is None
    assert import_file(zone, path, actor=ACTOR).change is None


@pytest.mark.parametrize("first_import", [True, False])
def test_swapped_axes_are_refused_with_a_hint(zone: Zone, tmp_path: Path, first_import: bool) -> None:
    if not first_import:
        import_file(zone, EXTRACT, actor=ACTOR)
    items = [feature({"type": "Point", "coordinates": [31.3, 121.0]}, category="library") for _ in range(3)]
    before = zone.store.last_change
    with pytest.raises(InvalidInput, match="With x and y swapped they would lie in it"):
        import_file(zone, write_collection(tmp_path / "f.geojson", items), kind="facility", actor=ACTOR)
    assert zone.store.last_change == before
    assert not list((zone.folder / "imports").glob(".*"))


def test_metres_taken_for_degrees_are_refused_with_a_hint(zone: Zone, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("lon,lat,name\n597038,3472446,a\n")
    with pytest.raises(InvalidInput, match="These are no degrees"):
        import_file(zone, path, kind="facility", actor=ACTOR)
    report = import_file(zone, path, kind="facility", crs="EPSG:4549", actor=ACTOR)
    assert report.total().added == 1


def test_label_points_are_quarantined_and_pieces_of_one_building_united(zone: Zone, tmp_path: Path) -> None:
    items = [
        feature(square(121, 31), id=1, height=9.0),
        feature(square(121.0004, 31), id=1),
        feature({"type": "Point", "coordinates": [121, 31]}, id=1, name="label"),
    ]
    report = import_file(zone, write_collection(tmp_path / "t.geojson", items), kind="building", actor=ACTOR)
    counts = report.kinds["building"]
    assert (counts.added, counts.merged, counts.quarantined) == (1, 1, 1)
    (building,) = rows_of(zone, "building")
    assert (building["key"], building["height_m"], building["name"]) == ("1", 9.0, None)


def test_bad_objects_are_located_and_the_rest_is_kept(zone: Zone, tmp_path: Path) -> None:
    bow_tie = {
        "type": "Polygon",
        "coordinates": [[[121, 31], [121.1, 31.1], [121.1, 31], [121, 31.1], [121, 31]]],
    }
    items = [
        feature(square(121, 31), key="good", use="住宅", height="tall"),
        feature(bow_tie, key="tie"),
        feature({"type": "Point", "coordinates": [float("nan"), 31]}, key="nan"),
        feature(None, key="unplaced"),
    ]
    report = import_file(zone, write_collection(tmp_path / "b.geojson", items), kind="building", actor=ACTOR)
    assert_everything_counted(report)
    assert {row["key"]: (row["use"], row["geom"] is None) for row in rows_of(zone, "building")} == {
        "good": ("residential", False),
        "unplaced": (None, True),
    }
    errors = {str(error["code"]): error for error in report.as_json()["errors"]}  # type: ignore[attr-defined]
    assert sorted(errors) == ["bad-value", "not-a-number", "self-intersection"]
    assert errors["self-intersection"]["coordinates"] == [121, 31]
    assert errors["self-intersection"]["object"] == "feature 2, line 3"
    assert errors["not-a-number"]["coordinates"] is None
    assert all(error["what"]["zh"] and error["what"]["en"] for error in errors.values())


def test_the_report_is_kept_beside_the_record_with_the_faults_as_a_map(zone: Zone, tmp_path: Path) -> None:
    label = feature({"type": "Point", "coordinates": [121, 31]}, key="label")
    path = write_collection(tmp_path / "b.geojson", [feature(square(121, 31), key="a"), label])
    report = import_file(zone, path, kind="building", actor=ACTOR)
    assert report.change is not None
    kept = read_report(zone, report.change)
    assert kept is not None
    assert kept["read"] == 2
    (point,) = kept["map"]["features"]  # type: ignore[index]
    assert point["geometry"]["coordinates"] == [121, 31]
    assert point["properties"]["code"] == "wrong-shape"


def test_what_the_objects_are_must_be_said_where_nothing_tells(zone: Zone, tmp_path: Path) -> None:
    path = write_collection(tmp_path / "things.geojson", [feature(square(121, 31))])
    with pytest.raises(InvalidInput, match="does not say what its objects are"):
        import_file(zone, path, actor=ACTOR)
    with pytest.raises(NotFound, match="The zone has no kind 'castle'"):
        import_file(zone, path, kind="castle", actor=ACTOR)
    with pytest.raises(InvalidInput, match="makes no population_cell"):
        import_file(zone, EXTRACT, kind="population_cell", actor=ACTOR)
    named = write_collection(tmp_path / "building.geojson", [feature(square(121, 31))])
    assert import_file(zone, named, actor=ACTOR).kinds["building"].added == 1


def test_only_the_kind_asked_for_is_taken_from_an_extract(zone: Zone) -> None:
    assert set(import_file(zone, EXTRACT, kind="building", actor=ACTOR).kinds) == {"building"}
    report = import_file(zone, EXTRACT, kind="park_gate", actor=ACTOR)
    assert report.total().added == 0  # there is no park yet whose gate it could be
    import_file(zone, EXTRACT, kind="park", actor=ACTOR)
    assert import_file(zone, EXTRACT, kind="park_gate", actor=ACTOR).total().added == 1


def test_a_mapping_file_of_ones_own_is_used(zone: Zone, tmp_path: Path) -> None:
    mapping = tmp_path / "ours.yaml"
    mapping.write_text(
        "mapping: ours\nformats: [geojson]\nkey: [no]\nsource: {name: cadastre, licence: CC-BY-4.0}\nrules:\n"
        "  - {kind: parcel, where: {sort: plot}, properties: {code: number}}\n",
        encoding="utf-8",
    )
    items = [
        feature(square(121, 31), no=5, sort="plot", number="P1"),
        feature(square(121, 31), no=6, sort="x"),
    ]
    path = write_collection(tmp_path / "p.geojson", items)
    report = import_file(zone, path, mapping=mapping, actor=ACTOR)
    assert (report.source, report.not_mapped, report.kinds["parcel"].added) == ("cadastre", 1, 1)
    (parcel,) = rows_of(zone, "parcel")
    assert (parcel["key"], parcel["code"]) == ("5", "P1")


def test_a_table_without_places_fills_a_kind_without_places(zone: Zone, tmp_path: Path) -> None:
    path = tmp_path / "organisation.csv"
    path.write_text("代码,单位名称\n01,城管局\n", encoding="gb18030")
    assert import_file(zone, path, actor=ACTOR).total().added == 1
    (row,) = rows_of(zone, "organisation")
    assert (row["code"], row["name"]) == ("01", "城管局")
    assert not rows_of(zone, "area")  # nothing with a place: no area to be had


def test_validity_of_a_delivery_is_kept(zone: Zone, tmp_path: Path) -> None:
    def deliver(day: str, name: str) -> ImportReport:
        items = [feature(square(121, 31), key="a", name=name, valid_from=day)]
        return import_file(zone, write_collection(tmp_path / "park.geojson", items), actor=ACTOR)

    deliver("2023-01-01", "old")
    assert deliver("2023-01-01", "old").change is None
    assert deliver("2024-06-01", "new").total().revised == 1
    (park,) = rows_of(zone, "park")
    assert str(park["valid_from"]) == "2024-06-01"
    fid = int(str(park["fid"]))
    assert [row["valid_to"] for row in zone.store.history("park", fid, STAFF)] == [None, "2024-06-01"]


def test_progress_is_told(zone: Zone) -> None:
    heard: list[tuple[int, int | None, Text]] = []
    import_file(zone, EXTRACT, actor=ACTOR, progress=lambda *what: heard.append(what))
    assert heard[0][2].en == "Reading gate_park.osm"
    assert heard[-1][2].en == "Writing gate_park.osm"
    assert heard[-1][0] == heard[-1][1]


def test_an_unknown_datum_is_refused(zone: Zone) -> None:
    with pytest.raises(InvalidInput, match="The datum 'nad27' is unknown"):
        import_file(zone, EXTRACT, datum="nad27", actor=ACTOR)


corners = st.tuples(st.integers(0, 40), st.integers(0, 40))
outlines = st.one_of(
    st.none(),
    st.builds(lambda at: square(121 + at[0] / 1000, 31 + at[1] / 1000), corners),
    st.builds(lambda at: {"type": "Point", "coordinates": [121 + at[0] / 1000, 31.0]}, corners),
    st.builds(
        lambda ring: {
            "type": "Polygon",
            "coordinates": [[[121 + x / 1e4, 31 + y / 1e4] for x, y in [*ring, ring[0]]]],
        },
        st.lists(corners, min_size=3, max_size=6),
    ),
)
anything = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 5), st.text(max_size=4), st.floats(allow_nan=False)
)
properties = st.dictionaries(st.sampled_from(["id", "name", "use", "height", "storeys", "x"]), anything)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(outlines, properties), min_size=1, max_size=12))
@example([(None, {"id": "\x00", "name": "a\x00b"})])  # NUL ended the record's texts
def test_whatever_is_imported_is_all_counted_and_the_second_time_nothing_changes(
    tmp_path_factory: pytest.TempPathFactory, items: list[tuple[object, dict[str, object]]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    features = [feature(shape, **attributes) for shape, attributes in items]
    path = write_collection(folder / "building.geojson", features)
    with empty_zone(folder / "zone", packs=("base", "buildings")) as zone:
        first = import_file(zone, path, actor=ACTOR)
        assert first.read == len(items)
        assert_everything_counted(first)
        record: dict[str, pa.Table] = everything(zone)
        assert (
            sum(table.num_rows for kind, table in record.items() if kind == "building") == first.total().added
        )
        second = import_file(zone, path, actor=ACTOR)
        assert second.change is None
        assert everything(zone) == record
        assert second.total().unchanged == first.total().added
