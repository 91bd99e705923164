"""A target and its indicator must measure the same thing over the same sort of period."""

import pytest
from tests.plans.sample_pack import TARGET, Row, catalogue_of, indicator

from zonetwin.core.units import is_convertible
from zonetwin.packs.model import Catalogue, Indicator
from zonetwin.plans.plan import Plan
from zonetwin.plans.reading import plan_faults

LEVEL = TARGET | {"cadence": "standing"}


def _faults(row: Row, declared: Indicator) -> list[str]:
    return [issue.message for issue in plan_faults(catalogue_of(row, indicators=(declared,)))]


@pytest.mark.parametrize(
    ("row", "declared"),
    [
        (TARGET, indicator(unit="m2")),
        (LEVEL, indicator(unit="km2", over="instant")),
        (LEVEL | {"direction": "down"}, indicator(over="instant", better="neither")),
        (TARGET | {"unit": "pp", "comparator": "+"}, indicator(unit="pp", over="instant")),
        (TARGET | {"cadence": "one-off"}, indicator(over="instant")),
    ],
)
def test_what_fits_is_no_fault(row: Row, declared: Indicator) -> None:
    assert _faults(row, declared) == []


@pytest.mark.parametrize(
    ("row", "declared", "message"),
    [
        (TARGET, indicator(unit="套"), "it is in '套', the target in '亩'"),
        (TARGET | {"unit": "处"}, indicator(unit="个"), "it is in '个', the target in '处'"),
        (TARGET | {"unit": "pp"}, indicator(unit="percent"), "it is in 'percent', the target in 'pp'"),
        (TARGET, indicator(over="instant"), "needs a span"),
        (LEVEL, indicator(), "needs an instant"),
        (TARGET, indicator(better="lower"), "its better side is 'lower'"),
        (LEVEL | {"direction": "down"}, indicator(over="instant"), "the target goes 'down'"),
        (TARGET | {"indicator": "reserves"}, indicator(), "'reserves' of T1 is not declared"),
    ],
)
def test_what_does_not_fit_is_said(row: Row, declared: Indicator, message: str) -> None:
    assert any(message in fault for fault in _faults(row, declared))


def test_every_bound_figure_of_the_shipped_plan_can_be_converted(catalogue: Catalogue, plan: Plan) -> None:
    bound = [target for target in plan.targets if target.indicator]
    assert len(bound) == 94
    assert all(is_convertible(catalogue.indicators[item.indicator].unit, item.unit) for item in bound)
