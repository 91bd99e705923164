"""Finding over a real record: order, places, pieces of a street once, new names at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
from tests.small_zone import ACTOR, SOUTH, WEST, features, make_zone

from zonetwin.cases.model import CaseDraft
from zonetwin.core.actor import PUBLIC
from zonetwin.core.source import Source
from zonetwin.zone.name_matching import Closeness
from zonetwin.zone.projects import create_project
from zonetwin.zone.searching import SearchIndex, search
from zonetwin.zone.zone import Zone, open_zone


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[Zone]:
    with open_zone(make_zone(tmp_path / "zone", buildings=20)) as opened:
        yield opened


def add_streets(zone: Zone, *names: str) -> None:
    lines: list[shapely.Geometry | None] = [
        shapely.LineString([(WEST, SOUTH + at / 1000), (WEST + 0.01, SOUTH + at / 1000)])
        for at in range(len(names))
    ]
    with zone.store.begin(actor=ACTOR, tool="test") as writer:
        keys = [f"x/{at}" for at in range(len(names))]
        writer.add("street", features(lines, key=keys, name=names), source=writer.add_source(Source("x")))


def test_the_closest_comes_first(zone: Zone) -> None:
    add_streets(zone, "夏东", "夏东路", "西夏东路", "鲜桃路")
    found = search(zone, "夏东")
    assert [item.closeness for item in found] == sorted(item.closeness for item in found)
    assert (found[0].title.zh, found[0].closeness) == ("夏东", Closeness.EXACT)
    assert found[-1].title.zh == "西夏东路"
    assert search(zone, "xd")[0].closeness is Closeness.INITIALS


def test_a_feature_is_found_with_its_place_and_kind(zone: Zone) -> None:
    (found,) = search(zone, "xdrcgy")
    assert (found.sort, found.id, found.subtitle.en) == ("feature", "building/7", "Building")
    assert found.point == pytest.approx((121.0562, 31.3502), abs=1e-6)


def test_pieces_of_a_street_are_found_once(zone: Zone) -> None:
    add_streets(zone, "前进中路", "前进中路", "前进中路")
    (found,) = search(zone, "前进中路")
    assert found.subtitle.zh.endswith("×3")


def test_a_project_is_found_as_a_project_and_not_as_its_site(zone: Zone) -> None:
    draft = CaseDraft("project", "青阳港大桥", "road", "a", title_en="Qingyang bridge")
    create_project(zone, draft, shape=shapely.Point(WEST, SOUTH), actor=ACTOR)
    (found,) = search(zone, "青阳港")
    assert (found.sort, found.id, found.title.en, found.subtitle.zh) == (
        "case",
        "1",
        "Qingyang bridge",
        "规划建设局",
    )
    assert found.point == pytest.approx((WEST, SOUTH))


def test_organisations_and_indicators_are_found(zone: Zone) -> None:
    assert [(item.sort, item.id) for item in search(zone, "教育局")] == [("organisation", "b")]
    assert search(zone, "building density")[0].sort == "indicator"
    assert search(zone, "park_walk_share")[0].id == "park_walk_share"


def test_nothing_and_too_much_find_nothing(zone: Zone) -> None:
    assert search(zone, "  ") == []
    assert search(zone, "夏" * 500) == []
    assert search(zone, "\n") == []


def test_no_more_than_asked_for_are_given(zone: Zone) -> None:
    assert len(search(zone, "a", 3)) == 3


def test_an_index_sees_what_was_changed_and_reads_the_rest_once(
    zone: Zone, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = SearchIndex(zone)
    assert search(zone, "东苑", index=index) == []
    read: list[str] = []
    original = type(zone.store).read

    def counted(store: object, kind: str, *arguments: object, **options: object) -> object:
        read.append(kind)
        return original(store, kind, *arguments, **options)  # type: ignore[arg-type]

    with zone.store.begin(actor=ACTOR, tool="test") as writer:
        writer.revise("building", 3, {"name": "东苑"})
    monkeypatch.setattr(type(zone.store), "read", counted)
    assert [item.id for item in search(zone, "东苑", index=index)] == ["building/3"]
    # the index reads the names again, the answer reads the place
    assert read == ["building", "building"]


def test_the_public_finds_what_it_may_see(zone: Zone) -> None:
    assert search(zone, "青阳公园", viewer=PUBLIC)[0].id == "park/1"
