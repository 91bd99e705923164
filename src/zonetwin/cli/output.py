"""What the command line prints: tables for people, JSON for programs, progress on standard error."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import click

from zonetwin.core.text import Text


def print_json(value: object) -> None:
    """Print one JSON document on standard output, numbers unrounded, Chinese as it is."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, title: str = "") -> None:
    """Print a table as wide as it needs; numbers stand to the right."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Styled

    numeric = [
        bool(rows) and all(isinstance(row[i], int | float | None) for row in rows)
        for i in range(len(columns))
    ]
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for name, right in zip(columns, numeric, strict=True):
        table.add_column(name, justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Styled(_cell(value)) for value in row))
    width = None if sys.stdout.isatty() else 200
    Console(width=width).print(table)


def number(value: object) -> str:
    """Write a number with at most four significant decimals, a dash for a missing one."""
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.4f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else str(value)


def _cell(value: object) -> str:
    return number(value) if value is None or isinstance(value, int | float) else str(value)


@contextmanager
def shown_progress() -> Iterator[Callable[[int, int | None, Text], None]]:
    """Show a progress bar on standard error while the block runs; where that is no terminal, a line per stage."""
    if not sys.stderr.isatty():
        yield _stage_lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("", total=None)

        def report(done: int, total: int | None, note: Text) -> None:
            bars.update(task, completed=done, total=total, description=f"{note.zh} {note.en}")

        yield report


def _stage_lines() -> Callable[[int, int | None, Text], None]:
    last = ""

    def report(done: int, total: int | None, note: Text) -> None:
        nonlocal last
        if note.en != last:
            last = note.en
            click.echo(f"… {note.zh} {note.en}", err=True)

    return report


def title_in(value: object, language: str = "zh") -> str:
    """Read one language of a `{zh, en}` value."""
    return (
        str(value.get(language) or value.get("en") or "") if isinstance(value, Mapping) else str(value or "")
    )
