"""Units of the plan and of measurement: areas in 亩, counts in 套 or 处, percent apart from percentage points.

Only the units in `_DEFINITIONS` exist. Each counting unit is a dimension of its own, so 套 never becomes 处; 亩,
万平方米 and 平方公里 are all areas; a percentage point is not a percent.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from zonetwin.core.errors import InvalidInput
from zonetwin.core.text import Text

if TYPE_CHECKING:
    from pint import UnitRegistry


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its name in declarations, how pint sees it, and how people read it."""

    name: str
    definition: str
    symbol: Text


_DEFINITIONS: tuple[Unit, ...] = (
    Unit("m", "[length]", Text("米", "m")),
    Unit("km", "1000 * m", Text("公里", "km")),
    Unit("m2", "m ** 2", Text("m²", "m²")),
    Unit("万m2", "10000 * m2", Text("万 m²", "10k m²")),
    Unit("km2", "1000000 * m2", Text("km²", "km²")),
    Unit("ha", "10000 * m2", Text("公顷", "ha")),
    Unit("亩", "2000 / 3 * m2", Text("亩", "mu")),
    Unit("万亩", "10000 * 亩", Text("万亩", "10k mu")),
    Unit("m3", "m ** 3", Text("m³", "m³")),
    Unit("s", "[time]", Text("秒", "s")),
    Unit("min", "60 * s", Text("分钟", "min")),
    Unit("day", "86400 * s", Text("天", "days")),
    Unit("year", "[calendar_year]", Text("年", "years")),
    Unit("元", "[currency]", Text("元", "CNY")),
    Unit("万元", "10000 * 元", Text("万元", "10k CNY")),
    Unit("亿元", "100000000 * 元", Text("亿元", "100M CNY")),
    Unit("m3/万元", "m3 / 万元", Text("m³/万元", "m³/10k CNY")),
    Unit("ratio", "[]", Text("", "")),
    Unit("percent", "0.01 * ratio", Text("%", "%")),
    Unit("pp", "[percentage_point]", Text("百分点", "pp")),
    Unit("person", "[person]", Text("人", "people")),
    Unit("place", "[school_place]", Text("个学位", "school places")),
    Unit("万place", "10000 * place", Text("万个学位", "10k school places")),
    Unit("套", "[dwelling]", Text("套", "homes")),
    Unit("处", "[site]", Text("处", "sites")),
    Unit("所", "[school]", Text("所", "schools")),
    Unit("家", "[firm]", Text("家", "firms")),
    Unit("户", "[household]", Text("户", "households")),
    Unit("条", "[line]", Text("条", "lines")),
    Unit("座", "[structure]", Text("座", "facilities")),
    Unit("个", "[piece]", Text("个", "items")),
    Unit("轴", "[axis]", Text("轴", "axes")),
    Unit("带", "[belt]", Text("带", "belts")),
    Unit("核", "[urban_core]", Text("核", "cores")),
    Unit("廊", "[corridor]", Text("廊", "corridors")),
    Unit("馆", "[hall]", Text("馆", "venues")),
    Unit("中心", "[centre]", Text("中心", "centres")),
    Unit("厅", "[theatre]", Text("厅", "halls")),
    Unit("园", "[industrial_park]", Text("园", "parks")),
    Unit("种", "[theme]", Text("种", "themes")),
    Unit("级", "[tier]", Text("级", "tiers")),
    Unit("星级", "[star]", Text("星级", "stars")),
    Unit("次/季度", "[round_per_quarter]", Text("次/季度", "per quarter")),
    Unit("年一遇", "[return_period]", Text("年一遇", "-year return period")),
    Unit("吨级", "[tonne_class]", Text("吨级", "tonne class")),
    Unit("m2/m2", "ratio", Text("", "")),
    Unit("km/km2", "km / km2", Text("km/km²", "km/km²")),
)

UNITS: dict[str, Unit] = {unit.name: unit for unit in _DEFINITIONS}


def convert(value: float, unit: str, target: str) -> float:
    """Express a value in another unit of the same dimension.

    Raises:
        InvalidInput: one unit is unknown, or the two measure different things (套 and 处, percent and points).
    """
    if unit == target:
        _definition(unit)
        return value
    from pint import DimensionalityError

    registry = _registry()
    try:
        factor = registry.Quantity(1.0, _alias(unit)).to(_alias(target)).magnitude
    except DimensionalityError as error:
        raise InvalidInput(
            f"A value in {unit!r} cannot be expressed in {target!r}: they measure different things.",
            hint="Correct one of the two units.",
        ) from error
    return value * float(factor)


def is_convertible(unit: str, target: str) -> bool:
    """Tell whether two known units measure the same thing."""
    try:
        convert(1.0, unit, target)
    except InvalidInput:
        return False
    return True


def symbol(unit: str) -> Text:
    """Give the text people read after a number in this unit."""
    return _definition(unit).symbol


def _definition(unit: str) -> Unit:
    try:
        return UNITS[unit]
    except KeyError:
        raise InvalidInput(f"The unit {unit!r} is unknown.", hint=f"Known: {', '.join(UNITS)}.") from None


@lru_cache(maxsize=1)
def _registry() -> "UnitRegistry[float]":
    """Build a registry of only our own units: 1 ms, where pint's default takes half a second."""
    from pint import UnitRegistry

    registry: UnitRegistry[float] = UnitRegistry(None)
    for unit in _DEFINITIONS:
        registry.define(f"{_alias(unit.name)} = {_aliased(unit.definition)}")
    return registry


def _alias(unit: str) -> str:
    """Give the identifier pint uses: names such as 次/季度 or 万m2 are not identifiers of their own."""
    _definition(unit)
    return f"u{list(UNITS).index(unit)}_"


def _aliased(definition: str) -> str:
    return " ".join(_alias(word) if word in UNITS else word for word in definition.split())
