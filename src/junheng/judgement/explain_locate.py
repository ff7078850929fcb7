"""Finds what the user named: a school by id or name, a stage, an indicator by key or name."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.basics import STAGE_NAMES, STAGES, Text, UserError, nearest, normalise
from junheng.judgement.finding import Finding
from junheng.standards import IndicatorRule

Json = Mapping[str, Any]


def find_school(finding: Finding, school: str, stage: str | None = None) -> list[Json]:
    """The school-stages of ``school`` (id or name; a part of a name if only one school has it).

    Raises UserError naming the nearest school, or the schools that share the name.
    """
    rows = [*finding.verdict["schools"], *finding.verdict["skipped"]]
    asked = normalise(school)
    chosen = [row for row in rows if asked in {row["school_id"], normalise(row["name"])}]
    if not chosen:
        chosen = [row for row in rows if asked and asked in normalise(row["name"])]
    ids = sorted({row["school_id"] for row in chosen})
    if not ids:
        raise _no_school(school, rows)
    if len(ids) > 1:
        raise _several_schools(school, chosen)
    found = [row for row in chosen if stage is None or row["stage"] == stage]
    if not found:
        present = "、".join(STAGE_NAMES[s].zh for s in STAGES if any(row["stage"] == s for row in chosen))
        raise UserError(
            Text(f"{chosen[0]['name']} 没有学段 {stage}", f"{chosen[0]['name']} has no stage {stage}"),
            fix=Text(f"该校有：{present}", f"it has: {', '.join(row['stage'] for row in chosen)}"),
        )
    return found


def _no_school(school: str, rows: Sequence[Json]) -> UserError:
    names = [row["name"] for row in rows] + [row["school_id"] for row in rows]
    guess = nearest(school, names)
    return UserError(
        Text(f"结论中没有这所学校：{school}", f"The finding has no such school: {school}"),
        fix=Text(f"最接近的是 {guess}", f"the nearest is {guess}")
        if guess
        else Text("请用学校标识码或校名", "give the school's code or its name"),
    )


def _several_schools(school: str, rows: Sequence[Json]) -> UserError:
    named = dict.fromkeys(f"{row['name']}（{row['school_id']}）" for row in rows)
    shown = "、".join(list(named)[:5]) + ("…" if len(named) > 5 else "")
    return UserError(
        Text(f"有 {len(named)} 所学校与“{school}”相符", f"{len(named)} schools match “{school}”"),
        fix=Text(f"请用学校标识码：{shown}", f"give the school's code: {shown}"),
    )


def find_rule(finding: Finding, indicator: str) -> IndicatorRule:
    """The indicator rule with this key ("R4", any case) or name. Raises UserError naming the nearest."""
    asked = normalise(indicator).casefold()
    for rule in finding.standard.indicators:
        names = {rule.id, rule.name.zh, rule.name.en, rule.indicator}
        if asked in {normalise(name).casefold() for name in names}:
            return rule
    rules = finding.standard.indicators
    guess = nearest(indicator, [name for rule in rules for name in (rule.id, rule.name.zh, rule.name.en)])
    keys = "、".join(rule.id for rule in rules)
    raise UserError(
        Text(f"标准没有指标 {indicator}", f"The standard has no indicator {indicator}"),
        fix=Text(f"最接近的是 {guess}；全部：{keys}", f"the nearest is {guess}; all: {keys}")
        if guess
        else Text(f"可用：{keys}", f"known: {keys}"),
    )


def find_stages(finding: Finding, stage: str | None) -> list[str]:
    """The stages asked for that have schools; all of them without ``stage``. Raises UserError otherwise."""
    stages = finding.verdict["stages"]
    if stage is None:
        return [name for name, result in stages.items() if result["schools"]] or list(stages)
    by_name = {text.zh: name for name, text in STAGE_NAMES.items()} | {name: name for name in STAGES}
    name = by_name.get(stage, stage)
    if name not in stages:
        raise UserError(
            Text(f"结论中没有学段 {stage}", f"The finding has no stage {stage}"),
            fix=Text(f"可用：{'、'.join(stages)}", f"known: {', '.join(stages)}"),
        )
    return [name]
