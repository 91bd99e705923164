"""How what people type meets names: Chinese by any part, English by words, Chinese also by the initials of its pinyin.

人才公寓 is found by 公寓, by `rcgy`, by `rcg` and by `rencai`. A character with several readings is found by
each of them. Width, case and spaces do not count.
"""

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import product

_MOST_READINGS = 16
_LONGEST_READ = 40
_START = "\n"


class Closeness(IntEnum):
    """How a name was met, closest first."""

    EXACT = 0
    PREFIX = 1
    INITIALS = 2
    PART = 3


@dataclass(frozen=True, slots=True)
class Matchable:
    """Names made ready for matching: folded, and read aloud; each name begins with a line break.

    `about` is text about the thing: what is found only there is met in part.
    """

    folded: str
    initials: str = ""
    spelt: str = ""
    about: str = ""


def matchable(names: Iterable[str], *, about: str = "") -> Matchable:
    """Make the names of one thing ready, with a text about it."""
    kept = [name for name in dict.fromkeys(fold(name) for name in names) if name]
    chinese = [name for name in kept if not name.isascii()]
    return Matchable(
        folded="".join(_START + name for name in kept),
        initials="".join(_START + reading for name in chinese for reading in _read_aloud(name, _letters)),
        spelt="".join(_START + reading for name in chinese for reading in _read_aloud(name, _readings)),
        about=fold(about),
    )


def fold(text: str) -> str:
    """Bring a text to the form in which it is compared: one width, one case, single spaces between words."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def closeness(name: Matchable, asked: str) -> Closeness | None:
    """Tell how names meet what is asked (folded, not empty); None where they do not."""
    at = name.folded.find(asked)
    if at >= 0:
        if _START + asked in name.folded:
            is_whole = f"{_START}{asked}{_START}" in name.folded + _START
            return Closeness.EXACT if is_whole else Closeness.PREFIX
        return Closeness.PREFIX if " " + asked in name.folded else Closeness.PART
    if asked.isascii() and len(asked) > 1:
        if _START + asked in name.initials or _START + asked.replace(" ", "") in name.spelt:
            return Closeness.INITIALS
        if asked in name.initials:
            return Closeness.PART
    if asked in name.about:
        return Closeness.PART
    if " " in asked and all(word in name.folded for word in asked.split(" ")):
        return Closeness.PART
    return None


def _read_aloud(name: str, sounds_of: Callable[[str], tuple[str, ...]]) -> list[str]:
    """Read a name in every way its characters have, while these are few; beyond that in the commonest."""
    sounds = [found for character in name[:_LONGEST_READ] if (found := sounds_of(character))]
    count = 1
    for place, choices in enumerate(sounds):
        count *= len(choices)
        if count > _MOST_READINGS:
            sounds[place:] = [choice[:1] for choice in sounds[place:]]
            break
    return ["".join(reading) for reading in product(*sounds)]


@lru_cache(maxsize=20_000)
def _letters(character: str) -> tuple[str, ...]:
    """Give the first letters of a character's readings."""
    return tuple(dict.fromkeys(reading[0] for reading in _readings(character)))


@lru_cache(maxsize=20_000)
def _readings(character: str) -> tuple[str, ...]:
    """Give the readings of a character without tones; an ASCII letter or digit is its own, a sign has none."""
    from pypinyin import Style, pinyin

    if character.isascii():
        return (character,) if character.isalnum() else ()
    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return tuple(reading for reading in (found[0] if found else ()) if reading.isascii() and reading)
