"""Small words of what is told about zones: tables, columns, names, shares."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.frozen import Json, exact
from junheng.planning.tables import Cell, Column, Table

STATUS = {
    "optimal": Text("已证明没有更好的划分", "proven: no better zones exist"),
    "within_gap": Text("在要求的差距以内", "within the gap asked for"),
    "time_limit": Text("时间到，给出找到的最好划分", "time was up: the best zones found"),
    "interrupted": Text("被中断，给出找到的最好划分", "interrupted: the best zones found"),
    "computed": Text("已计算，没有求解", "computed, nothing was searched"),
    "infeasible": Text(
        "要求无法全部满足，给出超得最少的划分", "not all limits can be kept: the zones that exceed least"
    ),
}


def table(
    zh: str, en: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], note: Text | None = None
) -> Table:
    """A table; its name is short enough for a sheet."""
    return Table(Text(zh, en), columns, [*rows], note)


def share(part: int, whole: int) -> Fraction | None:
    """Per cent; None where there is nothing to share."""
    return Fraction(100 * part, whole) if whole else None


def percent(part: int, whole: int) -> str:
    """Per cent for a sentence, one digit, cut off and not rounded up to a line that is not met."""
    return "—" if not whole else f"{1000 * part // whole / 10:.1f}%"


def names(problem: Json) -> dict[str, str]:
    """Zone id → name, of the plan's zones and today's."""
    found = {zone["id"]: zone["name"] for zone in problem["today"]["zones"]}
    return found | {zone["id"]: zone["name"] for zone in problem["zones"]}


def pupil_km(pupil_metres: Fraction) -> Text:
    """A cost in pupil-kilometres for a sentence, thousands set off."""
    shown = f"{float(pupil_metres / 1000):,.1f}"
    return Text(f"{shown} 人·公里", f"{shown} pupil-km")


def metres(value: int | str | None) -> Fraction | None:
    """A number of metres as a cell."""
    return None if value is None else exact(value)


def touched(problem: Json, ids: Iterable[str]) -> Text | None:
    """The doubts about any of ``ids``: a result that rests on them says so."""
    wanted = set(ids)
    about = [
        _ABOUT[row["about"]]
        for row in problem["warnings"]
        if wanted & set(row["touches"]) and row["about"] in _ABOUT
    ]
    unique = list(dict.fromkeys(about))
    if not unique:
        return None
    return Text("、".join(text.zh for text in unique), ", ".join(text.en for text in unique))


_ABOUT = {
    "shapes": Text("图形有误", "faulty shape"),
    "overlap": Text("图形重叠", "overlapping shapes"),
    "outside": Text("坐标在界外", "outside the county"),
    "far": Text("坐标可疑", "doubtful coordinates"),
    "placeless": Text("没有坐标", "no coordinates"),
    "off_network": Text("不在路网上", "off the roads"),
    "islands": Text("孤岛", "island"),
    "reach": Text("远于上限", "beyond reach"),
}
