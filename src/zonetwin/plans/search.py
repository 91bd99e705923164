"""What can be searched for in a plan: for each target, task and organisation the texts people may type.

Matching (substring, pinyin initials) is the searcher's; this module only lists texts, most telling first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from zonetwin.core.text import Text
from zonetwin.plans.anchors import clause_text
from zonetwin.plans.ledger import leads_of
from zonetwin.plans.plan import Plan
from zonetwin.plans.wording import aim_text

SearchType = Literal["target", "clause", "organisation"]


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One thing to be found: its title and subtitle as shown, and the texts that match it."""

    type: SearchType
    id: str
    title: Text
    subtitle: Text
    texts: tuple[str, ...]


def search_entries(plan: Plan, text: str = "") -> Iterator[SearchEntry]:
    """List everything of a plan that can be searched for.

    Args:
        plan: The plan.
        text: The attached document as text, empty where none is attached; with it clauses can be found too.
    """
    by_id = {target.id: target for target in plan.targets}
    for target in plan.targets:
        section, aim = target.clause.section_title, aim_text(target)
        leads = [plan.organisation(code).title for code in leads_of(target, by_id)]
        words = [target.subject, section, aim, *leads, target.note]
        yield SearchEntry(
            "target",
            target.id,
            target.subject,
            Text(f"{section.zh} · {aim.zh}", f"{section.en} · {aim.en}"),
            _texts(words, target.id, target.scope, target.clause.section),
        )
        if text:
            clause = clause_text(text, target.clause).text
            yield SearchEntry("clause", target.id, Text(clause, clause), target.subject, (clause,))
    for organisation in plan.organisations:
        yield SearchEntry(
            "organisation", organisation.code, organisation.title, plan.title, _texts([organisation.title])
        )
    for task in plan.tasks:
        if task.targets:
            yield SearchEntry(
                "target",
                task.targets[0],
                task.title,
                by_id[task.targets[0]].subject,
                _texts([task.title], task.id, task.entity),
            )


def _texts(words: list[Text], *more: str) -> tuple[str, ...]:
    found = [*(part for word in words for part in (word.zh, word.en)), *more]
    return tuple(dict.fromkeys(part for part in found if part))
