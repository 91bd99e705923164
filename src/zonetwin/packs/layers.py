"""Reads `layers.yaml`: the groups of the layer tree and the layers with their symbols.

A layer names a kind, and properties of it, that this pack or one it needs declares.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zonetwin.core.kind import Kind, Property, Type
from zonetwin.packs.colours import CLEAR, check_visible, read_colour
from zonetwin.packs.entry import Entry
from zonetwin.packs.issues import Issues, nearest_hint
from zonetwin.packs.model import Group, Layer, LayerClass, Place, Symbol
from zonetwin.packs.names import check_unique, check_word
from zonetwin.packs.nodes import Node

HATCHES = ("diagonal", "cross", "dots")

_LAYER = ("layer", "kind", "group", "title", "order", "symbol")
_LAYER_OPTIONAL = ("minzoom", "visible", "extrude", "label", "classes")
_SYMBOL = ("fill", "line", "width", "dash", "opacity", "radius", "hatch", "mark")


@dataclass(frozen=True, slots=True)
class DeclaredLayers:
    """The groups and layers of one file, with the line of each."""

    groups: tuple[Group, ...] = ()
    group_places: tuple[Place, ...] = ()
    layers: tuple[Layer, ...] = ()
    layer_places: tuple[Place, ...] = ()


def read_layers(
    root: Node | None, pack: str, *, kinds: Mapping[str, Kind], groups: Mapping[str, Group], issues: Issues
) -> DeclaredLayers:
    """Read one file.

    Args:
        root: The file as nodes.
        pack: The pack that declares it.
        kinds: The kinds this pack may name: its own and those of the packs it needs.
        groups: The groups that needed packs declare.
        issues: Collects the faults.
    """
    if root is None:
        return DeclaredLayers()
    top = Entry(root, issues, optional=("groups", "layers"))
    group_entries = [
        Entry(item, issues, required=("group", "title", "order")) for item in top.items("groups")
    ]
    own = [_group(entry, issues) for entry in group_entries]
    known = {*groups, *(group.name for group in own)}
    layer_entries = [
        Entry(item, issues, required=_LAYER, optional=_LAYER_OPTIONAL) for item in top.items("layers")
    ]
    _check_names([entry.place_of("layer") for entry in layer_entries], layer_entries, issues)
    return DeclaredLayers(
        tuple(own),
        tuple(entry.place for entry in group_entries),
        tuple(_layer(entry, pack, kinds, known, issues) for entry in layer_entries),
        tuple(entry.place for entry in layer_entries),
    )


def _check_names(places: list[Place], entries: list[Entry], issues: Issues) -> None:
    seen: dict[str, Place] = {}
    for place, entry in zip(places, entries, strict=True):
        check_word(entry.text("layer"), "The layer", place, issues)
        check_unique(entry.text("layer"), seen, "The layer", place, issues)


def _group(entry: Entry, issues: Issues) -> Group:
    check_word(entry.text("group"), "The group", entry.place_of("group"), issues)
    return Group(entry.text("group"), entry.title("title"), entry.integer("order", 0))


def _layer(entry: Entry, pack: str, kinds: Mapping[str, Kind], groups: set[str], issues: Issues) -> Layer:
    kind = kinds.get(entry.text("kind"))
    if kind is None and "kind" in entry:
        issues.add_unknown(entry.place_of("kind"), "The kind", entry.text("kind"), kinds)
    if "group" in entry and entry.text("group") not in groups:
        issues.add_unknown(entry.place_of("group"), "The group", entry.text("group"), groups)
    symbol = entry.node("symbol")
    layer = Layer(
        name=entry.text("layer"),
        pack=pack,
        kind=entry.text("kind"),
        group=entry.text("group"),
        title=entry.title("title"),
        order=entry.integer("order", 0),
        symbol=_symbol(symbol, issues) if symbol else Symbol(),
        classes=tuple(_class(item, kind, issues) for item in entry.items("classes")),
        minzoom=entry.number("minzoom", 0.0),
        visible=entry.flag("visible", True),
        extrude=entry.text("extrude"),
        label=entry.text("label"),
    )
    _check_columns(entry, kind, issues)
    return layer


def _check_columns(entry: Entry, kind: Kind | None, issues: Issues) -> None:
    """See that `label` and `extrude` name properties, the latter a number, and that the zoom exists."""
    for field in ("label", "extrude"):
        if kind is not None and field in entry:
            found = _property(kind, entry.text(field), entry.place_of(field), issues)
            if found and field == "extrude" and found.type not in (Type.REAL, Type.INTEGER):
                issues.add(entry.place_of(field), f"{found.name!r} is {found.type.value}, expected a number.")
    if not 0 <= entry.number("minzoom", 0.0) <= 24:
        issues.add(entry.place_of("minzoom"), "A zoom lies between 0 and 24.")


def _class(node: Node, kind: Kind | None, issues: Issues) -> LayerClass:
    entry = Entry(node, issues, required=("property", "values", "title", "symbol"))
    values = entry.texts("values")
    if "values" in entry and not values:
        issues.add(entry.place_of("values"), "The class has no values.")
    if kind is not None and "property" in entry:
        found = _property(kind, entry.text("property"), entry.place_of("property"), issues)
        for value in values:
            if found and found.codes and value not in found.codes:
                issues.add_unknown(
                    entry.place_of("values"), f"For {found.name!r} the code", value, found.codes
                )
    symbol = entry.node("symbol")
    return LayerClass(
        entry.title("title"), entry.text("property"), values, _symbol(symbol, issues) if symbol else Symbol()
    )


def _property(kind: Kind, name: str, place: Place, issues: Issues) -> Property | None:
    for item in kind.properties:
        if item.name == name:
            return item
    names = [item.name for item in kind.properties]
    issues.add(place, f"{kind.name!r} has no property {name!r}.", nearest_hint(name, names))
    return None


def _symbol(node: Node, issues: Issues) -> Symbol:
    """Read a symbol. The fill of what has a radius and a dashed line must be found at a glance.

    Of the rest the fill or the line may have the page's colour: white stands in the land-use standard.
    """
    entry = Entry(node, issues, optional=_SYMBOL)
    if "fill" not in entry and "line" not in entry:
        issues.add(entry.place, "The symbol has neither `fill` nor `line`: nothing would be drawn.")
    symbol = Symbol(
        fill=read_colour(entry.node("fill"), least=CLEAR if "radius" in entry else 1.0, issues=issues),
        line=read_colour(entry.node("line"), least=CLEAR if "dash" in entry else 1.0, issues=issues),
        width=entry.number("width", 1.0),
        dash=entry.numbers("dash"),
        opacity=entry.number("opacity", 1.0),
        radius=entry.number("radius", 4.0),
        hatch=entry.choice("hatch", HATCHES, "diagonal") if "hatch" in entry else "",
        mark=entry.title("mark") if "mark" in entry else None,
    )
    if "radius" not in entry and "dash" not in entry:
        check_visible((symbol.fill, symbol.line), entry.place, issues)
    _check_sizes(symbol, entry, issues)
    return symbol


def _check_sizes(symbol: Symbol, entry: Entry, issues: Issues) -> None:
    if not 0 < symbol.width <= 40:
        issues.add(entry.place_of("width"), f"The width is {symbol.width:g}, expected 0 < width <= 40.")
    if not 0 < symbol.opacity <= 1:
        issues.add(
            entry.place_of("opacity"), f"The opacity is {symbol.opacity:g}, expected 0 < opacity <= 1."
        )
    if not 0 < symbol.radius <= 40:
        issues.add(entry.place_of("radius"), f"The radius is {symbol.radius:g}, expected 0 < radius <= 40.")
    if symbol.mark and max(len(symbol.mark.zh), len(symbol.mark.en)) > 2:
        issues.add(entry.place_of("mark"), "A mark is one or two characters.")
    if "dash" in entry and (len(symbol.dash) < 2 or min(symbol.dash) <= 0):
        issues.add(entry.place_of("dash"), "A dash pattern is at least two lengths above 0.")
