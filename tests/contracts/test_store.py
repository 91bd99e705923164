"""What every store promises, and what all SQL of the domains keeps to."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
import shapely
from tests.store.samples import (
    CLERK,
    START,
    STORES,
    buildings,
    open_sort,
    put,
    scattered,
    square,
    squares,
)

from zonetwin.core.actor import PUBLIC, STAFF, Actor
from zonetwin.core.errors import Conflict, InvalidInput, NotFound
from zonetwin.core.source import Source
from zonetwin.core.space import Box
from zonetwin.store.model import Selection, Store


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = open_sort(request.param, tmp_path)
    yield opened
    opened.close()


# --- reading what was written


def test_a_read_gives_the_columns_in_the_documented_order(store: Store) -> None:
    put(store, "building", buildings(squares(1), name=["hall"]))
    table = store.read("building", STAFF)
    head = ["fid", "key", "source", "geom", "valid_from", "recorded_at", "change"]
    tail = ["name", "height_m", "storeys", "listed", "built_on", "surveyed_at", "more"]
    assert table.schema.names == head + tail
    types = {str(table.schema.field(name).type) for name in ("valid_from", "built_on")}
    assert types == {"date32[day]"}
    assert str(table.schema.field("recorded_at").type) == "timestamp[us, tz=UTC]"


def test_what_is_added_is_read_back(store: Store) -> None:
    instant = datetime(2025, 5, 1, 6, 0, 0, 250_000, tzinfo=UTC)
    features = pa.table(
        {
            "geom": pa.array([square(121.0, 31.3), None], pa.binary()),
            "key": ["way/1", "way/2"],
            "name": ["厅", None],
            "height_m": [12.5, None],
            "storeys": [4, None],
            "listed": [True, None],
            "built_on": pa.array([date(1999, 12, 31), None]),
            "surveyed_at": pa.array([instant, None], pa.timestamp("us", tz="UTC")),
            "more": ['{"roof": "flat"}', None],
        }
    )
    assert put(store, "building", features) == [1, 2]
    first, second = store.read("building", STAFF).to_pylist()
    assert {
        name: first[name] for name in ("key", "name", "height_m", "storeys", "listed", "built_on", "more")
    } == {
        "key": "way/1",
        "name": "厅",
        "height_m": 12.5,
        "storeys": 4,
        "listed": True,
        "built_on": date(1999, 12, 31),
        "more": '{"roof": "flat"}',
    }
    assert first["surveyed_at"] == instant
    assert shapely.from_wkb(first["geom"]).equals_exact(
        shapely.MultiPolygon([shapely.box(121.0, 31.3, 121.001, 31.301)]), 1e-12
    )
    assert (first["recorded_at"], first["change"], first["source"]) == (START, 1, 1)
    assert {second[name] for name in ("geom", "name", "height_m", "storeys", "listed", "built_on")} == {None}


def test_kinds_without_geometry_have_a_null_place(store: Store) -> None:
    put(store, "firm", pa.table({"name": ["甲"]}))
    assert store.read("firm", STAFF)["geom"].to_pylist() == [None]
    assert store.extent("firm", STAFF) is None
    assert store.count("firm", STAFF, Selection(box=Box(-180, -90, 180, 90))) == 0


def test_a_feature_holds_from_its_own_day_or_from_the_given_one(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.add("building", buildings(squares(1), valid_from=[date(2020, 1, 1)]), source=1)
        writer.add("building", buildings(squares(1)), source=1, valid_from=date(2021, 1, 1))
        writer.add("building", buildings(squares(1)), source=1)
    held = store.read("building", STAFF)["valid_from"].to_pylist()
    assert held == [date(2020, 1, 1), date(2021, 1, 1), None]


def test_fids_are_never_used_again(store: Store) -> None:
    first = put(store, "building", buildings(squares(2)))
    with store.begin(actor=CLERK, tool="test") as writer:
        for fid in first:
            writer.end("building", fid, valid_to=date(2024, 1, 1))
    assert put(store, "building", buildings(squares(1))) == [3]


def test_a_box_selects_by_bounding_box_edges_included(store: Store) -> None:
    put(store, "building", buildings(squares(5)))  # 121.000-121.001, 121.002-121.003 … 121.008-121.009
    found = store.read("building", STAFF, Selection(box=Box(121.003, 31.0, 121.004, 32.0)))
    assert found["fid"].to_pylist() == [2, 3]
    assert store.count("building", STAFF, Selection(box=Box(121.0031, 31.0, 121.0039, 32.0))) == 0


def test_selected_columns_come_in_the_tables_order_with_the_fid(store: Store) -> None:
    put(store, "building", buildings(squares(1), name=["hall"], storeys=[2]))
    table = store.read("building", STAFF, Selection(columns=["storeys", "name"]))
    assert table.schema.names == ["fid", "name", "storeys"]


def test_exact_values_select_and_none_means_null(store: Store) -> None:
    put(store, "building", buildings(squares(3), name=["a", "b", None], listed=[True, False, None]))
    assert store.read("building", STAFF, Selection(equals={"name": "b"}))["fid"].to_pylist() == [2]
    assert store.read("building", STAFF, Selection(equals={"listed": True}))["fid"].to_pylist() == [1]
    assert store.read("building", STAFF, Selection(equals={"name": None}))["fid"].to_pylist() == [3]
    assert store.count("building", STAFF, Selection(equals={"name": "b", "listed": True})) == 0


def test_fids_select_and_unknown_ones_are_left_out(store: Store) -> None:
    put(store, "building", buildings(squares(3)))
    assert store.read("building", STAFF, Selection(fids=[3, 1, 99]))["fid"].to_pylist() == [1, 3]
    assert store.count("building", STAFF, Selection(fids=[])) == 0


def test_a_column_that_the_kind_lacks_is_refused(store: Store) -> None:
    for selection in (
        Selection(columns=["colour"]),
        Selection(equals={"colour": "red"}),
        Selection(equals={"geom": b""}),
    ):
        with pytest.raises(InvalidInput, match="has no columns"):
            store.read("building", STAFF, selection)


@pytest.mark.parametrize("box", [None, Box(120.9, 31.2, 121.2, 31.5), Box(121.0, 31.3, 121.1, 31.4)])
def test_pages_join_to_the_whole(store: Store, box: Box | None) -> None:
    put(store, "building", buildings(scattered(3000)))
    whole = store.read("building", STAFF, Selection(box=box, columns=["fid"]))["fid"].to_pylist()
    pages: list[int] = []
    while True:
        after = pages[-1] if pages else 0
        page = store.read("building", STAFF, Selection(box=box, after=after, limit=70, columns=["fid"]))
        pages += [int(fid) for fid in page["fid"].to_numpy()]
        if page.num_rows < 70:
            break
    assert pages == whole
    assert len(whole) == store.count("building", STAFF, Selection(box=box, limit=5))


def test_the_extent_is_exact(store: Store) -> None:
    assert store.extent("building", STAFF) is None
    shapes = scattered(2000)
    put(store, "building", buildings(shapes))
    extent = store.extent("building", STAFF)
    assert extent is not None
    assert extent.as_tuple() == tuple(shapely.total_bounds(shapely.from_wkb(shapes)))


# --- identity, sources and keys


def test_a_source_is_recorded_once_by_name_and_file(store: Store) -> None:
    delivery = Source("survey", "a.gpkg", "CC-BY-4.0", "© survey", date(2025, 1, 1), synthetic=True, note="n")
    with store.begin(actor=CLERK, tool="test") as writer:
        first = writer.add_source(delivery)
        again = writer.add_source(Source("survey", "a.gpkg"))
        other = writer.add_source(Source("survey", "b.gpkg"))
    assert first == again != other
    assert store.sources() == [(first, delivery), (other, Source("survey", "b.gpkg"))]


def test_keys_are_found_across_the_deliveries_of_a_source(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        one, two = writer.add_source(Source("osm", "1")), writer.add_source(Source("osm", "2"))
        other = writer.add_source(Source("cadastre"))
        writer.add("building", buildings(squares(1), key=["way/1"]), source=one)
        writer.add("building", buildings(squares(1), key=["way/2"]), source=two)
        writer.add("building", buildings(squares(1), key=["way/1"]), source=other)
    assert store.fids_of_keys("building", "osm", ["way/1", "way/2", "way/3"]) == {"way/1": 1, "way/2": 2}
    assert store.fids_of_keys("building", "cadastre", ["way/1"]) == {"way/1": 3}


# --- the ledger


def test_a_change_says_who_when_how_and_what(store: Store) -> None:
    with store.begin(actor=Actor("li", "planning"), tool="import", note="first delivery") as writer:
        writer.add("building", buildings(squares(2)), source=1)
        writer.add("firm", pa.table({"name": ["甲"]}), source=1)
        writer.touch("note_row", 4)
        assert writer.change == 1
    (change,) = store.changes()
    assert (change.id, change.at, change.actor) == (1, START, Actor("li", "planning"))
    assert (change.tool, change.note) == ("import", "first delivery")
    assert change.counts == {"building": 2, "firm": 1, "note_row": 4}
    assert change.box is not None
    assert change.box.as_tuple() == pytest.approx((121.0, 31.3, 121.003, 31.301))


def test_the_box_of_a_change_holds_places_before_and_after(store: Store) -> None:
    (fid,) = put(store, "building", buildings([square(121.0, 31.3)]))
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.revise("building", fid, {"geom": square(121.5, 31.5)})
    box = store.changes()[0].box
    assert box is not None
    assert box.as_tuple() == pytest.approx((121.0, 31.3, 121.501, 31.501))


def test_each_table_knows_the_change_that_touched_it_last(store: Store) -> None:
    put(store, "building", buildings(squares(1)))
    put(store, "street", buildings([shapely.to_wkb(shapely.LineString([(121, 31), (121.1, 31)]))]))
    assert store.last_change == 2
    assert (store.kind_change("building"), store.kind_change("street"), store.kind_change("gate")) == (
        1,
        2,
        0,
    )


def test_changes_are_listed_by_page_and_since(store: Store) -> None:
    for _ in range(5):
        put(store, "building", buildings(squares(1)))
    assert [change.id for change in store.changes(limit=2)] == [5, 4]
    assert [change.id for change in store.changes(before=4, limit=2)] == [3, 2]
    assert [change.id for change in store.changes_since(3)] == [4, 5]
    assert store.changes_since(5) == []


def test_a_change_that_writes_nothing_leaves_no_trace(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test"):
        pass
    assert (store.last_change, store.changes()) == (0, [])


def test_a_note_of_something_written_elsewhere_is_a_change(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.touch("media")
    assert (store.changes()[0].counts, store.kind_change("media")) == ({"media": 1}, 1)


def test_an_error_undoes_the_whole_change(store: Store) -> None:
    put(store, "building", buildings(squares(1), name=["kept"]))
    before = store.read("building", STAFF)
    with pytest.raises(ZeroDivisionError):
        _write_and_fail(store)
    assert store.read("building", STAFF).equals(before)
    assert len(store.history("building", 1, STAFF)) == 1
    assert (store.last_change, store.sources(), store.select("select * from note_row")) == (1, [], [])
    assert store.count("building", STAFF, Selection(box=Box(120, 31, 122, 32))) == 1


def _write_and_fail(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.add("building", buildings(scattered(1500)), source=writer.add_source(Source("lost")))
        writer.revise("building", 1, {"name": "lost"})
        writer.end("building", 1, valid_to=date(2024, 1, 1))
        writer.execute("insert into note_row (title, done) values ('lost', false)")
        raise ZeroDivisionError


def test_a_refused_batch_leaves_nothing_while_the_change_goes_on(store: Store) -> None:
    point = shapely.to_wkb(shapely.Point(121, 31))
    with store.begin(actor=CLERK, tool="test") as writer:
        with pytest.raises(InvalidInput, match="Row 1500 is a Point"):
            writer.add("building", buildings([*scattered(1500), point]), source=1)
        writer.add("building", buildings(squares(1)), source=1)
    assert store.read("building", STAFF)["fid"].to_pylist() == [1]
    assert store.changes()[0].counts == {"building": 1}


def test_a_change_that_is_over_cannot_be_written(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        pass
    with pytest.raises(InvalidInput, match="This Change is over"):
        writer.add("building", buildings(squares(1)), source=1)


def test_a_thread_has_one_change_open_at_a_time(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test"), pytest.raises(Conflict, match="already open"):
        put(store, "building", buildings(squares(1)))
    put(store, "building", buildings(squares(1)))


def test_a_change_reads_what_it_has_written_and_its_number_is_not_out_yet(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.add("building", buildings(squares(1)), source=1)
        assert store.count("building", STAFF, Selection(box=Box(121.0, 31.0, 121.001, 32.0))) == 1
        assert store.last_change == 0


def test_a_snapshot_does_not_see_later_changes(store: Store) -> None:
    put(store, "building", buildings(squares(1)))
    with store.snapshot() as then:
        put(store, "building", buildings(squares(2)))
        assert (then.count("building", STAFF), store.count("building", STAFF)) == (1, 3)
        assert (then.last_change, store.last_change) == (1, 2)
        with pytest.raises(Conflict, match="cannot be written"):
            then.begin(actor=CLERK, tool="test")


# --- who may look


def test_kinds_with_persons_are_not_there_for_the_public(store: Store) -> None:
    put(store, "resident", buildings([shapely.to_wkb(shapely.Point(121, 31.3))], persons=[3]))
    looks: Iterable[Callable[[], object]] = (
        lambda: store.read("resident", PUBLIC),
        lambda: store.count("resident", PUBLIC),
        lambda: store.extent("resident", PUBLIC),
        lambda: store.history("resident", 1, PUBLIC),
    )
    for look in looks:
        with pytest.raises(NotFound, match="There is no kind 'resident'") as caught:
            look()
        assert "resident" not in caught.value.hint
    assert store.count("resident", STAFF) == 1


def test_an_unknown_kind_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="There is no kind 'castle'"):
        store.read("castle", STAFF)
    with store.begin(actor=CLERK, tool="test") as writer, pytest.raises(NotFound, match="castle"):
        writer.add("castle", buildings(squares(1)), source=1)
