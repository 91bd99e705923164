"""The organisations a zone knows: their names by code, and which one people mean by a name."""

from collections.abc import Mapping

from zonetwin.cases.sheet_values import folded
from zonetwin.core.actor import STAFF
from zonetwin.core.text import Text
from zonetwin.store.model import Selection
from zonetwin.zone.zone import Zone


def organisation_names(zone: Zone) -> dict[str, Text]:
    """Give the name of each organisation by its code; empty when no chosen pack declares organisations."""
    if "organisation" not in zone.store.kinds:
        return {}
    rows = zone.store.read("organisation", STAFF, Selection(columns=("code", "name", "name_en"))).to_pylist()
    return {
        str(row["code"]): Text(
            str(row["name"] or row["code"]), str(row["name_en"] or row["name"] or row["code"])
        )
        for row in rows
        if row["code"]
    }


def code_of_organisation(text: str, names: Mapping[str, Text]) -> str | None:
    """Find the organisation a name or code means, in either language; None when there is none."""
    if text in names:
        return text
    wanted = folded(text)
    for code, name in names.items():
        if wanted in (folded(name.zh), folded(name.en), folded(code)):
            return code
    return None
