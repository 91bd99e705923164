"""What of a kind stands in tiles follows from the layers."""

from tests.twin.layers import GREEN, GREY, catalogue, layer, when

from zonetwin.core.actor import PUBLIC, STAFF
from zonetwin.twin.drawn_kinds import drawn_kinds


def test_only_what_layers_need_is_drawn_far_away() -> None:
    house = drawn_kinds(catalogue(layer("a", "house", GREY, when("use", "x", symbol=GREEN))), STAFF)["house"]
    assert house.columns == ("name", "use")
    assert house.all_columns == ("name", "use", "height")


def test_labels_of_areas_need_points_and_those_of_lines_do_not() -> None:
    found = drawn_kinds(
        catalogue(layer("a", "house", GREY, label="name"), layer("b", "way", GREY, label="name")), STAFF
    )
    assert (found["house"].label_points, found["house"].labels) == (True, ("name",))
    assert (found["way"].label_points, found["way"].labels) == (False, ("name", "name_en"))


def test_the_first_zoom_is_that_of_the_earliest_layer() -> None:
    layers = [layer("a", "stop", GREY, minzoom=14.0), layer("b", "stop", GREY, minzoom=12.0)]
    assert drawn_kinds(catalogue(*layers), STAFF)["stop"].minzoom == 12.0


def test_kinds_without_places_and_kinds_of_persons_are_left_out() -> None:
    assert "office" not in drawn_kinds(catalogue(), STAFF)
    assert "person" in drawn_kinds(catalogue(), STAFF)
    assert "person" not in drawn_kinds(catalogue(), PUBLIC)
