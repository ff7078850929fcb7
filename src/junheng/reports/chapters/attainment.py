"""二、达标情况: the county's verdict, and stage by stage how many schools meet what."""

from collections.abc import Iterator, Mapping
from typing import Any

from junheng.reports.chapters.items import PART_NAMES, items_section
from junheng.reports.chapters.wording import NO_SCHOOLS, ORDER, join_names, rule_words, verdict_word
from junheng.reports.charts.distribution import distribution_chart
from junheng.reports.charts.heat import heat_chart
from junheng.reports.facts import Facts, IndicatorFacts, StageFacts
from junheng.reports.number_text import plain, short
from junheng.reports.numbers import NumberIndex, id_range
from junheng.reports.provenance_facts import overlay_words
from junheng.reports.read_facts import chinese
from junheng.reports.word.blocks import (
    Block,
    Cell,
    Heading,
    Inline,
    Paragraph,
    Reference,
    Strong,
    Table,
    Tagged,
)

# Kinds of reasons that leave a verdict open, for findings whose reasons carry no verdict of their own.
_OPEN = ("schools_undecided", "cv_unknown", "stage_empty", "no_counted_schools", "not_judged", "missing")
MOST_FLAGS = 8
_LINES = {"threshold": "标准值", "floor": "底线"}
MOST_NAMES = 120  # names of schools in running text; the rest stand in the annex


def attainment_chapter(facts: Facts, numbers: NumberIndex) -> list[Block]:
    """Overall verdict and its parts, then one section per stage."""
    blocks: list[Block] = [Heading(1, "二、达标情况"), Heading(2, "（一）总体结论")]
    blocks += _overall(facts, numbers)
    for order, stage in zip(ORDER[1:], facts.stages, strict=False):
        blocks.append(Heading(2, f"（{order}）{stage.name}"))
        blocks += _stage(facts, stage, numbers)
    blocks += items_section(facts, ORDER[1 + len(facts.stages)])
    return blocks


def _overall(facts: Facts, numbers: NumberIndex) -> Iterator[Block]:
    county = facts.verdict["county"]
    standard = f"《{facts.standard['title']}》（{facts.standard['document']}）"
    yield Paragraph(
        (
            f"按照{standard}{_local(facts)}，以{facts.year}年9月1日为时点，{facts.county_name}在{facts.school_year}的总体结论为：",
            Strong(verdict_word(county["verdict"])),
            "。",
            *_scope(facts, numbers),
        )
    )
    yield _parts_table(county)
    yield from _why(county)


def _local(facts: Facts) -> str:
    words = overlay_words(facts)
    return f"及地方口径（{words}）" if words else ""


def _why(county: Mapping[str, Any]) -> Iterator[Block]:
    """Why parts fail or cannot be told yet; parts with one reason are named together."""
    reasons = county.get("part_reasons") or {}
    parts: Mapping[str, str] = county["parts"]
    of_failed = [reason for part in parts if parts[part] == "not_met" for reason in reasons.get(part, [])]
    for title, is_open in (("未达标的原因：", False), ("尚不能判定的原因：", True)):
        told_of = [chinese(reason) for reason in of_failed if is_undecided(reason) == is_open]
        if told_of:
            yield Paragraph((Strong(title), "；".join(dict.fromkeys(told_of)) + "。"))
    unknown: dict[str, list[str]] = {}
    for part in parts:
        if parts[part] == "cannot_tell":
            told = "；".join(_without_part(reason) for reason in reasons.get(part, []))
            unknown.setdefault(told, []).append(PART_NAMES.get(part, part))
    for told, names in unknown.items():
        text = f"{'、'.join(names)}目前尚不能判定" + (f"：{told}。" if told else "。")
        yield Paragraph((Strong("尚不能判定的部分："), text))
    entry = county.get("entry")
    if entry:
        condition = f"{verdict_word(entry['verdict'])}。{chinese(entry['reason'])}。"
        yield Paragraph((Strong("申报条件："), condition))


def _without_part(reason: Mapping[str, Any]) -> str:
    """The reason without the part's name before the colon, where the report itself names the part."""
    words = chinese(reason)
    is_of_part = str(reason.get("code", "")).startswith(("not_judged:", "nothing_declared:"))
    return words.partition("：")[2] or words if is_of_part else words


def is_undecided(reason: Mapping[str, Any]) -> bool:
    """Whether a part's reason tells what cannot be told, rather than what fails."""
    verdict = reason.get("verdict")
    if verdict is not None:
        return bool(verdict == "cannot_tell")
    return str(reason.get("code", "")).partition(":")[0] in _OPEN


