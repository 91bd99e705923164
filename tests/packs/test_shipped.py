"""The shipped packs say what the rest of the program and the papers rely on."""

import pytest

from zonetwin.core.kind import Geometry
from zonetwin.core.units import convert
from zonetwin.packs.colours import CLEAR, PAGES, contrast
from zonetwin.packs.folders import pack_folders
from zonetwin.packs.load import load_catalogue
from zonetwin.packs.model import Catalogue

PACKS = ("base", "land", "green", "services", "mobility", "buildings", "water")

KINDS = {
    "area": "polygon: code name name_en level parent",
    "organisation": "none: code name name_en parent",
    "population_cell": "any: persons schools jobs healthcare",
    "site": "any: name name_en category plan_ref note",
    "control_line": "polygon: line name tier",
    "parcel": "polygon: code name land_use tier status owner",
    "park": "polygon: name name_en category",
    "square": "polygon: name name_en",
    "park_gate": "point: park name",
    "square_gate": "point: square name",
    "trail": "line: name category level",
    "green_cover": "polygon: category",
    "facility": "any: category name name_en places beds address",
    "street": "line: name name_en category foot car oneway bridge tunnel level lanes width_m surface",
    "barrier": "any: category foot",
    "parking": "any: name category spaces public",
    "building": "polygon: name name_en use height_m storeys floor_area_m2 dwellings built_year address estate",
    "dwelling": "point: building floor_area_m2 households",
    "resident": "point: building persons",
    "water_area": "polygon: name category",
    "waterway": "line: name category",
    "polder": "polygon: code name",
}
"""Geometry and properties of every kind: published columns, which may be added to and never renamed."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(PACKS, pack_folders())


def test_kinds_have_the_columns_they_were_published_with(catalogue: Catalogue) -> None:
    found = {
        name: f"{kind.geometry.value}: {' '.join(item.name for item in kind.properties)}"
        for name, kind in catalogue.kinds.items()
    }

    assert found == KINDS


def test_only_the_register_of_residents_holds_persons(catalogue: Catalogue) -> None:
    assert [name for name, kind in catalogue.kinds.items() if kind.persons] == ["resident"]


@pytest.mark.parametrize("name", PACKS)
def test_each_pack_loads_with_only_what_it_needs(name: str) -> None:
    alone = load_catalogue([name], pack_folders())

    assert {pack.name for pack in alone.packs} == {"base", name}


def test_every_kind_with_a_place_has_a_layer(catalogue: Catalogue) -> None:
    placed = {name for name, kind in catalogue.kinds.items() if kind.geometry is not Geometry.NONE}

    assert {layer.kind for layer in catalogue.layers} == placed


def test_every_text_is_said_in_both_languages(catalogue: Catalogue) -> None:
    kinds = [kind.title for kind in catalogue.kinds.values()]
    properties = [item.title for kind in catalogue.kinds.values() for item in kind.properties]
    codes = [
        text for kind in catalogue.kinds.values() for item in kind.properties for text in item.codes.values()
    ]
    layers = [layer.title for layer in catalogue.layers]
    classes = [item.title for layer in catalogue.layers for item in layer.classes]

    for text in [*kinds, *properties, *codes, *layers, *classes]:
        assert any("\u4e00" <= letter <= "\u9fff" for letter in text.zh), text
        assert text.en.isascii(), text


def test_nothing_is_drawn_twice_in_one_layer(catalogue: Catalogue) -> None:
    for layer in catalogue.layers:
        values = [(item.property, value) for item in layer.classes for value in item.values]
        assert len(values) == len(set(values)), layer.name


@pytest.mark.parametrize(
    ("name", "property_"), [("parcel", "land_use"), ("facility", "category"), ("street", "category")]
)
def test_every_class_of_a_table_is_drawn(name: str, property_: str, catalogue: Catalogue) -> None:
    (layer,) = (layer for layer in catalogue.layers if layer.name == name)
    drawn = {value for item in layer.classes for value in item.values}

    assert drawn == set(catalogue.kinds[name].property_named(property_).codes)


# land use


def test_land_use_classes_form_a_tree_of_two_digits_a_step(catalogue: Catalogue) -> None:
    rows = {row["code"]: row for row in catalogue.tables["land_use_classes"].rows}

    assert [code for code in rows if len(code) == 2] == [f"{number:02d}" for number in range(1, 25)]
    for code, row in rows.items():
        assert row["parent"] == (code[:-2] if len(code) > 2 else "")
        assert row["parent"] in rows or len(code) == 2


def test_parcels_are_drawn_in_the_colour_of_the_standard(catalogue: Catalogue) -> None:
    colours = {row["code"]: row["colour"] for row in catalogue.tables["land_use_classes"].rows}
    (layer,) = (layer for layer in catalogue.layers if layer.name == "parcel")

    for item in layer.classes:
        assert item.symbol.fill is not None
        given = {colours[code] for code in item.values} - {""}
        assert given <= {item.symbol.fill[0]}, item.title


# services


def test_a_class_within_the_life_circle_has_the_minutes_of_its_tier(catalogue: Catalogue) -> None:
    for row in catalogue.tables["service_classes"].rows:
        assert row["tier"] in ("15", "10", "5", "block", ""), row
        assert row["minutes"] == (row["tier"] if row["tier"].isdigit() else ""), row
        assert row["must"] in ("yes", "no"), row


def test_classes_have_the_sectors_the_map_draws(catalogue: Catalogue) -> None:
    sectors = {row["sector"] for row in catalogue.tables["service_classes"].rows}

    assert sectors == {
        *("education", "health", "culture", "sport", "commerce", "elderly", "admin", "transport", "utility"),
        "funeral",
    }


def test_ranges_of_a_standard_run_upwards(catalogue: Catalogue) -> None:
    for row in catalogue.tables["service_classes"].rows:
        for name in ("build", "land"):
            low, high = row[f"{name}_min_m2"], row[f"{name}_max_m2"]
            assert (low == "") == (high == ""), row
            assert not low or 0 < float(low) <= float(high), row


def test_fifteen_minutes_are_a_kilometre(catalogue: Catalogue) -> None:
    (row,) = (row for row in catalogue.tables["walking"].rows if row["profile"] == "default")

    # GB 50180-2018 counts the 15-minute circle as 800 to 1000 m; 200/3 m a minute makes it 1000 m
    assert 15 * float(row["metres_per_minute"]) == pytest.approx(1000, abs=0.01)


def test_who_may_walk_or_drive_is_said_for_every_street_class(catalogue: Catalogue) -> None:
    rows = {row["class"]: row for row in catalogue.tables["street_classes"].rows}

    assert {row[use] for row in rows.values() for use in ("walkable", "drivable")} == {"yes", "no"}
    assert rows["motorway"]["walkable"] == rows["steps"]["drivable"] == "no"
    assert rows["residential"]["walkable"] == rows["steps"]["walkable"] == "yes"


# land indicators


def test_areas_are_stated_in_the_unit_their_factor_gives(catalogue: Catalogue) -> None:
    for name in ("urban_boundary", "farmland", "permanent_farmland", "industrial_line"):
        indicator = catalogue.indicators[f"{name}_area"]
        assert indicator.parameters["units_per_m2"] == pytest.approx(
            convert(1.0, "m2", indicator.unit), rel=1e-12
        )


def test_a_limit_may_be_stated_in_every_unit_of_area_the_drift_knows(catalogue: Catalogue) -> None:
    sql = catalogue.indicators["farmland_drift"].sql
    for unit in ("m2", "万m2", "ha", "km2", "亩", "万亩"):
        (factor,) = (line.split(" then ")[1] for line in sql.splitlines() if f"when '{unit}' then" in line)
        top, _, bottom = factor.partition("/")
        assert float(top) / float(bottom or 1) == pytest.approx(convert(1.0, unit, "m2"), rel=1e-12)


# colours


def test_what_must_be_found_at_a_glance_is_clear_on_both_pages(catalogue: Catalogue) -> None:
    for layer in catalogue.layers:
        if catalogue.kinds[layer.kind].geometry is Geometry.POINT:
            for symbol in (layer.symbol, *(item.symbol for item in layer.classes)):
                assert symbol.fill is not None
                for colour, page in zip(symbol.fill, PAGES, strict=True):
                    assert contrast(colour, page) >= CLEAR, layer.name


def test_every_control_line_has_a_dash_of_its_own(catalogue: Catalogue) -> None:
    (layer,) = (layer for layer in catalogue.layers if layer.name == "control_line")
    dashes = [layer.symbol.dash, *(item.symbol.dash for item in layer.classes)]

    assert len(layer.classes) == 4
    assert len(set(dashes)) == len(dashes)


def test_every_facility_class_has_a_mark_of_its_own(catalogue: Catalogue) -> None:
    (layer,) = (layer for layer in catalogue.layers if layer.name == "facility")
    marks = [item.symbol.mark for item in layer.classes]

    assert len(marks) == 7
    assert all(mark is not None for mark in marks)
    assert len({mark.zh for mark in marks if mark}) == len({mark.en for mark in marks if mark}) == 7


@pytest.mark.parametrize("theme", [0, 1])
@pytest.mark.parametrize("sight", ["normal", "protan", "deutan", "tritan"])
def test_colours_of_facilities_stay_apart_for_every_sight(
    sight: str, theme: int, catalogue: Catalogue
) -> None:
    (layer,) = (layer for layer in catalogue.layers if layer.name == "facility")
    fills = [item.symbol.fill[theme] for item in layer.classes if item.symbol.fill]
    seen = [_lab(_seen(colour, sight)) for colour in fills]

    for number, first in enumerate(seen):
        for second in seen[number + 1 :]:
            # CIE76: 2.3 is the least difference an eye notices; marks of 12 px need a good deal more
            assert sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5 > 15


_SIGHTS = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""Linear RGB as seen by complete dichromats. Source: Machado, Oliveira, Fernandes 2009, table for severity 1.0."""


def _seen(colour: str, sight: str) -> tuple[float, float, float]:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    red, green, blue = (
        min(1.0, max(0.0, sum(factor * value for factor, value in zip(row, linear, strict=True))))
        for row in _SIGHTS[sight]
    )
    return red, green, blue


def _lab(linear: tuple[float, float, float]) -> tuple[float, float, float]:
    """Give CIE L*a*b* of linear sRGB with the D65 white. Source: IEC 61966-2-1, CIE 15."""
    red, green, blue = linear
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
