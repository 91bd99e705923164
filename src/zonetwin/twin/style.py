"""Map layers as a MapLibre style: the one declaration of how things look, compiled for the browser.

A layer becomes a fill or an extrusion, a line or a circle named like the layer; its outline is
`<layer>-line`, what is dashed otherwise than the rest `<layer>-line-2` and so on, its hatching
`<layer>-hatch`, the character on its points `<layer>-mark`, its text `<layer>-label`.
`metadata["zonetwin:layer"]` says to which layer a style layer belongs. There are no `glyphs` and no sprite:
text is drawn with the browser's own fonts, and hatch images named `hatch:<pattern>:<colour>` are made by the
page when the map asks for them (`styleimagemissing`).

Source: MapLibre Style Specification, version 8.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from zonetwin.core.kind import Geometry, Kind
from zonetwin.core.text import Language
from zonetwin.packs.colours import PAGES
from zonetwin.packs.model import Catalogue, Colour, Layer, Symbol
from zonetwin.twin.class_expression import by_class, class_filter
from zonetwin.twin.drawn_kinds import has_label_points, label_pair
from zonetwin.twin.tiles import LABEL_SUFFIX

Theme = Literal["light", "dark"]
Json = dict[str, object]

SOURCE = "zonetwin"
TILE_MAXZOOM = 16
"""Tiles are asked for up to this zoom and enlarged beyond: one unit is 0.15 m there."""

FONTS = ["Noto Sans Regular"]
"""A name MapLibre wants; without glyphs it draws with the page's own font family."""

MARK_SIZE = 12
"""Pixels: Chinese is not legible below."""

_WITH_POINTS = (Geometry.POINT, Geometry.ANY)
_CLEAR = "rgba(0,0,0,0)"
_TEXT: Colour = ("#1c2733", "#e6ebf1")


@dataclass(frozen=True, slots=True)
class Look:
    """What a style is compiled for: the theme and the language of its labels."""

    theme: Theme = "light"
    language: Language = "zh"

    def of(self, colour: Colour | None) -> str:
        if colour is None:
            return _CLEAR
        return colour[0] if self.theme == "light" else colour[1]


def map_style(
    catalogue: Catalogue, kinds: Iterable[str], look: Look, *, tiles: str, attribution: str
) -> Json:
    """Compile the layers of the given kinds.

    Args:
        catalogue: The declared layers.
        kinds: Kinds the viewer may see; layers of others are left out.
        look: Theme and language.
        tiles: Address of the tiles, absolute, with `{z}`, `{x}` and `{y}`.
        attribution: What must stand on the map; empty for nothing.
    """
    visible = set(kinds)
    layers = [layer for layer in ordered_layers(catalogue) if layer.kind in visible]
    drawn = [item for layer in layers for item in _shape_layers(layer, catalogue.kinds[layer.kind], look)]
    marks = [item for layer in layers for item in _mark_layers(layer, catalogue.kinds[layer.kind], look)]
    labels = [item for layer in layers for item in _label_layers(layer, catalogue.kinds[layer.kind], look)]
    source: Json = {"type": "vector", "tiles": [tiles], "minzoom": 0, "maxzoom": TILE_MAXZOOM}
    if attribution:
        source["attribution"] = attribution
    return {
        "version": 8,
        "name": "zonetwin",
        "metadata": {"zonetwin:theme": look.theme, "zonetwin:language": look.language},
        "sources": {SOURCE: source},
        "layers": [_background(look), *drawn, *marks, *labels],
    }


def ordered_layers(catalogue: Catalogue) -> list[Layer]:
    """List layers from the lowest to the topmost: by their order, then by name."""
    return sorted(catalogue.layers, key=lambda layer: (layer.order, layer.name))


def _background(look: Look) -> Json:
    return {"id": "background", "type": "background", "paint": {"background-color": look.of(PAGES)}}


def _shape_layers(layer: Layer, kind: Kind, look: Look) -> list[Json]:
    match kind.geometry:
        case Geometry.POINT:
            return [_circle(layer, look, layer.name)]
        case Geometry.LINE:
            return _lines(layer, look, layer.name)
        case Geometry.POLYGON:
            return _areas(layer, look)
        case Geometry.ANY:
            return _all_sorts(layer, look)
        case _:
            return []


