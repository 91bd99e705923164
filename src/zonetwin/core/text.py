"""A text in both languages; Chinese is written first, English everywhere."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Text:
    """The same sentence or name in Chinese and in English."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        """Give the wording in one language, falling back to the other where it is empty."""
        return (self.zh or self.en) if language == "zh" else (self.en or self.zh)

    def as_json(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}
