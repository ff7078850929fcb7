"""``junheng survey paper``: the questionnaire to be printed, and the workbook for typing answers."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.paths import existing


def command(
    plan: Annotated[
        Path, typer.Argument(help="survey plan 写出的文件夹 | the plan's folder", callback=existing)
    ],
    out: Annotated[Path, typer.Option(help="输出文件夹 | folder for the papers")],
    questionnaire: Annotated[
        Path | None, typer.Option(help="自备问卷 YAML | a questionnaire of your own", callback=existing)
    ] = None,
) -> None:
    """Write 问卷.docx and 录入表.xlsx for the plan into OUT."""
    from junheng.basics import atomic_folder
    from junheng.cli.survey.plan import require_new
    from junheng.judgement.survey import load_questionnaire, read_plan
    from junheng.reports.survey import write_answer_book, write_questionnaire

    require_new(out)
    made = read_plan(plan)
    asked = load_questionnaire(made.standard, questionnaire)
    with atomic_folder(out) as folder:
        write_questionnaire(folder / "问卷.docx", made, asked)
        write_answer_book(folder / "录入表.xlsx", asked)
    typer.echo(f"题目 questions：{len(asked.questions)}；输出 output：{out}")
