"""Running the enrolment commands: the library asked, papers added, and counts – never a name – shown."""

import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import typer

from junheng import __version__
from junheng.basics import Text, UserError
from junheng.enrolment import ABOUT, COUNTS, REPORT, run_match, run_report, write_outcome, write_report
from junheng.judgement import hold_output

_BOOK, _BULLETIN, _SPECIAL = "台账.xlsx", "控辍保学情况.docx", "特殊群体情况.docx"
Json = dict[str, Any]


def compare(book: Path, on: date, out: Path, rules: Path | None, previous: Path | None) -> None:
    """``junheng enrolment match``: write the three views and show the counts. Raises UserError."""
    from junheng.reports.enrolment import write_bulletin, write_ledger_book

    _not_inside(out, [book, *([previous] if previous else [])])
    outcome = run_match(book, on, rules, previous)

    def papers(folder: Path, view: str, entries: Sequence[Mapping[str, Any]], tables: Json) -> None:
        if view == COUNTS:
            write_bulletin(folder / _BULLETIN, tables, outcome.clocks, outcome.rules, on.isoformat())
        else:
            owner = f"控辍保学台账 {on.isoformat()}"
            write_ledger_book(folder / _BOOK, view, entries, outcome.rules, owner)

    with hold_output(out, clears=False):
        write_outcome(outcome, out, _made_by(), papers)
    _show_problems([problem.json() for problem in outcome.book.problems.listed()])
    for name, words in _COMPARED.items():
        if cells := outcome.tables.get(name):
            typer.echo(
                f"{words}：{cells['left']:,} × {cells['right']:,}，确定 certain {cells['certain']:,}，"
                f"待核 to check {cells['check']:,}，找不到 not found {cells['left_alone']:,}"
            )
    for table, words in _LEFT_OUT.items():
        if table not in outcome.book.rolls:
            typer.secho(words, fg=typer.colors.YELLOW)
    typer.echo(
        f"台账 entries：{len(outcome.entries):,}；已写出 written：{out}（{ABOUT}，full、masked、counts）"
    )


_COMPARED = {
    "household_register": "户籍 × 学籍 household × register",
    "register_onsite": "学籍 × 在校 register × on-site",
}


_LEFT_OUT = {
    "onsite": "没有“在校”表：没有查疑似辍学 | no sheet on-site: suspected dropouts were not looked for",
    "relief": "没有“帮扶”表：优先与否不能确定 | no sheet relief: who comes first cannot be told",
}


def count(book: Path, on: date, out: Path, rules: Path | None) -> None:
    """``junheng enrolment report``: write the figures and show the main ones. Raises UserError."""
    from junheng.reports.enrolment import write_special

    _not_inside(out, [book])
    found = run_report(book, on, rules)
    with hold_output(out, clears=False):
        write_report(found, out, _made_by(), lambda folder, told: write_special(folder / _SPECIAL, told))
    _show_problems(found["problems"])
    share = found["shares"].get("migrant", {})
    if share.get("percent") is not None:
        typer.echo(
            f"随迁子女 migrant：{share['numerator']:,} ÷ {share['denominator']:,} = {share['percent']} %"
        )
    for row in found["retention"][-1:]:
        told = [row[key] or "不能确定 cannot tell" for key in ("a_percent", "b_percent")]
        typer.echo(f"巩固率 retention：甲式 (a) {told[0]} %，乙式 (b) {told[1]} %")
    typer.echo(f"已写出 written：{out}（{REPORT}、{_SPECIAL}）")


def _made_by() -> Json:
    return {"software": f"junheng {__version__}", "command": sys.argv[1:]}


def _not_inside(out: Path, inputs: Sequence[Path]) -> None:
    """The output folder is replaced as a whole: an input in it would go with it, the last result be lost."""
    target = out.resolve()
    for path in inputs:
        if path.resolve().is_relative_to(target):
            raise UserError(
                Text("输入在输出文件夹里", "an input lies in the output folder"),
                where=str(out),
                why=Text("输出文件夹会整个替换", "the folder is replaced as a whole"),
                fix=Text("请换一个新的文件夹", "name a new folder"),
            )


def _show_problems(problems: Sequence[Mapping[str, Any]]) -> None:
    """Every cause with its first places; places are cells, never names."""
    for problem in problems:
        what, fix = problem["what"], problem["fix"]
        typer.secho(
            f"{what['zh']}（{problem['count']} 处）| {what['en']} ({problem['count']})",
            fg=typer.colors.YELLOW,
        )
        typer.echo(f"  {'；'.join(problem['places'])}\n  {fix['zh']} | {fix['en']}")
