"""``junheng report``: make a finding's documents again, keep what people wrote, examine them."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.reports import LintProblem

PROBLEMS = 1
APPLICATION = "application"


def command(
    folder: Annotated[
        Path,
        typer.Argument(help="结论文件夹，或其上级 | the finding, or a folder of findings", callback=existing),
    ],
    percent: Annotated[
        str, typer.Option(help="百分比：truncate 截断，round 四舍五入 | how percentages are cut")
    ] = "truncate",
    digits: Annotated[int, typer.Option(help="百分比小数位数 | decimals of percentages")] = 1,
    template: Annotated[
        Path | None,
        typer.Option(help="自备 Word 模板（.docx） | your own Word template", callback=existing),
    ] = None,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite",
            help="保留提示处所写，改过的旧文件另存为人工稿 | make anew; edited files are kept aside",
        ),
    ] = False,
    form: Annotated[
        str | None,
        typer.Option(help="application：改写申报表和佐证材料清单 | the form of application instead"),
    ] = None,
) -> None:
    """Re-make report.docx, tables.xlsx and figures.json of every finding in FOLDER; exit 1 if the linter objects."""
    if form is not None:
        _application(folder, form, overwrite=overwrite)
        return
    from rich.console import Console

    from junheng.judgement import findings_in
    from junheng.reports import lint_report, percent_mode, write_documents

    console = Console()
    mode = percent_mode(percent)
    objections: list[LintProblem] = []
    for finding in findings_in(folder):
        with console.status(f"{finding}"):
            write_documents(finding, percent=mode, digits=digits, template=template, overwrite=overwrite)
            objections += lint_report(finding)
        console.print(f"已生成 | written: {finding / 'report.docx'}", highlight=False, soft_wrap=True)
    for problem in objections:
        console.print(f"[red]{problem}[/red]", highlight=False, soft_wrap=True)
    if objections:
        raise typer.Exit(PROBLEMS)


def _application(folder: Path, form: str, *, overwrite: bool) -> None:
    """Write 申报表.docx and 佐证材料清单.xlsx into every finding in ``folder``."""
    from junheng.basics import Text, UserError
    from junheng.judgement import findings_in
    from junheng.reports import write_application

    if form != APPLICATION:
        raise UserError(
            Text(f"没有这种表：{form}", f"there is no form {form}"),
            fix=Text(f"现有 {APPLICATION}（申报表）", f"there is {APPLICATION}"),
        )
    for finding in findings_in(folder):
        for path in write_application(finding, finding, overwrite=overwrite):
            typer.echo(f"已生成 | written: {path}")
