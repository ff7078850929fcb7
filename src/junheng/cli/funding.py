"""What ``junheng aid`` and ``junheng funds`` share: the form, the result folder, what is said of odd cells."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from junheng.cli.paths import existing

Overlays = Annotated[
    list[Path] | None,
    typer.Option(help="省、县规则叠加，可多次 | overlays of rules; may repeat", callback=existing),
]
RegionCode = Annotated[str, typer.Option(help="地区代码 2、4、6 位 | region code")]


def write_form(path: Path, tables: Sequence[str]) -> None:
    """Write the empty sheets ``tables`` to ``path``. Raises UserError unless it is an .xlsx that is not there yet."""
    from junheng.cli.new_book import require_new_book
    from junheng.funding import write_funding_template

    require_new_book(path)
    write_funding_template(path, tables)
    typer.echo(f"已写出样表：{path} | template written")


@contextmanager
def result_folder(out: Path, kind: str, problem: dict[str, Any], outcome: dict[str, Any]) -> Iterator[Path]:
    """A folder with problem and outcome of ``kind`` to put papers into; sealed and moved to ``out`` at the end."""
    from junheng import __version__
    from junheng.basics import atomic_folder
    from junheng.funding import seal_outcome, write_outcome

    with atomic_folder(out) as folder:
        write_outcome(folder, kind, problem, outcome)
        yield folder
        seal_outcome(folder, f"junheng {__version__}", f"junheng {kind}", problem["inputs"])


def show_problems(problems: Sequence[Mapping[str, Any]]) -> None:
    """One line a cause: what, how often, where first."""
    for one in problems:
        typer.secho(
            f"  问题 problem：{one['what']['zh']} | {one['what']['en']}（{one['count']}）：{one['at'][0]}",
            fg=typer.colors.YELLOW,
        )
