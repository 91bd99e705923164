"""Packs are read after what they need and joined into one catalogue."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from zonetwin.core.errors import NotFound
from zonetwin.core.kind import Geometry, Type
from zonetwin.core.text import Text
from zonetwin.packs.folders import pack_folders, shipped_folder
from zonetwin.packs.load import load_catalogue
from zonetwin.packs.model import Access, Catalogue, Group, Move, Place, Stage, Symbol

GOOD = Path(__file__).parent / "good"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(["second"], [GOOD])


def test_needed_packs_come_first_without_being_named(catalogue: Catalogue) -> None:
    assert [pack.name for pack in catalogue.packs] == ["first", "second"]


def test_a_pack_is_read_once_however_often_it_is_named(catalogue: Catalogue) -> None:
    again = load_catalogue(["second", "first", "second"], [GOOD])

    assert [pack.name for pack in again.packs] == ["first", "second"]
    assert again == catalogue


def test_a_pack_that_is_nowhere_is_not_found_with_the_nearest_name() -> None:
    with pytest.raises(NotFound, match=r"There is no pack 'secnd'. Did you mean 'second'\?"):
        load_catalogue(["secnd"], [GOOD])


def test_a_kind_has_its_typed_properties_with_units(catalogue: Catalogue) -> None:
    bench = catalogue.kinds["bench"]

    assert (bench.geometry, bench.pack, bench.persons) == (Geometry.POINT, "first", False)
    assert bench.property_named("size").type is Type.REAL
    assert bench.property_named("size").unit == "m"


def test_rows_that_a_second_pack_adds_to_a_table_become_codes(catalogue: Catalogue) -> None:
    table = catalogue.tables["words"]

    assert [row["code"] for row in table.rows] == ["x", "no", "y"]
    assert table.place_of(2) == Place("second/tables/words.csv", 2)
    codes = catalogue.kinds["bench"].property_named("word").codes
    assert codes == {"x": Text("一", "One"), "no": Text("否", "No"), "y": Text("二", "Two")}
    assert catalogue.packs[0].kinds == (catalogue.kinds["bench"],)


def test_the_first_pack_alone_has_only_its_own_codes() -> None:
    alone = load_catalogue(["first"], [GOOD])

    assert list(alone.kinds["bench"].property_named("word").codes) == ["x", "no"]


def test_layers_are_in_the_order_of_drawing_and_groups_in_that_of_the_tree(catalogue: Catalogue) -> None:
    assert [layer.name for layer in catalogue.layers] == ["bench-shadow", "bench"]
    assert list(catalogue.groups.values()) == [
        Group("ground", Text("地面", "Ground"), 1),
        Group("street", Text("街道", "Street"), 2),
    ]


def test_a_layer_keeps_its_symbols_with_colours_in_lower_case(catalogue: Catalogue) -> None:
    shadow, bench = catalogue.layers

    assert (bench.extrude, bench.symbol.fill, bench.symbol.radius) == ("size", ("#1f5fa8", "#6aa9e9"), 5.0)
    assert bench.symbol.mark == Text("椅", "B")
    assert (shadow.visible, shadow.minzoom) == (False, 14.5)
    assert shadow.symbol == Symbol(fill=("#cccccc", "#333333"), opacity=0.5, hatch="diagonal")


def test_the_code_no_stays_a_word(catalogue: Catalogue) -> None:
    # YAML 1.1 would read an unquoted `no` as false
    assert catalogue.layers[1].classes[0].values == ("no",)


def test_a_flow_has_ranked_stages_and_moves(catalogue: Catalogue) -> None:
    flow = catalogue.flows["repair"]

    assert flow.stages[2] == Stage("lost", Text("遗失", "Lost"), 2, closed=True)
    assert flow.moves == (Move("open", "fixed"), Move("open", "lost"))
    assert (flow.site, flow.classes, flow.place) == ("bench", "words", Place("first/flows.yaml", 1))


def test_an_indicator_may_use_the_statement_of_a_needed_pack(catalogue: Catalogue) -> None:
    own, other = catalogue.indicators["benches"], catalogue.indicators["other_benches"]

    assert own.sql == other.sql
    assert other.sql_file == "first/indicators/benches.sql"
    assert own.version != other.version  # the version covers the declaration too


def test_parameters_keep_their_types(catalogue: Catalogue) -> None:
    parameters = catalogue.indicators["benches"].parameters

    assert parameters == {"word": "x", "least": 0.5, "count": 3, "strict": True}
    assert [type(value) for value in parameters.values()] == [str, float, int, bool]


def test_needs_are_lists_of_kinds_or_of_values_that_count(catalogue: Catalogue) -> None:
    assert catalogue.indicators["other_benches"].needs == (
        Access({"bench": {}}, "walk", 5.0),
        Access({"bench": {"word": ("x", "no"), "size": ("positive",)}}, "walk", 7.5),
    )


def test_a_plan_is_tables_and_its_head_a_table_of_one_row(catalogue: Catalogue) -> None:
    (pack,) = catalogue.plan_packs

    assert pack.plan["targets"].rows == ({"id": "T1", "value": "3"}, {"id": "T2", "value": "4"})
    assert pack.plan["plan"].rows == (
        {
            "plan": "second",
            "title_zh": "计划",
            "title_en": "Plan",
            "start": "2023-01-01",
            "document_characters": "10",
            "document_sha256": "0123",
        },
    )


def test_texts_have_both_languages(catalogue: Catalogue) -> None:
    assert catalogue.texts == {"hello": Text("你好", "Hello")}


def test_the_packs_of_a_zone_are_found_before_the_shipped_ones(tmp_path: Path) -> None:
    assert pack_folders(tmp_path / "none") == [shipped_folder()]
    assert pack_folders(tmp_path) == [tmp_path, shipped_folder()]
    assert (shipped_folder() / "base" / "pack.yaml").is_file()


def test_loading_packs_brings_in_no_heavy_module() -> None:
    # a zone opens at every command: pyarrow alone would take longer than reading all packs
    code = "import sys, zonetwin.packs.load; print([m for m in %r if m in sys.modules])"
    heavy = ["pyarrow", "duckdb", "numpy", "pint", "sqlglot", "shapely", "sqlite3"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    run = subprocess.run(
        [sys.executable, "-c", code % heavy], capture_output=True, text=True, check=True, env=environment
    )

    assert run.stdout.strip() == "[]"
