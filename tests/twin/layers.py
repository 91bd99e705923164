"""A catalogue of a few kinds and layers, for tests of styles and legends."""

from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.text import Text
from zonetwin.packs.model import Catalogue, Group, Layer, LayerClass, Symbol

GREY = Symbol(fill=("#cccccc", "#333333"), line=("#999999", "#666666"), width=0.5, opacity=0.9)
RED = Symbol(line=("#ff0000", "#ff5555"), width=2.0, dash=(4.0, 2.0))
GREEN = Symbol(fill=("#00ff00", "#00aa00"), hatch="dots")


def title(text: str) -> Text:
    return Text(f"{text}中", text)


def prop(name: str, type_: Type = Type.TEXT) -> Property:
    return Property(name, type_, title(name))


def kind(name: str, geometry: Geometry, *properties: Property, persons: bool = False) -> Kind:
    return Kind(name, title(name), geometry, properties, "pack", persons)


def layer(name: str, of: str, symbol: Symbol, *classes: LayerClass, **options: object) -> Layer:
    return Layer(
        name=name, pack="pack", kind=of, group="all", title=title(name), symbol=symbol, classes=classes,
        **{"order": 10, **options},  # type: ignore[arg-type]
    )  # fmt: skip


def when(property_: str, *values: str, symbol: Symbol) -> LayerClass:
    return LayerClass(title(",".join(values)), property_, values, symbol)


HOUSE = kind("house", Geometry.POLYGON, prop("name"), prop("use"), prop("height", Type.REAL))
WAY = kind("way", Geometry.LINE, prop("name"), prop("name_en"), prop("foot", Type.BOOLEAN))
STOP = kind("stop", Geometry.POINT, prop("name"))
PLACE = kind("place", Geometry.ANY, prop("name"), prop("name_en"), prop("sort"))
PERSON = kind("person", Geometry.POINT, prop("age", Type.INTEGER), persons=True)
OFFICE = kind("office", Geometry.NONE, prop("name"))


def catalogue(*layers: Layer) -> Catalogue:
    kinds = {item.name: item for item in (HOUSE, WAY, STOP, PLACE, PERSON, OFFICE)}
    groups = {"all": Group("all", title("all"), 2), "first": Group("first", title("first"), 1)}
    return Catalogue((), kinds, {}, {}, groups, layers, {})
