"""Opens a school's verdict: each indicator against its lines, and the rule that joins them."""

from collections.abc import Iterator, Mapping
from typing import Any

from junheng.basics import Text
from junheng.judgement.explain_locate import find_school, merged_home
from junheng.judgement.explain_words import (
    clause,
    quantity,
    reason_words,
    stage_words,
    verdict_words,
    with_home,
)
from junheng.judgement.explanation import Explanation, number_text
from junheng.judgement.finding import Finding

Json = Mapping[str, Any]


def explain_school(finding: Finding, school: str, stage: str | None = None) -> Explanation:
    """The verdict of ``school`` (id or name) in ``stage``, or in all its stages.

    Raises UserError for an unknown school or stage, naming the nearest.
    """
    rows = find_school(finding, school, stage)
    found = [_of_stage(finding, row) for row in rows]
    whole = found[0] if len(found) == 1 else Explanation(find_title(finding, school), children=tuple(found))
    home = merged_home(finding, school)
    return whole if home is None else with_home(whole, home[2], rows[0]["name"])


def find_title(finding: Finding, school: str) -> Text:
    """The name of a school, as a title."""
    name = find_school(finding, school)[0]["name"]
    return Text(name, name)


def _of_stage(finding: Finding, row: Json) -> Explanation:
    stage = stage_words(row["stage"])
    if "indicators" not in row:
        return Explanation(
            Text(f"{row['name']} {stage.zh}：不参与评价", f"{row['name']} {stage.en}: not evaluated"),
            reason_words(row["reason"]),
        )
    verdict = verdict_words(row["verdict"])
    return Explanation(
        Text(f"{row['name']} {stage.zh}：{verdict.zh}", f"{row['name']} {stage.en}: {verdict.en}"),
        tuple(_summary(finding, row)),
        children=tuple(_children(finding, row)),
    )


def _summary(finding: Finding, row: Json) -> Iterator[Text]:
    rule = finding.standard.school_rule
    if rule is None:
        yield Text("本标准不对单所学校下结论", "this standard passes no verdict on single schools")
        return
    judged = [found for found in row["indicators"].values() if found["verdict"] is not None]
    below = [key for key, found in row["indicators"].items() if found["floor_verdict"] == "not_met"]
    yield Text(
        f"{len(judged)} 项中 {row['met']} 项达标（至少 {rule.min_met} 项），低于底线：{'、'.join(below) or '无'}",
        f"{row['met']} of {len(judged)} met (at least {rule.min_met}); below the floor: {', '.join(below) or 'none'}",
    )


def _children(finding: Finding, row: Json) -> Iterator[Explanation]:
    for rule in finding.standard.indicators:
        found = row["indicators"][rule.id]
        verdict = verdict_words(found["verdict"])
        lines = [*reason_words(found["reason"])]
        if found["shortfall"]:
            amount = quantity(found["shortfall"], found["shortfall_unit"])
            lines.append(Text(f"尚缺 {amount.zh}", f"lacks {amount.en}"))
        shown = f"{number_text(found['value'])} / {number_text(found['threshold'])}"
        yield Explanation(
            Text(
                f"{rule.id} {rule.name.zh}：{shown}，{verdict.zh}",
                f"{rule.id} {rule.name.en}: {shown}, {verdict.en}",
            ),
            tuple(lines),
        )
    if finding.standard.school_rule is not None:
        yield clause(
            Text("学校规则", "the rule for schools"),
            finding.standard.school_rule.text,
            finding.standard.school_rule.citation,
        )
