"""What plans keep in the record: the published `target` table, and which texts were attached.

Targets are read from their pack whenever they are judged; the table repeats them for indicators and joins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from zonetwin.plans.model import Target
from zonetwin.store.columns import instant_from_text, instant_text
from zonetwin.store.model import Migration, Part, Row, Store, Writer
from zonetwin.store.statements import load_statements

_FOLDER = Path(__file__).parent
SQL = load_statements(_FOLDER / "queries.sql")
PART = Part(
    "plans",
    (Migration("plans", 1, (_FOLDER / "schema.sql").read_text(encoding="utf-8")),),
    {"target": SQL["target"]},
)
"""What plans add to the record."""


@dataclass(frozen=True, slots=True)
class AttachedText:
    """A text attached as the plan's own: `media` is its content hash; `anchors_kept` of `anchors` numbers match."""

    id: int
    plan: str
    file: str
    media: str
    sha256: str
    characters: int
    anchors_kept: int
    anchors: int
    attached_at: datetime
    actor: str
    note: str = ""


def store_targets(writer: Writer, targets: Iterable[Target]) -> int:
    """Write the published targets of the plans they belong to, in place of those stored before; give their number."""
    by_id = {(target.plan, target.id): target for target in targets}
    rows = [_row(target, by_id.get((target.plan, target.duplicate_of))) for target in by_id.values()]
    for plan in sorted({str(row["plan"]) for row in rows}):
        writer.execute(SQL["forget_targets"], {"plan": plan})
    writer.execute_many(SQL["add_target"], rows)
    if rows:
        writer.touch("target", len(rows))
    return len(rows)


def add_document(writer: Writer, text: AttachedText) -> int:
    """Record an attached text (its `id` is not looked at) and give its id."""
    row_id = writer.execute(
        SQL["add_document"],
        {
            "plan": text.plan,
            "file": text.file,
            "media": text.media,
            "sha256": text.sha256,
            "characters": text.characters,
            "anchors_kept": text.anchors_kept,
            "anchors": text.anchors,
            "attached_at": instant_text(text.attached_at),
            "actor": text.actor,
            "note": text.note,
        },
    )
    writer.touch("plan_document")
    return row_id


def documents(store: Store) -> list[AttachedText]:
    """List the attached texts, oldest first; the newest of a plan is the one that counts."""
    return [_document(row) for row in store.select(SQL["documents"])]


def _document(row: Row) -> AttachedText:
    return AttachedText(
        id=int(str(row["id"])),
        plan=str(row["plan"]),
        file=str(row["file"]),
        media=str(row["media"]),
        sha256=str(row["sha256"]),
        characters=int(str(row["characters"])),
        anchors_kept=int(str(row["anchors_kept"])),
        anchors=int(str(row["anchors"])),
        attached_at=instant_from_text(str(row["attached_at"])),
        actor=str(row["actor"]),
        note=str(row["note"]),
    )


def _row(target: Target, original: Target | None) -> Row:
    leads = target.leads or (original.leads if original else ())
    return {
        "plan": target.plan,
        "id": target.id,
        "section": target.clause.section,
        "sort": target.sort,
        "subject": target.subject.zh,
        "subject_en": target.subject.en,
        "comparator": target.comparator,
        "value": target.value,
        "value_max": target.value_max,
        "unit": target.unit,
        "direction": target.direction,
        "start_on": target.start.isoformat() if target.start else None,
        "deadline": target.deadline.isoformat() if target.deadline else None,
        "cadence": target.cadence,
        "leads": ";".join(leads),
        "parent": target.parent,
        "relation": target.relation,
        "duplicate_of": target.duplicate_of,
        "indicator": target.indicator,
    }
