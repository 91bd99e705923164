"""Parameters of items requests: what is meant, and each fault by its name."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from zonetwin.api.ogc_crs import offered_crs
from zonetwin.api.ogc_query import DEFAULT_LIMIT, LARGEST_LIMIT, ItemsQuery, items_query
from zonetwin.api.problems import BadRequest
from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.text import Text

NAME = Text("", "")
KIND = Kind(
    "thing",
    NAME,
    Geometry.POINT,
    (
        Property("name", Type.TEXT, NAME),
        Property("count", Type.INTEGER, NAME),
        Property("size", Type.REAL, NAME),
        Property("open", Type.BOOLEAN, NAME),
        Property("day", Type.DATE, NAME),
    ),
)
CHINA = ZoneInfo("Asia/Shanghai")


def asked(*parameters: tuple[str, str]) -> ItemsQuery:
    return items_query(parameters, KIND, offered_crs("EPSG:4549"), CHINA)


def test_nothing_asked_is_the_first_page_of_everything() -> None:
    query = asked()
    assert (query.limit, query.after, query.region, query.at, query.equals) == (
        DEFAULT_LIMIT,
        0,
        None,
        None,
        {},
    )


def test_a_limit_beyond_the_largest_is_the_largest() -> None:
    assert asked(("limit", "999999")).limit == LARGEST_LIMIT


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("2025-06-30", date(2025, 6, 30), date(2025, 6, 30)),
        ("2025-06-30T12:00:00Z", date(2025, 6, 30), date(2025, 6, 30)),
        # 17:00 UTC is 01:00 of the next day in China
        ("2025-06-30T17:00:00Z", date(2025, 7, 1), date(2025, 7, 1)),
        ("2025-06-30T23:30:00+08:00", date(2025, 6, 30), date(2025, 6, 30)),
        ("2025-06-30T23:30:00 08:00", date(2025, 6, 30), date(2025, 6, 30)),
        ("2025-01-01/2025-12-31", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-01-01/..", date(2025, 1, 1), date.max),
        ("../2025-12-31", date.min, date(2025, 12, 31)),
        ("/2025-12-31", date.min, date(2025, 12, 31)),
        ("../..", date.min, date.max),
    ],
)
def test_times_are_days_of_the_zone(text: str, since: date, until: date) -> None:
    query = asked(("datetime", text))
    assert (query.since, query.at) == (since, until)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("name", "长江路", "长江路"),
        ("count", "-3", -3),
        ("size", "2.5", 2.5),
        ("open", "true", True),
        ("open", "FALSE", False),
        ("day", "2025-06-30", "2025-06-30"),
    ],
)
def test_filters_are_values_of_their_property(name: str, text: str, value: object) -> None:
    assert asked((name, text)).equals == {name: value}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("limit", text) for text in ("0", "-1", "x", "1.5", "", "٣")),
        *(("after", text) for text in ("-1", "x", "9" * 30)),
        *(("bbox", text) for text in ("", "1,2,3", "a,b,c,d", "1,2,3,nan", "0,2,1,1")),
        *(("datetime", text) for text in ("yesterday", "2025-13-01", "2025-06-30/2025-01-01", "a/b", "")),
        *(("crs", text) for text in ("EPSG:1", "")),
        ("bbox-crs", "EPSG:1"),
        ("f", "html"),
        ("colour", "red"),
        *(("count", text) for text in ("x", "1.5", "9" * 30)),
        ("open", "maybe"),
        ("day", "soon"),
    ],
)
def test_faults_are_refused_and_named(name: str, text: str) -> None:
    with pytest.raises(BadRequest, match=f"(?i){name.split('-')[-1]}"):
        asked((name, text))


def test_a_parameter_given_twice_is_refused() -> None:
    with pytest.raises(BadRequest, match="twice"):
        asked(("limit", "1"), ("limit", "2"))


def test_equal_questions_have_equal_keys() -> None:
    box = ("bbox", "121,31,122,32")
    assert asked(box, ("name", "a")).key() == asked(("name", "a"), box, ("limit", "5"), ("after", "3")).key()
    assert asked(box).key() != asked(("bbox", "121,31,122,33")).key()
