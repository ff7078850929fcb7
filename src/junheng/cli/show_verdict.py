"""The verdict on the terminal: one line per county, one table per stage, and where the documents are."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from junheng.basics import STAGE_NAMES
from junheng.cli.wide_console import wide_console
from junheng.data import Problem, group_problems
from junheng.judgement import VERDICT_NAMES, Assessment, CountyResult, StageResult, Verdict
from junheng.standards import Standard

NARROWEST = 110  # columns: fewer and Chinese cells break into single characters
HEADINGS = (
    "达标\nmet",
    "未达标\nnot met",
    "不明\n?",
    "低于底线\n< floor",
    "差异系数\nCV",
    "限值\nlimit",
    "判定\nverdict",
)
LOGIC_SHOWN = 5  # causes of broken logic named under the verdict
FULL_TABLES = 3  # counties shown in full; beyond, one line each
COLOURS = {Verdict.MET: "green", Verdict.NOT_MET: "red", Verdict.CANNOT_TELL: "yellow"}


def show(assessments: Sequence[Assessment], folders: Sequence[Path], problems: Sequence[Problem]) -> None:
    """Print the verdicts of all findings and their folders."""
    console = wide_console(NARROWEST)
    pairs = [(found.standard, county) for found in assessments for county in found.counties]
    if len(pairs) <= FULL_TABLES:
        for (standard, county), folder in zip(pairs, folders, strict=True):
            _county(console, standard, county)
            _where(console, folder)
    else:
        _overview(console, pairs, folders)
    _problems(console, problems)


def _tinted(verdict: Verdict | None) -> str:
    if verdict is None:
        return "–"
    name = VERDICT_NAMES[verdict]
    return f"[{COLOURS[verdict]}]{name.zh} {name.en}[/]"


def _county(console: Console, standard: Standard, county: CountyResult) -> None:
    title = f"{county.name} {county.year} · {standard.name.zh}（{standard.document}）"
    console.print(f"\n[bold]{escape(title)}[/bold]：{_tinted(county.verdict)}")
    for text in (reason.text for reason in county.reasons):
        console.print(f"  {escape(text.zh)}\n  [dim]{escape(text.en)}[/dim]")
    for stage in county.stages.values():
        _stage(console, standard, stage)


def _stage(console: Console, standard: Standard, stage: StageResult) -> None:
    name = STAGE_NAMES[stage.stage]
    table = Table(
        title=f"{name.zh} {name.en}：{_summary(standard, stage)}", title_justify="left", title_style="bold"
    )
    table.add_column(
        "指标\nindicator", max_width=34, overflow="fold"
    )  # the only one that may break: verdicts stay whole
    for heading in HEADINGS:
        table.add_column(heading, justify="right", no_wrap=True)
    for rule in standard.indicators:
        found = stage.indicators[rule.id]
        has_level = stage.stage in rule.thresholds
        counts = (found.met, found.not_met, found.undecided, found.floor_missed)
        table.add_row(
            f"{rule.id} {rule.name.zh}",
            *(str(count) if has_level else "–" for count in counts),
            "–" if found.used_cv is None else f"{found.used_cv:.4f}",
            "–" if found.cv_limit is None else str(found.cv_limit),
            _tinted(found.cv_verdict),
        )
    console.print(table)
    if stage.composite_cv is not None:
        limit = (
            ""
            if stage.composite_limit is None
            else f"（≤ {stage.composite_limit}）{_tinted(stage.composite_verdict)}"
        )
        console.print(f"  综合差异系数 composite CV {stage.composite_cv:.4f}{limit}")


def _summary(standard: Standard, stage: StageResult) -> str:
    text = f"{stage.schools} 所 school-stages"
    if standard.school_rule is not None:
        text += f"，全部达标 passed {stage.passed}，无法判定 undecided {stage.undecided}"
    if stage.without_pupils or stage.not_counted:
        text += f"；无学生 no pupils {stage.without_pupils}，不计入 not counted {stage.not_counted}"
    return text


def _where(console: Console, folder: Path) -> None:
    made = [name for name in ("report.docx", "tables.xlsx", "verdict.json") if (folder / name).exists()]
    console.print(f"结论 finding: [bold]{escape(str(folder))}[/bold]  " + "  ".join(made))


def _overview(
    console: Console, pairs: Sequence[tuple[Standard, CountyResult]], folders: Sequence[Path]
) -> None:
    table = Table(title="各县结论 | Counties", title_justify="left", title_style="bold")
    for heading in ("标准 standard", "年 year", "县 county", "结论 verdict", "学段 stages", "位置 finding"):
        table.add_column(heading)
    for (standard, county), folder in zip(pairs, folders, strict=True):
        stages = "  ".join(
            f"{STAGE_NAMES[stage.stage].zh} {stage.passed}/{stage.schools}"
            if standard.school_rule is not None
            else f"{STAGE_NAMES[stage.stage].zh} {stage.schools}"
            for stage in county.stages.values()
        )
        verdict = _tinted(county.verdict)
        table.add_row(
            standard.id, str(county.year), f"{county.code} {county.name}", verdict, stages, str(folder)
        )
    console.print(table)


def _problems(console: Console, problems: Sequence[Problem]) -> None:
    if not problems:
        return
    counts = Counter(problem.severity for problem in problems)
    console.print(
        f"数据问题 data problems: 逻辑 logic {counts['logic']}，经验 experience {counts['experience']}"
        "（详见 junheng check | see junheng check）"
    )
    logic = [group for group in group_problems(problems) if group.severity == "logic"]
    for group in logic[:LOGIC_SHOWN]:
        console.print(f"  [red]{escape(group.title.zh)}[/]\n  [dim]{escape(group.title.en)}[/]")
