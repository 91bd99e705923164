"""The sentences of verdicts, in both languages, each with its numbers, units and days."""

from collections.abc import Iterable, Sequence
from datetime import date

from zonetwin.core.text import Text
from zonetwin.core.units import convert, symbol
from zonetwin.plans.model import Status, Target

STATUS_TITLES = {
    Status.MET: Text("达成", "Met"),
    Status.ON_TRACK: Text("按计划", "On track"),
    Status.AT_RISK: Text("有风险", "At risk"),
    Status.BEHIND: Text("滞后", "Behind"),
    Status.MISSED: Text("未达成", "Missed"),
    Status.CANNOT_BE_SCORED: Text("无法评分", "Cannot be scored"),
    Status.NOT_A_TARGET: Text("不是目标", "Not a target"),
}

_PLAIN_UNITS = {"万m2": "m2", "万亩": "亩", "万place": "place", "万元": "元", "亿元": "元"}
_WORDLESS = ("个", "条")
_SELDOM = 1.0
"""Below this pace per month a sentence says what is left and for how long."""


def number_text(value: float) -> str:
    """Write a number for people: whole from 1000 on, else with up to four significant digits, no trailing zeros."""
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    text = f"{value:.4g}"
    return f"{value:.4f}".rstrip("0").rstrip(".") if "e" in text else text


def amount(value: float, unit: str) -> Text:
    """Write a number with its unit's symbol; English has no 万 or 亿 and no word for 个 and 条."""
    shown, number = symbol(unit), number_text(value)
    plain = _PLAIN_UNITS.get(unit, unit)
    number_en = number_text(convert(value, unit, plain))
    word = "" if unit in _WORDLESS else symbol(plain).en
    english = f"{number_en} {_singular(word) if number_en == '1' else word}".strip()
    if word.startswith(("%", "-")):
        english = english.replace(" ", "", 1)
    return Text(f"{number}{'' if shown.zh == '%' else ' '}{shown.zh}".strip(), english)


def _singular(word: str) -> str:
    """Give the English word for one: homes, facilities, axes, school places."""
    if word == "axes":
        return "axis"
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")


def joined(sentences: Iterable[Text]) -> Text:
    """Put sentences one after the other."""
    found = [sentence for sentence in sentences if sentence.zh or sentence.en]
    return Text("".join(item.zh for item in found), " ".join(item.en for item in found))


def aim_text(target: Target) -> Text:
    """Write what a target asks for, with its comparator: `≥ 3,000 mu`, `3–5-year`, `about 2,500 homes`, `a year`."""
    aim = _compared(target)
    years = (target.start.year, target.deadline.year) if target.start and target.deadline else (0, 0)
    if target.cadence == "annual" and years[0] != years[1] and not target.unit.endswith("/季度"):
        return Text(f"每年 {aim.zh}", f"{aim.en} a year")
    return aim


def _compared(target: Target) -> Text:
    value = amount(target.value, target.unit)
    if target.value_max is not None:
        high = amount(target.value_max, target.unit)
        low = number_text(target.value)
        return Text(f"{low}–{high.zh}", f"{low}–{high.en}")
    match target.comparator:
        case ">=" | "<=":
            sign = "≥" if target.comparator == ">=" else "≤"
            return Text(f"{sign} {value.zh}", f"{sign} {value.en}")
        case "~":
            return Text(f"约 {value.zh}", f"about {value.en}")
        case "+":
            return Text(f"提升 {value.zh}", f"+{value.en}")
        case _:
            return value


def met(target: Target, value: float, day: date) -> Text:
    done, aim = amount(value, target.unit), aim_text(target)
    return Text(
        f"截至 {day} 为 {done.zh},达到目标 {aim.zh}。",
        f"{done.en} as of {day}: the target of {aim.en} is reached.",
    )


def past_deadline(target: Target, value: float, day: date) -> Text:
    done, aim = amount(value, target.unit), aim_text(target)
    return Text(
        f"期限 {target.deadline} 已过:截至 {day} 为 {done.zh},目标为 {aim.zh}。",
        f"The deadline {target.deadline} is past: {done.en} as of {day}, the target is {aim.en}.",
    )


def paced(target: Target, value: float, expected: float, day: date) -> Text:
    done, aim = amount(value, target.unit), aim_text(target)
    even = amount(expected, target.unit)
    return Text(
        f"截至 {day} 为 {done.zh},匀速应到 {even.zh};目标 {aim.zh},期限 {target.deadline}。",
        f"{done.en} as of {day}, an even pace would stand at {even.en}; the target is {aim.en} by "
        f"{target.deadline}.",
    )


def needed(target: Target, pace: float, left: float) -> Text:
    """Say what the rest of the time must bring; less than one a month is said as what is left for how long."""
    if pace < _SELDOM and target.unit not in (*_PLAIN_UNITS, "percent", "pp"):
        rest, months = amount(left, target.unit), f"{left / pace:.1f}"
        return Text(f"还差 {rest.zh},余 {months} 个月。", f"Still missing: {rest.en}, in {months} months.")
    each = amount(pace, target.unit)
    return Text(f"此后每月需 {each.zh}。", f"From here {each.en} a month are needed.")


