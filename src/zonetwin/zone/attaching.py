"""Attaching the plan's own text to a zone, so that targets can show their clauses.

The pack holds no sentence of the plan. A text is kept in the zone's media folder by its content hash, compared with
the plan's document, and recorded as a Change; the newest text of a plan is the one that counts. Only plain text is
read: other formats are refused with what to do.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from zonetwin.core.actor import Actor
from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.core.text import Text
from zonetwin.plans.anchors import DocumentCheck, check_document, text_from_bytes
from zonetwin.plans.plan import Plan
from zonetwin.plans.reading import read_plans
from zonetwin.plans.records import AttachedText, add_document, documents
from zonetwin.zone.media import keep_media, media_path
from zonetwin.zone.zone import Zone

logger = logging.getLogger(__name__)

LARGEST_BYTES = 16 * 1024 * 1024
TEXT_SUFFIXES = (".txt", ".text", ".md")


@dataclass(frozen=True, slots=True)
class AttachReport:
    """What was attached to which plan, and how many of its numbers stand where the plan's rows say.

    `warnings` is empty when the text is exactly the plan's document.
    """

    document: AttachedText
    check: DocumentCheck
    warnings: tuple[Text, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.document.id,
            "plan": self.document.plan,
            "file": self.document.file,
            "sha256": self.check.sha256,
            "characters": self.check.characters,
            "is_exact": self.check.is_exact,
            "anchors_kept": len(self.check.kept),
            "anchors": len(self.check.kept) + len(self.check.lost),
            "lost": list(self.check.lost),
            "warnings": [warning.as_json() for warning in self.warnings],
        }


def attach(zone: Zone, file: Path, actor: Actor, *, plan: str = "", note: str = "") -> AttachReport:
    """Attach a text to one of the zone's plans.

    Args:
        zone: The zone.
        file: A plain text file.
        actor: Who attaches it.
        plan: Name of the plan; may be left out where the zone has one.
        note: A human note for the Change.

    Raises:
        NotFound: the file or the plan is not there.
        InvalidInput: the file is no plain text, too large, or none of the plan's numbers stand in it.
    """
    chosen = _plan(zone, plan)
    data = _read(file)
    text = text_from_bytes(data)
    check = check_document(text, chosen.document, chosen.targets, chosen.digests)
    if not check.kept:
        raise InvalidInput(
            f"{file.name!r} is not the text of this plan: none of its {len(check.lost)} numbers stand where the plan's "
            "rows say.",
            hint=f"Expected {chosen.document.title.zh!r} with {chosen.document.characters} characters.",
        )
    media = keep_media(zone, data, name=file.name)
    with zone.store.begin(actor=actor, tool="plan attach", note=note) as writer:
        record = AttachedText(
            id=0,
            plan=chosen.name,
            file=file.name,
            media=media.hash,
            sha256=check.sha256,
            characters=check.characters,
            anchors_kept=len(check.kept),
            anchors=len(chosen.targets),
            attached_at=zone.clock.now(),
            actor=actor.name,
            note=note,
        )
        number = add_document(writer, record)
    logger.info("plan text attached", extra={"plan": chosen.name, "anchors_kept": len(check.kept)})
    stored = next(item for item in documents(zone.store) if item.id == number)
    return AttachReport(stored, check, _warnings(check, chosen))


def attached_text(zone: Zone, plan: str) -> str | None:
    """Give the newest attached text of a plan, None where there is none or its file is gone."""
    found = [item for item in documents(zone.store) if item.plan == plan]
    if not found:
        return None
    try:
        path = media_path(zone, found[-1].media)
    except NotFound:
        logger.warning("attached text is missing", extra={"media": found[-1].media})
        return None
    return text_from_bytes(path.read_bytes())


def _plan(zone: Zone, name: str) -> Plan:
    plans = read_plans(zone.packs)
    found = [item for item in plans if name in ("", item.name, item.pack)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(item.name for item in plans)
    if not plans:
        raise NotFound("This zone has no plan.", hint="Add a plan pack to `packs` in zone.toml.")
    if not found:
        raise NotFound(f"This zone has no plan {name!r}.", hint=f"It has: {known}.")
    raise InvalidInput("This zone has several plans.", hint=f"Say which: {known}.")


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise NotFound(f"There is no file {file.name!r} there.")
    if file.suffix.lower() not in TEXT_SUFFIXES:
        raise InvalidInput(
            f"{file.name!r} is not plain text.",
            hint="Save the document as a text file (.txt, UTF-8) and attach that.",
        )
    if file.stat().st_size > LARGEST_BYTES:
        raise InvalidInput(f"{file.name!r} is larger than {LARGEST_BYTES // 1024 // 1024} MiB.")
    return file.read_bytes()


def _warnings(check: DocumentCheck, plan: Plan) -> tuple[Text, ...]:
    if check.is_exact:
        return ()
    expected, anchors = plan.document.characters, len(check.kept) + len(check.lost)
    found = [
        Text(
            f"这不是计划所依据的同一份文本(应为 {expected} 字符,实为 {check.characters})。",
            f"This is not the very text the plan's rows belong to ({expected} characters expected, "
            f"{check.characters} found).",
        ),
        Text(
            f"{anchors} 个数字中有 {len(check.kept)} 个仍在原位。",
            f"{len(check.kept)} of {anchors} numbers still stand in their places.",
        ),
    ]
    return tuple(found)
