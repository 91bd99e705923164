"""GLOSSARY.md against the code: what it names exists, what it forbids does not, and titles are those people see."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from zonetwin.core.text import Text
from zonetwin.packs.folders import pack_folders, shipped_folder
from zonetwin.packs.load import load_catalogue
from zonetwin.packs.model import Catalogue
from zonetwin.plans.wording import STATUS_TITLES

ROOT = Path(__file__).parents[2]
TERM = re.compile(r"`([^`]+)`")
WORD = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z]?[a-z]+|[A-Z]")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    names = sorted(file.parent.name for file in shipped_folder().glob("*/pack.yaml"))
    return load_catalogue(names, pack_folders())


def rows_under(heading: str) -> list[list[str]]:
    """Give the cells of the table under a heading, without its head."""
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    section = text.split(f"## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def terms_under(heading: str) -> list[str]:
    return [term for cells in rows_under(heading) for term in TERM.findall(cells[0])]


def titles_under(heading: str) -> dict[str, Text]:
    return {TERM.findall(cells[0])[0]: Text(cells[1], cells[2]) for cells in rows_under(heading)}


def never_used() -> list[str]:
    """List the words no name may hold: those under *not*, and the last paragraph's."""
    text = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    synonyms = [word.strip() for cells in rows_under("Nouns and marks") for word in cells[3].split(",")]
    return sorted({word for word in synonyms if word} | set(TERM.findall(text.split("These shortenings")[1])))


@cache
def names_given() -> dict[str, str]:
    """Map every name our Python gives (classes, functions, arguments, variables) to a file that gives it."""
    names: dict[str, str] = {}
    for file in sorted((ROOT / "src").rglob("*.py")):
        for name in _names(ast.parse(file.read_text(encoding="utf-8"))):
            names.setdefault(name, file.name)
    return names


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name


def words_of(name: str) -> set[str]:
    """Split `case_move` and `CaseMove` into lower-case words."""
    return {word.lower() for word in WORD.findall(name)}


@cache
def words_given() -> frozenset[str]:
    return frozenset(word for name in names_given() for word in words_of(name))


def declared_names(catalogue: Catalogue) -> set[str]:
    """List the names packs give: kinds, properties, indicators, tables and columns, flows, layers."""
    properties = {item.name for kind in catalogue.kinds.values() for item in kind.properties}
    columns = {column for table in catalogue.tables.values() for column in table.columns}
    layers = {layer.name for layer in catalogue.layers}
    return {*catalogue.kinds, *properties, *catalogue.indicators, *catalogue.tables, *columns, *layers}


@pytest.mark.parametrize("term", terms_under("Nouns and marks"))
def test_a_noun_of_the_glossary_is_a_word_of_the_code(term: str) -> None:
    assert term.lower() in words_given()


@pytest.mark.parametrize("word", never_used())
def test_a_word_the_glossary_forbids_is_in_no_name(word: str, catalogue: Catalogue) -> None:
    ours = {name: file for name, file in names_given().items() if word in words_of(name)}
    packs = {name for name in declared_names(catalogue) if word in words_of(name)}

    assert (ours, packs) == ({}, set())


def test_the_forbidden_words_hold_the_usual_synonyms() -> None:
    assert {"ticket", "incident", "complaint", "kpi", "plugin", "utils", "manager"} <= set(never_used())


def test_every_kind_is_there_with_its_titles(catalogue: Catalogue) -> None:
    assert titles_under("Kinds") == {name: kind.title for name, kind in catalogue.kinds.items()}


def test_every_stage_is_there_with_its_titles(catalogue: Catalogue) -> None:
    stages = catalogue.flows["project"].stages

    assert titles_under("Stages of a project") == {stage.name: stage.title for stage in stages}


def test_every_status_is_there_with_its_titles() -> None:
    assert titles_under("Status of a target") == {
        status.value: text for status, text in STATUS_TITLES.items()
    }


def test_every_indicator_is_named_by_words_of_the_glossary(catalogue: Catalogue) -> None:
    known = set(terms_under("Words in the names of indicators"))

    assert {name for name in catalogue.indicators if not known & set(name.split("_"))} == set()


def test_every_word_for_indicators_is_used(catalogue: Catalogue) -> None:
    used = {word for name in catalogue.indicators for word in name.split("_")}

    assert set(terms_under("Words in the names of indicators")) - used == set()


def test_capital_abbreviations_of_classes_are_explained() -> None:
    known = set(terms_under("Abbreviations"))
    classes = {name for name in names_given() if re.match(r"_*[A-Z]", name) and not name.isupper()}
    used = {word for name in classes for word in re.findall(r"[A-Z]{2,}(?![a-z])", name)}

    assert used - known == set()
