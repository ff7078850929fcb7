"""一校一策达标计划: the county's rates and totals, then for each school what it lacks and columns to fill in."""

from collections.abc import Iterator
from pathlib import Path

from junheng.basics import Text
from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.judgement.school_standards import WHOLE, SchoolRate, SchoolStandardReport, SchoolVerdict
from junheng.reports.school_standards import words
from junheng.reports.survey.printing import heading, lines, table, write_paper
from junheng.reports.word.blocks import Block, Heading, Paragraph, Strong

_MADE_UP = Text(
    "标准为虚构样例，只示范做法，不能用于评估。",
    "The standard is made up: an example, not for any evaluation.",
)


def write_attainment_plan(path: Path, report: SchoolStandardReport) -> None:
    """Write 一校一策达标计划.docx. Raises UserError."""
    blocks: list[Block] = []
    if report.standard.head.is_made_up:
        blocks.append(Paragraph((Strong(f"{_MADE_UP.zh}{_MADE_UP.en}"),)))
    blocks += [*_summary(report), *_totals(report)]
    short = [one for one in report.schools if one.misses]
    blocks.append(heading(Text("二、一校一策", "School by school")))
    if not short:
        blocks.append(Paragraph(("没有未达到的项目。 No school falls short in any row.",)))
    for number, one in enumerate(short, start=1):
        blocks += _school(number, one, report)
    blocks += _open(report)
    subtitle = f"{report.county.zh} {report.year}年"
    write_paper(path, "一校一策达标计划", subtitle, blocks)


def _summary(report: SchoolStandardReport) -> Iterator[Block]:
    cited, head = report.standard.citation, report.standard.head
    yield heading(Text("一、达标情况", "Where the county stands"))
    yield from lines(
        Text(
            f"依据：{head.name.zh}（{cited.document}，自 {cited.in_force_from} 起）；数据截至 {report.year} 年 9 月 1 日。",
            f"By: {head.name.en} ({cited.document}, in force from {cited.in_force_from}); data of 1 September {report.year}.",
        )
    )
    if report.standard.overlays:
        named = words.overlay_names(report.standard)
        yield from lines(Text(f"地方覆盖：{named.zh}。", f"Regional overlays: {named.en}."))
    yield from lines(rate_sentence(report.rate(WHOLE), words.WHOLE))
    for group in report.standard.groups:
        yield from lines(rate_sentence(report.rate(group.id), group.name))


def rate_sentence(rate: SchoolRate, name: Text) -> Text:
    """“校舍场地：91所学校中80所达标，达标率87.9%。”, as reports print it; an interval where some cannot be told."""
    if not rate.whole:
        return Text(f"{name.zh}：没有适用的学校。", f"{name.en}: no school is concerned.")
    share = words.rate_words(rate)
    zh = f"{name.zh}：{rate.whole}所学校中{rate.met}所达标，达标率{share}%"
    en = f"{name.en}: {rate.met} of {rate.whole} schools, {share} %"
    if rate.unknown:
        zh, en = f"{zh}（{rate.unknown}所缺数据无法判定）", f"{en} ({rate.unknown} cannot be told)"
    return Text(f"{zh}。", f"{en}.")


def _totals(report: SchoolStandardReport) -> list[Block]:
    heads = [
        Text("项目", "Row"), Text("适用学校", "Schools"), Text("未达到", "Short"), Text("无法判定", "Not told"),
        Text("全县差额", "Lacking"),
    ]  # fmt: skip
    rows = [
        [row.name.zh, str(total.concerned), str(total.schools), str(total.unknown),
         f"{words.number(total.lacks, up=True)} {row.quantity.zh}"]
        for row, total in zip(report.standard.rows, report.totals, strict=True)
    ]  # fmt: skip
    caption = Text("全县各项差额", "What the county lacks, row by row")
    return table("totals", caption, heads, rows, (3, 1.2, 1.2, 1.2, 2), (1, 2, 3, 4))


def _school(number: int, one: SchoolVerdict, report: SchoolStandardReport) -> Iterator[Block]:
    school = one.school
    weak = "（薄弱学校，优先安排）" if school.is_weak else ""
    yield Heading(2, f"{number}. {school.name}{weak}")
    verdict = VERDICT_NAMES[one.verdict or Verdict.CANNOT_TELL]
    allowed = report.standard.version.max_misses
    kind, area = words.kind_name(school.kind).zh, words.area_of_code(school.urban_rural_code).zh
    zh = f"{school.school_id}，{area}{kind}；{verdict.zh}，{one.misses}项未达到"
    zh += f"，{one.unknown}项缺数据无法判定" if one.unknown else ""
    en = f"{verdict.en}: {one.misses} rows missed of {allowed} allowed, {one.unknown} not told."
    yield from lines(Text(f"{zh}（允许{allowed}项）。", en))
    heads = [
        Text("项目", "Row"), Text("现状", "Now"), Text("标准", "Standard"), Text("差额", "Gap"),
        Text("措施", "Measure"), Text("责任人", "Who"), Text("完成时限", "By"),
    ]  # fmt: skip
    rows = [
        [f"{row.name.zh}（{row.unit.zh}）", words.present(result), words.asked(result), words.gap(result, row).zh,
         "", "", ""]
        for row, result in zip(report.standard.rows, one.rows, strict=True)
        if result.verdict is Verdict.NOT_MET
    ]  # fmt: skip
    caption = Text(f"{school.name}未达到的项目", "what it falls short in")
    yield from table(f"s{number}", caption, heads, rows, (3, 1.3, 1.3, 2, 2.4, 1.3, 1.4), (1, 2))


def _open(report: SchoolStandardReport) -> Iterator[Block]:
    yield heading(Text("三、缺数据、无法判定的项目", "What cannot be told for lack of data"))
    rows = []
    for one in report.schools:
        for row, result in zip(report.standard.rows, one.rows, strict=True):
            if result.verdict is Verdict.CANNOT_TELL:
                lacking = "、".join(words.fact_name(name, report.standard) for name in result.missing)
                why = result.reason.zh if result.reason is not None else lacking
                rows.append([one.school.name, row.name.zh, why])
    heads = [Text("学校", "School"), Text("项目", "Row"), Text("缺什么", "What lacks")]
    yield from table("open", Text("要补的数据", "Data to supply"), heads, rows, (2.4, 2.4, 3))
