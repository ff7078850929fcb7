"""四、存在的问题: derived from the finding alone; the causes behind them are for people to write."""

from collections.abc import Iterator

from junheng.reports.areas import AreaMean, area_means
from junheng.reports.chapters.attainment import stage_total, undecided_words
from junheng.reports.charts.areas import areas_chart
from junheng.reports.charts.trend import trend_chart
from junheng.reports.facts import AREA_NAMES, Facts, IndicatorFacts, StageFacts
from junheng.reports.number_text import plain
from junheng.reports.numbers import NumberIndex
from junheng.reports.word.blocks import Block, Editable, Heading, Inline, Paragraph, Reference, Tagged

_WEAKEST = 3
_GAP_PERCENT = 10.0  # a difference of means worth a sentence; all of them are in the chart
_NOTHING = "本次评估没有未达标或超过限值的指标。"
_NO_LIMITS = "本标准不设达标值和限值，没有可以列出的未达标项；各校差距见第三部分。"
_CAUSES = "（请填写）结合本县实际，说明上述问题的成因，如人口流动、用地、编制、投入结构等。"


def shortcomings_chapter(facts: Facts, numbers: NumberIndex) -> list[Block]:
    """Attainment, variation, town and country, missing data; then a place for the causes."""
    blocks: list[Block] = [Heading(1, "四、存在的问题")]
    sections = (
        ("学校达标方面", _attainment(facts, numbers)),
        ("校际均衡方面", _variation(facts, numbers)),
        ("城乡差异方面", _areas(facts, numbers)),
        ("年度变化方面", _trend(facts)),
        ("数据完整方面", _gaps_in_data(facts, numbers)),
    )
    order = iter("一二三四五六七八")
    for title, found in sections:
        section = list(found)
        if section:
            blocks += [Heading(2, f"（{next(order)}）{title}"), *section]
    if len(blocks) == 1:
        blocks.append(Paragraph((_NOTHING if facts.has_limits else _NO_LIMITS,)))
    blocks += [Heading(2, f"（{next(order)}）成因分析"), Editable("shortcomings.causes", "成因分析", _CAUSES)]
    return blocks


def _attainment(facts: Facts, numbers: NumberIndex) -> Iterator[Block]:
    for stage in facts.stages:
        rules = [rule for rule in facts.used(stage) if int(stage.indicator(rule.key)["not_met"]) > 0]
        if not rules:
            continue
        rules.sort(key=lambda rule: -int(stage.indicator(rule.key)["not_met"]))
        yield Paragraph(tuple(_weakest(stage, rules, numbers)))


def _weakest(stage: StageFacts, rules: list[IndicatorFacts], numbers: NumberIndex) -> Iterator[Inline]:
    whole = stage_total(stage, numbers)
    yield whole
    yield f"所{stage.name}中，未达标学校最多的指标依次为："
    for place, rule in enumerate(rules[:_WEAKEST]):
        part = _count(stage, rule, "not_met", "未达标学校数", numbers)
        yield f"{'；' if place else ''}{rule.key} {rule.name}，未达标"
        yield part
        yield "所，占"
        label = f"{stage.name}{rule.key}未达标学校占比"
        yield numbers.share(f"{stage.stage}.{rule.key}.not_met.share", part, whole, label)
        yield "%"
        if int(stage.indicator(rule.key)["floor_missed"]):
            yield "（其中低于底线"
            yield _count(stage, rule, "floor_missed", "低于底线学校数", numbers)
            yield "所）"
        yield from undecided_words(stage, rule, numbers)
    yield "。"


def _count(stage: StageFacts, rule: IndicatorFacts, what: str, words: str, numbers: NumberIndex) -> Tagged:
    return numbers.count(
        f"{stage.stage}.{rule.key}.{what}",
        int(stage.indicator(rule.key)[what]),
        f"{stage.name}{rule.key} {rule.name}{words}",
        f"stages.{stage.stage}.indicators.{rule.key}.{what}",
        stage=stage.stage,
        indicator=rule.key,
    )


def _variation(facts: Facts, numbers: NumberIndex) -> Iterator[Block]:
    for stage in facts.stages:
        over = [
            rule for rule in facts.used(stage) if stage.indicator(rule.key).get("cv_verdict") == "not_met"
        ]
        if over:
            names = "、".join(f"{rule.key} {rule.name}" for rule in over)
            yield Paragraph((f"{stage.name}有{len(over)}项指标校际差异系数超过限值：{names}。校际差距偏大，数值见",
                             Reference(f"variation.{stage.stage}"), "。"))  # fmt: skip
        elif stage.counts.get("composite_verdict") == "not_met":
            yield Paragraph((f"{stage.name}综合差异系数超过限值，校际差距偏大，数值见",
                             Reference(f"variation.{stage.stage}"), "。"))  # fmt: skip


def _areas(facts: Facts, numbers: NumberIndex) -> Iterator[Block]:
    chart = areas_chart(facts)
    if chart is None:
        return
    for stage in facts.stages:
        behind = [mean for mean in area_means(facts, stage) if mean.percent < 100 - _GAP_PERCENT]
        if behind:
            yield Paragraph(tuple(_behind(stage, sorted(behind, key=lambda mean: mean.percent)[:4], numbers)))
    yield Paragraph(("各类地区学校的均值比较见", Reference(chart.key), "。"))
    yield chart


def _behind(stage: StageFacts, means: list[AreaMean], numbers: NumberIndex) -> Iterator[Inline]:
    yield f"{stage.name}与全县均值差距较大的有："
    for place, mean in enumerate(means):
        name = f"{stage.stage}.{mean.key}.{mean.area}.percent"
        label = f"{stage.name}{mean.key}{AREA_NAMES[mean.area]}学校均值相当于全县均值的百分比"
        yield f"{'；' if place else ''}{AREA_NAMES[mean.area]}学校{mean.key}为全县均值的"
        yield numbers.add(
            name, mean.percent, plain(mean.percent, 1), label, "ratio", file="values.parquet",
            stage=stage.stage, indicator=mean.key, area=mean.area, schools=mean.schools,
        )  # fmt: skip
        yield "%"
    yield "。"


def _trend(facts: Facts) -> Iterator[Block]:
    chart = trend_chart(facts)
    if chart:
        yield Paragraph(("近年来达标与校际差异的变化见", Reference(chart.key), "。"))
        yield chart


def _gaps_in_data(facts: Facts, numbers: NumberIndex) -> Iterator[Block]:
    for stage in facts.stages:
        unknown = [rule for rule in facts.used(stage) if int(stage.indicator(rule.key)["undecided"]) > 0]
        if unknown:
            parts: list[Inline] = [f"{stage.name}有指标因数据缺失无法判定："]
            for place, rule in enumerate(unknown):
                parts += [f"{'；' if place else ''}{rule.key} {rule.name}"]
                parts += [_count(stage, rule, "undecided", "无法判定学校数", numbers), "所"]
            yield Paragraph((*parts, "。缺失数据未按零处理。"))
