"""The organisations a zone knows: their names by code, and which one people mean by a name.

A plan may call one organisation by two names; the second then has a code of its own that means the first. Only the
first code is ever written, so that nobody can verify their own claim under another name.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from zonetwin.cases.sheet_values import folded
from zonetwin.core.actor import STAFF
from zonetwin.core.text import Text
from zonetwin.store.model import Selection
from zonetwin.zone.zone import Zone

SAME_AS = "same_as"
"""Field of `more` that names the organisation a second name stands for."""


@dataclass(frozen=True, slots=True)
class Organisations:
    """The names of organisations by code, and for second names the code of the organisation meant."""

    names: Mapping[str, Text] = field(default_factory=dict)
    same: Mapping[str, str] = field(default_factory=dict)

    def code_of(self, text: str) -> str | None:
        """Find the organisation a code or a name in either language means; None when there is none."""
        wanted = folded(text)
        for code, name in self.names.items():
            if wanted in (folded(code), folded(name.zh), folded(name.en)):
                return self.same.get(code, code)
        return None

    def meant(self, text: str) -> str:
        """Give the code of the organisation meant, the text itself where the zone does not know it."""
        return (self.code_of(text) or text) if text else text


def organisations(zone: Zone) -> Organisations:
    """Read the organisations of a zone; none when no chosen pack declares them."""
    if "organisation" not in zone.store.kinds:
        return Organisations()
    wanted = Selection(columns=("code", "name", "name_en", "more"))
    rows = [row for row in zone.store.read("organisation", STAFF, wanted).to_pylist() if row["code"]]
    return Organisations(
        names={str(row["code"]): _name(row) for row in rows},
        same={str(row["code"]): same for row in rows if (same := _same_as(row["more"]))},
    )


def organisation_names(zone: Zone) -> Mapping[str, Text]:
    """Give the name of each organisation by its code."""
    return organisations(zone).names


def _name(row: Mapping[str, object]) -> Text:
    name = str(row["name"] or row["code"])
    return Text(name, str(row["name_en"] or name))


def _same_as(more: object) -> str:
    try:
        found = json.loads(str(more)) if more else {}
    except ValueError:
        return ""
    return str(found.get(SAME_AS, "")) if isinstance(found, dict) else ""
