"""How what people type meets names: Chinese by any part, English by words, Chinese also by the initials of its pinyin.

人才公寓 is found by 公寓, by `rcgy`, by `rcg` and by `rencai`. A character with several readings is found by
each of them. Width, case and spaces do not count.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import product

_LARGEST_VARIANTS = 16
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
    """Names made ready for matching: folded, and read aloud; each name begins with a line break."""

    folded: str
    initials: str
    spelt: str


def matchable(names: Iterable[str]) -> Matchable:
    """Make the names of one thing ready."""
    kept = [name for name in dict.fromkeys(fold(name) for name in names) if name]
    chinese = [name for name in kept if not name.isascii()]
    return Matchable(
        folded="".join(_START + name for name in kept),
        initials="".join(_START + reading for name in chinese for reading in _initials(name)),
        spelt="".join(_START + _spelt(name) for name in chinese),
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
    if " " in asked and all(word in name.folded for word in asked.split(" ")):
        return Closeness.PART
    return None


def _initials(name: str) -> list[str]:
    """Give the initials of a name, in every reading while there are few."""
    letters = [_letters(character) for character in name[:_LONGEST_READ] if not character.isspace()]
    count = 1
    for place, choices in enumerate(letters):
        count *= max(1, len(choices))
        if count > _LARGEST_VARIANTS:
            letters[place:] = [choice[:1] for choice in letters[place:]]
            break
    return ["".join(reading) for reading in product(*(choices for choices in letters if choices))]


@lru_cache(maxsize=20_000)
def _letters(character: str) -> tuple[str, ...]:
    """Give the first letters of a character's readings; of an ASCII letter or digit itself; of a sign none."""
    if character.isascii():
        return (character,) if character.isalnum() else ()
    return tuple(dict.fromkeys(reading[0] for reading in _readings(character)))


def _spelt(name: str) -> str:
    """Spell a name in pinyin without tones, each character in its commonest reading."""
    return "".join(_spelling(character) for character in name[:_LONGEST_READ])


@lru_cache(maxsize=20_000)
def _spelling(character: str) -> str:
    if character.isascii():
        return character if character.isalnum() else ""
    readings = _readings(character)
    return readings[0] if readings else ""


def _readings(character: str) -> list[str]:
    """Give the readings of a Chinese character in ASCII, none for anything else."""
    from pypinyin import Style, pinyin

    ((*readings,),) = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore") or ((),)
    return [reading for reading in readings if reading.isascii() and reading]
