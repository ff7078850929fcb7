"""评分通报.docx: who reached the grade, what held others back, appeals, targets met on time."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.reports.certainty import CERTAINTY_WORDS
from junheng.reports.scoring.numbers import TARGET_STATES, ends, grade_words, names_of, shown
from junheng.reports.scoring.score_book import MISSING
from junheng.reports.survey.printing import heading, lines, table, write_paper
from junheng.reports.word.blocks import Block, Paragraph, Strong

Json = Mapping[str, Any]


def write_bulletin(path: Path, problem: Json, outcome: Json) -> None:
    """Write the Word file from the frozen files alone; in the order of the book, never of ranks. Raises UserError."""
    system = problem["system"]
    blocks = [
        *_summary(system, outcome), heading(Text("结果", "Results")), *_results(system, outcome),
        heading(Text("未达到要求和无法判定的原因", "What held others back")), *_reasons(system, outcome),
        heading(Text("目标完成情况", "Targets")), *_targets(outcome),
        heading(Text("依据和未知之处", "Sources, and what is not known")), *_sources(system),
    ]  # fmt: skip
    write_paper(path, f"{system['name']['zh']}通报", outcome["on"], blocks)


def _summary(system: Json, outcome: Json) -> Iterator[Block]:
    counts = {v: sum(entry["verdict"] == v for entry in outcome["subjects"]) for v in Verdict}
    required = names_of(system["grades"])[outcome["required_grade"]]
    whole = VERDICT_NAMES[Verdict(outcome["all_reach_it"])]
    said = "，".join(f"{VERDICT_NAMES[verdict].zh} {counts[verdict]}" for verdict in Verdict)
    yield Paragraph(
        (
            f"共评 {len(outcome['subjects'])} 个对象，要求个个{required.zh}以上——{whole.zh}。",
            Strong(said),
            "。",
        )
    )
    english = ", ".join(f"{VERDICT_NAMES[verdict].en} {counts[verdict]}" for verdict in Verdict)
    yield Paragraph(
        (
            f"{len(outcome['subjects'])} were scored; every one should be {required.en} or better: {whole.en}. {english}.",
        ),
        "Note",
    )
    yield from lines(MISSING)


def _results(system: Json, outcome: Json) -> list[Block]:
    grades = names_of(system["grades"])
    rows = [
        [e["name"], ends(e["points"]), grade_words(e, grades), VERDICT_NAMES[Verdict(e["verdict"])].zh]
        for e in outcome["subjects"]
    ]
    heads = [
        Text("对象", "Subject"),
        Text(f"总分（满分 {shown(system['full'])}）", "Total"),
        Text("等级", "Grade"),
        Text("结论", "Verdict"),
    ]
    return table("results", Text("评分结果", "Results"), heads, rows, (4, 2, 2, 2), (1,))


def _reasons(system: Json, outcome: Json) -> list[Block]:
    rows = [
        [entry["name"], "；".join(_why(system, entry))]
        for entry in outcome["subjects"]
        if entry["verdict"] != Verdict.MET
    ]
    heads = [Text("对象", "Subject"), Text("原因", "Why")]
    return table("reasons", Text("原因", "Reasons"), heads, rows, (3, 7))


def _why(system: Json, entry: Json) -> Iterator[str]:
    vetoes, areas = names_of(system["vetoes"]), names_of(system["areas"])
    for name, found in entry["vetoes"].items():
        if found is not False:
            yield f"{vetoes[name].zh}：{'发生' if found else '没有说明有无'}"
    for area in entry["areas"]:
        if area["keeps_floor"] is False:
            yield f"{areas[area['area']].zh}低于下限"
    if entry["missing"]:
        yield f"缺 {len(entry['missing'])} 项：{'、'.join(entry['missing'])}"
    if entry["open_appeals"]:
        yield f"申诉待复核：{'、'.join(entry['open_appeals'])}"
    if entry["lacks_visit"]:
        yield "没有到校日期"
    yield f"总分 {ends(entry['points'])}"


def _targets(outcome: Json) -> list[Block]:
    rows = [
        [
            t["name"],
            t["title"],
            t["due_on"],
            t["achieved_on"] or "—",
            TARGET_STATES[t["state"]].zh,
            "是" if t["is_awarded"] else "",
        ]
        for t in outcome["targets"]
    ]
    heads = [
        Text("对象", "Subject"), Text("目标", "Target"), Text("期限", "Due"), Text("完成", "Achieved"), Text("状态", "State"),
        Text("按期奖励", "Award"),
    ]  # fmt: skip
    return table("targets", Text("目标", "Targets"), heads, rows, (3, 4, 1.6, 1.6, 1.6, 1.2))


def _sources(system: Json) -> Iterator[Block]:
    cited = system["citation"]
    words = f"{cited['document']} {cited['article']}（{CERTAINTY_WORDS[cited['certainty']]}）"
    yield Paragraph((f"指标体系 {system['id']} 第 {system['version']} 版：{words}。",))
    for text in system["unknown"]:
        yield from lines(Text(text["zh"] + "。", text["en"] + "."))
    own = sum(item["is_own_default"] for area in system["areas"] for item in area["items"])
    if own:
        yield from lines(
            Text(
                f"{own} 项指标为本系统缺省，不是官方用语，请以本省办法叠加。",
                f"{own} items are own defaults, not official wording: overlay the province's.",
            )
        )
