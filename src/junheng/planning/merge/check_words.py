"""Words of the check: what the plan says beside what was formed anew, in plain words, no program text."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json, exact
from junheng.planning.merge.telling_words import LEFT, STATES, VERDICTS, WHY, why

KEYS = {
    "minutes_mean": Text("平均分钟", "mean minutes"),
    "minutes_most": Text("最长分钟", "most minutes"),
    "minutes_untold": Text("用时不明的学生", "pupils whose minutes are untold"),
    "metres_mean": Text("平均路程（米）", "mean metres"),
    "metres_most": Text("最长路程（米）", "most metres"),
    "metres_untold": Text("路程不明的学生", "pupils whose metres are untold"),
    "once": Text("一次性支出", "once"),
    "yearly": Text("每年支出", "yearly"),
    "saved": Text("每年节约", "saved yearly"),
    "items": Text("费用行数", "rows of money"),
    "blanks": Text("没有填的格", "blank cells"),
    "pupils": Text("现有学生", "pupils now"),
    "coming": Text("接收学生", "pupils coming"),
    "seats": Text("学位", "seats"),
    "free_before": Text("现余学位", "seats free now"),
    "free_after": Text("撤并后余学位", "seats free after"),
    "boarders": Text("撤并后寄宿", "boarders after"),
    "grades": Text("分年级的数", "figures by grade"),
    "year": Text("规划年份", "year planned"),
    "base_year": Text("数据年份", "year of the data"),
    "closed": Text("关闭的学校", "schools closed"),
    "opened": Text("新开的学校", "schools opened"),
    "followers": Text("随学生走的教师", "teachers who follow"),
}
_ABSENT = Text("没有", "absent")


def differing(who: Text, said: Mapping[str, object], wanted: Mapping[str, object]) -> list[Text]:
    """A line for every figure in which two rows differ: both figures; rows of rows are only named."""
    found = []
    for key in [*wanted, *(key for key in said if key not in wanted)]:
        if key in said and key in wanted and _like(said[key]) == _like(wanted[key]):
            continue
        name = KEYS.get(key, Text(f"“{key}”", key))
        one, other = figure(said.get(key)), figure(wanted.get(key))
        if one is None or other is None or one == other:
            found.append(Text(f"{who.zh}的{name.zh}与核对的不同", f"{who.en}: {name.en} not as checked"))
        else:
            found.append(beside(Text(f"{who.zh}的{name.zh}", f"{who.en}: {name.en}"), one, other))
    return found


def beside(what: Text, said: Text, wanted: Text) -> Text:
    """What the plan says, and what the check comes to."""
    return Text(
        f"{what.zh}：方案写 {said.zh}，核对为 {wanted.zh}",
        f"{what.en}: the plan says {said.en}, the check comes to {wanted.en}",
    )


def figure(value: object) -> Text | None:
    """A number (to six decimals), a word, a list of words; None for what is no plain figure."""
    if value is None:
        return _ABSENT
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return Text("、".join(value) or "无", ", ".join(value) or "none")
    if isinstance(value, list | dict):
        return None
    number = _like(value)
    if not isinstance(number, Fraction):
        return Text(str(value), str(value))
    text = f"{number}" if number.denominator == 1 else f"{float(number):.6f}".rstrip("0").rstrip(".")
    return Text(text, text)


def _like(value: object) -> object:
    if isinstance(value, int | str):
        try:
            return exact(value)
        except (ValueError, ZeroDivisionError):
            return value
    return value


def state(key: object) -> Text:
    """A state in words."""
    name = STATES.get(str(key))
    return Text(f"“{name.zh}”", f"{name.en!r}") if name else Text(f"“{key}”", f"{str(key)!r}")


def verdict(word: object, reason: object, figures: Json, names: dict[str, str]) -> Text:
    """A verdict and its reason in words, with its figures."""
    found = VERDICTS.get(str(word), Text(f"“{word}”", f"{str(word)!r}"))
    if reason not in WHY:
        return Text(f"{found.zh}（理由“{reason}”）", f"{found.en} ({reason})")
    try:
        plain = {
            key: f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else value
            for key, value in figures.items()
        }
        told = why({"why": reason, "figures": plain}, names)
    except (KeyError, ValueError, TypeError):
        return Text(f"{found.zh}（数字残缺）", f"{found.en} (figures absent)")
    return Text(f"{found.zh}（{told.zh}）", f"{found.en} ({told.en})")


def left_words(rows: Sequence[Json]) -> Text:
    """Mergers left without schools, each with its reason."""
    told = [(row.get("merge"), LEFT.get(str(row.get("why")), _ABSENT)) for row in rows]
    return Text(
        "、".join(f"{merge}（{word.zh}）" for merge, word in told) or "无",
        ", ".join(f"{merge} ({word.en})" for merge, word in told) or "none",
    )


def stage_words(row: Json) -> Text:
    """A school's stage of a state."""
    stage = STAGE_NAMES.get(row["stage"], Text(row["stage"], row["stage"]))
    return Text(f"方案后 {row['school_id']} {stage.zh}", f"after the plan, {row['school_id']} {stage.en}")
