"""Points, intervals, grades and states as officers read them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from junheng.basics import Text

Json = Mapping[str, Any]
MANY = 30  # places of one problem that are printed
TARGET_STATES: Mapping[str, Text] = {
    "early": Text("提前完成", "early"),
    "on_time": Text("按期完成", "on time"),
    "late": Text("逾期完成", "late"),
    "overdue": Text("逾期未完成", "overdue"),
    "pending": Text("未到期", "pending"),
    "unknown": Text("没有期限，无法判定", "no day given: cannot tell"),
}
TARGET_KINDS: Mapping[str, Text] = {
    "recognition": Text("达标认定", "recognition"),
    "three_year_plan": Text("三年规划", "three-year plan"),
    "principal": Text("校长任期目标", "principal's target"),
    "yearly": Text("年度目标", "target of the year"),
}
APPEAL_STATES: Mapping[str, Text] = {
    "filed": Text("待复核", "open"),
    "upheld": Text("成立", "upheld"),
    "rejected": Text("不成立", "rejected"),
    "withdrawn": Text("撤回", "withdrawn"),
}
SIGNATURE_STATES: Mapping[str, Text] = {
    "matches": Text("与现在的评分一致", "matches the scores"),
    "changed": Text("评分已变，不作数", "scores have changed: does not count"),
    "no_fingerprint": Text("未留指纹", "no fingerprint given"),
}


def shown(points: str | None) -> str:
    """Exact points cut off after two decimals, so that nothing below a band ever prints as the band."""
    if points is None:
        return "—"
    value = Fraction(points)
    whole = int(abs(value) * 100)
    text = f"{whole // 100}.{whole % 100:02d}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 and whole else text


def ends(points: Sequence[str]) -> str:
    """One figure, or from – to where items are missing."""
    return shown(points[0]) if points[0] == points[1] else f"{shown(points[0])}–{shown(points[1])}"


def place(rank: Sequence[int]) -> str:
    """A rank, or the places it may be."""
    return str(rank[0]) if rank[0] == rank[1] else f"{rank[0]}–{rank[1]}"


def names_of(entries: Sequence[Json]) -> dict[str, Text]:
    """Id → name of frozen entries."""
    return {entry["id"]: Text(entry["name"]["zh"], entry["name"]["en"]) for entry in entries}


def grade_words(subject: Json, grades: Mapping[str, Text]) -> str:
    """The grade, or the two between which it lies."""
    if subject["grade"]:
        return grades[subject["grade"]].zh
    best, worst = (grades[name].zh for name in subject["grades_possible"])
    return f"{worst}～{best}"
