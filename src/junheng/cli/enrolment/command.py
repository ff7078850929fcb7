"""``junheng enrolment match`` and ``report``: 四查三比对, ledgers, and figures of special groups."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from junheng.cli.paths import existing

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_Book = Annotated[
    Path,
    typer.Argument(
        help="名单工作簿，或 CSV 文件夹 | workbook of lists, or a folder of CSV", callback=existing
    ),
]
_Out = Annotated[Path, typer.Option(help="输出文件夹 | folder for the result")]
_Rules = Annotated[
    Path | None, typer.Option(help="地方规则叠加 YAML | overlay of rules of a region", callback=existing)
]


@app.command("match", help="四查三比对，写出三本台账 | Compare the lists, write the ledgers")
def match(
    book: _Book,
    out: _Out,
    on: Annotated[str, typer.Option(help="比对日 YYYY-MM-DD | day of the comparison")],
    rules: _Rules = None,
    previous: Annotated[
        Path | None,
        typer.Option(help="上期输出文件夹，接续台账编号 | the last result: numbers go on", callback=existing),
    ] = None,
) -> None:
    """Compare the lists in BOOK. Exit 0: written, what is wrong in single cells is listed; 2: refused."""
    from junheng.cli.enrolment.run import compare

    compare(book, _day(on), out, rules, previous)


@app.command("report", help="特殊群体数字与巩固率 | Figures of special groups, retention")
def report(
    book: _Book,
    out: _Out,
    on: Annotated[str | None, typer.Option(help="规则日期 YYYY-MM-DD，默认今天 | day of the rules")] = None,
    rules: _Rules = None,
) -> None:
    """Count the special groups in BOOK. Exit 0: written; 2: refused."""
    from junheng.cli.enrolment.run import count

    count(book, date.today() if on is None else _day(on), out, rules)  # noqa: DTZ011 – the office's own day


def _day(text: str) -> date:
    from junheng.basics import Text, UserError

    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UserError(
            Text("日期应写成 YYYY-MM-DD", "write the day as YYYY-MM-DD"),
            where="--on",
            fix=Text("例如 2026-10-01", "for example 2026-10-01"),
        ) from error
