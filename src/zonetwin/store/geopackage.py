"""The record's file as an OGC GeoPackage 1.3: its own tables, and the tables of each kind.

A kind has a feature table (or an attributes table where it has no geometry) that GIS programs list, and beside it
`<kind>_past` with the versions that are over, which they do not list. The R*Tree of a feature table is registered
as the extension `gpkg_rtree_index` with its standard triggers. SQLite stores the boxes as float32 rounded
outward, up to about 1 m at 180°: whoever needs exact boxes refines by the envelope in the blob.

Source: OGC 12-128r18, §1.1.1 and annex F.3.
"""

import re
import sqlite3

from zonetwin.core.errors import Conflict, InvalidInput
from zonetwin.core.kind import RESERVED, Kind
from zonetwin.store.columns import PAST_COLUMNS, Column, columns_of, has_place, instant_text
from zonetwin.store.connection import GUARD
from zonetwin.store.geometry_blob import SRS_ID
from zonetwin.store.model import Change

APPLICATION_ID = 0x47504B47  # "GPKG"
VERSION = 10300

_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)
_SYSTEMS = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian coordinates"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinates"),
    ("WGS 84 geodetic", SRS_ID, "EPSG", 4326, _WGS84, "longitude and latitude in degrees"),
)
_TABLES = """
create table gpkg_spatial_ref_sys (
  srs_name text not null, srs_id integer not null primary key, organization text not null,
  organization_coordsys_id integer not null, definition text not null, description text
);
create table gpkg_contents (
  table_name text not null primary key, data_type text not null, identifier text unique, description text default '',
  last_change datetime not null default (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  min_x double, min_y double, max_x double, max_y double, srs_id integer,
  constraint fk_gc_r_srs_id foreign key (srs_id) references gpkg_spatial_ref_sys(srs_id)
);
create table gpkg_geometry_columns (
  table_name text not null, column_name text not null, geometry_type_name text not null, srs_id integer not null,
  z tinyint not null, m tinyint not null,
  constraint pk_geom_cols primary key (table_name, column_name),
  constraint uk_gc_table_name unique (table_name),
  constraint fk_gc_tn foreign key (table_name) references gpkg_contents(table_name),
  constraint fk_gc_srs foreign key (srs_id) references gpkg_spatial_ref_sys (srs_id)
);
create table gpkg_extensions (
  table_name text, column_name text, extension_name text not null, definition text not null, scope text not null,
  constraint ge_tce unique (table_name, column_name, extension_name)
);
"""
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]{0,50}")


def create_geopackage(connection: sqlite3.Connection) -> None:
    """Write what every GeoPackage has, inside the open transaction."""
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.execute(f"pragma user_version = {VERSION}")
    for statement in _TABLES.split(";\n"):
        connection.execute(statement)
    connection.executemany("insert into gpkg_spatial_ref_sys values (?, ?, ?, ?, ?, ?)", _SYSTEMS)
    # Unlisted tables stay unlisted in GDAL even while no kind is without geometry.
    connection.execute(
        "insert into gpkg_extensions values (null, null, 'gdal_aspatial',"
        " 'http://gdal.org/geopackage_aspatial.html', 'read-write')"
    )


def is_geopackage(connection: sqlite3.Connection) -> bool:
    """Tell whether the file has been set up."""
    found = connection.execute("select 1 from sqlite_master where name = 'gpkg_contents'").fetchone()
    return found is not None


def missing_columns(connection: sqlite3.Connection, kind: Kind) -> tuple[Column, ...]:
    """List the columns that the file lacks for a kind: all of them when its table is not there.

    Raises:
        InvalidInput: the kind's or a property's name cannot be a table's or column's name.
        Conflict: a column is there with another type, or the table belongs to something else.
    """
    _check_names(kind)
    present = {name: sql for _, name, sql, *_ in connection.execute(f'pragma table_info("{kind.name}")')}
    if present and not _is_listed(connection, kind.name):
        raise Conflict(f"The kind {kind.name!r} has the name of a table that is not a kind's.")
    for column in columns_of(kind):
        if column.name in present and present[column.name].upper() != column.sql:
            raise Conflict(
                f"{kind.name}.{column.name} is {present[column.name]} in the record but {column.sql} in the pack.",
                hint="Types of properties cannot change; declare a property of another name.",
            )
    return tuple(column for column in columns_of(kind) if column.name not in present)


def add_kind(connection: sqlite3.Connection, kind: Kind, columns: tuple[Column, ...]) -> None:
    """Create a kind's tables, or add the columns they lack, inside the open transaction."""
    if len(columns) < len(columns_of(kind)):
        for column in columns:
            for table in (kind.name, past_table(kind.name)):
                connection.execute(f'alter table "{table}" add column "{column.name}" {column.sql}')
        return
    current = ",\n".join(f'"{column.name}" {column.sql}' for column in columns[1:])
    past = ",\n".join(f'"{column.name}" {column.sql}' for column in (*columns[1:], *PAST_COLUMNS))
    name, over = kind.name, past_table(kind.name)
    connection.execute(
        f'create table "{name}" ("fid" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,\n{current})'
    )
    connection.execute(
        f'create table "{over}" ("version" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,\n'
        f'"fid" INTEGER NOT NULL,\n{past})'
    )
    connection.execute(f'create index "{name}_key" on "{name}" ("key", "source")')
    connection.execute(f'create index "{over}_fid" on "{over}" ("fid")')
    _list_kind(connection, kind)
    for table in (name, over):
        for event in ("insert", "update", "delete"):
            create_guard(connection, table, event)
        if has_place(kind):
            connection.execute(
                f'create virtual table "{rtree_of(table)}" using rtree(id, minx, maxx, miny, maxy)'
            )
    if has_place(kind):
        create_rtree_triggers(connection, name, "fid")
        create_rtree_triggers(connection, over, "version")


