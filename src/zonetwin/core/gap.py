"""Missing data as a value with a reason: unknown is not zero and not an exception."""

from dataclasses import dataclass

from zonetwin.core.text import Text


@dataclass(frozen=True, slots=True)
class Gap:
    """Why a value is missing. `code` is stable for programs, `reason` is for people."""

    code: str
    reason: Text

    def as_json(self) -> dict[str, object]:
        return {"code": self.code, "reason": self.reason.as_json()}
