"""What can be searched for in a plan."""

from zonetwin.plans.plan import Plan
from zonetwin.plans.search import search_entries


def test_every_target_and_organisation_can_be_found(plan: Plan) -> None:
    entries = list(search_entries(plan))
    targets = {entry.id for entry in entries if entry.type == "target"}
    assert targets == {target.id for target in plan.targets}
    assert len([entry for entry in entries if entry.type == "organisation"]) == 17


def test_a_target_is_found_by_its_words_its_section_and_its_organisation(plan: Plan) -> None:
    entry = next(entry for entry in search_entries(plan) if entry.id == "T037")
    assert {"土地收储", "Land taken into reserve", "存量盘活", "规建局", "T037"} <= set(entry.texts)


def test_a_task_leads_to_the_target_it_belongs_to(plan: Plan) -> None:
    found = [entry for entry in search_entries(plan) if "南浜路初中新建" in entry.texts]
    assert [entry.id for entry in found] == ["T061"]


def test_clauses_can_be_found_only_in_an_attached_text(plan: Plan) -> None:
    text = "字" * plan.document.characters
    assert not [entry for entry in search_entries(plan) if entry.type == "clause"]
    assert len([entry for entry in search_entries(plan, text) if entry.type == "clause"]) == 138
