"""Every fault of a declaration is found at its file and line, all of them in one go."""

from pathlib import Path

import pytest

from zonetwin.core.errors import InvalidPack
from zonetwin.packs.load import load_catalogue

BAD = Path(__file__).parent / "bad"

FAULTS: dict[str, list[str]] = {
    "cycle": [
        "third/pack.yaml:6: The packs need each other in a circle: "
        "'first' needs 'second' needs 'third' needs 'first'."
    ],
    "missing_need": ["first/pack.yaml:6: The needed pack 'secnod' is unknown. Did you mean 'second'?"],
    "header": [
        "first/kind.yaml: This file is not read. Did you mean 'kinds.yaml'?",
        "first/pack.yaml:1: The field 'licence' is missing.",
        "first/pack.yaml:1: The pack says 'frist' but its folder is 'first'.",
        "first/pack.yaml:6: The pack is written for published tables '2', this is 1.",
        "first/pack.yaml:7: The field 'licens' is unknown. Did you mean 'licence'?",
    ],
    "yaml": [
        "first/flows.yaml:1: The file is empty.",
        "first/kinds.yaml:2: Aliases (*name) are not allowed.",
        "first/kinds.yaml:2: Expected fields (zh, en), found nothing.",
        "first/kinds.yaml:4: The field 'geometry' is given twice.",
        "first/kinds.yaml:7: 'tag:yaml.org,2002:float' cannot be read from 'text'.",
        "first/kinds.yaml:7: 'type' is nothing, expected one of: text, integer,",
        "first/layers.yaml:2: The file is not valid YAML: did not find expected node content.",
        "first/text/zh.yaml:1: The file is not UTF-8.",
    ],
    "kinds": [
        "first/kinds.yaml:1: The kind 'residents' would hide a table of the record.",
        "first/kinds.yaml:5: The kind 'Bench' is not an identifier.",
        "first/kinds.yaml:6: The field 'en' is missing.",
        "first/kinds.yaml:7: 'geometry' is 'points', expected one of: none, point, line, polygon, any. "
        "Did you mean 'point'?",
        "first/kinds.yaml:9: The property 'geom' is a column of the record.",
        "first/kinds.yaml:10: The property 'order' is a word of SQL.",
        "first/kinds.yaml:11: The unit 'metre' is unknown.",
        "first/kinds.yaml:12: The property 'width' is declared twice. First in first/kinds.yaml:11.",
        "first/kinds.yaml:13: A code is empty.",
        "first/kinds.yaml:13: 'sort' has codes but is integer.",
        "first/kinds.yaml:14: The table 'woods' is unknown. None is declared.",
        "first/kinds.yaml:15: The field 'colour' is unknown.",
        "first/kinds.yaml:19: 'persons' is 'yes', expected true or false.",
        "first/kinds.yaml:20: 'properties' is fields, expected a list.",
    ],
    "unit": [
        "first/indicators/benches.yaml:3: The unit 'bench' is unknown.",
        "first/tables/prices.csv:3: The unit 'sqm' is unknown.",
    ],
    "layers": [
        "first/layers.yaml:2: 'order' is 'first', expected a whole number.",
        "first/layers.yaml:5: The kind 'bensch' is unknown. Did you mean 'bench'?",
        "first/layers.yaml:6: The group 'streets' is unknown. Did you mean 'street'?",
        "first/layers.yaml:9: The symbol has neither `fill` nor `line`",
        "first/layers.yaml:10: The layer 'bench' is declared twice. First in first/layers.yaml:4.",
        "first/layers.yaml:15: A zoom lies between 0 and 24.",
        "first/layers.yaml:16: 'name' is text, expected a number.",
        "first/layers.yaml:17: 'bench' has no property 'nmae'. Did you mean 'name'?",
        "first/layers.yaml:18: Nothing of the symbol can be seen on the light page #eef1f4.",
        "first/layers.yaml:18: Nothing of the symbol can be seen on the dark page #12161c.",
        "first/layers.yaml:18: The width is 0, expected 0 < width <= 40.",
        "first/layers.yaml:18: The opacity is 2, expected 0 < opacity <= 1.",
        "first/layers.yaml:21: For 'wood' the code 'elm' is unknown. Known: oak.",
        "first/layers.yaml:23: #ffeeaa has contrast 1.03 on the light page #eef1f4, expected at least 3.",
        "first/layers.yaml:23: The radius is 50, expected 0 < radius <= 40.",
        "first/layers.yaml:25: The class has no values.",
        "first/layers.yaml:27: A colour is written as [light, dark].",
        "first/layers.yaml:27: A mark is one or two characters.",
        "first/layers.yaml:27: A dash pattern is at least two lengths above 0.",
        "first/layers.yaml:28: 'bench' has no property 'colour'. Known: name, wood.",
        "first/layers.yaml:31: #ffcc00 has contrast 1.33 on the light page #eef1f4, expected at least 3.",
    ],
    "tables": [
        "first/kinds.yaml:6: The table 'limits' lacks the columns zh and en.",
        "first/tables/empty.csv:1: The file is empty.",
        "first/tables/head.csv:1: The column 'Name' is not an identifier.",
        "first/tables/head.csv:1: The column 'select' is a word of SQL.",
        "first/tables/head.csv:1: The column 'name' is there twice.",
        "first/tables/latin.csv:3: The file is not UTF-8.",
        "first/tables/limits.csv:3: The row has no source.",
        "first/tables/limits.csv:3: The status is 'certain', expected one of: verified, secondary,",
        "first/tables/limits.csv:4: The row has 2 cells, the header 4.",
        "first/tables/quoted.csv:4: The row has 1 cells, the header 2.",
        "first/tables/words.csv:3: The code 'x' is there twice.",
        "first/tables/words.csv:4: A code or one of its titles is empty.",
        "second/tables/limits.csv:1: The table 'limits' has the columns line, value. "
        "In first/tables/limits.csv they are line, value, source, status.",
        "second/tables/words.csv:2: A code or one of its titles is empty.",
        "stranger/tables/words.csv:1: The table 'words' is declared by 'first'. Need it to add rows.",
    ],
    "names": [
        "second/kinds.yaml:1: The kind 'area' is declared twice. First in first/kinds.yaml:1.",
        "second/layers.yaml:2: The group 'districts' is declared twice. First in first/layers.yaml:2.",
        "second/layers.yaml:4: The layer 'area' is declared twice. First in first/layers.yaml:4.",
        "second/text/zh.yaml:1: The text 'hello' is declared twice. First in first/text/zh.yaml:1.",
    ],
    "texts": [
        "first/text/en.yaml:2: The text 'thanks' has no Chinese wording.",
        "first/text/zh.yaml:2: The text 'bye' has no English wording.",
    ],
    "flows": [
        "first/flows.yaml:1: The kind 'bench' is unknown.",
        "first/flows.yaml:1: The table 'repair_classes' is unknown.",
        "first/flows.yaml:8: The stage 'fixed' is declared twice. First in first/flows.yaml:7.",
        "first/flows.yaml:9: 'closed' is 'maybe', expected true or false.",
        "first/flows.yaml:11: The stage 'fixd' is unknown. Did you mean 'fixed'?",
        "first/flows.yaml:11: No move leads to the stage 'lost'.",
        "first/flows.yaml:13: The move 'open to fixed' is declared twice. First in first/flows.yaml:12.",
        "first/flows.yaml:14: The table 'repair_classes' is unknown.",
        "first/flows.yaml:18: The flow has no stages.",
    ],
    "indicators": [
        "first/indicators/named.yaml:1: The indicator 'misnamed' is in a file called 'named'.",
        "first/indicators/no_sql.yaml:8: There is no SQL file 'first/indicators/no_sql.sql'.",
        "first/indicators/not_needed.yaml:8: 'other/shared.sql' is in a pack that 'first' does not need.",
        "first/indicators/wrong_needs.yaml:9: 'from' is 'homes', expected one of: residents.",
        "first/indicators/wrong_needs.yaml:9: The budget is 0 minutes, expected 0 < minutes <= 120.",
        "first/indicators/wrong_needs.yaml:9: 'to' must list kinds, or give each with the values that count.",
        "first/indicators/wrong_needs.yaml:9: 'by' is 'car', expected one of: walk.",
        "first/indicators/wrong_needs.yaml:10: Expected fields, found 'code'.",
        "first/indicators/wrong_needs.yaml:11: The field 'walk' is unknown. Known: access.",
        "first/indicators/wrong_needs.yaml:11: The field 'access' is missing.",
        "first/indicators/wrong_needs.yaml:12: 'half' is a list, expected a plain value.",
        "first/indicators/wrong_needs.yaml:12: The parameter 'today' is given by the engine.",
        "first/indicators/wrong_words.yaml:6: 'combine' is 'average', expected one of: sum, ratio,",
        "first/indicators/wrong_words.yaml:8: The field 'per_person' is unknown.",
        "first/indicators/wrong_words.yaml:9: 'band' is 'wide', expected one of: none, methods.",
    ],
    "twice": ["first/pack.yaml:1: The pack 'first' is in two folders."],
}
"""For each folder of bad packs what is wrong with them: file, line and the beginning of the message."""


