from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.space import LONLAT
from zonetwin.core.text import Text
from zonetwin.io import fault as faults
from zonetwin.io.drafting import ALONE, Drafted, draft_batch
from zonetwin.io.fault import Fault, Faults
from zonetwin.io.mapping import Choice, Condition, ObjectMapping, Rule
from zonetwin.io.model import Batch, Geometries

T = Text("它", "It")
KINDS = {
    "building": Kind("building", T, Geometry.POLYGON, (Property("name", Type.TEXT, T),)),
    "facility": Kind("facility", T, Geometry.ANY, (Property("name", Type.TEXT, T),)),
    "street": Kind("street", T, Geometry.LINE, ()),
}
NAME = {"name": (Choice(("name",)),)}
MAPPING = ObjectMapping(
    "m",
    (),
    (
        Rule(
            "building", ((Condition("building", frozenset({"*"})),),), frozenset({"polygon"}), properties=NAME
        ),
        Rule("facility", ((Condition("amenity", frozenset({"*"})),),), frozenset({"point", "polygon"})),
        Rule("facility", ((Condition("shop", frozenset({"*"})),),), frozenset({"point", "polygon"})),
        Rule("street", ((Condition("highway", frozenset({"*"})),),), frozenset({"line"})),
    ),
)
RING = "LINESTRING (0 0, 1 0, 1 1, 0 0)"


def draft(
    objects: Sequence[tuple[str | None, Mapping[str, Any]]],
    *,
    mapping: ObjectMapping = MAPPING,
    broken: Mapping[int, Fault] | None = None,
    keys: Sequence[str] | None = None,
) -> tuple[Drafted, Faults]:
    shapes: Geometries = np.empty(len(objects), dtype=np.object_)
    shapes[:] = [None if text is None else shapely.from_wkt(text) for text, _ in objects]
    count = len(objects)
    batch = Batch(
        layer="l",
        attributes=[attributes for _, attributes in objects],
        keys=keys or [""] * count,
        names=[f"object {number}" for number in range(count)],
        geometry=shapes,
        crs=LONLAT,
        faults=broken or {},
        read=count,
    )
    found = Faults()
    return draft_batch(batch, shapes, mapping, KINDS, found), found


def test_one_object_may_be_a_building_and_a_facility_but_one_of_each() -> None:
    drafted, _ = draft([(RING, {"building": "yes", "amenity": "school", "shop": "yes", "name": "一"})])
    assert dict(drafted.fitted) == {"building": 1, "facility": 1}
    assert drafted.tables["building"][ALONE].to_pylist() == [False]
    facility = shapely.from_wkb(drafted.tables["facility"]["geom"][0].as_py())
    assert facility.geom_type == "MultiPolygon"  # the closed way is filled


def test_a_shape_no_rule_takes_is_passed_over() -> None:
    drafted, found = draft(
        [("POINT (0 0)", {"building": "yes"}), (None, {"amenity": "x"}), (RING, {"a": "b"})]
    )
    assert drafted.passed == 3
    assert not drafted.fitted
    assert not found.kept


def test_an_outline_cut_at_the_edge_of_the_file_is_quarantined_and_a_street_is_kept() -> None:
    cut = {0: faults.clipped(), 1: faults.clipped()}
    drafted, found = draft(
        [("LINESTRING (0 0, 1 1)", {"building": "yes"}), ("LINESTRING (0 0, 1 1)", {"highway": "path"})],
        broken=cut,
    )
    assert drafted.quarantined["building"] == 1
    assert drafted.tables["street"].num_rows == 1
    assert found.counts == {"clipped": 1, "incomplete-outline": 1}


def test_an_object_that_cannot_be_read_is_counted_and_located() -> None:
    fault = Fault("unreadable", "quarantined", T, T, x=5.0, y=6.0)
    drafted, found = draft([(None, {})], broken={0: fault})
    assert drafted.unreadable == 1
    assert [(item.item, item.x, item.y) for item in found.kept] == [("object 0", 5.0, 6.0)]


def test_the_key_is_the_mappings_then_key_then_the_formats_then_id_then_a_hash() -> None:
    everything = {"code": "c", "key": "k", "id": 7.0, "building": "yes"}
    mapping = ObjectMapping("m", (), MAPPING.rules, key=("code",))

    def key(attributes: Mapping[str, Any], own: str = "", used: ObjectMapping = MAPPING) -> str:
        drafted, _ = draft([(RING, attributes)], keys=[own], mapping=used)
        return str(drafted.tables["building"]["key"][0].as_py())

    assert key(everything, "own", mapping) == "c"
    assert key(everything, "own") == "k"
    assert key({"id": 7.0, "building": "yes"}, "own") == "own"
    assert key({"id": 7.0, "building": "yes"}) == "7"
    hashed = key({"building": "yes"})
    assert hashed.startswith("hash/")
    assert hashed == key({"building": "yes"}) != key({"building": "no"})


wkts = st.sampled_from([RING, "POINT (1 1)", "POINT (NaN 1)", "LINESTRING (0 0, 2 2)", None, "POLYGON EMPTY",
    "POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))", "LINESTRING (1 1, 1 1)"])  # fmt: skip
tags = st.dictionaries(
    st.sampled_from(["building", "amenity", "shop", "highway", "name"]), st.text(max_size=3)
)
breaks = st.sampled_from([None, faults.clipped(), faults.incomplete_outline(), faults.unreadable("x")])


@given(st.lists(st.tuples(wkts, tags, breaks), max_size=12))
def test_no_object_is_ever_lost(items: list[tuple[str | None, dict[str, str], Fault | None]]) -> None:
    broken = {row: fault for row, (_, _, fault) in enumerate(items) if fault is not None}
    drafted, _ = draft([(text, attributes) for text, attributes, _ in items], broken=broken)
    for kind, fitted in drafted.fitted.items():
        rows = drafted.tables[kind].num_rows if kind in drafted.tables else 0
        assert fitted == rows + drafted.quarantined[kind]
    assert len(items) - drafted.passed - drafted.unreadable <= sum(drafted.fitted.values())
    assert sum(drafted.fitted.values()) <= 3 * (len(items) - drafted.passed - drafted.unreadable)
