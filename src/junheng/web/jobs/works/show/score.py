"""Scores: who reaches what is required, totals as intervals with grade, raters' spread, appeals, targets."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from junheng.basics import Text
from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.web.jobs.works.blocks import (
    Block,
    Cell,
    Facts,
    Json,
    Span,
    Spans,
    Table,
    Words,
    exactly,
    problems,
    verdict,
    words_of,
)

_APPEALS = {
    "filed": Text("待复核", "filed"), "upheld": Text("成立", "upheld"), "rejected": Text("不成立", "rejected"),
    "withdrawn": Text("撤回", "withdrawn"),
}  # fmt: skip
_TARGETS = {
    "early": (Text("提前达到", "early"), "met"), "on_time": (Text("按期达到", "on time"), "met"),
    "late": (Text("逾期达到", "late"), "not_met"), "overdue": (Text("逾期未达到", "overdue"), "not_met"),
    "pending": (Text("未到期", "pending"), "cannot_tell"), "unknown": (Text("没有期限", "no day due"), "cannot_tell"),
}  # fmt: skip


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng score`` counted."""
    told = json.loads((folder / "scores.json").read_bytes())
    system = json.loads((folder / "problem.json").read_bytes())["system"]
    items = {item["id"]: words_of(item["name"]) for area in system["areas"] for item in area["items"]}
    grades = {grade["id"]: words_of(grade["name"]) for grade in system["grades"]}
    yield _whole(told, grades)
    yield _totals(told, system, grades)
    yield _items(told, items)
    yield from _spread(told, items)
    yield _appeals(told, items)
    yield _targets(told)
    yield problems(told["problems"], "where")


def _whole(told: Json, grades: Mapping[str, Text]) -> Block:
    counts = Counter(one["verdict"] for one in told["subjects"])
    shown = verdict(told["all_reach_it"])
    need = grades[told["required_grade"]]
    rows: list[tuple[Words, Cell]] = [(Text(f"个个达到“{need.zh}”", f"all reach “{need.en}”"), shown)]
    rows += [
        (VERDICT_NAMES[Verdict(key)], Cell(f"{count:,}", is_number=True))
        for key, count in sorted(counts.items())
    ]
    name = words_of(told["system"]["name"])
    return Facts(Text(f"{name.zh} · {told['on']}", f"{name.en}, {told['on']}"), rows)


def _totals(told: Json, system: Json, grades: Mapping[str, Text]) -> Block:
    full = Fraction(system["full"])
    limit = next(
        Fraction(grade["at_least"]) for grade in system["grades"] if grade["id"] == told["required_grade"]
    )
    spans = [_span(one, full, grades) for one in told["subjects"]]
    note = Text(
        "没有评的项目按最少到最多算，总分是一个区间；竖线是要求的等级。",
        "An item nobody scored may be worth anything: the total is an interval. The line is the grade required.",
    )
    return Spans(
        Text("总分和等级", "Totals and grades"), spans, float(limit / full * 100), note, is_counts=False
    )


def _span(one: Json, full: Fraction, grades: Mapping[str, Text]) -> Span:
    low, high = (Fraction(point) for point in one["points"])
    said = exactly(str(low)) if low == high else f"{exactly(str(low))} … {exactly(str(high))}"
    best = [grades[name] for name in reversed(one["grades_possible"]) if name]
    graded = grades.get(one["grade"] or "")
    grade = graded or Text(
        "～".join(dict.fromkeys(name.zh for name in best)),
        " to ".join(dict.fromkeys(name.en for name in best)),
    )
    missing = (
        Text(f" · 缺 {'、'.join(one['missing'])}", f" · missing {', '.join(one['missing'])}")
        if one["missing"]
        else Text("", "")
    )
    words = Text(f"{said} {grade.zh}{missing.zh}", f"{said} {grade.en}{missing.en}")
    shown = verdict(one["verdict"])
    parts = (float(low / full * 100), float((low + high) / 2 / full * 100), float(high / full * 100))
    return Span(one["name"], words, *parts, state=one["verdict"], state_words=shown.words)


