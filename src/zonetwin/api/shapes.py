"""The JSON shapes several routes share. Field names are snake_case, dates ISO, a text is {zh, en}."""

from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from zonetwin.core.text import Text

Item = TypeVar("Item")


class Shape(BaseModel):
    """A JSON shape that can be filled from a dataclass with the same fields."""

    model_config = ConfigDict(from_attributes=True)


class TextShape(Shape):
    """A text in both languages."""

    zh: str
    en: str


class Listed(Shape, Generic[Item]):
    """Part of a list: `next` is the cursor of the following part, null at the end; `total` counts all."""

    items: list[Item]
    next: str | None = None
    total: int


class TitledCode(Shape):
    """A code with what it is called."""

    code: str
    name: TextShape


class GapShape(Shape):
    """Why something is missing: a code for programs, a reason for people."""

    code: str
    reason: TextShape


class PointShape(Shape):
    """A place on the map."""

    lon: float
    lat: float


def text_shape(text: Text) -> TextShape:
    """Give a text as JSON has it."""
    return TextShape(zh=text.zh, en=text.en)


def plain_text(text: str) -> TextShape:
    """Give the same wording for both languages, for names that have only one."""
    return TextShape(zh=text, en=text)
