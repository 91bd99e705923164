"""The tree of layers: groups in order, topmost layer first, classes before the rest."""

from tests.twin.layers import GREEN, GREY, catalogue, layer, when

from zonetwin.core.kind import Geometry
from zonetwin.twin.legend import OTHER, legend_groups, legend_layers


def test_groups_come_in_their_order() -> None:
    assert [group.name for group in legend_groups(catalogue())] == ["first", "all"]


def test_the_topmost_layer_comes_first() -> None:
    found = catalogue(layer("low", "house", GREY, order=1), layer("high", "way", GREY, order=2))
    assert [item.layer.name for item in legend_layers(found, ["house", "way"])] == ["high", "low"]


def test_layers_of_unseen_kinds_are_left_out() -> None:
    found = catalogue(layer("houses", "house", GREY), layer("persons", "person", GREY))
    assert [item.layer.name for item in legend_layers(found, ["house"])] == ["houses"]


def test_a_legend_lists_classes_and_then_the_rest() -> None:
    (item,) = legend_layers(
        catalogue(layer("houses", "house", GREY, when("use", "wood", symbol=GREEN))), ["house"]
    )
    assert [(entry.title.en, entry.symbol) for entry in item.legend] == [("wood", GREEN), (OTHER.en, GREY)]
    assert item.geometry is Geometry.POLYGON


def test_a_layer_without_classes_is_its_own_legend() -> None:
    (item,) = legend_layers(catalogue(layer("houses", "house", GREY)), ["house"])
    assert [entry.title.en for entry in item.legend] == ["houses"]
