import json
import re

from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.text import Text
from zonetwin.io.mapping import Choice, Condition, Rule
from zonetwin.io.properties import Filled, filled_properties

T = Text("它", "It")
KIND = Kind(
    "building",
    T,
    Geometry.POLYGON,
    (
        Property("name", Type.TEXT, T),
        Property("use", Type.TEXT, T, codes={"home": T, "other": T}),
        Property("height_m", Type.REAL, T, "m"),
        Property("storeys", Type.INTEGER, T),
        Property("built_year", Type.INTEGER, T),
        Property("address", Type.TEXT, T),
    ),
)
RULE = Rule(
    "building",
    properties={
        "name": (Choice(("name:zh",)), Choice(("name",))),
        "use": (
            Choice(("building",), values={"house": "home", "yes": ""}, otherwise="other"),
            Choice(constant="home", when=(Condition("amenity", frozenset({"dorm"})),)),
        ),
        "height_m": (Choice(("height",), unit="m"), Choice(("levels",), times=3.0, assumed="levels x 3 m")),
        "storeys": (Choice(("levels",)),),
        "built_year": (Choice(("start",), pattern=re.compile(r"(\d{4})")),),
        "address": (Choice(("street", "number"), joined=True),),
    },
)


def fill(**attributes: object) -> Filled:
    return filled_properties(attributes, RULE, KIND, split=";")


def more(filled: Filled) -> object:
    return None if filled.more is None else json.loads(filled.more)


def test_the_first_choice_that_gives_a_value_is_taken() -> None:
    assert fill(**{"name": "a", "name:zh": "甲"}).values["name"] == "甲"
    assert fill(name="a").values["name"] == "a"


def test_values_are_translated_and_an_empty_translation_goes_on_to_the_next_choice() -> None:
    assert fill(building="house").values["use"] == "home"
    assert fill(building="castle").values["use"] == "other"
    assert "use" not in fill(building="yes").values
    assert fill(building="yes", amenity="dorm").values["use"] == "home"
    assert fill(building="castle;house").values["use"] == "home"


def test_an_assumption_is_said_in_more() -> None:
    filled = fill(levels="4")
    assert filled.values["height_m"] == 12.0
    assert filled.values["storeys"] == 4
    assert more(filled) == {"assumed": {"height_m": "levels x 3 m"}}


def test_a_bad_value_is_reported_kept_in_more_and_the_next_choice_tried() -> None:
    filled = fill(height="tall", levels="2")
    assert filled.values["height_m"] == 6.0
    assert [fault.code for fault in filled.faults] == ["bad-value"]
    assert more(filled) == {"height": "tall", "assumed": {"height_m": "levels x 3 m"}}


def test_verbatim_values_leave_more_and_translated_ones_stay_there() -> None:
    assert more(fill(name="a", building="house", start="ca. 1998-05")) == {
        "building": "house",
        "start": "ca. 1998-05",
    }
    assert fill(start="ca. 1998-05").values["built_year"] == 1998


def test_joined_columns_make_one_text() -> None:
    assert fill(street="Main", number="7").values["address"] == "Main 7"
    assert fill(number="7").values["address"] == "7"


def test_an_earlier_exports_more_is_opened_again() -> None:
    filled = filled_properties({"more": '{"a":1}', "b": 2}, RULE, KIND, split="", spent=("more",))
    assert more(filled) == {"a": 1, "b": 2}