def note_change(connection: sqlite3.Connection, change: Change) -> None:
    """Tell GIS programs of a Change: when the tables it touched last changed, and the box they fill (it only grows)."""
    west, south, east, north = change.box.as_tuple() if change.box else (None,) * 4
    for table in change.counts:
        connection.execute(
            "update gpkg_contents set last_change = :at,"
            " min_x = coalesce(min(min_x, :west), min_x, :west), min_y = coalesce(min(min_y, :south), min_y, :south),"
            " max_x = coalesce(max(max_x, :east), max_x, :east), max_y = coalesce(max(max_y, :north), max_y, :north)"
            " where table_name = :table and data_type = 'features'",
            {
                "at": instant_text(change.at),
                "west": west,
                "south": south,
                "east": east,
                "north": north,
                "table": table,
            },
        )


def past_table(kind: str) -> str:
    """Name the table of a kind's versions that are over."""
    return f"{kind}_past"


def rtree_of(table: str) -> str:
    """Name the R*Tree of a table, as the GeoPackage extension prescribes."""
    return f"rtree_{table}_geom"


def create_guard(connection: sqlite3.Connection, table: str, event: str) -> None:
    """Refuse writers that are not us: the name of the function is looked up, the function is never called."""
    connection.execute(
        f'create trigger "guard_{table}_{event}" before {event} on "{table}" begin select {GUARD}() where false; end'
    )


def drop_guard(connection: sqlite3.Connection, table: str, event: str) -> None:
    """Drop a guard for the time of a bulk load: any trigger costs 5 µs for each row."""
    connection.execute(f'drop trigger "guard_{table}_{event}"')


def create_rtree_triggers(connection: sqlite3.Connection, table: str, key: str) -> None:
    """Create the extension's triggers, which keep the R*Tree in step with the table row by row."""
    for name, rest in _rtree_triggers(table, key).items():
        connection.execute(f'create trigger "{name}" {rest}')


def drop_rtree_triggers(connection: sqlite3.Connection, table: str) -> None:
    """Drop the extension's triggers, for as long as the R*Tree is built in bulk."""
    for name in _rtree_triggers(table, "fid"):
        connection.execute(f'drop trigger "{name}"')


def _rtree_triggers(table: str, key: str) -> dict[str, str]:
    tree, on = rtree_of(table), f'on "{table}"'
    put = (
        f'insert or replace into "{tree}" values (new."{key}", ST_MinX(new."geom"), ST_MaxX(new."geom"),'
        ' ST_MinY(new."geom"), ST_MaxY(new."geom"));'
    )
    drop = f'delete from "{tree}" where id = old."{key}";'
    drop_both = f'delete from "{tree}" where id in (old."{key}", new."{key}");'
    full = '(new."geom" notnull and not ST_IsEmpty(new."geom"))'
    bare = '(new."geom" isnull or ST_IsEmpty(new."geom"))'
    same, other = f'old."{key}" = new."{key}"', f'old."{key}" != new."{key}"'
    return {
        f"{tree}_insert": f"after insert {on} when {full} begin {put} end",
        f"{tree}_update1": f'after update of "geom" {on} when {same} and {full} begin {put} end',
        f"{tree}_update2": f'after update of "geom" {on} when {same} and {bare} begin {drop} end',
        f"{tree}_update3": f"after update {on} when {other} and {full} begin {drop} {put} end",
        f"{tree}_update4": f"after update {on} when {other} and {bare} begin {drop_both} end",
        f"{tree}_delete": f'after delete {on} when old."geom" notnull begin {drop} end',
    }


def _list_kind(connection: sqlite3.Connection, kind: Kind) -> None:
    sort = "features" if has_place(kind) else "attributes"
    connection.execute(
        "insert into gpkg_contents (table_name, data_type, identifier, description, srs_id) values (?, ?, ?, ?, ?)",
        (
            kind.name,
            sort,
            kind.name,
            f"{kind.title.zh} / {kind.title.en}",
            SRS_ID if has_place(kind) else None,
        ),
    )
    if not has_place(kind):
        return
    geometry = next(column for column in columns_of(kind) if column.name == "geom")
    connection.execute(
        "insert into gpkg_geometry_columns values (?, 'geom', ?, ?, 0, 0)", (kind.name, geometry.sql, SRS_ID)
    )
    connection.execute(
        "insert into gpkg_extensions values (?, 'geom', 'gpkg_rtree_index',"
        " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        (kind.name,),
    )


def _check_names(kind: Kind) -> None:
    names = [kind.name, *(item.name for item in kind.properties)]
    if wrong := [name for name in names if not _IDENTIFIER.fullmatch(name)]:
        raise InvalidInput(
            f"{wrong} cannot be names of tables or columns.", hint="Use lower-case identifiers."
        )
    if taken := sorted(RESERVED.intersection(names[1:])):
        raise InvalidInput(
            f"{kind.name!r} has properties {taken}, which are names of the record's own columns."
        )
    if kind.name.endswith("_past") or kind.name.startswith(("gpkg_", "rtree_", "sqlite_", "zonetwin_")):
        raise InvalidInput(f"A kind cannot be named {kind.name!r}: such names belong to the record.")


def _is_listed(connection: sqlite3.Connection, table: str) -> bool:
    found = connection.execute("select 1 from gpkg_contents where table_name = ?", (table,)).fetchone()
    return found is not None
