"""一校一策: what each school buys, raises and moves, by year, and where its indicators go."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from junheng.basics import STAGE_NAMES, Text
from junheng.planning import Column, exact
from junheng.reports.planning.cells import shown
from junheng.reports.word.blocks import Block, Heading, Paragraph
from junheng.reports.word.blocks import Table as Printed

_SMALL = 9.0
_WAN = 10_000
_ACTIONS: tuple[Literal["left", "right"], ...] = ("left", "left", "left", "right", "right", "left")
_INDICATORS: tuple[Literal["left", "right"], ...] = ("left", "left", "right", "right", "right", "left")
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """One school's plan. ``actions``: year, stage, measure, quantity with unit, 万元, reason. ``indicators``: stage,
    name, line, before, after, whether it is met afterwards."""

    name: str
    notes: Sequence[str]
    actions: Sequence[tuple[str, ...]]
    indicators: Sequence[tuple[str, ...]]


def school_pages(
    problem: Json, outcome: Json, values: Mapping[tuple[str, str, str], tuple[str, ...]]
) -> list[SchoolPage]:
    """A page for each school of an investment plan that does something, or is told why it cannot.

    ``values``: (school_id, stage, indicator) → (line, before, after, met) as shown.
    """
    measures = {measure["id"]: measure for measure in problem["measures"]}
    names = {row["id"]: row["zh"] for row in problem["indicators"]}
    actions: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for action in outcome.get("actions", ()):
        actions[action["school_id"]].append(_action(action, measures[action["measure"]]))
    transfers = {row["id"]: row for row in problem.get("transfers", ())}
    for move in outcome.get("moves", ()):
        for school, other, sign in ((move["from"], move["to"], "调出"), (move["to"], move["from"], "调入")):
            actions[school].append(_move(problem, move, transfers[move["transfer"]], other, sign))
    notes = _notes(outcome, names)
    pages = []
    for school in problem["schools"]:
        known = [(key, found) for key, found in sorted(values.items()) if key[0] == school["id"]]
        if school["id"] not in actions and school["id"] not in notes:
            continue
        rows = [
            (_stage(stage), names.get(indicator, indicator), *found) for (_, stage, indicator), found in known
        ]
        pages.append(
            SchoolPage(school["name"], notes.get(school["id"], ()), sorted(actions[school["id"]]), rows)
        )
    return pages


def page_blocks(page: SchoolPage) -> list[Block]:
    """The page in a document: heading, notes, actions, indicators before and after."""
    blocks: list[Block] = [Heading(2, page.name)]
    blocks += [Paragraph((note,)) for note in page.notes]
    if page.actions:
        heads = ("年份", "学段", "措施", "数量", "资金（万元）", "理由")
        blocks.append(
            Printed(
                f"do {page.name}", "措施", heads, tuple(page.actions), (4, 4, 9, 6, 6, 16), _ACTIONS, _SMALL
            )
        )
    if page.indicators:
        heads = ("学段", "指标", "标准", "现状", "规划后", "达标")
        blocks.append(
            Printed(
                f"see {page.name}",
                "指标",
                heads,
                tuple(page.indicators),
                (4, 16, 5, 6, 6, 5),
                _INDICATORS,
                _SMALL,
            )
        )
    return blocks


def _stage(stage: str) -> str:
    return STAGE_NAMES[stage].zh if stage else "全校"


def _action(action: Json, measure: Json) -> tuple[str, ...]:
    number = Column(Text(measure["zh"], measure["en"]), measure["unit"], 0 if measure["whole"] else 1)
    quantity = f"{shown(exact(action['quantity']), number)} {measure['unit']}"
    return (
        str(action["year"]),
        _stage(action.get("stage", "")),
        measure["zh"],
        quantity,
        _wan(action),
        action["zh"],
    )


def _move(problem: Json, move: Json, transfer: Json, other: str, sign: str) -> tuple[str, ...]:
    names = {school["id"]: school["name"] for school in problem["schools"]}
    words = f"{'往' if sign == '调出' else '来自'}{names.get(other, other)}"
    kinds = "、".join(row["zh"] for row in problem["indicators"] if row["id"] in transfer["gives"])
    return (
        str(move["year"]),
        _stage(transfer["stage"]),
        f"教师{sign}",
        f"{move['persons']} 人",
        _wan(move),
        f"{words}：{kinds}",
    )


def _wan(row: Json) -> str:
    cost = exact(row.get("cost_yuan", 0)) / _WAN
    return shown(Fraction(cost), Column(Text("资金", "money"), "万元", 2))


def _notes(outcome: Json, names: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in outcome.get("unreachable", ()):
        found[row["school_id"]].append(f"{_stage(row.get('stage', ''))}：{row['zh']}")
    for row in outcome.get("exempt", ()):
        words = f"{_stage(row['stage'])}：{names.get(row['indicator'], row['indicator'])} 只达到底线（其余各项达标）。"
        found[row["school_id"]].append(words)
    return found


def values_before(problem: Json) -> dict[tuple[str, str, str], float]:
    """Each indicator of each judged school-stage if nothing is done: today's stock on the target year's pupils.

    Keys (school_id, stage, indicator); pupils of all stages weigh in the split of what a school has in common.
    """
    year = str(problem["target"])
    found: dict[tuple[str, str, str], float] = {}
    for school in problem["schools"]:
        weighed = {
            stage["stage"]: exact(problem["weights"][stage["stage"]]) * exact(stage["pupils"][year])
            for stage in school["stages"]
        }
        whole = sum(weighed.values(), Fraction(0))
        for stage in school["stages"]:
            pupils = exact(stage["pupils"][year])
            if not stage["judged"] or not pupils:
                continue
            for row in problem["indicators"]:
                held = school["stock"] if row["shared"] else stage["stock"]
                if row["id"] in held:
                    share = weighed[stage["stage"]] / whole if row["shared"] else Fraction(1)
                    value = exact(row["scale"]) * exact(held[row["id"]]) * share / pupils
                    found[school["id"], stage["stage"], row["id"]] = float(value)
    return found
