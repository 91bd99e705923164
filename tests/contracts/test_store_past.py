"""What every store promises about the past: when a fact held, and when it was known."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.store.samples import CLERK, START, STORES, buildings, open_sort, put, square, squares

from zonetwin.core.actor import STAFF
from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.core.space import Box
from zonetwin.store.model import Selection, Store


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = open_sort(request.param, tmp_path)
    yield opened
    opened.close()


def _names(table: pa.Table) -> list[object]:
    return list(table["name"].to_pylist())


def test_a_revision_moves_the_former_version_to_the_past(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        (fid,) = writer.add(
            "building",
            buildings(squares(1), name=["old"], storeys=[2]),
            source=1,
            valid_from=date(2020, 1, 1),
        )
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.revise("building", fid, {"name": "new"}, valid_from=date(2024, 1, 1))
    new, old = store.history("building", fid, STAFF)
    assert (new["name"], new["storeys"], new["valid_from"], new["valid_to"], new["replaced_at"]) == (
        "new",
        2,
        "2024-01-01",
        None,
        None,
    )
    assert (old["name"], old["valid_from"], old["valid_to"]) == ("old", "2020-01-01", "2024-01-01")
    assert old["replaced_at"] == new["recorded_at"] == "2026-03-01T08:00:01.000Z"
    assert (old["change"], new["change"]) == (1, 2)


def test_an_ended_feature_is_gone_now_and_there_on_an_earlier_day(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        (fid,) = writer.add("building", buildings(squares(1)), source=1, valid_from=date(2020, 1, 1))
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.end("building", fid, valid_to=date(2024, 1, 1))
    days = {
        day: store.count("building", STAFF, Selection(at=day))
        for day in (date(2019, 12, 31), date(2023, 12, 31), date(2024, 1, 1))
    }
    assert list(days.values()) == [0, 1, 0]
    assert store.count("building", STAFF) == 0
    past = store.read("building", STAFF, Selection(at=date(2023, 1, 1)))
    assert past.schema.names[-2:] == ["valid_to", "replaced_at"]
    assert past["valid_to"].to_pylist() == [date(2024, 1, 1)]


def test_a_correction_is_seen_on_all_days_but_not_before_it_was_known(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        (fid,) = writer.add(
            "building", buildings(squares(1), name=["wrong"]), source=1, valid_from=date(2020, 1, 1)
        )
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.revise("building", fid, {"name": "right"})
    day = date(2021, 1, 1)
    assert _names(store.read("building", STAFF, Selection(at=day))) == ["right"]
    assert _names(store.read("building", STAFF, Selection(at=day, known=START))) == ["wrong"]
    assert _names(store.read("building", STAFF, Selection(known=START - timedelta(seconds=1)))) == []


def test_a_moved_feature_is_found_where_it_was_then(store: Store) -> None:
    here, there = Box(121.0, 31.3, 121.1, 31.4), Box(121.5, 31.3, 121.6, 31.4)
    with store.begin(actor=CLERK, tool="test") as writer:
        (fid,) = writer.add(
            "building", buildings([square(121.05, 31.35)]), source=1, valid_from=date(2020, 1, 1)
        )
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.revise("building", fid, {"geom": square(121.55, 31.35)}, valid_from=date(2024, 1, 1))
    then, later = date(2022, 1, 1), date(2025, 1, 1)
    found = [
        store.count("building", STAFF, Selection(box=box, at=day))
        for day in (then, later)
        for box in (here, there)
    ]
    assert found == [1, 0, 0, 1]


def test_a_span_of_days_gives_each_feature_as_it_was_last_in_it(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        names = ["revised", "ended", "later"]
        begun = [date(2020, 1, 1), date(2020, 1, 1), date(2024, 1, 1)]
        fids = writer.add("building", buildings(squares(3), name=names, valid_from=begun), source=1)
        writer.revise("building", fids[0], {"name": "new"}, valid_from=date(2022, 1, 1))
        writer.end("building", fids[1], valid_to=date(2021, 6, 1))
    span = Selection(since=date(2021, 1, 1), at=date(2022, 12, 31))
    assert _names(store.read("building", STAFF, span)) == ["new", "ended"]
    assert _names(store.read("building", STAFF, Selection(at=date(2022, 12, 31)))) == ["new"]
    after_the_end = Selection(since=date(2021, 6, 1), at=date(2022, 12, 31))
    assert _names(store.read("building", STAFF, after_the_end)) == ["new"]


def test_past_reads_take_pages_boxes_and_values(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        fids = writer.add(
            "building", buildings(squares(6), storeys=[1, 2] * 3), source=1, valid_from=date(2020, 1, 1)
        )
        for fid in fids[::2]:
            writer.end("building", fid, valid_to=date(2024, 1, 1))
    then = date(2022, 1, 1)
    page = Selection(at=then, after=2, limit=2, box=Box(121.0, 31.0, 121.0085, 32.0))
    assert store.read("building", STAFF, page)["fid"].to_pylist() == [3, 4]
    assert store.count("building", STAFF, page) == 3  # fids 3, 4 and 5; the sixth square begins at 121.010
    assert store.read("building", STAFF, Selection(at=then, equals={"storeys": 1}))["fid"].to_pylist() == [
        1,
        3,
        5,
    ]
    assert store.read("building", STAFF, Selection(at=then, fids=[2, 5]))["fid"].to_pylist() == [2, 5]


def test_a_feature_cannot_end_before_it_begins(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        (fid,) = writer.add("building", buildings(squares(1)), source=1, valid_from=date(2020, 1, 1))
        with pytest.raises(InvalidInput, match="holds from 2020-01-01, so it cannot end on 2019-12-31"):
            writer.end("building", fid, valid_to=date(2019, 12, 31))


def test_only_current_features_are_revised_and_ended(store: Store) -> None:
    (fid,) = put(store, "building", buildings(squares(1)))
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.end("building", fid, valid_to=date(2024, 1, 1))
        with pytest.raises(NotFound, match="no current building with fid 1"):
            writer.revise("building", fid, {"name": "x"})
        with pytest.raises(NotFound, match="no current building with fid 1"):
            writer.end("building", fid, valid_to=date(2024, 1, 1))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"colour": "red"}, "has no columns"),
        ({"fid": 7}, "has no columns"),
        ({"valid_from": "2020-01-01"}, "not among its values"),
        ({"storeys": "many"}, "takes integer values"),
        ({"built_on": "soon"}, "does not fit"),
        ({"geom": "POINT (1 2)"}, "given as WKB"),
        ({"geom": shapely.to_wkb(shapely.Point(1, 2))}, "is a Point"),
    ],
)
def test_a_revision_that_does_not_fit_is_refused_and_archives_nothing(
    store: Store, values: dict[str, str | int | bytes], message: str
) -> None:
    (fid,) = put(store, "building", buildings(squares(1)))
    with store.begin(actor=CLERK, tool="test") as writer, pytest.raises(InvalidInput, match=message):
        writer.revise("building", fid, values)
    assert len(store.history("building", fid, STAFF)) == 1


def test_a_feature_can_lose_and_gain_its_place(store: Store) -> None:
    (fid,) = put(store, "building", buildings(squares(1)))
    around = Selection(box=Box(120, 31, 122, 32))
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.revise("building", fid, {"geom": None})
    assert (store.count("building", STAFF), store.count("building", STAFF, around)) == (1, 0)
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.revise("building", fid, {"geom": square(121, 31.3)})
    assert store.count("building", STAFF, around) == 1


# --- any sequence of writes reads as a plain list of claims does


@dataclass
class Claims:
    """A model of bitemporal facts: each write claims something of a feature from a day on, as of an instant.

    What holds on a day, as known at an instant, is what was claimed last, by then, from a day not later.
    """

    claims: dict[int, list[tuple[int, date | None, str | None]]] = field(default_factory=dict)

    def claim(self, fid: int, moment: int, day: date | None, value: str | None) -> None:
        self.claims.setdefault(fid, []).append((moment, day, value))

    def begun(self, fid: int) -> date | None:
        return self.claims[fid][-1][1]

    def live(self) -> list[int]:
        return [fid for fid, claims in self.claims.items() if claims[-1][2] is not None]

    def held(self, at: date | None, known: int | None) -> dict[int, str]:
        held = {}
        for fid, claims in self.claims.items():
            heard = [
                value
                for moment, day, value in claims
                if (known is None or moment <= known) and (at is None or day is None or day <= at)
            ]
            if heard and heard[-1] is not None:
                held[fid] = heard[-1]
        return held


DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 12))
WRITES = st.lists(
    st.tuples(st.sampled_from(["add", "revise", "correct", "end"]), st.integers(0, 99), st.none() | DAYS),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WRITES)
def test_any_sequence_of_writes_reads_as_its_claims(writes: list[tuple[str, int, date | None]]) -> None:
    with TemporaryDirectory() as folder:
        store = open_sort("sqlite", Path(folder))
        model = Claims()
        moments = [_apply(store, model, *write, label=f"v{number}") for number, write in enumerate(writes)]
        for at in [None, *(date(2020, 1, day) for day in range(1, 14))]:
            for known in [None, *moments]:
                _compare(store, model, at, known)
        store.close()


def _apply(store: Store, model: Claims, what: str, which: int, day: date | None, *, label: str) -> int:
    """Write to both, and give the moment in seconds from the start."""
    live = model.live()
    with store.begin(actor=CLERK, tool="test") as writer:
        moment = writer.change - 1  # the clock ticks one second for each Change that is opened
        if what == "add" or not live:
            (fid,) = writer.add(
                "building", buildings([_place(label)], name=[label]), source=1, valid_from=day
            )
            model.claim(fid, moment, day, label)
            return moment
        fid = live[which % len(live)]
        begun = model.begun(fid)
        if what == "end":
            last = max(day or date(2020, 1, 6), begun or date.min)
            writer.end("building", fid, valid_to=last)
            model.claim(fid, moment, last, None)
        else:
            since = day if what == "revise" else None
            writer.revise("building", fid, {"name": label, "geom": _place(label)}, valid_from=since)
            model.claim(fid, moment, since or begun, label)
    return moment


def _compare(store: Store, model: Claims, at: date | None, known: int | None) -> None:
    instant = None if known is None else START + timedelta(seconds=known)
    expected = model.held(at, known)
    if at is None and known is None:
        expected = {fid: value for fid, value in expected.items() if fid in model.live()}
    table = store.read("building", STAFF, Selection(at=at, known=instant, columns=["name"]))
    assert dict(zip(table["fid"].to_pylist(), table["name"].to_pylist(), strict=True)) == expected
    assert store.count("building", STAFF, Selection(at=at, known=instant)) == len(expected)
    first_place = Box(120.9, 31.0, 121.005, 32.0)
    there = [fid for fid, label in sorted(expected.items()) if int(label[1:]) % 3 == 0]
    found = store.read("building", STAFF, Selection(at=at, known=instant, box=first_place))
    assert found["fid"].to_pylist() == there


def _place(label: str) -> bytes:
    """Give each version one of three places by its number, so that revisions move features about."""
    return square(121.0 + 0.01 * (int(label[1:]) % 3), 31.3)
