"""What a zone's folder says about it: `zone.toml`, read once when the zone is opened."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.core.space import check_metric


@dataclass(frozen=True, slots=True)
class ZoneSettings:
    """The declared facts of a zone. `today` pins its day, None lets the calendar run."""

    name: str
    crs: str
    time_zone: str
    languages: tuple[str, ...]
    packs: tuple[str, ...]
    today: date | None = None
    synthetic: bool = False
    map_approval: str = ""


_FIELDS = ("name", "crs", "time_zone", "languages", "packs", "today", "synthetic", "map_approval")


def read_settings(folder: Path) -> ZoneSettings:
    """Read and check `zone.toml`.

    Raises:
        NotFound: the folder is not a zone.
        InvalidInput: the file has a fault; the message names the field.
    """
    file = folder / "zone.toml"
    if not file.is_file():
        raise NotFound(
            f"{str(folder)!r} is not a zone: it has no zone.toml.", hint="Make one with `zonetwin new`."
        )
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InvalidInput(f"{file.name} is not valid TOML: {error}.") from error
    if unknown := sorted(set(values) - set(_FIELDS)):
        raise InvalidInput(f"{file.name} has unknown fields {unknown}.", hint=f"Known: {', '.join(_FIELDS)}.")
    if missing := [name for name in ("name", "crs", "packs") if name not in values]:
        raise InvalidInput(f"{file.name} lacks {missing}.")
    return checked_settings(
        ZoneSettings(
            name=str(values["name"]),
            crs=str(values["crs"]),
            time_zone=str(values.get("time_zone", "Asia/Shanghai")),
            languages=tuple(values.get("languages", ("zh", "en"))),
            packs=tuple(values["packs"]),
            today=values.get("today"),
            synthetic=bool(values.get("synthetic", False)),
            map_approval=str(values.get("map_approval", "")),
        )
    )


def checked_settings(settings: ZoneSettings) -> ZoneSettings:
    """Give the settings back if their CRS is metric and their time zone exists.

    Raises:
        InvalidInput: one of them does not hold.
    """
    check_metric(settings.crs)
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidInput(
            f"The time zone {settings.time_zone!r} is unknown.", hint="Write a name such as Asia/Shanghai."
        ) from error
    return settings


def write_settings(folder: Path, settings: ZoneSettings) -> None:
    """Write `zone.toml`; unset optional fields are left out."""
    lines = [
        f"name = {_quoted(settings.name)}",
        f"crs = {_quoted(settings.crs)}",
        f"time_zone = {_quoted(settings.time_zone)}",
        f"languages = [{', '.join(map(_quoted, settings.languages))}]",
        f"packs = [{', '.join(map(_quoted, settings.packs))}]",
    ]
    if settings.today:
        lines.append(f"today = {settings.today.isoformat()}")
    if settings.synthetic:
        lines.append("synthetic = true")
    if settings.map_approval:
        lines.append(f"map_approval = {_quoted(settings.map_approval)}")
    (folder / "zone.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
