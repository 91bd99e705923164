"""Carries a mapping out on a batch: which objects become features of which kinds, ready for the record or not.

Every object is accounted for: it fits no rule, or it becomes one feature in each of some kinds, and each of these
is drafted or quarantined with a located fault.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson
import pyarrow as pa
import shapely

from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.text import Text
from zonetwin.io import fault as faults
from zonetwin.io.fault import Fault, Faults
from zonetwin.io.mapping import LINE, POINT, POLYGON, ObjectMapping, Rule, shape_of
from zonetwin.io.model import Batch, Geometries
from zonetwin.io.properties import Filled, filled_properties
from zonetwin.io.shapes import fit_shapes
from zonetwin.io.values import ARROW, BadValue, is_absent, plain_text, typed_value

ITEM, ALONE = "(item)", "(alone)"
"""Columns of drafts that are not the record's; no property can be called so."""

_VALID_FROM = Property("valid_from", Type.DATE, Text("生效日期", "Valid from"))
_OWN_KEYS = ("key", "id")


@dataclass(slots=True)
class Drafted:
    """What a batch came to.

    Attributes:
        tables: Drafts by kind: `key`, `ITEM` (the object's name to people), `ALONE` (whether the object became
            nothing else), `geom` (WKB, lon/lat), `valid_from`, the kind's properties and `more`.
        fitted: Features made of the batch's objects by kind, the quarantined ones included.
        quarantined: Those left out, by kind.
        unreadable: Objects left out because they could not be read, so that no rule could be tried.
        passed: Objects that fit no rule.
    """

    tables: dict[str, pa.Table] = field(default_factory=dict)
    fitted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    quarantined: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    unreadable: int = 0
    passed: int = 0


@dataclass(frozen=True, slots=True)
class _Match:
    position: int
    rule: Rule
    alone: bool
    lacks_outline: bool


def draft_batch(
    batch: Batch, geometry: Geometries, mapping: ObjectMapping, kinds: Mapping[str, Kind], found: Faults
) -> Drafted:
    """Draft the features a batch becomes.

    Args:
        batch: The objects.
        geometry: Their shapes in lon/lat, position by position.
        mapping: The rules; those without conditions take every object.
        kinds: The kinds the rules name.
        found: Where faults are noted, with their places.
    """
    drafted = Drafted()
    groups: dict[tuple[str, Geometry, bool], list[_Match]] = defaultdict(list)
    shapes = _shapes_of(geometry)
    for match in _matches(batch, shapes, mapping, drafted, found):
        wanted = _wanted(match.rule, kinds[match.rule.kind].geometry, shapes[match.position])
        groups[match.rule.kind, wanted, match.rule.outline].append(match)
        drafted.fitted[match.rule.kind] += 1
    drafts: dict[str, list[pa.Table]] = defaultdict(list)
    for (name, wanted, outline), matches in groups.items():
        positions = [match.position for match in matches]
        fit = fit_shapes(geometry[positions], wanted, outline=outline)
        drafter = _Drafter(batch, geometry, kinds[name], mapping, found)
        kept = [item for item in enumerate(matches) if drafter.is_kept(item[1], fit.faults.get(item[0]))]
        drafted.quarantined[name] += len(matches) - len(kept)
        if kept:
            drafts[name].append(
                drafter.table([match for _, match in kept], fit.geometry[[row for row, _ in kept]])
            )
    drafted.tables = {name: pa.concat_tables(tables) for name, tables in drafts.items()}
    return drafted


def draft_schema(kind: Kind) -> pa.Schema:
    """Give the columns of the drafts of a kind."""
    types: dict[str, pa.DataType] = {
        "key": pa.string(),
        ITEM: pa.string(),
        ALONE: pa.bool_(),
        "geom": pa.binary(),
        "valid_from": pa.date32(),
    }
    types |= {prop.name: ARROW[prop.type] for prop in kind.properties}
    return pa.schema({**types, "more": pa.string()})


def _shapes_of(geometry: Geometries) -> list[frozenset[str]]:
    dimensions = shapely.get_dimensions(geometry)
    closed = shapely.is_closed(geometry) & (shapely.get_num_coordinates(geometry) >= 4)
    return [shape_of(int(size), closed=bool(ring)) for size, ring in zip(dimensions, closed, strict=True)]


def _wanted(rule: Rule, geometry: Geometry, own: frozenset[str]) -> Geometry:
    """Choose the sort of shape: where a kind takes any, a closed line fills up unless the rule takes lines too."""
    fills = (
        geometry is Geometry.ANY
        and own == {LINE, POLYGON}
        and POLYGON in rule.shapes
        and LINE not in rule.shapes
    )
    return Geometry.POLYGON if fills else geometry


