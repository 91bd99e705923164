import os
import subprocess
import sys
from pathlib import Path

import pytest

from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.text import Text
from zonetwin.io.drafting import draft_schema
from zonetwin.io.staging import open_staging

T = Text("它", "It")
KIND = Kind("park", T, Geometry.POLYGON, (Property("name", Type.TEXT, T),))


def test_drafts_come_back_in_order_and_the_place_is_gone_afterwards(tmp_path: Path) -> None:
    schema = draft_schema(KIND)
    with open_staging(tmp_path, {"park": KIND}) as staging:
        for name in ("a", "b"):
            row = dict.fromkeys(schema.names) | {"name": name}
            staging.add("park", schema.empty_table().from_pylist([row], schema=schema))
        tables = staging.tables()
        assert tables["park"]["name"].to_pylist() == ["a", "b"]
    assert list(tmp_path.iterdir()) == []


def test_the_place_is_gone_after_a_failure_too(tmp_path: Path) -> None:
    def fail() -> None:
        with open_staging(tmp_path, {"park": KIND}) as staging:
            staging.add("park", draft_schema(KIND).empty_table())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_program_left_is_swept_and_what_a_running_one_uses_is_not(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, used = tmp_path / f".staged-{ended.pid}-x", tmp_path / f".staged-{os.getpid()}-x"
    left.mkdir()
    used.mkdir()
    with open_staging(tmp_path, {"park": KIND}):
        pass
    assert list(tmp_path.iterdir()) == [used]
