"""The record under crashes, rivals and damage: nothing acknowledged is lost, nothing half-done is seen."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.samples import CLERK, buildings, open_sample, put, scattered, squares

from zonetwin.core.actor import STAFF
from zonetwin.core.errors import InvalidInput, Unavailable
from zonetwin.core.space import Box
from zonetwin.store import connection
from zonetwin.store.model import Selection, Store

REPOSITORY = Path(__file__).parents[2]
EVERYWHERE = Selection(box=Box(-180, -90, 180, 90))

WRITE_FOREVER = """
import sys
from pathlib import Path
from tests.store.samples import CLERK, buildings, open_sample, squares
store = open_sample(Path(sys.argv[1]))
while True:
    with store.begin(actor=CLERK, tool="child") as writer:
        number = writer.change
        writer.add("building", buildings(squares(5), storeys=[number] * 5), source=1)
        writer.execute("insert into note_row (title, done) values (:title, true)", {"title": str(number)})
        if number > 1:
            writer.revise("building", (number - 1) * 5, {"name": "revised"})
    print(number, flush=True)
"""

HOLD_A_CHANGE = """
import sys, time
from pathlib import Path
from tests.store.samples import CLERK, buildings, open_sample, squares
store = open_sample(Path(sys.argv[1]))
with store.begin(actor=CLERK, tool="child") as writer:
    writer.add("building", buildings(squares(3)), source=1)
    print("open", flush=True)
    time.sleep(60)
