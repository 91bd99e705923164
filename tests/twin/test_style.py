"""Layers compiled to a MapLibre style: sorts, colours, classes, dashes, hatches, labels, order."""

from typing import Any

import pytest
from tests.twin.layers import GREEN, GREY, RED, catalogue, layer, when

from zonetwin.core.actor import STAFF
from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.text import Text
from zonetwin.packs.folders import pack_folders
from zonetwin.packs.load import load_catalogue
from zonetwin.packs.model import Catalogue, Layer, Symbol
from zonetwin.twin.drawn_kinds import drawn_kinds
from zonetwin.twin.style import Look, map_style

TILES = "http://127.0.0.1/tiles/{z}/{y}/{x}"


def style(*layers: Layer, look: Look | None = None, packs: Catalogue | None = None) -> dict[str, Any]:
    found = packs or catalogue(*layers)
    kinds = drawn_kinds(found, STAFF)
    document: dict[str, Any] = map_style(
        found, kinds, look or Look(), tiles=TILES, attribution="© the survey"
    )
    return document


def style_layers(*layers: Layer, look: Look | None = None) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in style(*layers, look=look)["layers"]}


def test_there_is_one_source_and_nothing_from_elsewhere() -> None:
    document = style(layer("houses", "house", GREY))
    assert document["sources"]["zonetwin"]["tiles"] == [TILES]
    assert document["sources"]["zonetwin"]["attribution"] == "© the survey"
    assert "glyphs" not in document
    assert "sprite" not in document


def test_an_area_is_a_fill_with_an_outline_of_its_own() -> None:
    found = style_layers(layer("houses", "house", GREY))
    assert found["houses"]["type"] == "fill"
    assert found["houses"]["paint"] == {"fill-color": "#cccccc", "fill-opacity": 0.9}
    assert found["houses-line"]["paint"]["line-color"] == "#999999"
    assert found["houses-line"]["paint"]["line-width"] == 0.5


def test_the_dark_theme_takes_the_second_colour_of_each_pair() -> None:
    found = style_layers(layer("houses", "house", GREY), look=Look("dark"))
    assert found["houses"]["paint"]["fill-color"] == "#333333"
    assert found["background"]["paint"]["background-color"] == "#12161c"


def test_a_height_raises_the_area_instead_of_filling_it() -> None:
    found = style_layers(layer("houses", "house", GREY, extrude="height"))
    assert found["houses"]["type"] == "fill-extrusion"
    assert found["houses"]["paint"]["fill-extrusion-height"] == ["coalesce", ["get", "height"], 0]
    assert "houses-line" not in found


def test_classes_become_one_match_and_the_first_class_wins() -> None:
    found = style_layers(
        layer("houses", "house", GREY, when("use", "a", "b", symbol=GREEN), when("use", "b", "c", symbol=RED))
    )
    assert found["houses"]["paint"]["fill-color"] == [
        *("match", ["to-string", ["get", "use"]]),
        *(["a", "b"], "#00ff00"),
        *(["c"], "rgba(0,0,0,0)"),
        "#cccccc",
    ]


def test_classes_over_several_properties_are_tried_in_order() -> None:
    found = style_layers(
        layer("ways", "way", GREY, when("foot", "true", symbol=RED), when("name", "x", symbol=GREY))
    )
    width = found["ways"]["paint"]["line-width"]
    assert width[0] == "case"
    assert width[1] == ["in", ["to-string", ["get", "foot"]], ["literal", ["true"]]]
    assert width[2:] == [2.0, ["in", ["to-string", ["get", "name"]], ["literal", ["x"]]], 0.5, 0.5]


def test_each_dash_pattern_has_a_line_of_its_own_and_each_feature_one_line() -> None:
    found = style_layers(layer("ways", "way", GREY, when("foot", "true", symbol=RED)))
    assert "line-dasharray" not in found["ways"]["paint"]
    assert found["ways-2"]["paint"]["line-dasharray"] == [4.0, 2.0]
    foot = ["to-string", ["get", "foot"]]
    assert found["ways"]["filter"] == ["match", foot, ["true"], False, True]
    assert found["ways-2"]["filter"] == ["match", foot, ["true"], True, False]


def test_a_hatch_is_a_pattern_over_only_its_classes() -> None:
    found = style_layers(layer("houses", "house", GREY, when("use", "wood", symbol=GREEN)))
    hatch = found["houses-hatch"]
    assert hatch["filter"] == ["match", ["to-string", ["get", "use"]], ["wood"], True, False]
    assert "hatch:dots:#1c2733" in hatch["paint"]["fill-pattern"]


def test_an_area_without_any_fill_is_only_its_line() -> None:
    assert set(style_layers(layer("edges", "house", RED))) == {"background", "edges-line"}


