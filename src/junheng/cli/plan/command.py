"""``junheng plan KIND PROBLEM --out DIR``: read, solve, check, judge what is planned, write papers."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.planning import Kind

Json = dict[str, Any]


def of(kind: str) -> Callable[..., None]:
    """The command of one kind of plan."""

    def command(
        problem: Annotated[
            Path, typer.Argument(help="规划问题文件（YAML）| the problem, a YAML file", callback=existing)
        ],
        out: Annotated[Path, typer.Option(help="规划输出文件夹 | folder for the plan")],
        gap: Annotated[float, typer.Option(help="可接受的差距 | gap at which to stop", min=0)] = 1e-4,
        seconds: Annotated[
            float, typer.Option(help="求解时限（秒）| time limit of the search", min=0.1)
        ] = 60.0,
        documents: Annotated[
            bool,
            typer.Option(help="同时生成 Word、Excel、地图与图片 | make documents, maps and pictures too"),
        ] = True,
    ) -> None:
        """Plan what PROBLEM states and write the plan to OUT. Ctrl-C keeps the best plan found so far."""
        _run(kind, problem, out, gap, seconds, documents)

    return command


def _run(name: str, path: Path, out: Path, gap: float, seconds: float, documents: bool) -> None:
    from junheng.basics import atomic_folder
    from junheng.cli.plan.judged import judge_planned
    from junheng.cli.plan.money import with_funding
    from junheng.cli.plan.papers import write_papers
    from junheng.cli.plan.place import foreign_to_plan, require_place
    from junheng.cli.plan.search import searched
    from junheng.cli.plan.show import show, status
    from junheng.judgement import hold_output
    from junheng.planning import kind_of, seal_plan, write_plan
    from junheng.planning.entitled import read_funding

    kind = kind_of(name)
    with hold_output(out):
        require_place(out, foreign_to_plan)
        with status("读取问题 | reading the problem"):
            problem = kind.read_problem(path)
            read_funding(path)  # a fault in it is told before the search, not after
        outcome = searched(kind, problem, gap, seconds)
        with status("独立核对 | checking independently"):
            _require_right(kind, problem, outcome)
        with atomic_folder(out) as folder:
            write_plan(folder, problem, outcome)
            with status("按规划状态重新评估 | judging the planned state"):
                effect = judge_planned(kind, name, path, problem, outcome, folder)
                effect = with_funding(path, problem, outcome, folder, effect)
            if documents:
                with status("生成文书 | writing documents"):
                    write_papers(kind, problem, outcome, effect, folder)
            seal_plan(folder, {"command": sys.argv[1:], "software": _software(), "kind": name})
    show(kind, problem, outcome, effect, out)


def _require_right(kind: "Kind", problem: Json, outcome: Json) -> None:
    """A plan that does not pass the check is our own fault and is not written."""
    if wrong := kind.check(problem, outcome):
        raise RuntimeError(f"the plan does not pass its check: {'; '.join(line.en for line in wrong)}")


def _software() -> str:
    from junheng import __version__

    return f"junheng {__version__}"
