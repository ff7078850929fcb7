"""Before beside after: class size, indicators, coefficients, ways to school, cost: rows and tables."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json, exact
from junheng.planning.tables import Table, column

_FIGURES = (  # key, Chinese, English, unit, digits, which way is better
    ("schools", "判定的学校", "schools judged", "所", 0, 0),
    ("passed", "达标学校", "schools that comply", "所", 0, 1),
    ("undecided", "无法判定的学校", "schools that cannot be told", "所", 0, 0),
    ("class_mean", "平均班额", "mean class size", "人", 1, -1),
    ("class_largest", "最大班额", "largest class", "人", 0, -1),
    ("classes_untold", "班数不明的学校", "schools whose classes are not known", "所", 0, 0),
    ("metres_pupils", "路程所涉学生", "pupils whose ways are counted", "人", 0, 0),
    ("metres_mean", "上学路程（平均）", "way to school (mean)", "米", 0, -1),
    ("metres_most", "上学路程（最远）", "way to school (longest)", "米", 0, -1),
    ("minutes_pupils", "用时所涉学生", "pupils whose times are counted", "人", 0, 0),
    ("minutes_mean", "上学用时（平均）", "time to school (mean)", "分钟", 1, -1),
    ("minutes_most", "上学用时（最长）", "time to school (longest)", "分钟", 0, -1),
    ("metres_untold", "路程不明的学生", "pupils whose way is not known", "人", 0, 0),
    ("minutes_untold", "用时不明的学生", "pupils whose time is not known", "人", 0, 0),
)


def effect_rows(before: Json, after: Json) -> list[Json]:
    """Rows {"stage", "key", "zh", "en", "unit", "digits", "before"?, "after"?, "change"?, "turn"?} of two sides.

    Figures are exact (text or integer); one that a side lacks is absent, and so is its change. ``turn`` is 1 where
    the change is for the better, -1 for the worse, 0 for neither.
    """
    found = [row for stage in before["stages"] | after["stages"] for row in _stage(stage, before, after)]
    if "cost_yuan" in before or "cost_yuan" in after:
        found.append(_row("", "cost_yuan", Text("方案费用", "cost of the plan"), "元", 0, -1, before, after))
    return found


def _stage(stage: str, before: Json, after: Json) -> Iterator[Json]:
    one, other = before["stages"].get(stage, {}), after["stages"].get(stage, {})
    for key, zh, en, unit, digits, better in _FIGURES:
        if key in one or key in other:
            yield _row(stage, key, Text(zh, en), unit, digits, better, one, other)
    first, second = one.get("indicators", {}), other.get("indicators", {})
    for indicator in first | second:
        sides = first.get(indicator, {}), second.get(indicator, {})
        for key, zh, en, unit, digits, better in (
            ("met", "达标校数", "schools reaching the line", "所", 0, 1),
            ("undecided", "无法判定", "cannot be told", "所", 0, -1),
            ("cv", "差异系数", "coefficient of variation", "", 4, -1),
        ):
            if key in sides[0] or key in sides[1]:
                name = Text(f"{indicator} {zh}", f"{indicator} {en}")
                yield _row(stage, f"{indicator}:{key}", name, unit, digits, better, *sides, of=key)


def _row(
    stage: str,
    key: str,
    name: Text,
    unit: str,
    digits: int,
    better: int,
    one: Json,
    other: Json,
    of: str = "",
) -> Json:
    found: Json = {"stage": stage, "key": key, "zh": name.zh, "en": name.en, "unit": unit, "digits": digits}
    for when, side in (("before", one), ("after", other)):
        if side.get(of or key) is not None:
            found[when] = side[of or key]
    if "before" in found and "after" in found:
        change = _figure(found["after"]) - _figure(found["before"])
        found["change"] = str(change)
        found["turn"] = better * ((change > 0) - (change < 0))
    return found


def _figure(value: int | str) -> Fraction:
    """A figure of a side; decimal text of a double may carry an exponent, which ``exact`` reads as well."""
    return exact(value)


def effect_tables(before: Json, after: Json) -> tuple[Table, ...]:
    """The comparison as tables: the county's figures, and every school whose indicators change."""
    columns = [
        *(
            column("学段", "stage"),
            column("项目", "figure"),
            column("单位", "unit"),
            column("现在", "before"),
            column("方案后", "after"),
        ),
        *(column("变化", "change"), column("方向", "direction")),
    ]
    rows = [
        (
            *(STAGE_NAMES.get(row["stage"]), Text(row["zh"], row["en"]), row["unit"] or None),
            *(
                _shown(row, "before"),
                _shown(row, "after"),
                _shown(row, "change"),
                _TURN.get(row.get("turn", 9)),
            ),
        )
        for row in effect_rows(before, after)
    ]
    note = Text(
        "两边都由同一评估引擎判定；空白是不知道，不是 0",
        "both sides are judged by the same engine; a blank is not known, not 0",
    )
    return Table(Text("前后对照", "before and after"), columns, rows, note), _schools(before, after)


