"""Colours of map symbols: well formed, one for each theme, and visible on its page."""

import re
from collections.abc import Iterable

from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Colour, Place
from zonetwin.packs.nodes import Node

PAGES: Colour = ("#eef1f4", "#12161c")
"""The background of the map in the light and in the dark theme."""

FAINTEST = 1.03
"""Least contrast that the fill or the line of a symbol needs: below it nothing can be told from the page."""

CLEAR = 3.0
"""Least contrast of what must be found at a glance: dashed lines and points (WCAG 2.2, 1.4.11)."""

_HEX = re.compile(r"^#[0-9a-fA-F]{6}$")


def read_colour(node: Node | None, *, least: float, issues: Issues) -> Colour | None:
    """Read `[light, dark]` and note what is malformed or hard to see.

    Args:
        node: The field, or None where the symbol has no such colour.
        least: Contrast that each of the two needs against its page.
        issues: Collects the faults.
    """
    if node is None:
        return None
    pair = [item.text for item in node.value] if isinstance(node.value, tuple) else []
    if len(pair) != 2 or not all(_HEX.match(colour) for colour in pair):
        issues.add(
            node.place,
            "A colour is written as [light, dark].",
            'For instance ["#1f6feb", "#58a6ff"], quoted.',
        )
        return None
    _check_contrast((pair[0], pair[1]), least, node.place, issues)
    return (pair[0].lower(), pair[1].lower())


def _check_contrast(colour: Colour, least: float, place: Place, issues: Issues) -> None:
    for theme, value, page in zip(("light", "dark"), colour, PAGES, strict=True):
        if (found := contrast(value, page)) < least:
            issues.add(
                place,
                f"{value} has contrast {found:.2f} on the {theme} page {page}, expected at least {least:g}.",
                "Take a darker colour." if theme == "light" else "Take a lighter colour.",
            )


def check_visible(colours: Iterable[Colour | None], place: Place, issues: Issues) -> None:
    """Note an issue if nothing of a symbol can be told from the page in one of the themes."""
    given = [colour for colour in colours if colour is not None]
    for index, (theme, page) in enumerate(zip(("light", "dark"), PAGES, strict=True)):
        if given and max(contrast(colour[index], page) for colour in given) < FAINTEST:
            issues.add(place, f"Nothing of the symbol can be seen on the {theme} page {page}.")


def contrast(first: str, second: str) -> float:
    """Give the contrast ratio of two colours, 1 to 21.

    Source: WCAG 2.2, definition of contrast ratio.
    """
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Give the relative luminance of `#rrggbb`, 0 to 1.

    Source: WCAG 2.2, definition of relative luminance.
    """
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
