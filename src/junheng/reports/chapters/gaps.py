"""五、缺口与建议: what is missing in persons, m², yuan, rooms, and where effort counts most."""

from collections.abc import Iterator

from junheng.reports.chapters.promises import promises_section
from junheng.reports.chapters.wording import ORDER
from junheng.reports.facts import Facts, IndicatorFacts, StageFacts
from junheng.reports.number_text import quantity
from junheng.reports.numbers import NumberIndex
from junheng.reports.sensitivity_facts import fewest_schools
from junheng.reports.word.blocks import Block, Cell, Editable, Heading, Paragraph, Reference, Table

_LARGEST = 3
_NEXT = "（请填写）整改目标、年度安排、责任单位与完成时限；资金来源；师资补充与交流计划。"


def gaps_chapter(facts: Facts, numbers: NumberIndex) -> list[Block]:
    """Totals per stage, the schools that need most, the fewest schools for each coefficient over its limit."""
    blocks: list[Block] = [Heading(1, "五、缺口与建议")]
    order = iter(ORDER)
    for stage in facts.stages:
        rules = [rule for rule in facts.used(stage) if rule.lines[stage.stage].threshold is not None]
        if rules and stage.total:
            blocks.append(Heading(2, f"（{next(order)}）{stage.name}达标缺口"))
            blocks += _stage(facts, stage, rules, numbers)
    if not facts.has_thresholds:
        blocks.append(Paragraph(("本标准不设达标值，不测算缺口。",)))
    fewest = list(_fewest(facts, numbers))
    if fewest:
        blocks += [Heading(2, f"（{next(order)}）缩小校际差异"), *fewest]
    kept = promises_section(facts, f"（{next(order)}）以往承诺兑现情况") if facts.promises else []
    blocks += [
        *kept,
        Heading(2, f"（{next(order)}）下一步工作"),
        Editable("gaps.next_steps", "下一步工作", _NEXT),
    ]
    return blocks


def _stage(
    facts: Facts, stage: StageFacts, rules: list[IndicatorFacts], numbers: NumberIndex
) -> Iterator[Block]:
    key = f"gaps.{stage.stage}"
    yield Paragraph(
        (
            f"按各校现有学生数测算，{stage.name}要使每一所学校每一项指标都达到标准值，尚缺的数量见",
            Reference(key),
            "。人数、间数按校向上取整；缺数据的学校未计入。",
        )
    )
    rows = tuple(_row(facts, stage, rule, numbers) for rule in rules)
    heads = ("指标", "有缺口学校数", "缺口合计", "缺口最大的学校", "编号")
    aligns = ("left", "center", "center", "left", "center")
    yield Table(key, f"{stage.name}各指标达标缺口", heads, rows, (32, 11, 20, 44, 11), aligns, 9.0)  # type: ignore[arg-type]  # literals


def lacking(stage: StageFacts, key: str) -> list[tuple[str, float]]:
    """(school's name, shortfall) of the schools that lack something, the largest first."""
    found = []
    for school in stage.schools:
        cell = school.indicators.get(key)
        if cell is not None and cell.shortfall:
            found.append((-cell.shortfall, school.school_id, school.name))
    return [(name, -amount) for amount, _, name in sorted(found)]


def unit_of(stage: StageFacts, key: str) -> str:
    """The unit of the indicator's shortfalls."""
    for school in stage.schools:
        cell = school.indicators.get(key)
        if cell is not None and cell.shortfall_unit:
            return cell.shortfall_unit
    return ""


def _row(
    facts: Facts, stage: StageFacts, rule: IndicatorFacts, numbers: NumberIndex
) -> tuple[str | Cell, ...]:
    found, unit = lacking(stage, rule.key), unit_of(stage, rule.key)
    total = facts.sensitivity["totals"][stage.stage][rule.key]
    words = f"{stage.name}{rule.key} {rule.name}"
    path = f"totals.{stage.stage}.{rule.key}"
    number = numbers.add(
        f"{stage.stage}.{rule.key}.shortfall",
        total["shortfall"],
        quantity(total["shortfall"], unit),
        f"{words}缺口合计",
        "shortfall",
        file="sensitivity.json",
        path=f"{path}.shortfall",
        stage=stage.stage,
        indicator=rule.key,
    )
    schools = numbers.add(
        f"{stage.stage}.{rule.key}.shortfall.schools",
        total["schools"],
        str(total["schools"]),
        f"{words}有缺口学校数",
        "count",
        file="sensitivity.json",
        path=f"{path}.schools",
        stage=stage.stage,
        indicator=rule.key,
    )
    largest = "\n".join(f"{name} {quantity(amount, unit)}" for name, amount in found[:_LARGEST]) or "—"
    tags = Cell(f"{schools.id} {number.id}", tag=True)
    return (f"{rule.key} {rule.name}", schools.text, number.text, largest, tags)


def _fewest(facts: Facts, numbers: NumberIndex) -> Iterator[Block]:
    """For each coefficient over its limit: how few schools, raised to the county mean, bring it within."""
    names = {(school.school_id, school.stage): school.name for st in facts.stages for school in st.schools}
    for found in fewest_schools(facts):
        stage = next(stage for stage in facts.stages if stage.stage == found.stage)
        what = f"{stage.name}{found.indicator}"
        if found.schools is None:
            yield Paragraph((f"{what}：即使把低于平均值的学校全部提高到现有平均值，差异系数仍超过限值。",))
            continue
        listed = [names.get((school, found.stage), school) for school in found.schools]
        shown = "、".join(listed[:12]) + (f"等{len(listed)}所" if len(listed) > 12 else "")
        number = numbers.add(
            f"{found.stage}.{found.indicator}.fewest",
            len(listed),
            str(len(listed)),
            f"{what}差异系数降到限值以内所需提高的最少学校数",
            "count",
            file="sensitivity.json",
            path=found.path,
            measure="length",
            stage=found.stage,
            indicator=found.indicator,
        )
        yield Paragraph(
            (f"{what}：至少将", number, f"所学校提高到全县现有平均值，差异系数即可降到限值以内：{shown}。")
        )