def _areas(layer: Layer, look: Look) -> list[Json]:
    if layer.extrude:
        return [_extrusion(layer, look)]
    outlines = _lines(layer, look, f"{layer.name}-line") if _draws_line(layer) else []
    return [*_fills(layer, look), *_hatches(layer, look), *outlines]


def _all_sorts(layer: Layer, look: Look) -> list[Json]:
    """Draw a kind whose places may be outlines, lines or points: each sort with its own style layer."""
    outlines = [_only("Polygon", item) for item in [*_fills(layer, look), *_hatches(layer, look)]]
    lines = [_only_not("Point", item) for item in _lines(layer, look, f"{layer.name}-line")]
    return [*outlines, *lines, _only("Point", _circle(layer, look, f"{layer.name}-point"))]


def _draws_line(layer: Layer) -> bool:
    return any(symbol.line for symbol in _symbols(layer))


def _symbols(layer: Layer) -> list[Symbol]:
    return [layer.symbol, *(item.symbol for item in layer.classes)]


def _fills(layer: Layer, look: Look) -> list[Json]:
    if not any(symbol.fill for symbol in _symbols(layer)):
        return []
    paint: Json = {
        "fill-color": by_class(layer, lambda symbol: look.of(symbol.fill)),
        "fill-opacity": by_class(layer, lambda symbol: symbol.opacity),
    }
    return [_style_layer(layer, layer.name, "fill", paint)]


def _extrusion(layer: Layer, look: Look) -> Json:
    # fill-extrusion-opacity takes one value for the whole layer
    paint: Json = {
        "fill-extrusion-color": by_class(layer, lambda symbol: look.of(symbol.fill or symbol.line)),
        "fill-extrusion-height": ["coalesce", ["get", layer.extrude], 0],
        "fill-extrusion-opacity": layer.symbol.opacity,
        "fill-extrusion-vertical-gradient": True,
    }
    return _style_layer(layer, layer.name, "fill-extrusion", paint)


def _hatches(layer: Layer, look: Look) -> list[Json]:
    if not any(symbol.hatch for symbol in _symbols(layer)):
        return []
    hatched = class_filter(layer, lambda symbol: bool(symbol.hatch))
    image = by_class(layer, lambda symbol: hatch_image(symbol, look))
    paint: Json = {"fill-pattern": image, "fill-opacity": 0.6}
    return [_style_layer(layer, f"{layer.name}-hatch", "fill", paint, where=hatched)]


def hatch_image(symbol: Symbol, look: Look) -> str:
    """Name the image of a hatch; the page draws it when the map asks for that name."""
    return f"hatch:{symbol.hatch or 'none'}:{look.of(symbol.line or _TEXT)}"


def _lines(layer: Layer, look: Look, name: str) -> list[Json]:
    """Draw lines, one style layer per dash pattern: MapLibre cannot take the pattern from a property."""
    patterns = dict.fromkeys(symbol.dash for symbol in _symbols(layer))
    return [
        _line(layer, look, name if number == 1 else f"{name}-{number}", dash, whole=len(patterns) == 1)
        for number, dash in enumerate(patterns, start=1)
    ]


def _line(layer: Layer, look: Look, name: str, dash: tuple[float, ...], *, whole: bool) -> Json:
    paint: Json = {
        "line-color": by_class(layer, lambda symbol: look.of(symbol.line or _line_fill(layer, symbol))),
        "line-width": by_class(layer, lambda symbol: symbol.width),
        "line-opacity": by_class(layer, lambda symbol: symbol.opacity if symbol.fill is None else 1.0),
    }
    if dash:
        paint["line-dasharray"] = list(dash)
    where = None if whole else class_filter(layer, lambda symbol: symbol.dash == dash)
    layout = {"line-cap": "butt" if dash else "round", "line-join": "round"}
    return _style_layer(layer, name, "line", paint, layout=layout, where=where)


def _line_fill(layer: Layer, symbol: Symbol) -> Colour | None:
    """Give the colour of a line whose symbol has only a fill, but none for the outline of an area."""
    return None if _draws_line(layer) else symbol.fill


