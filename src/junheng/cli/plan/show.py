"""A plan on the terminal: its sentences, first rows, verdict of the planned state, and its place."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.cli.plan.judged import TODAY
from junheng.cli.wide_console import wide_console

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status

    from junheng.cli.plan.judged import Effect
    from junheng.planning import Kind, Table

Json = dict[str, Any]
_MOST_ROWS, _MOST_COLUMNS = 8, 7


def status(words: str) -> "Status":
    """A line that says what is being done."""
    from rich.console import Console

    return Console(stderr=True).status(words)


def show(kind: "Kind", problem: Json, outcome: Json, effect: "Effect", out: Path) -> None:
    """Print the plan and where it lies."""
    console = _console()

    def say(words: str, style: str = "") -> None:
        console.print(words, style=style, highlight=False, markup=False, soft_wrap=True)

    for line in kind.summary(problem, outcome):
        say(line.zh)
        say(f"  {line.en}", "dim")
    tables = kind.tables(problem, outcome)
    if tables:
        console.print(_first(tables[0]))
    for state in effect.judged:
        name = "现状 today" if state.folder.name == TODAY else "规划状态 planned state"
        say(f"{name} {state.year}：{state.words.zh} | {state.words.en}")
    for line in effect.words:
        say(line.zh)
        say(f"  {line.en}", "dim")
    say("独立核对一致 | checked independently: no difference", "green")
    say(f"规划 plan: {out}")


def show_table(table: "Table") -> None:
    """Print the first rows of a table."""
    _console().print(_first(table))


def _console() -> "Console":
    return wide_console()


def _first(table: "Table") -> Any:
    """The first rows of a table."""
    from rich.markup import escape
    from rich.table import Table as Printed

    from junheng.reports.planning import heading, is_number, shown

    rest = len(table.rows) - _MOST_ROWS
    more = f"（共 {len(table.rows)} 行 rows）" if rest > 0 else ""
    printed = Printed(title=escape(f"{table.name.zh} {table.name.en}{more}"), title_justify="left")
    columns = table.columns[:_MOST_COLUMNS]
    for column in columns:
        printed.add_column(
            escape(f"{heading(column)}\n{column.heading.en}"),
            justify="right" if is_number(column) else "left",
        )
    for row in table.rows[:_MOST_ROWS]:
        printed.add_row(*(escape(shown(cell, column)) for cell, column in zip(row, columns, strict=False)))
    return printed
