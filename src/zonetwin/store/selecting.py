"""The statements that read features of one kind, composed from a selection.

A box is matched by envelopes. The R*Tree holds them as float32 rounded outward, so an entry that meets the box only
within that rounding is decided by the exact envelope in the blob (`zonetwin_meets`); such entries are rare.

Reads of the past pick, for each feature, the newest version recorded by `known` that begins by `at`, and give it
where it was not over then: what was said last about a day is what held on it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from zonetwin.core.errors import InvalidInput
from zonetwin.core.kind import Kind
from zonetwin.core.space import Box
from zonetwin.store.columns import Column, has_place, instant_text, read_order
from zonetwin.store.geometry_blob import HEADER_BYTES
from zonetwin.store.geopackage import past_table, rtree_of
from zonetwin.store.model import Selection, Value

_FLOAT32_SLACK = 2.0**-21  # relative: SQLite rounds a bound by at most two units in the last place, 2**-22

Composed = tuple[str, dict[str, Value]]
"""A statement and the values of its parameters."""


@dataclass(slots=True)
class _Statement:
    """A select under construction: its conditions and the values of its parameters."""

    conditions: list[str] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)

    def where(self) -> str:
        return f" where {' and '.join(self.conditions)}" if self.conditions else ""


def page_statement(kind: Kind, selection: Selection, *, in_order: bool) -> Composed:
    """Compose the read of the selected features, ordered by fid.

    Args:
        kind: Their kind.
        selection: Which of them.
        in_order: Go through the rows in order and look each one up in the R*Tree, instead of searching the tree for
            the box first: cheaper where a box holds far more rows than the page takes.

    Raises:
        InvalidInput: the selection names a column the kind lacks.
    """
    columns = selected_columns(kind, selection)
    listed = ", ".join(read_expression(column, kind) for column in columns)
    sql, values = _select(kind, selection, listed, in_order=in_order)
    sql += " order by fid"
    if selection.limit is not None:
        sql += " limit :limit"
        values["limit"] = selection.limit
    return sql, values


def count_statement(kind: Kind, selection: Selection) -> Composed:
    """Compose the count of the selected features, without the limit.

    Raises:
        InvalidInput: the selection names a column the kind lacks.
    """
    return _select(kind, selection, "count(*)", in_order=False)


def selected_columns(kind: Kind, selection: Selection) -> tuple[Column, ...]:
    """List the columns a read of the selection gives, in their order.

    Raises:
        InvalidInput: the selection names a column the kind lacks.
    """
    columns = read_order(kind, past=is_past(selection))
    if selection.columns is None:
        return columns
    _check_columns(kind, selection.columns, {column.name for column in columns})
    return tuple(column for column in columns if column.name in {"fid", *selection.columns})


def _check_columns(kind: Kind, names: Sequence[str], known: set[str]) -> None:
    if unknown := sorted(set(names) - known):
        raise InvalidInput(
            f"{kind.name!r} has no columns {unknown}.", hint=f"It has: {', '.join(sorted(known))}."
        )


def read_expression(column: Column, kind: Kind, *, past: bool | None = None) -> str:
    """Write how a column is read; `past` tells which table it comes from, None that both have been joined."""
    if past is False and column.name in ("valid_to", "replaced_at"):
        return "null"
    if column.name != "geom":
        return f'"{column.name}"'
    return f"substr(geom, {HEADER_BYTES + 1})" if has_place(kind) else "null"


def is_past(selection: Selection) -> bool:
    """Tell whether a selection looks from a day or an instant, not from now."""
    return selection.at is not None or selection.known is not None


def _select(kind: Kind, selection: Selection, what: str, *, in_order: bool) -> Composed:
    statement = _Statement()
    _narrow_fids(statement, selection)
    if is_past(selection):
        before, source = _versions(statement, kind, selection)
    else:
        before, source = "", f'"{kind.name}"'
        if selection.box is not None:
            statement.conditions.append(_row_meets(statement, kind, selection.box, in_order=in_order))
    _narrow_values(statement, kind, selection)
    return f"{before}select {what} from {source}{statement.where()}", statement.values


def _narrow_fids(statement: _Statement, selection: Selection) -> None:
    if selection.after:
        statement.conditions.append("fid > :after")
        statement.values["after"] = selection.after
    if selection.fids is not None:
        statement.conditions.append("fid in (select value from json_each(:fids))")
        statement.values["fids"] = json.dumps([int(fid) for fid in selection.fids])


def _narrow_values(statement: _Statement, kind: Kind, selection: Selection) -> None:
    known = {column.name for column in read_order(kind, past=False)} - {"geom"}
    _check_columns(kind, list(selection.equals), known)
    for position, (name, value) in enumerate(selection.equals.items()):
        statement.conditions.append(f'"{name}" is :equal{position}')
        statement.values[f"equal{position}"] = value


def _in_box(statement: _Statement, kind: Kind, table: str, key: str, box: Box) -> str:
    """Write the select of the R*Tree's entries whose exact envelopes meet a box."""
    if not has_place(kind):
        return "select 1 where false"
    return f'select id from "{rtree_of(table)}" as tree where {_entry_meets(statement, table, key, box)}'