def faults_of(folder: Path) -> list[str]:
    """Load every pack below a folder and list what is wrong with them."""
    folders = [file.parents[1] for file in sorted(folder.rglob("pack.yaml"))]
    names = {file.parent.name for file in folder.rglob("pack.yaml")}
    with pytest.raises(InvalidPack) as caught:
        load_catalogue(sorted(names), list(dict.fromkeys(folders)))
    return [str(issue) for issue in caught.value.issues]


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_is_found_at_its_file_and_line(name: str) -> None:
    found = faults_of(BAD / name)

    unexpected = [issue for issue in found if not any(issue.startswith(fault) for fault in FAULTS[name])]
    missed = [fault for fault in FAULTS[name] if not any(issue.startswith(fault) for issue in found)]
    assert (unexpected, missed) == ([], [])
    assert len(found) == len(FAULTS[name])


def test_the_error_lists_all_faults_in_the_order_of_file_and_line() -> None:
    found = faults_of(BAD / "tables")

    places = [issue.split(": ")[0].rsplit(":", 1) for issue in found]
    assert places == sorted(places, key=lambda place: (place[0], int(place[1])))


def test_no_folder_of_bad_packs_is_forgotten() -> None:
    folders = {path.name for path in BAD.iterdir()}

    assert folders == {*FAULTS, "statements"}  # those load; test_check looks at them
