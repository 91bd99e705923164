import pyarrow as pa
import shapely

from zonetwin.core.kind import Geometry
from zonetwin.io.drafting import ITEM
from zonetwin.io.fault import Faults
from zonetwin.io.merging import Merged, merge_drafts


def merged(geometry: Geometry, *rows: tuple[str, str | None, str | None]) -> tuple[Merged, Faults]:
    """Merge drafts given as key, WKT and one property."""
    found = Faults()
    drafts = pa.table(
        {
            "key": [key for key, _, _ in rows],
            ITEM: [f"row {number}" for number in range(len(rows))],
            "geom": pa.array(
                [None if text is None else shapely.to_wkb(shapely.from_wkt(text)) for _, text, _ in rows],
                pa.binary(),
            ),
            "title": pa.array([title for _, _, title in rows], pa.string()),
        }
    )
    return merge_drafts(drafts, kind="k", geometry=geometry, found=found), found


def test_pieces_cut_at_a_tile_edge_become_one_polygon() -> None:
    result, _ = merged(
        Geometry.POLYGON,
        ("a", "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 1, 0 0)))", None),
        ("b", "MULTIPOLYGON (((5 5, 6 5, 6 6, 5 5)))", "other"),
        ("a", "MULTIPOLYGON (((1 0, 2 0, 2 1, 1 1, 1 0)))", "late"),
    )
    assert result.merged == 1
    assert result.quarantined == 0
    assert result.drafts["key"].to_pylist() == ["a", "b"]
    assert result.drafts["title"].to_pylist() == ["late", "other"]
    shape = shapely.from_wkb(result.drafts["geom"][0].as_py())
    assert (shape.geom_type, shape.area, len(shape.geoms)) == ("MultiPolygon", 2.0, 1)


def test_pieces_of_a_line_are_joined_where_their_ends_meet() -> None:
    result, _ = merged(
        Geometry.LINE,
        ("a", "MULTILINESTRING ((0 0, 1 0))", None),
        ("a", "MULTILINESTRING ((1 0, 2 0))", None),
    )
    shape = shapely.from_wkb(result.drafts["geom"][0].as_py())
    assert shape.wkt == "MULTILINESTRING ((0 0, 1 0, 2 0))"


def test_a_second_point_elsewhere_is_quarantined_and_the_same_point_merged() -> None:
    result, found = merged(
        Geometry.POINT, ("a", "POINT (1 1)", "x"), ("a", "POINT (1 1)", None), ("a", "POINT (2 2)", None)
    )
    assert (result.merged, result.quarantined, result.drafts.num_rows) == (1, 1, 1)
    assert [(fault.code, fault.item, fault.x) for fault in found.kept] == [("same-key", "row 2", 2.0)]


def test_unplaced_pieces_take_the_place_of_the_placed_one() -> None:
    result, _ = merged(Geometry.POINT, ("a", None, None), ("a", "POINT (1 1)", None))
    assert shapely.from_wkb(result.drafts["geom"][0].as_py()).wkt == "POINT (1 1)"
    assert result.merged == 1


def test_unique_keys_are_left_alone() -> None:
    result, _ = merged(Geometry.POINT, ("a", "POINT (1 1)", None), ("b", None, None))
    assert result.merged == 0
    assert result.drafts.num_rows == 2
