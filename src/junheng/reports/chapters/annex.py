"""附表: every school with every indicator, on pages turned sideways."""

from collections.abc import Iterator, Sequence

from junheng.reports.chapters.attainment import FILLS
from junheng.reports.chapters.wording import verdict_word
from junheng.reports.facts import Facts, IndicatorFacts, SchoolFacts, StageFacts
from junheng.reports.number_text import digits_for, plain, short
from junheng.reports.word.blocks import Block, Break, Cell, Heading, Paragraph, Table

MOST_ROWS = 400  # per stage; a longer table belongs in the workbook
MOST_INDICATORS = 8  # per table, so that columns stay readable
_BELOW = "F0A58A"


def annex_chapter(facts: Facts) -> list[Block]:
    """Tables of schools × indicators, one per stage and at most eight indicators; the pages lie on their side."""
    blocks: list[Block] = [Break("landscape"), Heading(1, "附表　各校各项指标")]
    if facts.has_thresholds:
        words = (
            "底色：浅色为达标，橙色为未达标但不低于底线，深色为低于底线，灰色为无法判定。“—”表示没有数据。"
        )
        blocks.append(Paragraph((words,), "Note"))
    for stage in facts.stages:
        rules = list(facts.used(stage))
        for part, start in enumerate(range(0, len(rules), MOST_INDICATORS)):
            blocks += _stage(facts, stage, rules[start : start + MOST_INDICATORS], part)
    blocks.append(Break("portrait"))
    return blocks


def _stage(facts: Facts, stage: StageFacts, rules: Sequence[IndicatorFacts], part: int) -> Iterator[Block]:
    schools = stage.schools[:MOST_ROWS]
    with_verdict = facts.has_thresholds
    heads = ["序号", "学校", "学生数"] + [_head(rule, stage) for rule in rules]
    widths: list[float] = [9, 40, 13] + [22.0] * len(rules)
    aligns = ["center", "left", "right"] + ["right"] * len(rules)
    if with_verdict:
        heads += ["达标项数", "结论"]
        widths += [13, 15]
        aligns += ["center", "center"]
    rows = tuple(
        _row(number, school, stage, rules, with_verdict) for number, school in enumerate(schools, start=1)
    )
    caption = f"{stage.name}各校各项指标" + (f"（续{part}）" if part else "")
    key = f"annex.{stage.stage}.{part}"
    yield Table(key, caption, tuple(heads), rows, tuple(widths), tuple(aligns), 8.0)  # type: ignore[arg-type]  # literals
    if len(stage.schools) > MOST_ROWS:
        text = f"本表列前{MOST_ROWS}所，全部{len(stage.schools)}所见 tables.xlsx。"
        yield Paragraph((text,), "Note")


def _head(rule: IndicatorFacts, stage: StageFacts) -> str:
    line = rule.lines[stage.stage].threshold
    return f"{rule.key} {rule.name}" + (f"（≥{short(line)}）" if line is not None else "")


def _row(
    number: int, school: SchoolFacts, stage: StageFacts, rules: Sequence[IndicatorFacts], with_verdict: bool
) -> tuple[str | Cell, ...]:
    cells: list[str | Cell] = [str(number), school.name, plain(school.pupils, 0)]
    cells += [_value(school, rule, stage) for rule in rules]
    if with_verdict:
        cells += [
            str(school.met),
            Cell(verdict_word(school.verdict), fill=FILLS.get(school.verdict or "", "")),
        ]
    return tuple(cells)


def _value(school: SchoolFacts, rule: IndicatorFacts, stage: StageFacts) -> Cell:
    found = school.indicators.get(rule.key)
    if found is None:
        return Cell("—", align="center")
    line = rule.lines[stage.stage]
    digits = digits_for(line.threshold, stage.indicator(rule.key).get("mean"))
    text = plain(found.value, digits, line=line.threshold, floor=line.floor)
    return Cell(text, fill=_BELOW if found.below_floor else FILLS.get(found.verdict or "", ""))
