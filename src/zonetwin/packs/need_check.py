"""Checks what an indicator needs: that the kinds, properties and codes it asks for exist, and that it uses them."""

from collections.abc import Mapping

from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.packs.issues import Issues, nearest_hint
from zonetwin.packs.model import Indicator, Place
from zonetwin.packs.statement_check import Statement

POSITIVE = "positive"
"""Wanted value of a number: it is known and above 0 (a cell that counts facilities stands for them)."""

SHARES = ("percent", "pp")
NOT_SHARES = ("sum",)


def check_needs(
    indicator: Indicator, statement: Statement | None, kinds: Mapping[str, Kind], issues: Issues
) -> None:
    """Note needs that nothing can meet, needs that the statement does not read, and shares that are summed."""
    for need in indicator.needs:
        for kind, wanted in need.to.items():
            if kind not in kinds:
                issues.add_unknown(need.place, "The needed kind", kind, kinds)
            else:
                _check_kind(need.place, kinds[kind], wanted, issues)
    if statement is not None:
        reads_access = "access" in statement.tables
        if reads_access and not indicator.needs:
            issues.add(indicator.place, "The statement reads 'access' but the indicator has no `needs`.")
        if indicator.needs and not reads_access:
            issues.add(indicator.place, "The indicator has `needs` but its statement does not read 'access'.")
    if indicator.unit in SHARES and indicator.combine in NOT_SHARES:
        issues.add(
            indicator.place,
            f"{indicator.unit!r} of several areas cannot be added up.",
            "Combine by `ratio`, or by `whole` where an area's value does not follow from its parts.",
        )


def _check_kind(place: Place, kind: Kind, wanted: Mapping[str, tuple[str, ...]], issues: Issues) -> None:
    if kind.geometry is Geometry.NONE:
        issues.add(place, f"Nobody can walk to {kind.name!r}: it has no place.")
    properties = {item.name: item for item in kind.properties}
    for name, values in wanted.items():
        if name not in properties:
            issues.add(place, f"{kind.name!r} has no property {name!r}.", nearest_hint(name, properties))
        else:
            _check_values(place, properties[name], values, issues)


def _check_values(place: Place, item: Property, values: tuple[str, ...], issues: Issues) -> None:
    if not values:
        issues.add(place, f"No value of {item.name!r} is asked for.", "Leave it out, or list values.")
    for value in values:
        if item.codes and value not in item.codes:
            issues.add_unknown(place, f"For {item.name!r} the code", value, item.codes)
        if value == POSITIVE and item.type not in (Type.INTEGER, Type.REAL):
            issues.add(place, f"{item.name!r} is {item.type.value}: only a number can be positive.")
