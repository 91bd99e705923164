"""The demonstration zone, made and measured whole: synthetic district, import, workbook, every indicator.

A process of its own, as a user starts it, so the time includes starting Python. There is no peer: nothing else makes
such a zone. `--quick` makes a hundredth of the district, whose goal does not count.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.report import Row, main, timed_ms

GOAL_S = 90.0


def measure(quick: bool) -> Iterator[Row]:
    """Make the demonstration zone once and time it."""
    scale = "0.01" if quick else "0.2"
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "zonetwin", "demo", str(Path(folder) / "zone"), "--scale", scale]
        seconds = timed_ms(lambda: subprocess.run(command, check=True, capture_output=True)) / 1000
    yield Row(f"demo at scale {scale}: make and measure all, s", seconds, goal=None if quick else GOAL_S)


if __name__ == "__main__":
    main("Demonstration zone", measure)
