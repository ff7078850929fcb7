"""What is wrong with the forms: by cause on the screen, cell by cell in the officer's own workbook."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from junheng.basics import Text
from junheng.cli.draw.show import console

if TYPE_CHECKING:
    from junheng.admissions import FaultGroup, Review

_SHOWN = 3  # places of a cause on the screen; the annotated workbook has them all


def show_review(review: "Review", children: int) -> None:
    """Print the causes, those that block the draw first, and the exceptions that were confirmed."""
    screen = console()
    blocking = [group for group in review.groups if group.cause.blocks]
    noted = [group for group in review.groups if not group.cause.blocks]
    screen.print(f"[bold]报名表核对 | Check of the forms[/bold]  {children} 人 children", highlight=False)
    _table("必须改正 | must be mended", "red", blocking)
    _table("请核对 | please look at", "yellow", noted)
    for fault, exception in review.confirmed:
        said = f"例外 exception {exception.confirmed_by}：{exception.reason}"
        screen.print(f"{fault.rule.title.zh} {fault.place} — {said}", highlight=False, markup=False)
    if not review.groups:
        screen.print("没有发现问题 | no fault found", style="green")


def _table(title: str, colour: str, groups: "list[FaultGroup]") -> None:
    from rich.markup import escape
    from rich.table import Table

    if not groups:
        return
    table = Table(
        title=title, title_style=f"bold {colour}", title_justify="left", show_lines=True, expand=True
    )
    table.add_column("处数\nPlaces", justify="right", width=7)
    table.add_column("原因 | Cause", ratio=5, overflow="fold")
    table.add_column("位置 | Where", ratio=4, overflow="fold")
    table.add_column("办法 | What to do", ratio=4, overflow="fold")
    for group in groups:
        places = [str(fault.place) for fault in group.faults[:_SHOWN]]
        more = len(group.faults) - len(places)
        where = "\n".join([*places, *([f"… 另 {more} 处 | {more} more"] if more > 0 else [])])
        table.add_row(
            str(len(group.faults)),
            _both(_named(group)),
            escape(where),
            _both(group.cause.fix),
        )
    console().print(table)


def _named(group: "FaultGroup") -> Text:
    """The cause, and its first instance in words."""
    first = group.faults[0].what
    title = group.cause.title
    return Text(f"{title.zh}：{first.zh}", f"{title.en}: {first.en}")


def _both(text: Text) -> str:
    from rich.markup import escape

    return f"{escape(text.zh)}\n[dim]{escape(text.en)}[/dim]"


def write_annotated(source: Path, review: "Review", out: Path) -> None:
    """The forms back with every doubtful cell marked and explained. Raises UserError when it cannot be written."""
    from junheng.data import Problem, annotate

    problems = [
        Problem(
            check=group.cause.id,
            severity="logic" if group.cause.blocks else "experience",
            cause=group.cause.id,
            what=fault.what,
            fix=group.cause.fix,
            file=fault.place.file,
            sheet=fault.place.sheet,
            row=fault.place.row,
            cell=f"{fault.place.column}{fault.place.row}" if fault.place.column else "",
            value=fault.value,
        )
        for group in review.groups
        for fault in group.faults
    ]
    annotate(source, problems, out)
    typer.echo(f"已写出标注的申请表 | annotated forms: {out}")