def _matches(
    batch: Batch, shapes: Sequence[frozenset[str]], mapping: ObjectMapping, drafted: Drafted, found: Faults
) -> Iterator[_Match]:
    """Find the rules each object fits, the first for each kind; count what fits none."""
    index = _index(mapping.rules)
    for position, attributes in enumerate(batch.attributes):
        fault = batch.faults.get(position)
        broken = fault is not None and fault.severity == "quarantined"
        rules: dict[str, tuple[Rule, bool]] = {}
        for number in sorted({number for key in ("", *attributes) for number in index.get(key, ())}):
            rule = mapping.rules[number]
            if rule.kind in rules or not rule.fits(attributes, mapping.split):
                continue
            suits = not rule.shapes or bool(rule.shapes & shapes[position])
            if suits or (broken and rule.shapes != {POINT}) or (fault is not None and POLYGON in rule.shapes):
                rules[rule.kind] = (rule, not suits and not broken)
        if not rules and fault is not None and broken and not attributes:
            drafted.unreadable += 1
            found.add(fault.at(item=batch.names[position], kind="", x=fault.x, y=fault.y))
        elif not rules:
            drafted.passed += 1
        for rule, lacks in rules.values():
            yield _Match(position, rule, len(rules) == 1, lacks)


def _index(rules: Sequence[Rule]) -> dict[str, list[int]]:
    """List the rules by a key an object must have to fit them; those that need none under the empty key."""
    index: dict[str, list[int]] = defaultdict(list)
    for number, rule in enumerate(rules):
        needed = [next((item.key for item in all_of if item.needed), "") for all_of in rule.where] or [""]
        for key in set(needed):
            index[key].append(number)
    return index


@dataclass(frozen=True, slots=True)
class _Drafter:
    """Makes the drafts of one kind from one batch."""

    batch: Batch
    geometry: Geometries
    kind: Kind
    mapping: ObjectMapping
    found: Faults

    def is_kept(self, match: _Match, shape_fault: Fault | None) -> bool:
        """Note what is wrong with a feature's shape and tell whether it can be drafted all the same."""
        own = faults.incomplete_outline() if match.lacks_outline else self.batch.faults.get(match.position)
        for fault in (own, shape_fault):
            if fault is not None:
                self._note(match.position, fault)
                if fault.severity == "quarantined":
                    return False
        return True

    def table(self, matches: Sequence[_Match], shapes: Geometries) -> pa.Table:
        rows = [self._row(match) for match in matches]
        columns: dict[str, Any] = {
            "key": [key for key, _, _ in rows],
            ITEM: [self.batch.names[match.position] for match in matches],
            ALONE: [match.alone for match in matches],
            "geom": shapely.to_wkb(shapes, byte_order=1),
            "valid_from": [day for _, day, _ in rows],
            "more": [filled.more for _, _, filled in rows],
        }
        for prop in self.kind.properties:
            columns[prop.name] = [filled.values.get(prop.name) for _, _, filled in rows]
        return pa.table(columns, schema=draft_schema(self.kind))

    def _row(self, match: _Match) -> tuple[str, date | None, Filled]:
        attributes = self.batch.attributes[match.position]
        key, spent = self._key(match.position, attributes)
        day = self._day(match.position, attributes)
        if day is not None:
            spent = (*spent, "valid_from")
        spent = (*spent, *self.mapping.ignored)
        filled = filled_properties(attributes, match.rule, self.kind, split=self.mapping.split, spent=spent)
        for fault in filled.faults:
            self._note(match.position, fault)
        return key, day, filled

    def _key(self, position: int, attributes: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
        """Give an object's identity and the columns it was made of.

        In this order: the mapping's key columns, a column `key`, the format's own identity, a column `id`, and
        else a hash of all it has, so that the same object has the same key in the next delivery.
        """
        columns = self.mapping.key
        if columns and not any(is_absent(attributes.get(name)) for name in columns):
            return "/".join(_key_text(attributes[name]) for name in columns), columns
        if not is_absent(attributes.get("key")):
            return _key_text(attributes["key"]), ("key",)
        if own := self.batch.keys[position]:
            return own, _OWN_KEYS if _key_text(attributes.get("id")) == own else ()
        for name in ("id", "ID", "Id"):
            if not is_absent(attributes.get(name)):
                return _key_text(attributes[name]), (name,)
        return f"hash/{self._digest(position, attributes)}", ()

    def _digest(self, position: int, attributes: Mapping[str, Any]) -> str:
        digest = hashlib.blake2b(digest_size=12)
        shape = self.batch.geometry[position]
        digest.update(shapely.to_wkb(shape, byte_order=1) if shape is not None else b"")
        option = orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
        digest.update(orjson.dumps(dict(attributes), default=str, option=option))
        return digest.hexdigest()

    def _day(self, position: int, attributes: Mapping[str, Any]) -> date | None:
        raw = attributes.get("valid_from")
        if is_absent(raw):
            return None
        try:
            day = typed_value(_VALID_FROM, raw)
        except BadValue as error:
            self._note(position, faults.bad_value("valid_from", raw, error.wanted))
            return None
        assert isinstance(day, date)
        return day

    def _note(self, position: int, fault: Fault) -> None:
        x, y = fault.x, fault.y
        shape = self.geometry[position]
        if x is None and shape is not None:
            x, y = _place_of(shape)
        self.found.add(fault.at(item=self.batch.names[position], kind=self.kind.name, x=x, y=y))


def _key_text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain_text(str(value))


def _place_of(shape: shapely.Geometry) -> tuple[float | None, float | None]:
    """Give a point of a shape to show a fault at: its first finite coordinate."""
    for x, y in shapely.get_coordinates(shape):
        if abs(x) < float("inf") and abs(y) < float("inf"):
            return float(x), float(y)
    return None, None
