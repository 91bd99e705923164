"""Classes of a layer as MapLibre expressions: the first class that fits a feature decides.

Where none fits, the layer's own symbol does.

Class values are texts, so a property is compared by its text: true is "true", 3 is "3", null is "".
"""

from collections.abc import Callable
from itertools import chain

from zonetwin.packs.model import Layer, Symbol

Scalar = str | float | bool
Expression = Scalar | list[object]


def by_class(layer: Layer, value_of: Callable[[Symbol], Scalar]) -> Expression:
    """Give what a symbol's value is per class, or the plain value where all classes agree."""
    default = value_of(layer.symbol)
    values = [value_of(item.symbol) for item in layer.classes]
    if all(value == default for value in values):
        return default
    if len({item.property for item in layer.classes}) == 1:
        return _matched(layer, values, default)
    conditions = [["in", _text(item.property), ["literal", list(item.values)]] for item in layer.classes]
    return ["case", *chain.from_iterable(zip(conditions, values, strict=True)), default]


def class_filter(layer: Layer, chosen: Callable[[Symbol], bool]) -> list[object] | None:
    """Give the filter that keeps features whose symbol is chosen, None where all are.

    Nothing is chosen only by mistake: such a layer is not to be drawn at all.
    """
    answer = by_class(layer, chosen)
    return answer if isinstance(answer, list) else None


def _matched(layer: Layer, values: list[Scalar], default: Scalar) -> list[object]:
    """Write a `match`; a value named by two classes belongs to the first."""
    seen: set[str] = set()
    branches: list[object] = []
    for item, value in zip(layer.classes, values, strict=True):
        labels = [label for label in dict.fromkeys(item.values) if label not in seen]
        seen.update(labels)
        if labels:
            branches += [labels, value]
    return ["match", _text(layer.classes[0].property), *branches, default]


def _text(name: str) -> list[object]:
    return ["to-string", ["get", name]]
