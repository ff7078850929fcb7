"""``junheng explain``: opens a verdict or a figure down to the cells and the clause it rests on."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.cli.paths import existing
from junheng.cli.wide_console import wide_console

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.tree import Tree

    from junheng.judgement import Explanation, Finding


def command(
    folder: Annotated[Path, typer.Argument(help="结论文件夹 | the finding's folder", callback=existing)],
    school: Annotated[str | None, typer.Option(help="学校标识码或校名 | school code or name")] = None,
    stage: Annotated[str | None, typer.Option(help="学段 小学 或 初中 | stage: primary or junior")] = None,
    indicator: Annotated[
        str | None, typer.Option(help="指标的编号或名称，如 R4、G4 | indicator, by key or name")
    ] = None,
    item: Annotated[
        str | None, typer.Option(help="条款的编号或名称，如 G3、Q1 | declared item, by key or name")
    ] = None,
    county: Annotated[bool, typer.Option("--county", help="全县 | the county as a whole")] = False,
    figure: Annotated[str | None, typer.Option(help="报告中的编号 | a figure's id in the report")] = None,
) -> None:
    """Show formula, numbers, cells, clause and what it would take for one figure of FOLDER."""

    from junheng.judgement import read_finding

    finding = read_finding(folder)
    explanation = _explanation(
        finding, school=school, stage=stage, indicator=item or indicator, county=county, figure=figure
    )
    _show(wide_console(), explanation)


def _explanation(
    finding: "Finding",
    *,
    school: str | None,
    stage: str | None,
    indicator: str | None,
    county: bool,
    figure: str | None,
) -> "Explanation":
    from junheng.basics import Text, UserError
    from junheng.judgement import explain_county, explain_figure, explain_indicator, explain_school

    asked = [
        name for name, given in (("--school", school), ("--county", county), ("--figure", figure)) if given
    ]
    if len(asked) > 1:
        raise UserError(
            Text(f"{' 与 '.join(asked)} 不能同时使用", f"{' and '.join(asked)} cannot be used together"),
            fix=Text("请只选其一", "choose one of them"),
        )
    if figure is not None:
        return explain_figure(finding, figure)
    if school is None:
        return explain_county(finding, indicator, stage)
    if indicator is None:
        return explain_school(finding, school, stage)
    return explain_indicator(finding, school, indicator, stage)


def _show(console: "Console", explanation: "Explanation") -> None:
    from rich.markup import escape
    from rich.tree import Tree

    tree = Tree(f"[bold]{escape(str(explanation.title))}[/bold]", guide_style="dim")
    _fill(tree, explanation)
    console.print(tree)


def _fill(tree: "Tree", explanation: "Explanation") -> None:
    from rich.markup import escape
    from rich.text import Text as Line

    for line in explanation.lines:
        tree.add(Line(line.zh) if line.zh == line.en else Line(f"{line.zh}\n{line.en}"))
    if explanation.cells:
        tree.add(_cells(explanation))
    for child in explanation.children:
        _fill(tree.add(f"[bold cyan]{escape(str(child.title))}[/bold cyan]"), child)


def _cells(explanation: "Explanation") -> "Table":
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for heading in (
        "数据 | datum",
        "值 | value",
        "原文 | as typed",
        "单位 | unit",
        "位置 | where",
        "备注 | note",
    ):
        table.add_column(heading, overflow="fold")
    for cell in explanation.cells:
        place = " ".join(
            part for part in (cell.file, cell.sheet, _short(cell.cell) or _row(cell.row)) if part
        )
        label = f"{cell.label.zh}\n{cell.column}"
        table.add_row(label, cell.value, cell.raw, cell.unit, place, str(cell.note) if cell.note else "")
    return table


def _short(cells: str) -> str:
    """A list of cells as people write it, with their number; cells.parquet names each of them."""
    from junheng.data import short_cells

    short, count = short_cells(cells), cells.count("+") + 1
    return f"{short}（{count} 格 cells）" if ":" in short else short


def _row(row: int | None) -> str:
    return "" if row is None else f"第 {row} 行 row {row}"
