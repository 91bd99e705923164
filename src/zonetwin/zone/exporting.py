"""Writes kinds and published tables of a zone to a foreign file, with where they come from and the synthetic mark."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import pyarrow as pa

from zonetwin.core.actor import STAFF, Viewer
from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.core.kind import Geometry
from zonetwin.core.source import Source
from zonetwin.io.formats import format_to_write
from zonetwin.io.model import Origin
from zonetwin.store.model import Store
from zonetwin.zone.zone import PARTS, Zone

_LEFT_OUT = ("recorded_at", "change")
"""Columns of the record that mean nothing elsewhere."""


_SOURCE_COLUMNS: Mapping[str, pa.DataType] = {
    "id": pa.int64(),
    "name": pa.string(),
    "file": pa.string(),
    "licence": pa.string(),
    "attribution": pa.string(),
    "obtained_on": pa.date32(),
    "synthetic": pa.bool_(),
    "note": pa.string(),
}


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: rows by layer."""

    file: str
    format: str
    counts: Mapping[str, int]

    def __str__(self) -> str:
        return ", ".join(f"{count} {layer}" for layer, count in self.counts.items())

    def as_json(self) -> dict[str, object]:
        return {"file": self.file, "format": self.format, "counts": dict(self.counts)}


def export(
    zone: Zone, what: str | Sequence[str], path: Path, *, format: str | None = None, viewer: Viewer = STAFF
) -> ExportReport:
    """Write current features or published rows to a file, replacing it when it is there.

    Args:
        zone: The zone.
        what: Names of kinds or of tables that domains publish; one name may list several with commas.
        path: The file to write.
        format: `geojson`, `gpkg` or `csv`; by default what the file's ending says.
        viewer: Who looks: kinds that hold persons are not there for everyone.

    Raises:
        NotFound: no such kind or table.
        InvalidInput: the format cannot be written, or cannot hold so many tables.
    """
    names = list(dict.fromkeys(what.split(",") if isinstance(what, str) else what))
    writer = format_to_write(path, format.lower() if format else None)
    if writer.write is None or not names:
        raise InvalidInput("There is nothing to export.", hint="Name a kind or a published table.")
    tables = {name: _table(zone.store, name, viewer) for name in names}
    origin = _origin(zone, tables)
    named = {name: _with_source_names(table, zone.store) for name, table in tables.items()}
    temporary = path.with_name(f".{path.name}.part{path.suffix}")
    temporary.unlink(missing_ok=True)
    try:
        counts = writer.write(temporary, named, origin)
        _put_in_place(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    return ExportReport(path.name, writer.name, counts)


def _table(store: Store, name: str, viewer: Viewer) -> pa.Table:
    kind = store.kinds.get(name)
    if kind is not None and (viewer.sees_persons or not kind.persons):
        table = store.read(name, viewer)
        left_out = [*_LEFT_OUT, *(["geom"] if kind.geometry is Geometry.NONE else [])]
        return table.drop_columns(left_out)
    if name in _published():
        return store.published(name)
    known = sorted({item.name for item in store.kinds.values() if viewer.sees_persons or not item.persons})
    raise NotFound(
        f"There is no kind or table {name!r}.", hint=f"Known: {', '.join([*known, *sorted(_published())])}."
    )


def _published() -> set[str]:
    return {name for part in PARTS for name in part.published}


def _origin(zone: Zone, tables: Mapping[str, pa.Table]) -> Origin:
    """Gather the sources of the rows to be written; of tables that name none, only the zone's own mark is known."""
    used = {
        identity
        for table in tables.values()
        if "source" in table.column_names
        for identity in table["source"].unique().to_pylist()
    }
    sources = [(identity, source) for identity, source in zone.store.sources() if identity in used]
    attribution = dict.fromkeys(source.attribution for _, source in sources if source.attribution)
    synthetic = zone.settings.synthetic or any(source.synthetic for _, source in sources)
    return Origin(tuple(attribution), _source_table(sources), synthetic)


def _source_table(sources: Sequence[tuple[int, Source]]) -> pa.Table:
    rows = [{"id": identity, **asdict(source)} for identity, source in sources]
    return pa.Table.from_pylist(rows, schema=pa.schema(_SOURCE_COLUMNS))


def _with_source_names(table: pa.Table, store: Store) -> pa.Table:
    """Write the name of the source instead of its number, which means nothing elsewhere."""
    if "source" not in table.column_names:
        return table
    names: dict[int | None, str] = {identity: source.name for identity, source in store.sources()}
    column = pa.array([names.get(identity) for identity in table["source"].to_pylist()], pa.string())
    return table.set_column(table.column_names.index("source"), "source", column)


def _put_in_place(temporary: Path, path: Path) -> None:
    """Move what was written, and the companion of a table, to where they belong."""
    companion = temporary.with_name(f"{temporary.name}.txt")
    if companion.is_file():
        os.replace(companion, path.with_name(f"{path.name}.txt"))
    os.replace(temporary, path)
