"""The shipped plan, read once."""

from pathlib import Path

import pytest

from zonetwin.packs.load import load_catalogue, pack_folders
from zonetwin.packs.model import Catalogue
from zonetwin.plans.model import Target
from zonetwin.plans.plan import Plan
from zonetwin.plans.reading import read_plans

PACK = "plan-kunshan-2023"


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue([PACK], pack_folders(Path("no-local-packs")))


@pytest.fixture(scope="session")
def plan(catalogue: Catalogue) -> Plan:
    (found,) = read_plans(catalogue)
    return found


@pytest.fixture(scope="session")
def figures(plan: Plan) -> dict[str, Target]:
    """Give the plan's targets by their ids."""
    return {target.id: target for target in plan.targets}


@pytest.fixture(scope="session")
def plan_text(real_data: Path) -> str:
    """Give the plan's own text, which lies beside the folder of real files."""
    return (real_data.parent / "plan" / "action_plan.txt").read_text(encoding="utf-8")
