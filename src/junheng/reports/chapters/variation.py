"""三、校际差异系数: how unequal the schools are, indicator by indicator, and against which limit."""

from collections.abc import Iterator

from junheng.reports.chapters.attainment import FILLS
from junheng.reports.chapters.wording import NO_SCHOOLS, ORDER, verdict_word
from junheng.reports.charts.variation import variation_chart
from junheng.reports.facts import Facts, IndicatorFacts, StageFacts
from junheng.reports.number_text import digits_for, plain, short
from junheng.reports.numbers import NumberIndex, id_range
from junheng.reports.read_facts import chinese
from junheng.reports.word.blocks import Block, Cell, Heading, Inline, Paragraph, Reference, Table, Tagged

_CONTRIBUTORS = 3
_WHAT = (("mean", "全县平均值"), ("sd", "标准差"), ("cv", "差异系数"), ("cv_unweighted", "未加权差异系数"))


def variation_chapter(facts: Facts, numbers: NumberIndex) -> list[Block]:
    """Method in a sentence, a chart, then one section per stage."""
    blocks: list[Block] = [Heading(1, "三、校际差异系数"), Paragraph((_method(facts),))]
    chart = variation_chart(facts)
    if chart:
        blocks += [chart]
    for order, stage in zip(ORDER, facts.stages, strict=False):
        blocks.append(Heading(2, f"（{order}）{stage.name}"))
        blocks += _stage(facts, stage, numbers)
    return blocks


def _method(facts: Facts) -> str:
    rule = facts.standard["variation"]
    weighted = rule.get("weights") != "none"
    how = (
        "差异系数按学生数加权计算：平均值为各校总量之和除以学生数之和，标准差为各校数值与平均值之差按学生数加权的总体标准差，"
        "差异系数为标准差与平均值之比"
        if weighted
        else "差异系数按各校数值不加权计算"
    )
    aside = "表中“未加权”一列仅供参考，不是判定依据。" if weighted else ""
    return f"{how}。比较时使用未经四舍五入的数值。{aside}"


def _stage(facts: Facts, stage: StageFacts, numbers: NumberIndex) -> Iterator[Block]:
    rules = list(facts.used(stage))
    if stage.total == 0 or not rules:
        yield Paragraph((NO_SCHOOLS if stage.total == 0 else f"没有可计算的{stage.name}指标。",))
        return
    yield Paragraph(tuple(_sentences(facts, stage, rules, numbers)))
    yield _table(stage, rules, numbers)
    yield from _contributors(facts, stage, rules)
    yield from _flags(facts, stage)


def _sentences(
    facts: Facts, stage: StageFacts, rules: list[IndicatorFacts], numbers: NumberIndex
) -> Iterator[Inline]:
    yield f"{stage.name}各项指标的平均值、标准差和差异系数见"
    yield Reference(f"variation.{stage.stage}")
    yield "。"
    limited = [rule for rule in rules if stage.indicator(rule.key).get("cv_verdict") is not None]
    if limited:
        yield from _limit_sentence(stage, limited, numbers)
    yield from _composite(facts, stage, numbers)


def _limit_sentence(stage: StageFacts, rules: list[IndicatorFacts], numbers: NumberIndex) -> Iterator[Inline]:
    by_verdict: dict[str, list[IndicatorFacts]] = {"met": [], "not_met": [], "cannot_tell": []}
    for rule in rules:
        by_verdict[stage.indicator(rule.key)["cv_verdict"]].append(rule)
    yield f"{len(rules)}项指标中，差异系数符合要求的{len(by_verdict['met'])}项"
    for verdict, words in (("not_met", "超过限值"), ("cannot_tell", "无法判定")):
        if by_verdict[verdict]:
            yield f"，{words}的{len(by_verdict[verdict])}项（"
            for place, rule in enumerate(by_verdict[verdict]):
                yield ("、" if place else "") + f"{rule.key} {rule.name}"
                if verdict == "not_met":
                    yield "，"
                    yield _number(stage, rule, "cv", "差异系数", numbers)
            yield "）"
    yield "。"


