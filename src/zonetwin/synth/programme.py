"""What is to be built in a district: items drawn from a plan's targets, each with how well it goes.

An item is a stream of like projects measured by one declared indicator: so many schools, so many homes, by a
day. How well it goes is drawn from the seed, so that on the district's day some targets are met, some late and
some missed. This module only says what there is to do; `projects` makes projects of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from zonetwin.core.errors import InvalidInput
from zonetwin.core.units import convert
from zonetwin.packs.model import Indicator
from zonetwin.plans.model import Target

Luck = Literal["early", "even", "late", "stuck"]
_LUCK: tuple[Luck, ...] = ("early", "even", "late", "stuck")
_LUCK_SHARES = (0.34, 0.34, 0.22, 0.10)
STAGES = ("conceived", "preparing", "started", "building", "complete", "delivered")
PACE: Mapping[Luck, float] = {"early": 1.15, "even": 1.0, "late": 0.72, "stuck": 0.3}
"""How much of an even pace an item of each luck has reached on the district's day."""


@dataclass(frozen=True, slots=True)
class Item:
    """A stream of like projects.

    `amounts` gives what the plan wants by each of its days, cumulative from `start`, in the indicator's unit (a
    count of projects where `quantity` is empty). `yearly` items start anew each year. `mode` and `stage` are the
    indicator's: what counts, and from when.
    """

    indicator: str
    category: str
    works: tuple[str, ...]
    stage: str
    quantity: str
    mode: str
    scale: float
    plan_target: str
    start: date
    amounts: tuple[tuple[date, float], ...]
    yearly: bool
    organisation: str
    participants: tuple[str, ...]
    luck: Luck

    @property
    def total(self) -> float:
        return self.amounts[-1][1]


@dataclass(frozen=True, slots=True)
class Stream:
    """Like projects that several items ask about: how many there are is said by `lead`, the rest ride along.

    `riders` are the other items with the share of their amount that falls to this stream.
    """

    category: str
    work: str
    plan_target: str
    lead: Item
    riders: tuple[tuple[Item, float], ...]


def streams_of(items: Iterable[Item]) -> list[Stream]:
    """Bring together the items that the same projects answer, such as homes and their floor area.

    What counts projects leads, the latest stage first; a quantity joins every stream of its category and works,
    and starts one of its own where there is none.
    """
    members: dict[tuple[str, str, str], list[tuple[Item, float]]] = {}
    for item in sorted(
        items, key=lambda item: (item.quantity != "", -STAGES.index(item.stage), item.indicator)
    ):
        homes = [key for key in members if _answers(key, item)]
        for key in homes:
            members[key].append((item, 1.0 / len(homes)))
        if not homes:
            work = item.works[0] if item.works else ""
            members[(item.category, work, item.plan_target)] = [(item, 1.0)]
    return [
        Stream(category, work, plan_target, joined[0][0], tuple(joined[1:]))
        for (category, work, plan_target), joined in members.items()
    ]


def _answers(key: tuple[str, str, str], item: Item) -> bool:
    category, work, plan_target = key
    return (
        category == item.category
        and (not item.works or work in item.works)
        and item.plan_target in ("", plan_target)
    )


def programme_of(
    targets: Iterable[Target], indicators: Mapping[str, Indicator], rng: np.random.Generator
) -> list[Item]:
    """Draw the programme from the targets that count projects; the others have nothing to build.

    Targets on one indicator become one item with several days. A target without a date is due with the last
    of the plan.
    """
    found: dict[str, list[Target]] = {}
    everything = [target for target in targets if not target.duplicate_of]
    for target in everything:
        indicator = indicators.get(target.indicator)
        if indicator is not None and "category" in indicator.parameters:
            found.setdefault(indicator.name, []).append(target)
    last = max((target.deadline for target in everything if target.deadline), default=None)
    return [
        item
        for name, group in sorted(found.items())
        if (item := _item(indicators[name], group, last, rng)) is not None
    ]


def _item(
    indicator: Indicator, group: list[Target], last: date | None, rng: np.random.Generator
) -> Item | None:
    luck = _LUCK[int(rng.choice(len(_LUCK), p=_LUCK_SHARES))]
    dated = sorted(
        (target.deadline or last, _amount(target, indicator.unit))
        for target in group
        if target.deadline or last
    )
    first = group[0]
    starts = [target.start for target in group if target.start]
    if not dated or not starts:
        return None
    given = indicator.parameters
    return Item(
        indicator=indicator.name,
        category=str(given["category"]).split(",")[0],
        works=tuple(filter(None, str(given.get("work", "")).split(","))),
        stage=str(given.get("stage", "complete")),
        quantity=str(given.get("quantity", "")),
        mode=str(given.get("mode", "")),
        scale=float(given.get("scale", 1)),
        plan_target=str(given.get("plan_target", "")),
        start=min(starts),
        amounts=tuple((day, amount) for day, amount in dated if day is not None),
        yearly=any(target.cadence == "annual" for target in group),
        organisation=first.leads[0] if first.leads else "",
        participants=first.participants[:3],
        luck=luck,
    )


def _amount(target: Target, unit: str) -> float:
    """Express a target's value in the indicator's unit; counting units stand for themselves."""
    try:
        return convert(target.value, target.unit, unit)
    except InvalidInput:
        return target.value