def open_result(target: Target, value: float, used: float, day: date) -> Text:
    done, aim = amount(value, target.unit), aim_text(target)
    share = number_text(round(100 * used))
    return Text(
        f"截至 {day} 为 {done.zh},目标 {aim.zh};一次性结果没有匀速可比,期限已用去 {share}%。",
        f"{done.en} on {day}, the target is {aim.en}; a one-off result has no even pace, {share} % of its time is "
        "used.",
    )


def holds(target: Target, value: float, day: date, *, is_kept: bool) -> Text:
    now, aim = amount(value, target.unit), aim_text(target)
    verdict = Text("符合", "kept") if is_kept else Text("不符合", "broken")
    return Text(
        f"{day} 为 {now.zh},{verdict.zh}要求 {aim.zh}。",
        f"{now.en} on {day}: the requirement of {aim.en} is {verdict.en}.",
    )


def band_open(target: Target, low: float, high: float) -> Text:
    unit = target.unit
    span = Text(f"{number_text(low)}–{amount(high, unit).zh}", f"{number_text(low)}–{amount(high, unit).en}")
    return Text(
        f"误差区间 {span.zh} 跨过目标值,尚不能断定。",
        f"The band of {span.en} reaches across the target value, so it cannot be told for certain.",
    )


def year_result(target: Target, year: int, value: float, *, is_full: bool, is_done: bool) -> Text:
    done = amount(value, target.unit)
    if not is_full:
        return Text(f"{year} 年至今 {done.zh}。", f"{year} so far: {done.en}.")
    word = Text("完成", "done") if is_done else Text("未完成", "not done")
    return Text(f"{year} 年 {done.zh},{word.zh}。", f"{year}: {done.en}, {word.en}.")


def year_pace(target: Target, expected: float, day: date) -> Text:
    even, aim = amount(expected, target.unit), aim_text(target)
    return Text(
        f"匀速到 {day} 应为 {even.zh};目标为{aim.zh}。",
        f"An even pace would stand at {even.en} on {day}; the target is {aim.en}.",
    )


def years_unknown(years: Sequence[int]) -> Text:
    shown = ", ".join(map(str, years))
    return Text(f"{shown} 年没有测量。", f"{shown}: not measured.")


def claims_ahead(target: Target, claimed: float, status: Status) -> Text:
    amount_claimed, title = amount(claimed, target.unit), STATUS_TITLES[status]
    return Text(
        f"这里只计已核实的;申报为 {amount_claimed.zh},全部核实后为“{title.zh}”。",
        f"Only what is verified counts; {amount_claimed.en} are claimed and would make it “{title.en}”.",
    )


def unknown_part(share: float) -> Text:
    shown = number_text(round(100 * share))
    return Text(f"另有 {shown}% 未知,不在此数之内。", f"Another {shown} % is unknown and not in this figure.")


def measured_long_ago(day: date, today: date) -> Text:
    days = (today - day).days
    return Text(f"这是 {days} 天前的测量。", f"This was measured {days} days ago.")


def measured_late(deadline: date, day: date) -> Text:
    return Text(
        f"期限 {deadline} 当日没有测量,取 {day} 的值。",
        f"There is no measurement of {deadline}, the deadline: the value of {day} is taken.",
    )


def forecast() -> Text:
    return Text("这是计划的预测数。", "The plan gives this as a forecast.")


def no_deadline(target: Target) -> Text:
    aim = aim_text(target)
    return Text(
        f"原文没有给期限,无法按进度评分;目标 {aim.zh}。",
        f"The plan gives no date for {aim.en}: no pace to judge.",
    )


def stands_at(target: Target, value: float, day: date) -> Text:
    done = amount(value, target.unit)
    return Text(f"截至 {day} 为 {done.zh}。", f"It stands at {done.en} as of {day}.")


def not_started(start: date) -> Text:
    return Text(f"{start} 才开始。", f"It starts on {start}.")


def no_baseline(target: Target) -> Text:
    aim = aim_text(target)
    return Text(f"“{aim.zh}”没有基期值,无法评分。", f"{aim.en} has no baseline to be counted from.")


def unmeasured() -> Text:
    return Text("还没有测量。", "Not measured yet.")


def nothing_known(share: float) -> Text:
    if not share:
        return Text("测量中没有可计的对象。", "The measurement found nothing to count.")
    return Text("测量到的全部未知。", "All that was measured is unknown.")


def nothing_entered() -> Text:
    return Text(
        "没有任何登记可计:没有登记不等于没有做。",
        "Nothing is on record to be counted: not entered does not mean not done.",
    )


def not_measured_to_deadline(deadline: date, day: date) -> Text:
    return Text(
        f"期限 {deadline} 已过,但只测量到 {day}。",
        f"The deadline {deadline} is past but it is measured only up to {day}.",
    )


def defines(parent: str) -> Text:
    return Text(f"它界定 {parent},不是单独的目标。", f"It defines {parent} and is no target of its own.")


def context() -> Text:
    return Text("背景数,不是目标。", "A context figure, not a target.")


def same_as(original: str) -> Text:
    return Text(f"与 {original} 为同一承诺。", f"The same commitment as {original}.")


def differs_from(original: str) -> Text:
    return Text(
        f"与 {original} 为同一承诺,但动词不同,按自己的动词计。",
        f"The same commitment as {original} in another verb: counted by its own.",
    )


def stage_missed(stages: Sequence[str]) -> Text:
    shown = ", ".join(stages)
    return Text(f"其阶段目标 {shown} 未达成。", f"Its stage {shown} was missed.")
