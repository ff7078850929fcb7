"""``junheng plan template FOLDER``: a problem file to fill in and the empty tables that a kind of plan asks for."""

from pathlib import Path
from typing import Annotated

import typer


def command(
    folder: Annotated[Path, typer.Argument(help="写入的新文件夹 | a new folder to write to")],
    kind: Annotated[
        str,
        typer.Option(
            help="invest | rotate | staff | itinerant | pair | site | zone | merge（哪种规划 | which kind of plan）"
        ),
    ] = "invest",
) -> None:
    """Write the empty tables of KIND and a problem file to fill in: for invest unit costs, limits and forecast."""
    from junheng.basics import Text, UserError
    from junheng.planning.invest import write_problem_templates
    from junheng.planning.problem_forms import write_problem_form

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            Text("文件夹已存在且不是空的", "the folder exists and is not empty"),
            where=str(folder),
            why=Text("不覆盖已有文件", "files are never replaced"),
            fix=Text("请换一个新文件夹", "name a new folder"),
        )
    if kind == "invest":
        write_problem_templates(folder)
    else:
        write_problem_form(kind, folder)
    typer.echo(f"已写出空白表格：{folder} | empty tables written")
