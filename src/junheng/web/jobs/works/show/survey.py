"""The recognition survey: the rate with its interval, whole and by group; topics; papers that do not count."""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path

from junheng.basics import Text
from junheng.judgement.survey import REASON_NAMES, group_names
from junheng.reports import format_share
from junheng.web.jobs.works.blocks import (
    Block,
    Cell,
    Facts,
    Json,
    Span,
    Spans,
    Table,
    Words,
    number,
    problems,
    verdict,
)


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng survey read`` counted."""
    told = json.loads((folder / "survey.json").read_bytes())
    yield _whole(told)
    yield _rates(told)
    yield _topics(told)
    yield _invalid(told)
    yield problems(told["problems"], "where")


def _percent(value: str | None) -> str:
    if value is None:
        return "—"
    exact = Fraction(value)
    return f"{format_share(exact.numerator, exact.denominator)}%"


def _whole(told: Json) -> Block:
    whole, shown = told["whole"], verdict(told["verdict"])
    reasons: list[Words] = []
    if told["limit_within_interval"]:
        reasons.append(
            Text(
                "界线落在区间内：换一批人调查，结论可能不同。",
                "The limit lies in the interval: another sample might say otherwise.",
            )
        )
    rows: list[tuple[Words, Cell]] = [
        (Text("结论", "verdict"), Cell(shown.words, shown.state, opened=tuple(reasons))),
        (
            Text("满意率", "rate"),
            Cell(f"{_percent(whole['rate'])}（{whole['satisfied']:,} / {whole['valid']:,}）"),
        ),
        (Text("界线", "limit"), Cell(_percent(told["limit"]))),
        (Text("发放", "issued"), number(whole["issued"])),
        (Text("收回", "returned"), number(whole["returned"])),
        (Text("有效", "valid"), number(whole["valid"])),
        (
            Text("有效回收率", "valid return"),
            Cell(_percent(whole["valid_return"]), told["return_verdict"] or ""),
        ),
        (
            Text("按方案加权的率（参照）", "rate weighted by the plan (for comparison)"),
            Cell(_percent(told["weighted_by_plan"])),
        ),
    ]
    return Facts(
        Text(f"{told['county']['name']} {told['year']} 年", f"{told['county']['name']} {told['year']}"), rows
    )


def _rates(told: Json) -> Block:
    groups = group_names()
    spans = [_span(Text("合计", "Whole"), told["whole"])]
    spans += [_span(groups[one["group"]], one) for one in told["groups"]]
    note = Text(
        f"横线是 {float(told['confidence']):.0%} 区间（威尔逊），竖线是界线；判定只看未取整的率。",
        f"The line is the {float(told['confidence']):.0%} interval (Wilson), the upright the limit; the exact rate alone decides.",
    )
    return Spans(
        Text("满意率和区间", "Rates with their intervals"), spans, float(Fraction(told["limit"]) * 100), note
    )


def _span(label: Words, one: Json) -> Span:
    if one["rate"] is None or one["interval"] is None:
        return Span(
            label,
            Text("没有有效问卷", "no valid paper"),
            0,
            0,
            0,
            "cannot_tell",
            Text("无法判定", "cannot tell"),
        )
    low, high = (end * 100 for end in one["interval"])
    said = f"{_percent(one['rate'])}（{low:.1f}–{high:.1f}）{one['satisfied']:,}/{one['valid']:,}"
    return Span(label, said, low, float(Fraction(one["rate"]) * 100), high)


def _topics(told: Json) -> Block:
    rows = [
        (
            Cell(one["topic"]),
            number(one["satisfied"]),
            number(one["answered"]),
            Cell(
                _percent(f"{one['satisfied']}/{one['answered']}") if one["answered"] else "—", is_number=True
            ),
        )
        for one in told["topics"]
    ]
    heads = (Text("题目", "Topic"), Text("满意", "Satisfied"), Text("作答", "Answered"), Text("率", "Rate"))
    return Table("topics", Text("各题", "By topic"), heads, rows, is_counts=True)


def _invalid(told: Json) -> Block:
    rows = [
        (Cell(one["where"]), Cell(REASON_NAMES.get(one["reason"], one["reason"]))) for one in told["invalid"]
    ]
    heads = (Text("位置", "Where"), Text("原因", "Reason"))
    return Table(
        "invalid",
        Text("不计的问卷", "Papers that do not count"),
        heads,
        rows,
        Text("每份都有效。", "Every paper counts."),
    )