def _scope(facts: Facts, numbers: NumberIndex) -> Iterator[Inline]:
    """How many school-stages were judged, and who was left out."""
    yield "本次纳入评价"
    for place, stage in enumerate(facts.stages):
        yield "、" if place else ""
        yield stage.name
        yield stage_total(stage, numbers)
        yield "所"
    yield "（一贯制学校、完全中学按学段分别计入）"
    left_out = facts.verdict.get("skipped") or []
    if left_out:
        yield "；另有"
        label = "未纳入评价的学段"
        yield numbers.count("skipped", len(left_out), label, "skipped", measure="length")
        yield "个学校学段未纳入，名单及原因见文末“数据与依据”"
    yield "。"


def stage_total(stage: StageFacts, numbers: NumberIndex) -> Tagged:
    """The number of judged school-stages of a stage, as printed."""
    path = f"stages.{stage.stage}.schools"
    label = f"{stage.name}纳入评价的学校数"
    return numbers.count(f"{stage.stage}.schools", stage.total, label, path, stage=stage.stage)


def _parts_table(county: Mapping[str, Any]) -> Table:
    reasons = county.get("part_reasons") or {}
    rows = []
    for part, verdict in county["parts"].items():
        if verdict is not None:
            given = (
                sorted(reasons.get(part, []), key=is_undecided)
                if verdict == "not_met"
                else reasons.get(part, [])
            )
            why = "；".join(dict.fromkeys(_without_part(reason) for reason in given))
            rows.append((PART_NAMES.get(part, part), _coloured(verdict), why or "—"))
    return Table(
        "parts",
        "各部分结论",
        ("部分", "结论", "说明"),
        tuple(rows),
        (22, 16, 62),
        ("center", "center", "left"),
    )


FILLS = {"met": "DCEBF7", "not_met": "F8D7C4", "cannot_tell": "EEEEEE"}


def _coloured(verdict: str) -> Cell:
    return Cell(verdict_word(verdict), fill=FILLS.get(verdict, ""))


def _stage(facts: Facts, stage: StageFacts, numbers: NumberIndex) -> Iterator[Block]:
    if stage.total == 0:
        yield Paragraph((NO_SCHOOLS,))
        return
    rules = [rule for rule in facts.used(stage) if rule.lines[stage.stage].threshold is not None]
    if facts.has_school_rule:
        yield Paragraph(tuple(_passing(facts, stage, numbers)))
    if rules:
        yield Paragraph(tuple(_indicator_sentences(stage, rules, numbers)))
        yield _indicator_table(stage, rules, numbers)
    else:
        yield Paragraph((f"本标准对{stage.name}各项指标只评价校际差异，不设学校达标线，结果见第三部分。",))
    yield from _lists(facts, stage)
    yield from _close_calls(facts, stage)
    chart = distribution_chart(facts, stage)
    if chart:
        words = "各校在标准值上下的分布见" if rules else "各校相对于全县平均值的分布见"
        yield Paragraph((words, Reference(chart.key), "。"))
        yield chart
    heat = heat_chart(facts, stage)
    if heat:
        yield Paragraph(("各校逐项达标情况见", Reference(heat.key), "，数值见附表。"))
        yield heat


def _passing(facts: Facts, stage: StageFacts, numbers: NumberIndex) -> Iterator[Inline]:
    key, path = stage.stage, f"stages.{stage.stage}"
    total = stage_total(stage, numbers)
    passed = int(stage.counts["passed"])
    part = numbers.count(f"{key}.passed", passed, f"{stage.name}达标学校数", f"{path}.passed", stage=key)
    yield total
    yield f"所{stage.name}中，{rule_words(facts.standard['school_rule'])}的"
    yield part
    yield "所，占"
    yield numbers.share(f"{key}.passed.share", part, total, f"{stage.name}达标学校占比")
    yield "%"
    undecided = int(stage.counts["undecided"])
    if undecided:
        yield "；因数据缺失无法判定的"
        label = f"{stage.name}无法判定的学校数"
        found = numbers.count(f"{key}.undecided", undecided, label, f"{path}.undecided", stage=key)
        yield found
        yield "所，占"
        yield numbers.share(f"{key}.undecided.share", found, total, f"{stage.name}无法判定学校占比")
        yield "%"
    yield "。"


def _indicator_sentences(
    stage: StageFacts, rules: list[IndicatorFacts], numbers: NumberIndex
) -> Iterator[Inline]:
    yield stage_total(stage, numbers)
    yield f"所{stage.name}中，"
    for place, rule in enumerate(rules):
        met = _met(stage, rule, numbers)
        yield f"{rule.name}达标"
        yield met
        yield "所，占"
        yield _met_share(stage, rule, numbers)
        yield "%"
        yield from undecided_words(stage, rule, numbers)
        yield "；" if place < len(rules) - 1 else "。"