def _composite(facts: Facts, stage: StageFacts, numbers: NumberIndex) -> Iterator[Inline]:
    value = stage.counts.get("composite_cv")
    limit = stage.counts.get("composite_limit")
    if value is None:
        yield "综合差异系数因有指标缺数据而无法计算。" if limit is not None else ""
        return
    yield f"{stage.name}综合差异系数（各项差异系数的算术平均）为"
    path = f"stages.{stage.stage}.composite_cv"
    text = plain(value, 3, line=limit)
    label = f"{stage.name}综合差异系数"
    yield numbers.add(
        f"{stage.stage}.composite_cv",
        value,
        text,
        label,
        "cv",
        file="verdict.json",
        path=path,
        stage=stage.stage,
    )
    if limit is None:
        yield "，本标准不以此判定，仅供参考。"
    else:
        yield f"，限值{short(limit)}，{verdict_word(stage.counts.get('composite_verdict'))}。"


def _number(stage: StageFacts, rule: IndicatorFacts, what: str, words: str, numbers: NumberIndex) -> Tagged:
    value = stage.indicator(rule.key).get(what)
    line = rule.lines[stage.stage]
    if what in ("cv", "cv_unweighted"):
        text = plain(value, 3, line=line.cv_limit)
    else:
        text = plain(value, digits_for(line.threshold, stage.indicator(rule.key).get("mean")))
    return numbers.add(
        f"{stage.stage}.{rule.key}.{what}",
        value,
        text,
        f"{stage.name}{rule.key} {rule.name}{words}",
        "cv" if what.startswith("cv") else what,
        file="verdict.json",
        path=f"stages.{stage.stage}.indicators.{rule.key}.{what}",
        stage=stage.stage,
        indicator=rule.key,
    )


def _table(stage: StageFacts, rules: list[IndicatorFacts], numbers: NumberIndex) -> Table:
    rows = []
    for rule in rules:
        found = [_number(stage, rule, what, words, numbers) for what, words in _WHAT]
        verdict = stage.indicator(rule.key).get("cv_verdict")
        limit = short(rule.lines[stage.stage].cv_limit)
        shown = Cell(verdict_word(verdict), fill=FILLS.get(verdict or "", ""))
        texts = [number.text for number in found]
        tags = Cell(_tags(found), tag=True)
        rows.append((f"{rule.key} {rule.name}", *texts[:3], limit, shown, Cell(texts[3]), tags))
    heads = ("指标", "平均值", "标准差", "差异系数", "限值", "结论", "未加权（参考）", "编号")
    widths = (40, 14, 13, 13, 10, 13, 14, 13)
    aligns = ("left", *("center",) * 7)
    caption = f"{stage.name}校际差异系数"
    return Table(f"variation.{stage.stage}", caption, heads, tuple(rows), widths, aligns, 9.0)  # type: ignore[arg-type]  # a tuple of literals, unpacked


def _tags(found: list[Tagged]) -> str:
    """A number met earlier in the text keeps its own id, so a row's ids need not follow one another."""
    order = sorted(int(number.id[1:]) for number in found)
    if order[-1] - order[0] == len(order) - 1:
        return id_range([Tagged("", f"F{order[0]}"), Tagged("", f"F{order[-1]}")])
    return " ".join(f"F{number}" for number in order)


def _contributors(facts: Facts, stage: StageFacts, rules: list[IndicatorFacts]) -> Iterator[Block]:
    """For each coefficient over its limit: the schools that move it most."""
    shares = (facts.sensitivity.get("contributions") or {}).get(stage.stage) or {}
    for rule in rules:
        if stage.indicator(rule.key).get("cv_verdict") == "not_met" and shares.get(rule.key):
            told = [
                f"{entry['name']}（{plain(100 * entry['share'], 1)}%，{'高' if entry['above_mean'] else '低'}于均值）"
                for entry in shares[rule.key][:_CONTRIBUTORS]
            ]
            yield Paragraph((f"对{rule.key}差异影响最大的学校（占方差的比重）：{'、'.join(told)}。",), "Note")


def _flags(facts: Facts, stage: StageFacts) -> Iterator[Block]:
    """Verdicts that would be another if one rounded first, or left out the weights."""
    for flag in facts.verdict.get("rounding") or []:
        if flag["stage"] == stage.stage and not flag["school_id"]:
            now = f"{flag['indicator']}差异系数{plain(flag['value'], 6)}，限值{short(flag['line'])}"
            other = (
                "若改用未加权的系数"
                if flag["kind"] == "unweighted_cv"
                else f"若先四舍五入到{flag['decimals']}位小数再比较"
            )
            yield Paragraph(
                (f"提示：{now}；{other}，结论将变为“{verdict_word(flag['would_be'])}”。",), "Note"
            )
    for rule in facts.used(stage):
        why = chinese(stage.indicator(rule.key).get("reason"))
        if why:
            yield Paragraph((f"{rule.key}差异系数无法计算的原因：{why}。",), "Note")
