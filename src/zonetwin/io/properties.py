"""A feature's properties from what a file says of an object, by the choices of a rule."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import orjson

from zonetwin.core.kind import Kind, Property, Type
from zonetwin.io import fault as faults
from zonetwin.io.fault import Fault
from zonetwin.io.mapping import Choice, Rule
from zonetwin.io.quantity import number_from_text
from zonetwin.io.values import BadValue, Typed, is_absent, typed_value


@dataclass(slots=True)
class Filled:
    """The properties of one feature.

    Attributes:
        values: By property; absent ones are not there.
        more: JSON of what the object has beyond that, None when nothing.
        faults: Values that could not be used; they stand in `more`.
    """

    values: dict[str, Typed] = field(default_factory=dict)
    more: str | None = None
    faults: list[Fault] = field(default_factory=list)


def filled_properties(
    attributes: Mapping[str, Any], rule: Rule, kind: Kind, *, split: str, spent: Iterable[str] = ()
) -> Filled:
    """Work out the properties of the feature a rule makes of an object.

    Args:
        attributes: What the file says of the object.
        rule: The rule that fits it.
        kind: The rule's kind.
        split: Character between the members of a value that is a list, or empty.
        spent: Columns that are used elsewhere, as identity for instance, and do not belong in `more`. Where a
            column `more` is among them, its contents do.
    """
    filled = Filled()
    used = set(spent)
    assumed: dict[str, str] = {}
    for prop in kind.properties:
        for choice in rule.properties.get(prop.name, ()):
            try:
                value = _chosen(choice, prop, attributes, split)
            except BadValue as error:
                raw = _raw(choice, attributes)
                filled.faults.append(faults.bad_value(prop.name, raw, error.wanted))
                continue
            if value is not None:
                filled.values[prop.name] = value
                if choice.is_verbatim:
                    used.update(choice.columns if choice.joined else [_first(choice.columns, attributes)])
                if choice.assumed:
                    assumed[prop.name] = choice.assumed
                break
    filled.more = _more(attributes, used, assumed)
    return filled


def _chosen(choice: Choice, prop: Property, attributes: Mapping[str, Any], split: str) -> Typed | None:
    """Give the value a choice leads to, None when it does not apply."""
    if not all(condition.holds(attributes, split) for condition in choice.when):
        return None
    if choice.constant is not None:
        return typed_value(prop, choice.constant)
    raw = _raw(choice, attributes)
    if raw is None:
        return None
    if choice.values is not None:
        text = _translated(str(raw), choice, split)
        return None if text is None else typed_value(prop, text)
    if choice.pattern is not None:
        match = choice.pattern.search(str(raw))
        return None if match is None else typed_value(prop, match[1])
    if choice.times is not None:
        return _multiplied(raw, choice, prop)
    return typed_value(prop, raw, unit=choice.unit)


def _raw(choice: Choice, attributes: Mapping[str, Any]) -> Any:
    if choice.joined:
        parts = [str(attributes[name]) for name in choice.columns if not is_absent(attributes.get(name))]
        return " ".join(parts) or None
    return attributes.get(_first(choice.columns, attributes))


def _first(columns: Iterable[str], attributes: Mapping[str, Any]) -> str:
    return next((name for name in columns if not is_absent(attributes.get(name))), "")


def _translated(raw: str, choice: Choice, split: str) -> str | None:
    assert choice.values is not None
    for text in (raw, *(part.strip() for part in raw.split(split) if split)):
        if text in choice.values:
            return choice.values[text] or None
    return choice.otherwise


def _multiplied(raw: Any, choice: Choice, prop: Property) -> Typed:
    """Multiply a pure number by the choice's factor; the product is in the choice's unit, else the property's."""
    value = number_from_text(str(raw), unit=None, target=None)
    if value is None or choice.times is None:
        raise BadValue("a number")
    product = value * choice.times
    return typed_value(prop, round(product) if prop.type is Type.INTEGER else product, unit=choice.unit)


def _more(attributes: Mapping[str, Any], used: set[str], assumed: Mapping[str, str]) -> str | None:
    rest: dict[str, object] = {
        name: value for name, value in attributes.items() if name not in used and not is_absent(value)
    }
    if "more" in used:
        rest = _opened(attributes.get("more")) | rest
    if assumed:
        rest["assumed"] = dict(assumed)
    if not rest:
        return None
    return orjson.dumps(
        rest, default=_as_text, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS
    ).decode()


def _opened(raw: object) -> dict[str, object]:
    """Read what an earlier export put into its column `more`."""
    try:
        found = orjson.loads(raw) if isinstance(raw, str) else raw
    except orjson.JSONDecodeError:
        return {"more": raw}
    return found if isinstance(found, dict) else {}


def _as_text(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)