"""


def _start(script: str, folder: Path) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(REPOSITORY / "src"), str(REPOSITORY), os.environ.get("PYTHONPATH", "")])
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=REPOSITORY,
        env=os.environ | {"PYTHONPATH": paths},
    )


def _kill(process: subprocess.Popen[str]) -> list[str]:
    """Kill a process as the kernel would, and give the whole lines it had printed."""
    process.send_signal(signal.SIGKILL)
    output, _ = process.communicate()
    return output.rsplit("\n", 1)[0].splitlines()


@pytest.fixture
def rival(tmp_path: Path) -> "Iterator[subprocess.Popen[str]]":
    """Another program with a Change open on the record of the folder."""
    process = _start(HOLD_A_CHANGE, tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "open\n"
    yield process
    if process.poll() is None:
        _kill(process)


@pytest.mark.parametrize("seconds", [0.15, 0.4, 0.7])
def test_every_acknowledged_change_outlives_kill_9(tmp_path: Path, seconds: float) -> None:
    process = _start(WRITE_FOREVER, tmp_path)
    assert process.stdout is not None
    assert process.stdout.readline() == "1\n"
    time.sleep(seconds)
    acknowledged = [1, *map(int, _kill(process))]
    store = open_sample(tmp_path)
    last = store.last_change
    # The one Change that may have been committed without its acknowledgement is the next.
    assert last in (acknowledged[-1], acknowledged[-1] + 1)
    assert acknowledged == list(range(1, acknowledged[-1] + 1))
    _check_whole(store, last)
    store.close()


def _check_whole(store: Store, last: int) -> None:
    """Every Change up to the last is there with all of what it wrote: five buildings, a note and a revision."""
    storeys = store.read("building", STAFF)["storeys"].to_pylist()
    assert storeys == [number for number in range(1, last + 1) for _ in range(5)]
    assert store.select("select count(*) as notes from note_row") == [{"notes": last}]
    assert store.count("building", STAFF, EVERYWHERE) == 5 * last
    revised = store.read("building", STAFF, Selection(equals={"name": "revised"}))["fid"].to_pylist()
    assert revised == [5 * number for number in range(1, last)]
    assert [change.id for change in store.changes_since(0)] == list(range(1, last + 1))


def test_a_change_cut_off_by_kill_9_leaves_nothing(tmp_path: Path, rival: "subprocess.Popen[str]") -> None:
    _kill(rival)
    store = open_sample(tmp_path)
    assert (store.last_change, store.count("building", STAFF)) == (0, 0)
    assert put(store, "building", buildings(squares(1))) == [1]
    store.close()


def test_a_second_writer_is_refused_with_a_hint_and_can_read(
    tmp_path: Path, rival: "subprocess.Popen[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_SECONDS", 0.2)
    store = open_sample(tmp_path)
    with pytest.raises(Unavailable, match="being written by another program") as caught:
        put(store, "building", buildings(squares(1)))
    assert "running server" in caught.value.hint
    assert store.count("building", STAFF) == 0
    _kill(rival)
    put(store, "building", buildings(squares(1)))
    store.close()


def test_an_open_change_does_not_hold_up_readers(tmp_path: Path) -> None:
    store = open_sample(tmp_path)
    put(store, "building", buildings(squares(1)))
    seen: list[int] = []
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.add("building", buildings(squares(9)), source=1)
        reader = threading.Thread(target=lambda: seen.append(store.count("building", STAFF)))
        reader.start()
        reader.join(5)
    assert seen == [1]
    assert store.count("building", STAFF) == 10
    store.close()


def test_writers_of_many_threads_take_turns_while_others_read(tmp_path: Path) -> None:
    store = open_sample(tmp_path)
    faults: list[BaseException] = []

    def write() -> None:
        for _ in range(10):
            put(store, "building", buildings(squares(3)))

    def read() -> None:
        for _ in range(40):
            with store.snapshot() as then:
                if then.count("building", STAFF) != 3 * then.last_change:
                    raise AssertionError("a reader saw half a Change")

    def guarded(work: object) -> None:
        try:
            assert callable(work)
            work()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in [write] * 4 + [read] * 4]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert (store.last_change, store.count("building", STAFF)) == (40, 120)
    assert store.read("building", STAFF)["fid"].to_pylist() == list(range(1, 121))
    store.close()


def test_a_full_disk_is_reported_and_undoes_the_change(tmp_path: Path) -> None:
    store = open_sample(tmp_path)
    put(store, "building", buildings(squares(1)))
    writing = store._connection  # type: ignore[attr-defined]  # no other way to make SQLite believe in a small disk
    (pages,) = writing.execute("pragma page_count").fetchone()
    writing.execute(f"pragma max_page_count = {pages + 20}")
    with pytest.raises(Unavailable, match="full") as caught:
        put(store, "building", buildings(scattered(5000)))
    assert "space" in caught.value.hint
    assert (store.last_change, store.count("building", STAFF)) == (1, 1)
    writing.execute("pragma max_page_count = 1000000")
    put(store, "building", buildings(squares(1)))
    assert store.count("building", STAFF, EVERYWHERE) == 2
    store.close()


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough" * 100, b"SQLite format 3\0" + b"x" * 4096]
)
def test_a_file_that_is_not_a_record_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "zone.gpkg").write_bytes(content)
    with pytest.raises(InvalidInput, match=r"zone\.gpkg is not a readable record"):
        open_sample(tmp_path)
    assert (tmp_path / "zone.gpkg").read_bytes() == content


def test_a_folder_that_is_not_there_is_reported(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="cannot be opened"):
        open_sample(tmp_path / "nowhere")


def test_a_closed_record_is_not_read(tmp_path: Path) -> None:
    store = open_sample(tmp_path)
    store.close()
    with pytest.raises(Unavailable, match="closed"):
        store.count("building", STAFF)


def test_the_file_stays_sound_through_bulk_loads_and_undone_ones(tmp_path: Path) -> None:
    store = open_sample(tmp_path)
    for seed in range(3):
        put(store, "building", buildings(scattered(2000, seed)))
        with pytest.raises(InvalidInput):
            put(store, "building", buildings([*scattered(1500, seed), b"broken"]))
    store.close()
    checking = sqlite3.connect(tmp_path / "zone.gpkg")
    assert checking.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert checking.execute("select rtreecheck('rtree_building_geom')").fetchone() == ("ok",)
    assert checking.execute("select count(*) from rtree_building_geom").fetchone() == (6000,)
    checking.close()
