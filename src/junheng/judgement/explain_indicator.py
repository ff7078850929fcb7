"""Opens one indicator of one school: formula, numbers, cells, split, line, clause, shortfall."""

from collections.abc import Iterator, Mapping
from typing import Any

from junheng.basics import STAGES, Text
from junheng.indicators import parse_expression
from junheng.judgement.compare import inclusive, more_is_better, sign
from junheng.judgement.explain_cells import SchoolCells, column_heading, in_headings
from junheng.judgement.explain_locate import find_item, find_rule, find_school, merged_home
from junheng.judgement.explain_school_item import explain_school_item
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
from junheng.standards import IndicatorRule

Json = Mapping[str, Any]


def explain_indicator(finding: Finding, school: str, indicator: str, stage: str | None = None) -> Explanation:
    """Why ``school`` (id or name) has that value of ``indicator`` (key or name), in ``stage`` or all it has.

    A declared item is opened with the school's own rows.

    Raises UserError for an unknown school, stage or indicator, naming the nearest.
    """
    rows = find_school(finding, school, stage)
    item = find_item(finding, indicator)
    if item is not None:
        return explain_school_item(finding, rows, item)
    rule = find_rule(finding, indicator)
    cells = SchoolCells(finding, rows[0]["school_id"])
    found = [_of_stage(finding, rule, row, cells) for row in rows]
    name = rows[0]["name"]
    title = Text(f"{name} {rule.id} {rule.name.zh}", f"{name} {rule.id} {rule.name.en}")
    whole = found[0] if len(found) == 1 else Explanation(title, children=tuple(found))
    home = merged_home(finding, school)
    return whole if home is None else with_home(whole, home[2], name)


def _of_stage(finding: Finding, rule: IndicatorRule, row: Json, cells: SchoolCells) -> Explanation:
    stage = stage_words(row["stage"])
    if "indicators" not in row:
        return Explanation(
            Text(f"{row['name']} {stage.zh}：不参与评价", f"{row['name']} {stage.en}: not evaluated"),
            reason_words(row["reason"]),
        )
    found = row["indicators"][rule.id]
    verdict = verdict_words(found["verdict"])
    return Explanation(
        Text(
            f"{row['name']} {stage.zh} {rule.id} {rule.name.zh}：{number_text(found['value'])}，{verdict.zh}",
            f"{row['name']} {stage.en} {rule.id} {rule.name.en}: {number_text(found['value'])}, {verdict.en}",
        ),
        reason_words(found["reason"]),
        children=tuple(_parts(finding, rule, row, found, cells)),
    )


def _parts(
    finding: Finding, rule: IndicatorRule, row: Json, found: Json, cells: SchoolCells
) -> Iterator[Explanation]:
    yield _formula(finding, rule.id, row, found, cells)
    if any(cells.is_split(column) for _, column in finding.lineage[rule.id][row["stage"]]):
        yield _split(finding, row, cells)
    yield from _relaxations(finding, row, found, cells)
    if found["threshold"] is not None:
        yield _line(rule, found)
        sources = [rule.citation_of(field) for field in (f"thresholds.{row['stage']}", "floor_ratio")]
        yield clause(Text("条款", "the clause"), rule.text, *sources)
    yield from _flags(finding, rule.id, row)


def _formula(finding: Finding, key: str, row: Json, found: Json, cells: SchoolCells) -> Explanation:
    indicator = finding.measures[key]
    stage = next(name for name in STAGES if name == row["stage"])
    added = [
        relaxation.add for relaxation in finding.standard.relaxations if relaxation.id in found["relaxed"]
    ]
    above = " + ".join([indicator.numerator[stage], *added])
    below = indicator.denominator[stage]
    scale = "" if indicator.scale == 1 else f"{indicator.scale} × "
    numerator = cells.with_numbers(above, stage, row["share"])
    denominator = cells.with_numbers(below, stage, row["share"])
    reckoned = f"{scale}({numerator}) / ({denominator}) = {number_text(found['value'])}"
    columns = [name for text in (above, below) for name in parse_expression(text).columns]
    return Explanation(
        Text("算式", "formula"),
        (
            Text(f"{scale}({in_headings(above)}) / ({in_headings(below)})", f"{scale}({above}) / ({below})"),
            Text(f"{reckoned} {indicator.unit.zh}", f"{reckoned} {indicator.unit.en}"),
            Text(f"含义：{indicator.meaning.zh}", f"meaning: {indicator.meaning.en}"),
        ),
        cells.references(columns, stage),
    )


