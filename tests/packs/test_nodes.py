"""YAML becomes plain values that know their line."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.packs.entry import Entry
from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Place
from zonetwin.packs.nodes import Node, read_nodes

# without control characters and line separators, which JSON and YAML escape differently
Words = st.text(st.characters(min_codepoint=32, max_codepoint=0x9FFF, exclude_categories=("C", "Zl", "Zp")))
Plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | Words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(Words, inner, max_size=4),
    max_leaves=20,
)


def read(text: str) -> tuple[Node, Issues]:
    issues = Issues()
    node = read_nodes(text, "file.yaml", issues)
    assert node is not None
    return node, issues


def plain(node: Node) -> object:
    if isinstance(node.value, dict):
        return {name: plain(item) for name, item in node.value.items()}
    if isinstance(node.value, tuple):
        return [plain(item) for item in node.value]
    return node.value


@given(Plain)
def test_json_is_read_as_the_values_it_says(value: object) -> None:
    # JSON is YAML: an independent writer gives the expected value
    node, issues = read(json.dumps(value, ensure_ascii=False))

    assert plain(node) == value
    assert issues.found == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("true", True),
        ("2023-01-01", "2023-01-01"),
        ("12:30", "12:30"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("-7", -7),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("~", None),
        ("'7'", "7"),
    ],
)
def test_a_scalar_follows_the_core_schema_of_yaml_1_2(text: str, value: object) -> None:
    node, _ = read(f"a: {text}")

    assert plain(node) == {"a": value}


def test_every_node_knows_its_line() -> None:
    node, _ = read("# head\na: 1\nb:\n  - c: 2\n")

    assert isinstance(node.value, dict)
    assert node.value["a"].place == Place("file.yaml", 2)
    assert node.value["b"].place == Place("file.yaml", 4)


def test_leading_zeros_of_a_code_are_kept_as_text() -> None:
    node, issues = read("code: 0701")

    assert Entry(node, issues, required=("code",)).text("code") == "0701"


@pytest.mark.parametrize("text", [".inf", "1e999", "many", "true", "[1]"])
def test_what_is_no_finite_number_is_refused(text: str) -> None:
    node, issues = read(f"width: {text}")

    assert Entry(node, issues, required=("width",)).number("width", 1.5) == 1.5
    assert "expected a number" in issues.found[0].message


def test_a_billion_laughs_are_not_expanded() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60)]

    _, issues = read("\n".join(lines))

    assert len(issues.found) == 118  # 59 lines with two aliases each, every one refused