def _circle(layer: Layer, look: Look, name: str) -> Json:
    paint: Json = {
        "circle-color": by_class(layer, lambda symbol: look.of(symbol.fill or symbol.line)),
        "circle-radius": by_class(layer, lambda symbol: symbol.radius),
        "circle-opacity": by_class(layer, lambda symbol: symbol.opacity),
        "circle-stroke-color": by_class(layer, lambda symbol: look.of(symbol.line or PAGES)),
        "circle-stroke-width": by_class(layer, lambda symbol: symbol.width),
    }
    return _style_layer(layer, name, "circle", paint)


def _mark_layers(layer: Layer, kind: Kind, look: Look) -> list[Json]:
    """Write each class's character on its points, in the page's colour: the cue beside the colour."""
    if not any(symbol.mark for symbol in _symbols(layer)) or kind.geometry not in _WITH_POINTS:
        return []
    layout: Json = {
        "text-field": by_class(
            layer, lambda symbol: symbol.mark.in_language(look.language) if symbol.mark else ""
        ),
        "text-font": FONTS,
        "text-size": MARK_SIZE,
        "text-allow-overlap": True,
        "text-ignore-placement": True,
    }
    item = _style_layer(layer, f"{layer.name}-mark", "symbol", {"text-color": look.of(PAGES)}, layout=layout)
    return [_only("Point", item)]


def _label_layers(layer: Layer, kind: Kind, look: Look) -> list[Json]:
    """Write the label: on points of its own for outlines, along lines, beside points."""
    if not layer.label:
        return []
    along = kind.geometry is Geometry.LINE
    layout: Json = {
        "text-field": _label_text(kind, layer.label, look.language),
        "text-font": FONTS,
        "text-size": ["interpolate", ["linear"], ["zoom"], 12, 12, 18, 14],
        "text-max-width": 8,
        "symbol-placement": "line" if along else "point",
    }
    if kind.geometry is Geometry.POINT:
        layout |= {"text-anchor": "top", "text-offset": [0, 0.6], "text-optional": True}
    paint: Json = {
        "text-color": look.of(_TEXT),
        "text-halo-color": look.of(PAGES),
        "text-halo-width": 1.4,
    }
    item = _style_layer(layer, f"{layer.name}-label", "symbol", paint, layout=layout)
    if has_label_points(kind):
        item["source-layer"] = kind.name + LABEL_SUFFIX
    return [item]


def _label_text(kind: Kind, label: str, language: Language) -> object:
    if titles := _code_titles(kind, label, language):
        written: list[object] = ["to-string", ["get", label]]
        return ["match", written, *titles, written]
    own = label_pair(kind, label)
    wanted = own if language == "zh" else own[::-1]
    return ["to-string", ["coalesce", *(["get", name] for name in wanted), ""]]


def _code_titles(kind: Kind, label: str, language: Language) -> list[str]:
    """List code and title in turns, for a label whose property has codes: people read titles, not codes."""
    codes = next((item.codes for item in kind.properties if item.name == label), {})
    return [word for code, title in codes.items() for word in (code, title.in_language(language))]


def _style_layer(
    layer: Layer,
    name: str,
    sort: str,
    paint: Json,
    *,
    layout: Mapping[str, object] | None = None,
    where: object = None,
) -> Json:
    item: Json = {
        "id": name,
        "type": sort,
        "source": SOURCE,
        "source-layer": layer.kind,
        "metadata": {"zonetwin:layer": layer.name, "zonetwin:kind": layer.kind},
        "layout": {"visibility": "visible" if layer.visible else "none", **(layout or {})},
        "paint": paint,
    }
    if layer.minzoom:
        item["minzoom"] = layer.minzoom
    if where is not None:
        item["filter"] = where
    return item


def _only(sort: str, item: Json) -> Json:
    return _filtered(item, ["match", ["geometry-type"], [sort, f"Multi{sort}"], True, False])


def _only_not(sort: str, item: Json) -> Json:
    return _filtered(item, ["match", ["geometry-type"], [sort, f"Multi{sort}"], False, True])


def _filtered(item: Json, condition: object) -> Json:
    item["filter"] = ["all", condition, item["filter"]] if "filter" in item else condition
    return item
