import pyarrow as pa
import shapely

from zonetwin.io.edges import drafts_on_edge
from zonetwin.io.mapping import Edge

EDGE = Edge("park", "park", 1.0)


def table(**shapes: str) -> pa.Table:
    return pa.table(
        {
            "key": list(shapes),
            "geom": pa.array(
                [shapely.to_wkb(shapely.from_wkt(text)) for text in shapes.values()], pa.binary()
            ),
            "park": pa.nulls(len(shapes), pa.string()),
        }
    )


PARKS = table(
    b="MULTIPOLYGON (((121 31, 121.001 31, 121.001 31.001, 121 31.001, 121 31)))",
    a="MULTIPOLYGON (((121.001 31, 121.002 31, 121.002 31.001, 121.001 31.001, 121.001 31)))",
)


def test_only_points_on_an_outline_are_gates_and_they_know_their_park() -> None:
    gates = table(
        on="POINT (121 31.0005)",
        inside="POINT (121.0005 31.0005)",
        near="POINT (120.999991 31.0005)",  # 9e-6 degrees of longitude at 31 N are 0.86 m
        off="POINT (120.99998 31.0005)",  # 2e-5 degrees are 1.9 m
        shared="POINT (121.001 31.0005)",
    )
    result = drafts_on_edge(gates, EDGE, PARKS)
    assert dict(zip(result.drafts["key"].to_pylist(), result.drafts["park"].to_pylist(), strict=True)) == {
        "on": "b",
        "near": "b",
        "shared": "a",
    }
    assert result.others["key"].to_pylist() == ["inside", "off"]


def test_without_outlines_nothing_is_a_gate() -> None:
    result = drafts_on_edge(table(on="POINT (121 31.0005)"), EDGE, None)
    assert result.drafts.num_rows == 0
    assert result.others.num_rows == 1