def _split(finding: Finding, row: Json, cells: SchoolCells) -> Explanation:
    weights = finding.standard.split.weights.get(row["kind"], {})
    terms = {
        stage: f"{number_text(cells.total('pupils', stage))}×{weights[stage]}"
        for stage in STAGES
        if stage in cells.stages() and stage in weights
    }
    own = terms.get(row["stage"], "?")
    arithmetic = f"{own} / ({' + '.join(terms.values())}) = {number_text(row['share'])}"
    rule = finding.standard.split
    shared = "、".join(column_heading("premises", column).zh for column in rule.columns)
    source = clause(Text("拆分依据", "the rule of the split"), f"按学段分摊：{shared}", rule.citation)
    return Explanation(
        Text("共用资源按加权学生数拆分", "shared premises, split by weighted pupils"),
        (Text(f"本学段份额：{arithmetic}", f"share of this stage: {arithmetic}"),),
        cells.pupils(),
        (source,),
    )


def _relaxations(finding: Finding, row: Json, found: Json, cells: SchoolCells) -> Iterator[Explanation]:
    for relaxation in finding.standard.relaxations:
        if relaxation.id in found["relaxed"]:
            columns = [
                *parse_expression(relaxation.when, kind="boolean").columns,
                *parse_expression(relaxation.add).columns,
            ]
            words = clause(Text("条款", "the clause"), relaxation.text, relaxation.citation)
            yield Explanation(
                Text(f"已按放宽条款计入：{relaxation.id}", f"counted under the relaxation {relaxation.id}"),
                (
                    Text(
                        f"{in_headings(relaxation.when)} → + {in_headings(relaxation.add)}",
                        f"{relaxation.when} → + {relaxation.add}",
                    ),
                ),
                cells.references(columns, row["stage"]),
                (words,),
            )


def _line(rule: IndicatorRule, found: Json) -> Explanation:
    lines = [_against(rule, found, "threshold"), _against(rule, found, "floor")]
    lacking = [
        ("shortfall", Text("达到标准尚缺", "lacking to the threshold")),
        ("floor_shortfall", Text("达到底线尚缺", "lacking to the floor")),
    ]
    for key, words in lacking:
        if found[key]:
            amount = quantity(found[key], found["shortfall_unit"])
            surplus = not more_is_better(rule.comparison)
            extra = Text("（应减少）", " (to be reduced)") if surplus else Text("", "")
            lines.append(Text(f"{words.zh}：{amount.zh}{extra.zh}", f"{words.en}: {amount.en}{extra.en}"))
    return Explanation(Text("与标准比较", "against the standard"), tuple(line for line in lines if line))


def _against(rule: IndicatorRule, found: Json, what: str) -> Text | None:
    if found[what] is None:
        return None
    is_floor = what == "floor"
    word = inclusive(rule.comparison) if is_floor else rule.comparison
    name = Text("底线", "floor") if is_floor else Text("标准", "threshold")
    verdict = verdict_words(found["floor_verdict" if is_floor else "verdict"])
    shown = f"{number_text(found['value'])} {sign(word)} {number_text(found[what])}"
    ratio = f" = {rule.floor_ratio} × {number_text(found['threshold'])}" if is_floor else ""
    return Text(f"{name.zh}：{shown}{ratio}？{verdict.zh}", f"{name.en}: {shown}{ratio}? {verdict.en}")


def _flags(finding: Finding, key: str, row: Json) -> Iterator[Explanation]:
    for flag in finding.verdict["rounding"]:
        if (flag["indicator"], flag["school_id"], flag["stage"]) == (key, row["school_id"], row["stage"]):
            would = verdict_words(flag["would_be"])
            yield Explanation(
                Text(
                    f"注意：若先取 {flag['decimals']} 位小数再比较，会变为{would.zh}",
                    f"note: rounding to {flag['decimals']} decimals before comparing would give: {would.en}",
                )
            )
