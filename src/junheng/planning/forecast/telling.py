"""What a forecast says: a few sentences, Chinese first, claiming no more than the back-test allows."""

from collections import Counter
from fractions import Fraction

from junheng.basics import Text
from junheng.planning.forecast.case import Case
from junheng.planning.forecast.telling_tables import tables
from junheng.planning.forecast.telling_unknown import assumption, empty_years, marked, unreported
from junheng.planning.forecast.words import MISSING, stage_text
from junheng.planning.frozen import Json, exact

__all__ = ["summary", "tables"]


def summary(problem: Json, outcome: Json) -> tuple[Text, ...]:
    """At least three sentences: what is coming, where seats lack or are left, how good such forecasts were, what is unknown."""
    found = [*_whole(problem, outcome), *_warned(problem, outcome), *_left(problem, outcome)]
    found += [
        *assumption(outcome),
        _tested(problem, outcome),
        *unreported(problem),
        *marked(outcome),
        *_cannot(outcome),
        *_estates(problem, outcome),
    ]
    found += _peak(problem, outcome) if len(found) < 8 else []
    return tuple(Text(f"{line.zh}。", f"{line.en}.") for line in found)


def _whole(problem: Json, outcome: Json) -> list[Text]:
    base, found, case = problem["base_year"], [], Case(problem)
    last = max((row["year"] for row in outcome["zones"] if "mid" in row), default=None)
    if last is None:
        return [
            Text(
                "不能预测：没有一所学校的数据够用（见“不能预测”表）",
                "cannot forecast: no school has the data it takes",
            )
        ]
    for stage in [row["id"] for row in problem["stages"]]:
        rows = [row for row in outcome["zones"] if row["stage"] == stage and row["year"] == last]
        if not rows or any("mid" not in row for row in rows):
            name = stage_text(stage)
            said = f"{name.zh}：有学校不能预测，全县合计不给出"
            found.append(Text(said, f"{name.en}: some schools cannot be told, so no county total"))
            continue
        low, mid, high = (round(sum(exact(row[name]) for row in rows)) for name in ("low", "mid", "high"))
        now = case.counted(case.units(stage), base)
        then = Text(f"{now:,} 人", f"{now:,}") if now is not None else Text("有学校未报", "not all reported")
        name = stage_text(stage)
        span = (
            Text(
                f"（低–高情景 {low:,} 至 {high:,}，不是区间）",
                f" (scenarios {low:,} to {high:,}, no interval)",
            )
            if low < high
            else Text("", "")
        )
        found.append(
            Text(
                f"{name.zh}：{base} 年 {then.zh}，{last} 年 {mid:,} 人{span.zh}",
                f"{name.en}: {then.en} in {base}, {mid:,} in {last}{span.en}",
            )
        )
    return found


def _warned(problem: Json, outcome: Json) -> list[Text]:
    last = problem["base_year"] + problem["warnings"]["ahead"]
    untold = {
        (r["zone"], r["stage"]) for r in outcome["zones"] if r["year"] <= last and r["level"] == "cannot_tell"
    }
    count = Counter(row["level"] for row in outcome["warnings"])
    if not any(row["year"] <= last and row["level"] != "cannot_tell" for row in outcome["zones"]):
        return [
            Text(
                "没有可以预警的片区：缺学位或学生数", "no zone can be warned of: seats or pupils are unknown"
            )
        ]
    tail = (
        Text(f"，{len(untold)} 个片区学段缺数据", f", {len(untold)} zone-stages lack data")
        if untold
        else Text("", "")
    )
    return [
        Text(
            f"{last} 年以前的预警：红 {count['red']}、橙 {count['orange']}、黄 {count['yellow']} 项{tail.zh}",
            f"warnings up to {last}: {count['red']} red, {count['orange']} orange, {count['yellow']} yellow{tail.en}",
        )
    ]


