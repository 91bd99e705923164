"""Where drafts wait until a whole file has been read: one Arrow file per kind in a folder of its own.

Nothing of a file reaches the record before all of it could be read; drafts on disk keep memory flat however large
the file is.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from zonetwin.core.kind import Kind
from zonetwin.io.drafting import draft_schema

_PREFIX = ".staged-"


class Staging:
    """Drafts by kind: written batch by batch, then read back whole (memory-mapped)."""

    def __init__(self, folder: Path, kinds: Mapping[str, Kind]) -> None:
        self._folder = folder
        self._kinds = kinds
        self._files: dict[str, pa.ipc.RecordBatchFileWriter] = {}

    def add(self, kind: str, drafts: pa.Table) -> None:
        if kind not in self._files:
            schema = draft_schema(self._kinds[kind])
            self._files[kind] = pa.ipc.new_file(str(self._path(kind)), schema)
        self._files[kind].write_table(drafts)

    def tables(self) -> dict[str, pa.Table]:
        """Close the files and give all drafts by kind, in the order of the file."""
        for file in self._files.values():
            file.close()
        return {kind: self._read(kind) for kind in self._files}

    def close(self) -> None:
        for file in self._files.values():
            file.close()

    def _read(self, kind: str) -> pa.Table:
        with pa.memory_map(str(self._path(kind))) as source:
            return pa.ipc.open_file(source).read_all()

    def _path(self, kind: str) -> Path:
        return self._folder / f"{kind}.arrow"


@contextmanager
def open_staging(folder: Path, kinds: Mapping[str, Kind]) -> Iterator[Staging]:
    """Open a place for drafts inside a folder; it is gone at the end of the block, whatever happened.

    Places that killed programs left behind are removed first.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", dir=folder) as name:
        staging = Staging(Path(name), kinds)
        try:
            yield staging
        finally:
            staging.close()


def _sweep(folder: Path) -> None:
    for place in folder.glob(f"{_PREFIX}*"):
        owner = place.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not _is_running(int(owner)):
            shutil.rmtree(place, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