def _items(told: Json, items: Mapping[str, Text]) -> Block:
    rows = []
    for one in told["subjects"]:
        for item in one["items"]:
            low, high = item["points"]
            said = exactly(low) if low == high else f"{exactly(low)} … {exactly(high)}"
            opened = (*item["rows"], *(str(evidence) for evidence in item["evidence"]))
            rows.append(
                (
                    Cell(one["name"]),
                    Cell(items.get(item["item"], item["item"])),
                    Cell(said, is_number=True, opened=opened),
                )
            )
    heads = (
        Text("对象", "Subject"),
        Text("项目", "Item"),
        Text("得分（点开看行和佐证）", "Points (open for rows and evidence)"),
    )
    return Table("items", Text("逐项得分", "Points by item"), heads, rows)


def _spread(told: Json, items: Mapping[str, Text]) -> Iterator[Block]:
    named = {one["subject"]: one["name"] for one in told["subjects"]}
    for one in told["raters"]:
        rows = [
            (
                Cell(named.get(found["subject"], found["subject"])), Cell(items.get(found["item"], found["item"])),
                Cell(exactly(found["range"]), is_number=True),
                Cell("，".join(f"{who} {exactly(points)}" for who, points in found["scores"].items())),
            )
            for found in one["differences"]
        ]  # fmt: skip
        pairs = "；".join(
            f"{' · '.join(pair['raters'])} {pair['same']}/{pair['common']}, κ {exactly(pair['weighted_kappa'])}"
            for pair in one["pairs"]
        )
        note = Text(
            f"两人都评的 {one['scored_by_several']} 项；一致：{pairs}；ICC(2,1) {exactly(one['icc_2_1'])}",
            f"{one['scored_by_several']} items scored by several; agreement: {pairs}; ICC(2,1) {exactly(one['icc_2_1'])}",
        )
        heads = (
            Text("对象", "Subject"),
            Text("项目", "Item"),
            Text("相差", "Apart by"),
            Text("各人评分", "Scores"),
        )
        title = Text("评分员之间的差异", "Spread of the raters")
        yield Table(f"spread-{one['round']}", title, heads, rows, Text("没有差异。", "They agree."), note)


def _appeals(told: Json, items: Mapping[str, Text]) -> Block:
    named = {one["subject"]: one["name"] for one in told["subjects"]}
    rows = [
        (
            Cell(one["id"]), Cell(named.get(one["subject"], one["subject"])), Cell(items.get(one["item"], one["item"])),
            Cell(one["ground"]), Cell(_APPEALS.get(one["state"], one["state"]), opened=(one["where"],)),
            Cell(exactly(one["points"]), is_number=True),
        )
        for one in told["appeals"]
    ]  # fmt: skip
    heads = (
        Text("编号", "No."), Text("对象", "Subject"), Text("项目", "Item"), Text("理由", "Ground"),
        Text("处理", "Decision"), Text("改为", "Points"),
    )  # fmt: skip
    return Table("appeals", Text("申诉", "Appeals"), heads, rows, Text("没有申诉。", "No appeals."))


def _targets(told: Json) -> Block:
    rows = []
    for one in told["targets"]:
        words, state = _TARGETS.get(one["state"], (one["state"], ""))
        rows.append(
            (
                Cell(one["name"]), Cell(one["title"]), Cell(one["due_on"]), Cell(one["achieved_on"] or "—"),
                Cell(words, state, opened=(one["where"],)), Cell(Text("奖励", "award") if one["is_awarded"] else ""),
            )
        )  # fmt: skip
    heads = (
        Text("对象", "Subject"), Text("目标", "Target"), Text("期限", "Due"), Text("达到", "Reached"), Text("状态", "State"), Text("", ""),
    )  # fmt: skip
    return Table(
        "targets", Text("目标", "Targets"), heads, rows, Text("没有登记目标。", "No targets entered.")
    )
