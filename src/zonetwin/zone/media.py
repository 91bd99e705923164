"""Files people attach: kept in the zone's `media/` under the hash of their content, so that none is kept twice.

Beside a file stands a small JSON file with the name, type and size it was first given with; what another
part put there without one has only its hash for a name. A file is on disk before its hash is answered. Files
are never changed and never removed here.
"""

import hashlib
import json
import mimetypes
import os
import re
from dataclasses import dataclass
from pathlib import Path

from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.zone.zone import Zone

_HASH = re.compile(r"^[0-9a-f]{64}$")
LARGEST = 200 * 1024 * 1024
"""Bytes a single file may have."""


@dataclass(frozen=True, slots=True)
class Media:
    """A kept file: SHA-256 of its content, the name it came with, its media type, its size in bytes."""

    hash: str
    name: str
    type: str
    size: int

    def as_json(self) -> dict[str, object]:
        return {"hash": self.hash, "name": self.name, "type": self.type, "size": self.size}


def keep_media(zone: Zone, data: bytes, *, name: str) -> Media:
    """Keep a file's content and give what it is kept as. Content kept before keeps its first name.

    Raises:
        InvalidInput: the file is empty or larger than `LARGEST`.
    """
    if not data:
        raise InvalidInput(f"The file {name!r} is empty.", hint="Choose the file again.")
    if len(data) > LARGEST:
        raise InvalidInput(f"The file {name!r} has {len(data)} bytes, expected at most {LARGEST}.")
    digest = hashlib.sha256(data).hexdigest()
    file = _file(zone.folder, digest)
    described = file.with_suffix(".json")
    if not (file.is_file() and described.is_file()):
        file.parent.mkdir(parents=True, exist_ok=True)
        media = Media(digest, _plain_name(name), _type_of(name), len(data))
        _write(file, data)
        _write(described, json.dumps(media.as_json(), ensure_ascii=False).encode())
    return find_media(zone, digest)


def keep_media_file(zone: Zone, path: Path) -> Media:
    """Keep a copy of a file on disk.

    Raises:
        NotFound: there is no such file.
        InvalidInput: as for `keep_media`.
    """
    if not path.is_file():
        raise NotFound(f"There is no file {path.name!r} there.", hint="Check the path.")
    return keep_media(zone, path.read_bytes(), name=path.name)


def find_media(zone: Zone, digest: str) -> Media:
    """Tell what is kept under a hash.

    Raises:
        NotFound: nothing is.
    """
    file = media_path(zone, digest)
    described = file.with_suffix(".json")
    if not described.is_file():
        return Media(digest, digest, "application/octet-stream", file.stat().st_size)
    values = json.loads(described.read_text(encoding="utf-8"))
    return Media(digest, str(values["name"]), str(values["type"]), int(values["size"]))


def media_path(zone: Zone, digest: str) -> Path:
    """Give the path of a kept file.

    Raises:
        NotFound: the text is not a hash, or nothing is kept under it.
    """
    if not _HASH.match(digest):
        raise NotFound(f"{digest!r} is not the hash of a kept file.", hint="It has 64 hexadecimal digits.")
    file = _file(zone.folder, digest)
    if not file.is_file():
        raise NotFound(f"No file is kept under {digest!r}.")
    return file


def check_media(zone: Zone, hashes: str) -> str:
    """Give hashes separated by spaces back if all of them are kept.

    Raises:
        NotFound: one is not.
    """
    for digest in hashes.split():
        media_path(zone, digest)
    return " ".join(dict.fromkeys(hashes.split()))


def _file(folder: Path, digest: str) -> Path:
    return folder / "media" / digest


def _plain_name(name: str) -> str:
    """Keep the last part of a name, without what cannot stand in a header or a listing."""
    last = re.split(r"[\\/]", name)[-1]
    return "".join(letter for letter in last if letter.isprintable())[:200].strip() or "file"


def _type_of(name: str) -> str:
    return mimetypes.guess_type(_plain_name(name))[0] or "application/octet-stream"


def _write(file: Path, data: bytes) -> None:
    """Write a file whole and durably: it is either all there or not there."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    with fresh.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(file)
