"""Reads Shapefiles, in whatever encoding each of their cells is.

The encoding is that of the `.cpg` file where there is one; else each text is taken as UTF-8 where it can be and as
GB 18030 where not, since Chinese Shapefiles seldom say and sometimes mix. A missing `.prj` is asked for.

Source: ESRI Shapefile Technical Description, 1998.
"""

from collections.abc import Iterator
from pathlib import Path

from zonetwin.core.errors import InvalidInput
from zonetwin.io.model import Batch, Format, ReadOptions
from zonetwin.io.text_encoding import LATIN, decoded
from zonetwin.io.vector import Decode, Layer, layer_names, read_layer

_CODE_PAGES = {"936": "gb18030", "gbk": "gb18030", "gb2312": "gb18030", "65001": "utf-8", "utf8": "utf-8"}


def read_shapefile(path: Path, options: ReadOptions) -> Iterator[Batch]:
    """Read a Shapefile, named by its `.shp`.

    Raises:
        InvalidInput: a part is missing or damaged, it has no CRS, or it is empty.
    """
    for part in (".dbf", ".shx"):
        if _beside(path, part) is None:
            raise InvalidInput(
                f"{path.name!r} has no {part} beside it.", hint="A Shapefile is several files; copy them all."
            )
    label = _label(path)
    # Latin-1 gives every byte a character of its own, so that the bytes can be had back and decoded cell by cell.
    layer = Layer(layer_names(path)[0], encoding="ISO-8859-1", decode=_decoder(label))
    count = 0
    for batch in read_layer(path, layer, options):
        count += batch.read
        yield batch
    if count == 0:
        raise InvalidInput(f"{path.name!r} holds no objects.", hint="Check that it is the right file.")


def _label(path: Path) -> str | None:
    """Give the encoding that the `.cpg` file names, None when there is none."""
    file = _beside(path, ".cpg")
    if file is None:
        return None
    text = file.read_bytes().decode("ascii", "ignore").strip().lower()
    return _CODE_PAGES.get(text.replace("-", "").removeprefix("cp"), text) or None


def _decoder(label: str | None) -> Decode:
    def decode(text: str) -> str:
        return text if text.isascii() else decoded(text.encode(LATIN), labelled=label)[0]

    return decode


def _beside(path: Path, extension: str) -> Path | None:
    for candidate in (path.with_suffix(extension), path.with_suffix(extension.upper())):
        if candidate.is_file():
            return candidate
    return None


def _is_shapefile(head: bytes) -> bool:
    return head.startswith(b"\x00\x00\x27\x0a")


SHAPEFILE = Format(
    name="shapefile",
    extensions=(".shp",),
    sniff=_is_shapefile,
    read=read_shapefile,
    layers=layer_names,
    is_synthetic=lambda path: False,
)
