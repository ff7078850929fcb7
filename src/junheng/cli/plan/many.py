"""``junheng plan many KIND FOLDER``: the plans of all counties of a province, by several processes."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from junheng.basics import Text, UserError
from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.planning import Outcome, Table

Json = dict[str, Any]
_BOOK = "各县汇总.xlsx"
_NOT_ALL = 1
_FORM = Text(
    "每个县一个 YAML 问题文件，放在这个文件夹或其下级", "one YAML problem a county, here or in a folder below"
)


@dataclass
class _County:
    """One problem file on its way: ``outcome`` or ``why`` there is none."""

    name: str
    path: Path
    problem: Json | None = None
    outcome: Json | None = None
    why: Text | None = None


def command(
    kind: Annotated[str, typer.Argument(help="规划种类，如 invest | kind of plan, e.g. invest")],
    folder: Annotated[
        Path,
        typer.Argument(
            help="各县问题文件（*.yaml）所在文件夹 | folder of the problem files", callback=existing
        ),
    ],
    out: Annotated[Path, typer.Option(help="规划输出文件夹 | folder for the plans")],
    processes: Annotated[int, typer.Option(help="同时进行的进程数 | processes at once", min=1)] = 2,
    gap: Annotated[float, typer.Option(help="可接受的差距 | gap at which to stop", min=0)] = 1e-4,
    seconds: Annotated[
        float, typer.Option(help="每县求解时限（秒）| time limit of each county", min=0.1)
    ] = 60.0,
) -> None:
    """Plan every problem of KIND found in FOLDER, each as if alone; a county that fails does not stop the others."""
    from junheng.basics import atomic_folder
    from junheng.cli.plan.place import require_place
    from junheng.cli.plan.show import show_table
    from junheng.judgement import hold_output
    from junheng.reports.planning import write_plan_book

    counties = _found(kind, folder)
    with hold_output(out):
        require_place(out, _foreign)
        for county in counties:
            _read(kind, county)
        _solve(kind, counties, processes, gap, seconds)
        with atomic_folder(out) as temporary:
            for county in counties:
                _write(kind, county, temporary)
            table = _table(counties)
            write_plan_book(temporary / _BOOK, "各县规划汇总", [_total(counties)], [table])
    show_table(table)
    typer.echo(str(_total(counties)))
    typer.echo(f"规划 plans: {out}")
    if any(county.outcome is None for county in counties):
        raise typer.Exit(_NOT_ALL)


def _found(kind: str, folder: Path) -> list[_County]:
    """The problem files of ``kind``, named after their place below ``folder``."""
    from junheng.planning import kind_of, read_plain_mapping

    kind_of(kind)
    found = []
    for path in sorted(folder.rglob("*.yaml")):
        try:
            content = read_plain_mapping(path, _FORM)
        except UserError:
            content = {"kind": kind}  # told again, with its place, when it is read as a problem
        if content.get("kind") == kind:
            found.append(_County("_".join(path.relative_to(folder).with_suffix("").parts), path))
    if not found:
        raise UserError(
            Text(f"没有找到 kind: {kind} 的问题文件", f"there is no problem file with kind: {kind}"),
            where=str(folder),
            fix=_FORM,
        )
    return found


def _read(kind: str, county: _County) -> None:
    from junheng.planning import kind_of

    try:
        county.problem = kind_of(kind).read_problem(county.path)
    except UserError as error:
        county.why = error.what


def _solve(kind: str, counties: list[_County], processes: int, gap: float, seconds: float) -> None:
    from rich.console import Console
    from rich.progress import track

    from junheng.planning import solve_many

    asked = [county for county in counties if county.problem is not None]
    problems = [county.problem for county in asked if county.problem is not None]
    solved: Iterator[tuple[int, Outcome]] = solve_many(kind, problems, processes, gap=gap, seconds=seconds)
    shown = track(solved, "求解 solving", total=len(asked), console=Console(stderr=True), transient=True)
    for at, found in shown:
        asked[at].outcome, asked[at].why = found.outcome, found.why


def _write(kind: str, county: _County, folder: Path) -> None:
    from junheng import __version__
    from junheng.planning import seal_plan, write_plan

    if county.problem is None or county.outcome is None:
        return
    place = folder / county.name
    place.mkdir()
    write_plan(place, county.problem, county.outcome)
    seal_plan(place, {"command": sys.argv[1:], "software": f"junheng {__version__}", "kind": kind})


def _table(counties: list[_County]) -> "Table":
    """A row a county: its figures, or why there is no plan."""
    from junheng.cli.plan.compare import figures_of
    from junheng.planning import Column, Table

    rows = [
        (county, figures_of(county.problem, county.outcome) if county.problem and county.outcome else {})
        for county in counties
    ]
    columns = list(dict.fromkeys(column for _, figures in rows for column in figures))
    return Table(
        Text("各县规划", "plans of the counties"),
        [
            Column(Text("问题文件", "problem")),
            *columns,
            Column(Text("没有方案的原因", "why there is no plan")),
        ],
        [[county.name, *(figures.get(column) for column in columns), county.why] for county, figures in rows],
    )


def _total(counties: list[_County]) -> Text:
    done = sum(county.outcome is not None for county in counties)
    return Text(f"{len(counties)} 个县，{done} 个有方案", f"{len(counties)} counties, {done} with a plan")


def _foreign(folder: Path) -> list[str]:
    """Files in the way that no earlier run of this command wrote as they stand."""
    from junheng.planning import altered_files, is_plan

    plans = [path for path in folder.iterdir() if path.is_dir() and is_plan(path)]
    own = {_BOOK, *(path.name for path in plans)}
    altered = [f"{path.name}/{name}" for path in plans for name in altered_files(path)]
    return sorted(path.name for path in folder.iterdir() if path.name not in own) + altered