def test_a_kind_of_any_sort_is_drawn_sort_by_sort() -> None:
    found = style_layers(layer("places", "place", GREY))
    areas = ["match", ["geometry-type"], ["Polygon", "MultiPolygon"], True, False]
    points = ["match", ["geometry-type"], ["Point", "MultiPoint"], True, False]
    not_points = ["match", ["geometry-type"], ["Point", "MultiPoint"], False, True]
    assert found["places"]["filter"] == areas
    assert found["places-point"]["filter"] == points
    assert found["places-line"]["filter"] == not_points


def test_labels_of_areas_hang_on_their_points_and_those_of_lines_on_the_line() -> None:
    found = style_layers(
        layer("houses", "house", GREY, label="name"), layer("ways", "way", GREY, label="name")
    )
    assert found["houses-label"]["source-layer"] == "house-label"
    assert found["houses-label"]["layout"]["symbol-placement"] == "point"
    assert found["ways-label"]["source-layer"] == "way"
    assert found["ways-label"]["layout"]["symbol-placement"] == "line"
    assert found["ways-label"]["paint"]["text-halo-color"] == "#eef1f4"


@pytest.mark.parametrize(
    ("language", "first", "second"), [("zh", "name", "name_en"), ("en", "name_en", "name")]
)
def test_labels_are_in_the_language_asked_for_and_fall_back(language: Any, first: str, second: str) -> None:
    found = style_layers(layer("ways", "way", GREY, label="name"), look=Look("light", language))
    assert found["ways-label"]["layout"]["text-field"] == [
        "to-string",
        ["coalesce", ["get", first], ["get", second], ""],
    ]


@pytest.mark.parametrize(
    ("language", "theme", "word", "colour"),
    [("zh", "light", "学", "#eef1f4"), ("en", "dark", "E", "#12161c")],
)
def test_a_mark_stands_on_the_points_of_its_class(language: Any, theme: Any, word: str, colour: str) -> None:
    school = when("sort", "school", symbol=Symbol(fill=("#111111", "#eeeeee"), mark=Text("学", "E")))
    found = style_layers(layer("places", "place", GREY, school), look=Look(theme, language))
    mark = found["places-mark"]
    assert mark["layout"]["text-field"] == ["match", ["to-string", ["get", "sort"]], ["school"], word, ""]
    assert mark["paint"] == {"text-color": colour}
    assert mark["filter"] == ["match", ["geometry-type"], ["Point", "MultiPoint"], True, False]
    assert "houses-mark" not in style_layers(layer("houses", "house", GREY, label="name"))


def test_a_label_whose_property_has_codes_is_written_by_their_titles() -> None:
    line = Property("line", Type.TEXT, Text("线", "Line"), None, {"red": Text("红线", "Red line")})
    border = Kind("border", Text("界", "Border"), Geometry.LINE, (line,), "pack")
    borders = layer("borders", "border", GREY, label="line")
    packs = Catalogue((), {"border": border}, {}, {}, {}, (borders,), {})
    document = style(look=Look("light", "en"), packs=packs)
    written = ["to-string", ["get", "line"]]
    assert document["layers"][-1]["layout"]["text-field"] == ["match", written, "red", "Red line", written]


def test_layers_are_drawn_in_their_order_and_labels_above_all() -> None:
    document = style(
        layer("upper", "house", GREY, order=20, label="name"), layer("lower", "way", GREY, order=5)
    )
    assert [item["id"] for item in document["layers"]] == [
        *("background", "lower", "upper", "upper-line", "upper-label"),
    ]


def test_hidden_layers_and_first_zooms_are_kept() -> None:
    found = style_layers(layer("stops", "stop", GREY, visible=False, minzoom=14.0))
    assert found["stops"]["layout"]["visibility"] == "none"
    assert found["stops"]["minzoom"] == 14.0


def test_every_style_layer_says_which_layer_it_belongs_to() -> None:
    document = style(layer("places", "place", GREY, label="name"), layer("ways", "way", RED))
    for item in document["layers"][1:]:
        assert item["metadata"]["zonetwin:layer"] == item["id"].partition("-")[0]


def test_layers_of_unseen_kinds_are_left_out() -> None:
    found = catalogue(layer("persons", "person", GREY))
    document = map_style(found, ["house"], Look(), tiles=TILES, attribution="")
    assert document["layers"] == [style()["layers"][0]]


def test_a_line_whose_symbol_has_only_a_fill_takes_that_colour() -> None:
    found = style_layers(layer("ways", "way", Symbol(fill=("#111111", "#eeeeee"))))
    assert found["ways"]["paint"]["line-color"] == "#111111"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_packs_of_the_repository_compile_and_no_id_stands_twice(theme: Any) -> None:
    packs = load_catalogue(
        ("base", "land", "green", "services", "mobility", "buildings", "water", "projects"), pack_folders()
    )
    names = [item["id"] for item in style(packs=packs, look=Look(theme))["layers"]]
    assert len(names) == len(set(names))
    drawn = {item["metadata"]["zonetwin:layer"] for item in style(packs=packs)["layers"][1:]}
    assert drawn == {item.name for item in packs.layers}
