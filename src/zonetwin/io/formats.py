"""The foreign formats zonetwin reads and writes, and which of them a file is in."""

from pathlib import Path

from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.io.csv_table import CSV
from zonetwin.io.geojson import GEOJSON
from zonetwin.io.geopackage import GEOPACKAGE
from zonetwin.io.model import Format
from zonetwin.io.osm import OSM
from zonetwin.io.shapefile import SHAPEFILE

FORMATS: tuple[Format, ...] = (OSM, GEOPACKAGE, SHAPEFILE, GEOJSON, CSV)
"""In the order in which they are tried on a file's first bytes."""

_HEAD = 1024


def format_of_file(path: Path) -> Format:
    """Tell the format of a file from its first bytes, whatever its name is.

    Raises:
        NotFound: there is no such file.
        InvalidInput: the file is empty or in no known format.
    """
    if not path.is_file():
        raise NotFound(f"There is no file {path.name!r}.", hint="Check the path.")
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.strip():
        raise InvalidInput(f"{path.name!r} is empty.", hint="Check that it was written whole.")
    for item in FORMATS:
        if item.sniff(head):
            return item
    raise InvalidInput(f"{path.name!r} is in no format known here.", hint=f"Known: {_listed()}.")


def format_to_write(path: Path, name: str | None) -> Format:
    """Choose the format of a file to write: by its name in `FORMATS`, else by the file's ending.

    Raises:
        InvalidInput: no format of that name or ending can be written.
    """
    writable = [item for item in FORMATS if item.write is not None]
    for item in writable:
        if item.name == name or (name is None and path.name.lower().endswith(item.extensions)):
            return item
    known = ", ".join(f"{item.name} ({item.extensions[0]})" for item in writable)
    raise InvalidInput(f"{name or path.suffix!r} is no format that can be written.", hint=f"Known: {known}.")


def _listed() -> str:
    return ", ".join(f"{item.name} ({', '.join(item.extensions)})" for item in FORMATS)