def undecided_words(stage: StageFacts, rule: IndicatorFacts, numbers: NumberIndex) -> Iterator[Inline]:
    """“，另有33所因缺数据无法判定”: a share of all schools says nothing of these."""
    if int(stage.indicator(rule.key)["undecided"]):
        yield "，另有"
        yield _indicator_count(stage, rule, "undecided", "无法判定学校数", numbers)
        yield "所因缺数据无法判定"


def _met(stage: StageFacts, rule: IndicatorFacts, numbers: NumberIndex) -> Tagged:
    return _indicator_count(stage, rule, "met", "达标学校数", numbers)


def _indicator_count(
    stage: StageFacts, rule: IndicatorFacts, what: str, words: str, numbers: NumberIndex
) -> Tagged:
    name = f"{stage.stage}.{rule.key}.{what}"
    label = f"{stage.name}{rule.key} {rule.name}{words}"
    path = f"stages.{stage.stage}.indicators.{rule.key}.{what}"
    value = int(stage.indicator(rule.key)[what])
    return numbers.count(name, value, label, path, stage=stage.stage, indicator=rule.key)


def _met_share(stage: StageFacts, rule: IndicatorFacts, numbers: NumberIndex) -> Tagged:
    label = f"{stage.name}{rule.key} {rule.name}达标占比"
    total = stage_total(stage, numbers)
    return numbers.share(f"{stage.stage}.{rule.key}.met.share", _met(stage, rule, numbers), total, label)


def _indicator_table(stage: StageFacts, rules: list[IndicatorFacts], numbers: NumberIndex) -> Table:
    counts = (
        ("met", "达标学校数"),
        ("not_met", "未达标学校数"),
        ("floor_missed", "低于底线学校数"),
        ("undecided", "无法判定学校数"),
    )
    rows = []
    for rule in rules:
        line = rule.lines[stage.stage]
        found = [_indicator_count(stage, rule, what, words, numbers) for what, words in counts]
        share = _met_share(stage, rule, numbers)
        tags = Cell(id_range([found[0], share]) + " " + id_range(found[1:]), tag=True)
        texts = [number.text for number in found]
        name = f"{rule.key} {rule.name}"
        rows.append((name, short(line.threshold), short(line.floor), texts[0], share.text, *texts[1:], tags))
    heads = ("指标", "标准值", "底线", "达标", "占比%", "未达标", "其中低于底线", "无法判定", "编号")
    widths = (38, 11, 11, 9, 10, 10, 11, 10, 14)
    aligns = ("left", *("center",) * 8)
    caption = f"{stage.name}各指标达标学校数（共{stage.total}所）"
    return Table(f"indicators.{stage.stage}", caption, heads, tuple(rows), widths, aligns, 9.0)  # type: ignore[arg-type]  # a tuple of literals, unpacked


def _lists(facts: Facts, stage: StageFacts) -> Iterator[Block]:
    """Who passes, who does not, who cannot be told."""
    if not facts.has_school_rule:
        return
    for verdict, title in (("met", "达标学校"), ("not_met", "未达标学校"), ("cannot_tell", "无法判定的学校")):
        names = [school.name for school in stage.schools if school.verdict == verdict]
        if names:
            words = (Strong(f"{title}（{len(names)}所）："), join_names(names, MOST_NAMES) + "。")
            yield Paragraph(words, "NameList")
        elif verdict == "met":
            yield Paragraph((Strong("达标学校："), "无。"), "NameList")


def _close_calls(facts: Facts, stage: StageFacts) -> Iterator[Block]:
    """Verdicts on values that would be another if one rounded first."""
    flags = [f for f in facts.verdict.get("rounding") or [] if f["stage"] == stage.stage and f["school_id"]]
    if not flags:
        return
    names = {school.school_id: school.name for school in stage.schools}
    shown = [
        f"{names.get(flag['school_id'], flag['school_id'])}{flag['indicator']}"
        f"（{plain(flag['value'], 4, line=flag['line'])}，{_LINES[flag['against']]}{short(flag['line'])}，"
        f"{flag['decimals']}位小数）"
        for flag in flags[:MOST_FLAGS]
    ]
    more = f"等{len(flags)}处" if len(flags) > MOST_FLAGS else ""
    words = (
        f"提示：以下判定若先四舍五入再比较，结论将改变：{'、'.join(shown)}{more}。本报告按未舍入的数值判定。"
    )
    yield Paragraph((words,), "Note")
