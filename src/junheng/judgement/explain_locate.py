"""Finds what the user named: a school by id or name, a stage, an indicator by key or name."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from junheng.basics import STAGE_NAMES, STAGES, Text, UserError, nearest, normalise
from junheng.judgement.finding import Finding
from junheng.standards import IndicatorRule, Item

Json = Mapping[str, Any]


def find_school(finding: Finding, school: str, stage: str | None = None) -> list[Json]:
    """The school-stages of ``school`` (id or name; a part of a name if only one school has it).

    A campus that was merged is answered with the school it was merged into. Raises UserError naming the
    nearest school, or the schools that share the name.
    """
    home = merged_home(finding, school)
    school = school if home is None else home[1]
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
    wanted = None if stage is None else stage_key(stage)
    found = [row for row in chosen if wanted is None or row["stage"] == wanted]
    if not found:
        present = stages_listed([s for s in STAGES if any(row["stage"] == s for row in chosen)])
        raise UserError(
            Text(f"{chosen[0]['name']} 没有学段 {stage}", f"{chosen[0]['name']} has no stage {stage}"),
            fix=Text(f"该校有：{present}", f"it has: {present}"),
        )
    return found


def merged_home(finding: Finding, school: str) -> tuple[str, str, str] | None:
    """(campus, its home's id, what to call the campus) when ``school`` is the id or name of a merged campus."""
    asked = normalise(school)
    cells = finding.cells()
    merged = cells.filter(pc.is_valid(cells.column("merged_into")))
    rows = merged.select(["school_id", "merged_into", "column", "text"]).to_pylist()
    names = {row["school_id"]: row["text"] for row in rows if row["column"] == "name" and row["text"]}
    for row in rows:
        own = row["school_id"]
        if asked in {own, normalise(names.get(own, own))} and not _is_listed(finding, asked):
            label = f"{names[own]}（{own}）" if own in names else own
            return own, row["merged_into"], label
    return None


def _is_listed(finding: Finding, asked: str) -> bool:
    rows = (*finding.verdict["schools"], *finding.verdict["skipped"])
    return any(asked in {row["school_id"], normalise(row["name"])} for row in rows)


def stage_key(stage: str) -> str:
    """ "primary" for primary, Primary or 小学; what is no stage comes back as it is."""
    asked = normalise(stage).casefold()
    names = {text.zh: name for name, text in STAGE_NAMES.items()} | {name: name for name in STAGES}
    return str(names.get(asked, stage))


def stages_listed(stages: Sequence[str]) -> str:
    """Stages by both the words one may give: "小学 primary、初中 junior"."""
    return "、".join(f"{STAGE_NAMES[name].zh} {name}" for name in STAGES if name in stages)


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
    rules: list[IndicatorRule | Item] = [*finding.standard.indicators, *finding.standard.items]
    guess = nearest(indicator, [name for rule in rules for name in (rule.id, rule.name.zh, rule.name.en)])
    keys = "、".join(rule.id for rule in rules)
    raise UserError(
        Text(f"标准没有指标 {indicator}", f"The standard has no indicator {indicator}"),
        fix=Text(f"最接近的是 {guess}；全部：{keys}", f"the nearest is {guess}; all: {keys}")
        if guess
        else Text(f"可用：{keys}", f"known: {keys}"),
    )


def find_item(finding: Finding, item: str) -> Item | None:
    """The declared item with this key ("G4", any case) or name; None where there is none."""
    asked = normalise(item).casefold()
    for found in finding.standard.items:
        if asked in {normalise(name).casefold() for name in (found.id, found.name.zh, found.name.en)}:
            return found
    return None


def find_stages(finding: Finding, stage: str | None) -> list[str]:
    """The stages asked for that have schools; all of them without ``stage``. Raises UserError otherwise."""
    stages = finding.verdict["stages"]
    if stage is None:
        return [name for name, result in stages.items() if result["schools"]] or list(stages)
    name = stage_key(stage)
    if name not in stages:
        raise UserError(
            Text(f"结论中没有学段 {stage}", f"The finding has no stage {stage}"),
            fix=Text(f"可用：{stages_listed(list(stages))}", f"known: {stages_listed(list(stages))}"),
        )
    return [name]