def _left(problem: Json, outcome: Json) -> list[Text]:
    last = max(problem["years"])
    rows = [row for row in outcome["zones"] if row["year"] == last and "mid" in row and "seats" in row]
    if not rows:
        return []
    gaps = [exact(row["seats"]) - exact(row["mid"]) for row in rows]
    short, left = (
        round(-sum((gap for gap in gaps if gap < 0), Fraction(0))),
        round(sum((gap for gap in gaps if gap > 0), Fraction(0))),
    )
    return [
        Text(
            f"{last} 年中情景：缺的片区共缺 {short:,} 个学位，余的片区共余 {left:,} 个（不能互相抵消）",
            f"{last}, middle path: {short:,} seats lacking where they lack, {left:,} left elsewhere (the two do not cancel)",
        )
    ]


def _tested(problem: Json, outcome: Json) -> Text:
    rows = [r for r in outcome["tests"] if r["scope"] == "school" and "stage" not in r and "size" not in r]
    if not rows:
        years, gap = len({row["year"] for row in problem["history"]}), empty_years(problem)
        tail = (
            Text(f"（缺 {'、'.join(map(str, gap))} 年）", f" ({', '.join(map(str, gap))} absent)")
            if gap
            else None
        )
        return Text(
            f"没有回测：在校生只有 {years} 年{tail.zh if tail else ''}，不能说预测有多准",
            f"no back-test: pupils of {years} year(s) only{tail.en if tail else ''}; how good the forecast is cannot be said",
        )
    if rows[0]["lead"] == 0:
        off = float(exact(rows[0]["model"]) / exact(rows[0]["actual"]))
        return Text(
            f"外部预测不能回测（没有历年在校生）；同一年的实际数与它相差 {off:.1%}",
            f"the stated forecast cannot be tested (no pupils of past years); counts of its own year differ by {off:.1%}",
        )
    shown = [row for row in rows if row["lead"] in (1, 3, 5)]
    errors = [
        [float(exact(row[rule]) / exact(row["actual"])) for rule in ("model", "repeat", "mean3")]
        for row in shown
    ]
    leads = "、".join(str(row["lead"]) for row in shown)
    one = " / ".join(f"{e[0]:.1%}" for e in errors)
    two = " / ".join(f"{e[1]:.1%}" for e in errors)
    three = " / ".join(f"{e[2]:.1%}" for e in errors)
    return Text(
        f"回测（学校，提前 {leads} 年）误差 {one}；重复上年 {two}，三年平均 {three}",
        f"back-test (schools, {leads} years ahead): {one}; last year repeats {two}, mean of three years {three}",
    )


def _cannot(outcome: Json) -> list[Text]:
    if not outcome["cannot"]:
        return []
    words = Counter(word for row in outcome["cannot"] for word in row["missing"])
    top = [MISSING[word] for word, _ in words.most_common(2)]
    return [
        Text(
            f"{len(outcome['cannot'])} 个学校学段有年份不能预测：{'；'.join(t.zh for t in top)}",
            f"{len(outcome['cannot'])} school-stages cannot be told in some year: {'; '.join(t.en for t in top)}",
        )
    ]


def _estates(problem: Json, outcome: Json) -> list[Text]:
    bad = [row for row in outcome["estates"] if row["verdict"] in ("late", "none", "part", "unknown")]
    if not bad:
        return []
    names = {row["id"]: row["name"] for row in problem["estates"]}
    shown = "、".join(names[row["estate"]] for row in bad[:3])
    return [
        Text(
            f"{len(bad)} 个新建小区的学校没有同步：{shown}{'等' if len(bad) > 3 else ''}",
            f"{len(bad)} estates do not bring their school in time: {shown}{' …' if len(bad) > 3 else ''}",
        )
    ]


def _peak(problem: Json, outcome: Json) -> list[Text]:
    rows = [row for row in outcome["peaks"] if "county" in row and "published" in row and not row["edge"]]
    if not rows or problem["mode"] == "given":
        return []
    zh = "，".join(f"{stage_text(r['stage']).zh} {r['county']} 年（全国 {r['published']}）" for r in rows)
    en = ", ".join(f"{stage_text(r['stage']).en} {r['county']} (nation {r['published']})" for r in rows)
    return [Text(f"在校生高峰：{zh}", f"most pupils: {en}")]