def scenario_table(sides: Mapping[str, Json]) -> Table:
    """Today and several plans (name → side, today first), a column each; figures a side lacks are blank."""
    today, *plans = sides
    figures: dict[tuple[str, str], Json] = {}
    shown: dict[tuple[str, str], dict[str, str | None]] = {}
    for plan in plans:
        for row in effect_rows(sides[today], sides[plan]):
            key = (row["stage"], row["key"])
            figures.setdefault(key, row)
            cells = shown.setdefault(key, {})
            cells[plan] = _shown(row, "after")
            cells[today] = cells.get(today) or _shown(row, "before")
    columns = [
        *(column("学段", "stage"), column("项目", "figure"), column("单位", "unit")),
        *(column(name, name) for name in sides),
    ]
    rows = [
        (
            *(STAGE_NAMES.get(row["stage"]), Text(row["zh"], row["en"]), row["unit"] or None),
            *(shown[key].get(name) for name in sides),
        )
        for key, row in figures.items()
    ]
    note = Text(
        "各方案的规划状态由同一评估引擎判定；空白是不知道，不是 0",
        "the planned states are judged by the same engine; a blank is not known, not 0",
    )
    return Table(Text("方案效果", "effects"), columns, rows, note)


_TURN = {1: Text("改善", "better"), -1: Text("变差", "worse"), 0: Text("—", "–")}


def _shown(row: Mapping[str, Any], key: str) -> str | None:
    """A figure with the row's own digits: one column holds pupils, metres and coefficients alike."""
    if key not in row:
        return None
    sign = "+" if key == "change" else ""
    return f"{float(exact(row[key])):{sign}.{row['digits']}f}"


def _schools(before: Json, after: Json) -> Table:
    """Schools whose indicators met change, and those that are only on one side."""
    columns = [
        *(
            column("学校", "school"),
            column("学段", "stage"),
            column("现在达标", "met before"),
            column("方案后达标", "met after"),
        ),
        *(
            column("新达标", "newly met"),
            column("不再达标", "no longer met"),
            column("变为无法判定", "no longer known"),
        ),
    ]
    rows = []
    for key in sorted(before["schools"] | after["schools"]):
        one, other = before["schools"].get(key), after["schools"].get(key)
        if (
            one is not None
            and other is not None
            and (one["met"], one["untold"]) == (other["met"], other["untold"])
        ):
            continue
        gained, lost, untold = _changes(one, other)
        rows.append(
            (
                *((one or other or {})["name"], STAGE_NAMES.get(key.rpartition("/")[2])),
                *(len(one["met"]) if one else None, len(other["met"]) if other else None),
                *(gained, lost, untold),
            )
        )
    note = Text("空白：那一边没有这所学校", "blank: the school is not on that side")
    return Table(Text("学校变化", "schools that change"), columns, rows, note)


def _changes(one: Json | None, other: Json | None) -> tuple[str | None, str | None, str | None]:
    if one is None or other is None:
        return None, None, None
    gained = [key for key in other["met"] if key not in one["met"]]
    untold = [key for key in other["untold"] if key not in one["untold"]]
    lost = [key for key in one["met"] if key not in other["met"] and key not in untold]
    return "、".join(gained) or None, "、".join(lost) or None, "、".join(untold) or None
