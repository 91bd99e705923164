"""What was wrong with one object of a file: where it stands, what was seen, what to do.

A fault never stops a file. `quarantined` objects are left out, `repaired` and `noted` ones are kept. What makes a
whole file useless is an `InvalidInput` instead.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from zonetwin.core.text import Text

Severity = Literal["quarantined", "repaired", "noted"]
KEPT_OF_EACH = 1000
"""How many faults of one sort are kept with their place; all of them are counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one object.

    `code` is stable for programs. `item` names the object as its file does (`way/12`, `line 7`). `x`, `y` are
    lon/lat degrees, None where the object has no usable place.
    """

    code: str
    severity: Severity
    what: Text
    hint: Text
    item: str = ""
    kind: str = ""
    x: float | None = None
    y: float | None = None

    def at(self, *, item: str, kind: str, x: float | None, y: float | None) -> "Fault":
        """Give the fault with its place filled in; NaN and infinite coordinates become none."""
        known = x is not None and y is not None and abs(x) <= 180.0 and abs(y) <= 90.0
        return replace(self, item=item, kind=kind, x=x if known else None, y=y if known else None)

    def as_json(self, file: str) -> dict[str, object]:
        return {
            "file": file,
            "object": self.item,
            "kind": self.kind,
            "code": self.code,
            "severity": self.severity,
            "coordinates": None if self.x is None else [self.x, self.y],
            "what": self.what.as_json(),
            "hint": self.hint.as_json(),
        }


class Faults:
    """The faults of one file, gathered while it is read: all counted, the first of each sort kept."""

    def __init__(self) -> None:
        self._kept: list[Fault] = []
        self._counts: Counter[str] = Counter()

    def add(self, fault: Fault) -> None:
        self._counts[fault.code] += 1
        if self._counts[fault.code] <= KEPT_OF_EACH:
            self._kept.append(fault)

    @property
    def kept(self) -> tuple[Fault, ...]:
        return tuple(self._kept)

    @property
    def counts(self) -> Mapping[str, int]:
        return dict(sorted(self._counts.items()))


def _fault(severity: Severity, code: str, zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> Fault:
    return Fault(code, severity, Text(zh, en), Text(hint_zh, hint_en))


def not_a_number() -> Fault:
    return _fault(
        "quarantined",
        "not-a-number",
        "坐标中有非数值（NaN 或无穷大）。",
        "A coordinate is not a number (NaN or infinite).",
        "在源文件中补全该坐标，或删除该要素的几何。",
        "Give the coordinate in the file, or leave the object without geometry.",
    )


def wrong_shape(found: str, wanted: str) -> Fault:
    return _fault(
        "quarantined",
        "wrong-shape",
        f"几何类型为 {found}，该类要素须为 {wanted}。",
        f"The object is a {found}, but this kind wants a {wanted}.",
        "标注点等请另行导入为其他类别。",
        "Import label points and the like as another kind, or leave them out.",
    )


def self_intersection(share: float) -> Fault:
    percent = f"{share * 100:.1f}"
    return _fault(
        "quarantined",
        "self-intersection",
        f"轮廓自相交，修复会使面积变化 {percent}%。",
        f"The outline crosses itself, and repairing it would change its size by {percent} %.",
        "在制图软件中修正轮廓后重新导入。",
        "Correct the outline in a drawing program and import again.",
    )


def repaired() -> Fault:
    return _fault(
        "repaired", "repaired", "轮廓自相交，已修复。", "The outline crossed itself and was repaired."
    )


def no_extent(what: str) -> Fault:
    zh = "面积" if what == "area" else "长度"
    return _fault(
        "quarantined",
        f"no-{what}",
        f"几何的{zh}为零。",
        f"The geometry has no {what}.",
        "检查重复的顶点。",
        "Look for repeated vertices.",
    )


def unreadable(reason: str) -> Fault:
    return _fault(
        "quarantined",
        "unreadable",
        f"该要素无法读取：{reason}。",
        f"The object cannot be read: {reason}.",
        "修正该处后重新导入。",
        "Correct it in the file and import again.",
    )


def incomplete_outline() -> Fault:
    return _fault(
        "quarantined",
        "incomplete-outline",
        "轮廓不完整：部分成员不在文件中。",
        "The outline is not complete: some of its members are not in the file.",
        "使用边界外扩后的提取范围。",
        "Take an extract with a wider margin.",
    )


def too_few_nodes() -> Fault:
    return _fault(
        "quarantined",
        "too-few-nodes",
        "文件范围内的节点不足两个。",
        "Fewer than two of its nodes are in the file.",
        "使用边界外扩后的提取范围。",
        "Take an extract with a wider margin.",
    )


def clipped() -> Fault:
    return _fault(
        "noted",
        "clipped",
        "线路延伸出文件范围，仅保留范围内最长的一段。",
        "The line leaves the extract; the longest part inside it was kept.",
    )


def far(kilometres: float) -> Fault:
    return _fault(
        "quarantined",
        "far",
        f"坐标距区域 {kilometres:.0f} 公里，超过 50 公里。",
        f"A coordinate lies {kilometres:.0f} km outside the zone's area, more than 50 km.",
        "检查坐标顺序、坐标系与坐标偏移。",
        "Check the axis order, the CRS and the datum.",
    )


def bad_value(name: str, value: object, wanted: str) -> Fault:
    shown = str(value)[:60]
    return _fault(
        "noted",
        "bad-value",
        f"属性 {name} 的值 {shown!r} 不是{wanted}，该属性留空，原值保留在“其他”中。",
        f"{name!r} is {shown!r}, not {wanted}; it was left empty and the value kept in `more`.",
        "修正该值，或在映射文件中说明其含义。",
        "Correct the value, or say in a mapping file what it means.",
    )


def same_key_elsewhere(key: str) -> Fault:
    return _fault(
        "quarantined",
        "same-key",
        f"编号 {key!r} 与另一要素相同，但位置不同。",
        f"The key {key!r} belongs to another object at another place.",
        "保证编号在文件中唯一。",
        "Make the keys unique within the file.",
    )
