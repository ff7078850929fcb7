"""``junheng compose``: reports shaped like public documents, from results; each figure opens to its source."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.reports.compose import Composed

DIFFERENT = 1
_MOST = 10  # reasons shown; the report has them all
_CHECK, _TEMPLATE, _SHAPES = "check", "template", "shapes"


def command(
    shape: Annotated[
        str,
        typer.Argument(
            help="district、congress，或 shapes、template、check | a shape, or one of these words"
        ),
    ],
    results: Annotated[
        list[Path] | None,
        typer.Argument(
            help="结果文件夹，种类自动认出；check 时报告在先 | folders of results; for check the report first",
            callback=existing,
        ),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="报告 .docx，或样表 .xlsx | the report, or the template")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="工作数据 .xlsx | the work data", callback=existing)
    ] = None,
    owner: Annotated[str, typer.Option(help="报告单位，默认评价结论的县名 | whose report")] = "",
    percent: Annotated[
        str, typer.Option(help="百分比：truncate 截断，round 四舍五入 | how percentages are cut")
    ] = "truncate",
    digits: Annotated[int, typer.Option(help="百分比小数位数 | decimals of percentages")] = 1,
    overwrite: Annotated[
        bool,
        typer.Option(
            "--overwrite", help="保留提示处所写，改过的旧文件另存为人工稿 | edited files are kept aside"
        ),
    ] = False,
) -> None:
    """Write a report of SHAPE from RESULTS; sentences whose figures are not known are listed, never invented."""
    folders = results or []
    if shape == _SHAPES:
        _shapes()
    elif shape == _TEMPLATE:
        _template(_needed(out, "--out 工作数据.xlsx"))
    elif shape == _CHECK:
        _check(folders, data)
    else:
        from junheng.reports import percent_mode
        from junheng.reports.compose import compose

        done = compose(
            shape,
            folders,
            _needed(out, "--out 报告.docx"),
            told=data,
            owner=owner,
            percent=percent_mode(percent),
            digits=digits,
            overwrite=overwrite,
        )
        _show(done)


def _needed(path: Path | None, what: str) -> Path:
    from junheng.basics import Text, UserError

    wanted = ".docx" if "docx" in what else ".xlsx"
    if path is None or path.suffix.lower() != wanted:
        raise UserError(
            Text(f"请用 {what} 指出写到哪里", f"say where to write it: {what}"),
            why=Text("没有写出任何文件", "nothing was written"),
            fix=Text(f"扩展名须为 {wanted}", f"its name ends in {wanted}"),
        )
    return path


def _show(done: "Composed") -> None:
    counts = dict.fromkeys(("printed", "silent", "lacking"), 0)
    for sentence in done.sentences.values():
        counts[sentence.state] += 1
    for source, reason, ids in done.lacking[:_MOST]:
        typer.echo(f"尚缺 | lacking：{source}，{reason}（{len(ids)}）")
    if len(done.lacking) > _MOST:
        rest = len(done.lacking) - _MOST
        typer.echo(f"……另有{rest}条，见报告末的“尚缺事项” | {rest} more at the end of the report")
    typer.echo(
        f"写出{counts['printed']}句，条件不成立{counts['silent']}句，尚缺{counts['lacking']}句"
        f" | {counts['printed']} printed, {counts['silent']} do not apply, {counts['lacking']} lack figures"
    )
    typer.echo(f"已生成 | written: {done.report}、{done.figures.name}")


def _shapes() -> None:
    from junheng.reports.compose import load_library

    for key, shape in load_library().shapes.items():
        typer.echo(f"{key}：{shape.title.text}（{shape.follows.text}），{len(shape.sentences)} 句 sentences")


def _template(out: Path) -> None:
    from junheng.basics import atomic_file
    from junheng.reports.compose import load_library, told_template

    with atomic_file(out) as temporary:
        temporary.write_bytes(told_template(load_library().told))
    typer.echo(f"已生成 | written: {out}")


def _check(paths: list[Path], data: Path | None) -> None:
    from junheng.basics import Text, UserError
    from junheng.reports.compose import check_composed

    if not paths:
        raise UserError(
            Text("请给出要核对的报告", "which report is to be checked?"),
            fix=Text("junheng compose check 报告.docx 结果…", "junheng compose check REPORT.docx RESULTS…"),
        )
    count, differences = check_composed(paths[0], paths[1:], data)
    for difference in differences:
        typer.secho(str(difference), fg=typer.colors.RED)
    typer.echo(f"核对{count}个数字，不符{len(differences)}个 | {count} figures, {len(differences)} differ")
    if differences:
        raise typer.Exit(DIFFERENT)