def _entry_meets(statement: _Statement, table: str, key: str, box: Box) -> str:
    """Write the condition on an R*Tree entry `tree` of a table that its exact envelope meets a box."""
    values = statement.values
    values["west"], values["south"], values["east"], values["north"] = box.as_tuple()
    values["west_in"], values["south_in"] = (
        box.west + float32_slack(box.west),
        box.south + float32_slack(box.south),
    )
    values["east_in"], values["north_in"] = (
        box.east - float32_slack(box.east),
        box.north - float32_slack(box.north),
    )
    return (
        "maxx >= :west and minx <= :east and maxy >= :south and miny <= :north"
        " and (maxx >= :west_in and minx <= :east_in and maxy >= :south_in and miny <= :north_in"
        f' or zonetwin_meets((select geom from "{table}" where "{key}" = tree.id),'
        " :west, :south, :east, :north))"
    )


def _row_meets(statement: _Statement, kind: Kind, box: Box, *, in_order: bool) -> str:
    """Write the condition that a current row meets a box."""
    if not in_order or not has_place(kind):
        return f"fid in ({_in_box(statement, kind, kind.name, 'fid', box)})"
    meets = _entry_meets(statement, kind.name, "fid", box)
    return f'exists (select 1 from "{rtree_of(kind.name)}" as tree where tree.id = "{kind.name}".fid and {meets})'


def float32_slack(bound: float) -> float:
    """Give by how much, at most, a bound in an R*Tree is off the exact one."""
    return abs(bound) * _FLOAT32_SLACK + 1e-30


def _versions(statement: _Statement, kind: Kind, selection: Selection) -> tuple[str, str]:
    """Write the rows that hold one version of each feature, as it was believed at `known` to hold on `at`.

    The current version is the newest of all, so where it had been recorded and had begun it is the one; only for other
    features is a version of the past looked for, over numbers first and whole rows after.

    Returns:
        What comes before the select (the past versions near the box, found once), and the rows.
    """
    said, held = _believed(statement, selection)
    past = past_table(kind.name)
    before, here, near_fid, near_version = "", "true", "true", "true"
    if selection.box is not None:
        here = f"fid in ({_in_box(statement, kind, kind.name, 'fid', selection.box)})"
        near = _in_box(statement, kind, past, "version", selection.box)
        before = f'with near as materialized (select fid, version from "{past}" where version in ({near})) '
        near_fid, near_version = "fid in (select fid from near)", "version in (select version from near)"
    columns = read_order(kind, past=False)
    listed = ", ".join(f'"{column.name}"' for column in columns if column.name != "geom" or has_place(kind))
    # The casts give both halves the same affinity, without which SQLite sorts whole rows instead of merging.
    return before, (
        f"(select {listed}, cast(null as numeric) as valid_to, cast(null as numeric) as replaced_at"
        f' from "{kind.name}" where {said} and {here}'
        f' union all select {listed}, valid_to, replaced_at from "{past}" where {near_version} and ({held})'
        f' and version in (select max(version) from "{past}" where {said} and {near_fid} group by fid)'
        f' and fid not in (select fid from "{kind.name}" where {said} and {near_fid}))'
    )


def _believed(statement: _Statement, selection: Selection) -> tuple[str, str]:
    """Write what a version must be to count at all (recorded, begun, one of the fids), and not to be over."""
    said, held = [*statement.conditions], []
    if selection.known is not None:
        statement.values["known"] = instant_text(selection.known)
        said.append("recorded_at <= :known")
        held.append("replaced_at > :known")
    if selection.at is not None:
        statement.values["at"] = selection.at.isoformat()
        said.append("(valid_from is null or valid_from <= :at)")
        statement.values["since"] = (selection.since or selection.at).isoformat()
        held.append("valid_to > :since")
    return " and ".join(said), " or ".join(held)
