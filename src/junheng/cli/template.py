"""``junheng template``: write the input workbook."""

from pathlib import Path
from typing import Annotated

import typer


def command(
    out: Annotated[Path, typer.Option("--out", help="写到哪个文件（.xlsx）| The workbook to write")],
    force: Annotated[bool, typer.Option("--force", help="覆盖已有文件 | Replace an existing file")] = False,
) -> None:
    """生成填报模板：每张表一页，中文标题、单位、示例、下拉选项、说明。

    Write the input workbook: a sheet per table with headings, units, examples, drop-downs and a 说明 sheet.
    """
    from junheng.basics import Text, UserError
    from junheng.data import load_dictionary, write_template

    if out.suffix.lower() != ".xlsx":
        raise UserError(
            Text("模板只能写成 .xlsx", "the template is written as .xlsx"),
            where=str(out),
            fix=Text("请把扩展名改为 .xlsx", "use the extension .xlsx"),
        )
    if out.exists() and not force:
        raise UserError(
            Text("文件已存在，没有覆盖", "the file exists and was not replaced"),
            where=str(out),
            why=Text("其中可能有已填的数据", "it may hold data already filled in"),
            fix=Text("请换一个文件名，或加 --force", "choose another name, or add --force"),
        )
    write_template(out)
    tables = load_dictionary().tables
    typer.echo(f"已生成模板：{out}（{len(tables)} 张表；先填“说明”页的年份，“学校”“学段”必填）")
    typer.echo(
        f"Template written: {out} ({len(tables)} sheets; year on 说明 first; 学校 and 学段 are required)"
    )
