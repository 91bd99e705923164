"""Tests of files kept by the hash of their content."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.zone.project_zone import make_project_zone

from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.zone.media import check_media, find_media, keep_media, keep_media_file, media_path
from zonetwin.zone.zone import Zone, open_zone


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[Zone]:
    with open_zone(make_project_zone(tmp_path / "zone")) as opened:
        yield opened


def test_a_file_is_kept_under_the_hash_of_its_content(zone: Zone, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"picture")
    kept = keep_media_file(zone, tmp_path / "photo.jpg")
    assert kept.hash == hashlib.sha256(b"picture").hexdigest()
    assert (kept.name, kept.type, kept.size) == ("photo.jpg", "image/jpeg", 7)
    assert media_path(zone, kept.hash).read_bytes() == b"picture"
    assert find_media(zone, kept.hash) == kept


def test_the_same_content_is_kept_once_under_its_first_name(zone: Zone) -> None:
    first = keep_media(zone, b"same", name="a.pdf")
    assert keep_media(zone, b"same", name="b.pdf") == first
    assert len(list((zone.folder / "media").glob("[0-9a-f]*"))) == 2  # the file and what is said of it


def test_a_name_never_leads_out_of_the_folder(zone: Zone) -> None:
    assert keep_media(zone, b"x", name="../../etc/pass\nwd").name == "passwd"
    for wrong in ("../zone.toml", "", "A" * 64):
        with pytest.raises(NotFound):
            media_path(zone, wrong)


def test_what_another_part_put_there_has_its_hash_for_a_name(zone: Zone) -> None:
    digest = hashlib.sha256(b"text").hexdigest()
    (zone.folder / "media").mkdir(exist_ok=True)
    (zone.folder / "media" / digest).write_bytes(b"text")
    assert find_media(zone, digest).name == digest


def test_an_empty_file_is_refused(zone: Zone) -> None:
    with pytest.raises(InvalidInput, match="is empty"):
        keep_media(zone, b"", name="a.jpg")


def test_hashes_named_as_evidence_must_be_kept(zone: Zone) -> None:
    kept = keep_media(zone, b"x", name="a.jpg").hash
    assert check_media(zone, f" {kept}  {kept} ") == kept
    with pytest.raises(NotFound):
        check_media(zone, f"{kept} {'0' * 64}")
