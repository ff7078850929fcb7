"""``junheng check``: the problems of an input by cause; exit 1 when a rule of logic is broken."""

import json as json_text
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from junheng.cli.paths import existing
from junheng.cli.wide_console import wide_console

if TYPE_CHECKING:
    from rich.console import Console

    from junheng.basics import Text
    from junheng.data import Problem, ProblemGroup, Snapshot

LOGIC_PROBLEMS = 1


def command(
    input: Annotated[  # noqa: A002 – the word the user sees in the usage line
        Path, typer.Argument(help="工作簿、文件夹或 Parquet | workbook, folder or Parquet", callback=existing)
    ],
    mapping: Annotated[
        Path | None, typer.Option(help="对照文件 | mapping file of a foreign table", callback=existing)
    ] = None,
    previous: Annotated[
        Path | None,
        typer.Option(help="上一年的数据，用于年度突变 | input of the year before", callback=existing),
    ] = None,
    annotate: Annotated[
        Path | None, typer.Option(help="输出带标注的工作簿 | write the workbook with marks")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="输出机器可读清单 | write the list as JSON")] = None,
) -> None:
    """Report the data problems of INPUT and nothing else."""

    from junheng.data import annotate as write_annotated
    from junheng.data import check_snapshot, group_problems, read_input

    snapshot = read_input(input, mapping=mapping)
    before = None if previous is None else read_input(previous, mapping=_mapping_of(previous, mapping))
    problems = check_snapshot(snapshot, before).problems
    groups = group_problems(problems)
    _show(wide_console(), snapshot, groups)
    if annotate is not None:
        write_annotated(input, problems, annotate)
        typer.echo(f"已写出标注的工作簿 | annotated workbook: {annotate}")
    if json is not None:
        _write_json(json, groups, problems)
        typer.echo(f"已写出清单 | list: {json}")
    if any(group.severity == "logic" for group in groups):
        raise typer.Exit(LOGIC_PROBLEMS)


def _mapping_of(previous: Path, mapping: Path | None) -> Path | None:
    """The mapping of the input serves last year's too, unless that folder brings its own."""
    return None if (previous / "mapping.yaml").is_file() else mapping


def _show(console: "Console", snapshot: "Snapshot", groups: "tuple[ProblemGroup, ...]") -> None:
    years = "、".join(str(year) for year in snapshot.years())
    rows = {name: table.num_rows for name, table in snapshot.tables.items()}
    console.print(
        f"[bold]数据检查 | Data check[/bold]  {years}  学校 schools {rows.get('school', 0)}", end=""
    )
    console.print(f"  学段 school-stages {rows.get('stage', 0)}")
    counts = {"logic": 0, "experience": 0}
    for group in groups:
        counts[group.severity] += group.count
    if counts["logic"]:
        logic = tuple(group for group in groups if group.severity == "logic")
        _table(console, "逻辑问题：必须改正 | Logic: must be mended", "red", logic)
    if counts["experience"]:
        unlikely = tuple(group for group in groups if group.severity == "experience")
        _table(
            console, "经验问题：请核对，属实可说明 | Experience: check, explain if true", "yellow", unlikely
        )
    if not groups:
        console.print("[green]没有发现问题 | No problem found[/green]")
        return
    console.print(
        f"合计 逻辑 {counts['logic']} 处、经验 {counts['experience']} 处，归为 {len(groups)} 个原因 | "
        f"{counts['logic']} logic and {counts['experience']} experience problems from {len(groups)} causes"
    )
    if counts["logic"]:
        console.print(
            "[red]违反逻辑的单元格按缺失处理：依赖它的判断为“无法判定”[/red] | "
            "cells that break a rule of logic count as missing: what depends on them cannot be told"
        )


def _table(console: "Console", title: str, colour: str, groups: "tuple[ProblemGroup, ...]") -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(
        title=title,
        title_style=f"bold {colour}",
        title_justify="left",
        show_lines=True,
        expand=console.is_terminal,
    )
    table.add_column("处数\nPlaces", justify="right", width=7)
    table.add_column("原因 | Cause", ratio=5, overflow="fold")
    table.add_column("位置 | Where", ratio=3, overflow="fold")
    table.add_column("办法 | What to do", ratio=4, overflow="fold")
    for group in groups:
        table.add_row(
            f"{group.count}",
            _both(group.title) + (f"\n[italic]影响：[/italic]{_both(group.why)}" if group.why.zh else ""),
            escape(_places(group)),
            _both(group.fix),
        )
    console.print(table)


def _both(text: "Text") -> str:
    from rich.markup import escape

    return f"{escape(text.zh)}\n[dim]{escape(text.en)}[/dim]"


def _places(group: "ProblemGroup") -> str:
    """The first places of a group, and how many more there are."""
    found = list(dict.fromkeys(place for problem in group.samples if (place := _place(problem))))
    shown = found[:3]
    more = group.count - len(shown)
    return "\n".join([*shown, *([f"… 另 {more} 处 | {more} more"] if found and more > 0 else [])])


def _place(problem: "Problem") -> str:
    from junheng.data import short_cells

    row = short_cells(problem.cell) or (f"第 {problem.row} 行 row {problem.row}" if problem.row else "")
    return " ".join(part for part in (problem.file, problem.sheet, row) if part) or problem.school_id


def _write_json(out: Path, groups: "tuple[ProblemGroup, ...]", problems: "tuple[Problem, ...]") -> None:
    from junheng.basics import atomic_file
    from junheng.data import problem_json

    content: dict[str, Any] = {
        "logic": sum(problem.severity == "logic" for problem in problems),
        "experience": sum(problem.severity == "experience" for problem in problems),
        "groups": [group.as_json() for group in groups],
        "problems": [problem_json(problem) for group in groups for problem in group.problems],
    }
    with atomic_file(out) as temporary:
        temporary.write_text(json_text.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
