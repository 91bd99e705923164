from pathlib import Path

import pytest

from zonetwin.core.errors import InvalidInput, InvalidPack
from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.text import Text
from zonetwin.io.mapping_file import COLUMNS_FILE, read_aliases, read_mapping
from zonetwin.packs.load import load_catalogue, pack_folders

T = Text("它", "It")
KINDS = {
    "park": Kind("park", T, Geometry.POLYGON, (Property("name", Type.TEXT, T),)),
    "gate": Kind(
        "gate",
        T,
        Geometry.POINT,
        (
            Property("park", Type.TEXT, T),
            Property("width_m", Type.REAL, T, "m"),
            Property("sort", Type.TEXT, T, codes={"main": T, "side": T}),
        ),
    ),
}


def written(folder: Path, text: str) -> Path:
    path = folder / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_fault_is_reported_with_its_line(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        """mapping: m
formats: [osm]
rules:
  - kind: parc
  - kind: gate
    shapes: [blob]
    on: {kind: lake, property: name}
    where: {}
    properties:
      sort: [{is: back}, {from: a, is: b}]
      width_m: [{from: w, unit: kg}, {from: w, unit: s}, {from: w, pattern: "[0-9]+"}, {from: w, pattern: "("}]
      colour: c
  - kind: park
    outline: true
    where: {leisure: {not: park, except: park}}
""",
    )
    with pytest.raises(InvalidPack) as caught:
        read_mapping(path, KINDS)
    lines = [(issue.line, issue.message.split(".")[0]) for issue in caught.value.issues]
    assert (4, "The kind 'parc' is unknown") in lines
    assert {line for line, _ in lines} == {4, 6, 7, 8, 10, 11, 12, 14, 15}


def test_a_yes_in_a_mapping_stays_a_word(tmp_path: Path) -> None:
    path = written(
        tmp_path, "mapping: m\nformats: [osm]\nrules:\n  - {kind: park, where: {fee: [yes, no]}}\n"
    )
    (rule,) = read_mapping(path, KINDS).rules
    assert rule.where[0][0].values == {"yes", "no"}


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_bytes("mapping: 公园".encode("gb18030"))
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_mapping(path, KINDS)


def test_shipped_mappings_name_only_what_their_packs_have() -> None:
    names = sorted(folder.name for root in pack_folders() for folder in root.iterdir() if folder.is_dir())
    files = 0
    for name in names:
        catalogue = load_catalogue([name], pack_folders())
        for path in sorted((catalogue.packs[-1].folder / "mappings").glob("*.yaml")):
            files += 1
            if path.name == COLUMNS_FILE:
                read_aliases([path], catalogue.kinds)
            else:
                mapping = read_mapping(path, catalogue.kinds)
                assert mapping.keys_asked(), f"{path} would read every object of a file"
                assert mapping.source is not None
                assert mapping.source.licence == "ODbL-1.0"
    assert files >= 12


def test_an_alias_of_an_unknown_property_is_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path, "park:\n  nom: [a]\n")
    with pytest.raises(InvalidPack, match="nom"):
        read_aliases([path], KINDS)


@pytest.mark.parametrize("document", ["import.md", "import.zh-CN.md"])
def test_the_example_in_the_guide_is_a_mapping(tmp_path: Path, document: str) -> None:
    text = (Path(__file__).parents[2] / "docs" / document).read_text(encoding="utf-8")
    path = written(tmp_path, text.split("```yaml\n")[1].split("```")[0])
    catalogue = load_catalogue(["green", "buildings"], pack_folders())
    mapping = read_mapping(path, catalogue.kinds)
    assert [rule.kind for rule in mapping.rules] == ["building", "park_gate"]
    assert mapping.rules[1].edge is not None
