"""The thresholds of verdicts. They are decisions, so they stand in a pack's table `verdict_rules`, not here."""

from dataclasses import dataclass, fields

from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Place, Table

TABLE = "verdict_rules"


@dataclass(frozen=True, slots=True)
class VerdictRules:
    """Thresholds by which targets are judged.

    `on_track_share` and `at_risk_share` are shares of what an even pace expects; `one_off_at_risk` and
    `one_off_behind` are used-up shares of the time of a result that has no pace; `trend_days` is the least distance
    of the measurement a level's line starts from; `approx_tolerance` is the deviation allowed where the plan says
    about; from `unknown_share` and `stale_days` on, the reason mentions unknowns and old measurements.
    """

    on_track_share: float
    at_risk_share: float
    one_off_at_risk: float
    one_off_behind: float
    trend_days: float
    approx_tolerance: float
    unknown_share: float
    stale_days: float


STRICT = VerdictRules(1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0)
"""Rules without any allowance; also what a faulty table is read as, until its faults are raised."""


def read_rules(table: Table | None, place: Place, issues: Issues) -> VerdictRules:
    """Read the table `verdict_rules` (columns `rule` and `value`): each rule once, all of them there.

    Args:
        table: The table, None when no pack has one.
        place: Where to report a missing table.
        issues: Collects the faults.
    """
    if table is None:
        issues.add(place, f"No pack gives the table {TABLE!r}.", "Verdicts need its thresholds.")
        return STRICT
    known = [field.name for field in fields(VerdictRules)]
    values: dict[str, float] = {}
    for row, line in zip(table.rows, table.lines, strict=True):
        name, here = row.get("rule", ""), Place(table.file, line)
        if name not in known:
            issues.add_unknown(here, "The rule", name, known)
        elif name in values:
            issues.add(here, f"The rule {name!r} is there twice.")
        else:
            values[name] = _value(row.get("value", ""), here, issues)
    for name in known:
        if name not in values:
            issues.add(Place(table.file, 1), f"The rule {name!r} is missing.")
            values[name] = getattr(STRICT, name)
    if values["at_risk_share"] > values["on_track_share"]:
        issues.add(Place(table.file, 1), "at_risk_share lies above on_track_share.")
    if values["one_off_at_risk"] > values["one_off_behind"]:
        issues.add(Place(table.file, 1), "one_off_at_risk lies above one_off_behind.")
    return VerdictRules(**values)


def _value(text: str, place: Place, issues: Issues) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value < float("inf"):
        issues.add(place, f"The value {text!r} is not a number of at least 0.")
        return 0.0
    return value
