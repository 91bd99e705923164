"""What every benchmark prints: rows of ours beside the peers, as a table or as JSON.

JSON: `{"rows": [{"case", "ours", "peers", "ratio", "goal", "ok"}, …]}`. The unit stands in the case's name; smaller
is better; `ratio` is ours over the best peer, null without one; `ok` is whether the goal is met, true without one.
"""

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Row:
    """One measured case. `peers` maps the name of each peer to its figure, None where it cannot do the case."""

    case: str
    ours: float
    peers: Mapping[str, float | None] = field(default_factory=dict)
    goal: float | None = None

    @property
    def ratio(self) -> float | None:
        measured = [figure for figure in self.peers.values() if figure]
        return self.ours / min(measured) if measured else None

    @property
    def ok(self) -> bool:
        return self.goal is None or self.ours <= self.goal

    def as_json(self) -> dict[str, object]:
        return {
            "case": self.case,
            "ours": _rounded(self.ours),
            "peers": {name: _rounded(figure) for name, figure in self.peers.items()},
            "ratio": _rounded(self.ratio),
            "goal": self.goal,
            "ok": self.ok,
        }


def main(
    title: str, measure: Callable[[bool], Iterable[Row]], arguments: Sequence[str] | None = None
) -> None:
    """Run a benchmark from the command line.

    Args:
        title: What is measured, for the head of the table.
        measure: Gives the rows; its argument is true for a quick run at reduced scale, whose goals do not count.
        arguments: In place of the program's own.
    """
    parser = argparse.ArgumentParser(description=title)
    parser.add_argument("--quick", action="store_true", help="reduced scale, for a first look")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    rows = list(measure(options.quick))
    if options.json:
        print(json.dumps({"rows": [row.as_json() for row in rows]}, ensure_ascii=False, indent=1))
    else:
        print(table(f"{title} (quick)" if options.quick else title, rows))


def table(title: str, rows: Iterable[Row]) -> str:
    """Lay rows out for reading, one line per case."""
    cells = [("case", "ours", "peers", "ratio", "goal", "")]
    for row in rows:
        peers = ", ".join(f"{name} {_shown(figure)}" for name, figure in row.peers.items()) or "-"
        verdict = "" if row.goal is None else "ok" if row.ok else "MISSED"
        cells.append((row.case, _shown(row.ours), peers, _shown(row.ratio), _shown(row.goal), verdict))
    widths = [max(len(line[column]) for line in cells) for column in range(6)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    return "\n".join([title, *(line.rstrip() for line in lines)])


def timed_ms(work: Callable[[], object]) -> float:
    """Run something once and give the milliseconds it took."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000.0


def median(figures: Sequence[float]) -> float:
    """Give the median."""
    return statistics.median(figures)


def percentile(figures: Sequence[float], share: float) -> float:
    """Give the smallest figure that at least `share` (0..1) of all do not exceed."""
    ordered = sorted(figures)
    return ordered[max(0, min(len(ordered) - 1, -int(-share * len(ordered) // 1) - 1))]


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else float(f"{figure:.4g}")


def _shown(figure: float | None) -> str:
    return "-" if figure is None else f"{figure:.3g}" if abs(figure) < 1000 else f"{figure:,.0f}"
