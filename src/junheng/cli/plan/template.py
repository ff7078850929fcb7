"""``junheng plan template FOLDER``: the empty tables an investment plan asks for."""

from pathlib import Path
from typing import Annotated

import typer


def command(
    folder: Annotated[Path, typer.Argument(help="写入的新文件夹 | a new folder to write to")],
) -> None:
    """Write the empty tables of unit costs, limits and forecast, and a problem file to fill in."""
    from junheng.basics import Text, UserError
    from junheng.planning.invest import write_problem_templates

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(
            Text("文件夹已存在且不是空的", "the folder exists and is not empty"),
            where=str(folder),
            why=Text("不覆盖已有文件", "files are never replaced"),
            fix=Text("请换一个新文件夹", "name a new folder"),
        )
    write_problem_templates(folder)
    typer.echo(f"已写出空白表格：{folder} | empty tables written")
