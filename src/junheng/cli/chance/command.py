"""``junheng chance``: for one family's list, or for every school and place, with intervals."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from junheng.basics import Text, UserError
from junheng.cli.admit.options import RULES, Exceptions, IntakeRule, Schools
from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.admissions import Market, Problem, Simulation
    from junheng.cli.admit.asked import Asked
    from junheng.cli.chance.one_family import Family
    from junheng.cli.trial import TrialRoll

FAULTS = 1
_FOREVER = "00" * 32  # without --seed the same question gives the same answer


def command(
    applications: Annotated[
        Path,
        typer.Argument(help="申请表（今年的或去年的）| forms, of this year or the last", callback=existing),
    ],
    rules: Annotated[str, RULES],
    schools: Schools = None,
    intake: IntakeRule = None,
    exceptions: Exceptions = None,
    wish: Annotated[
        list[str] | None,
        typer.Option(help="要估计的志愿单，按次序多次给出学校代码 | a list of wishes, in order"),
    ] = None,
    class_: Annotated[
        str | None, typer.Option("--class", help="这张志愿单的优先类别（代码或名称）| its priority class")
    ] = None,
    child: Annotated[
        str | None, typer.Option(help="报名表中某个孩子的证件号码 | document number of a child on the forms")
    ] = None,
    draws: Annotated[int, typer.Option(min=1, max=1_000_000, help="模拟抽签次数 | simulated draws")] = 1_000,
    confidence: Annotated[
        float, typer.Option(min=0.5, max=0.9999, help="区间的置信度 | of the intervals")
    ] = 0.95,
    next_year: Annotated[
        bool,
        typer.Option("--next-year", help="其他家庭按这份名册重新抽取，当作相似的一年 | others drawn anew"),
    ] = False,
    seed: Annotated[str, typer.Option(help="模拟的种子，64 位十六进制 | seed of the simulation")] = _FOREVER,
    engine: Annotated[
        str, typer.Option(help="auto | python | numpy | numba，结果相同 | all give the same")
    ] = "auto",
    out: Annotated[Path | None, typer.Option(help="写出 .json 或 .xlsx | write to .json or .xlsx")] = None,
) -> None:
    """Estimate chances among APPLICATIONS. With --wish or --child for one list, else for every school and place.

    Exit 0: shown; 1: the forms have faults, nothing was estimated; 2: refused.
    """
    from junheng.admissions import Simulation
    from junheng.cli.admit.asked import read_asked
    from junheng.cli.admit.faults import show_review
    from junheng.cli.trial import seed_of, trial_roll

    _check_out(out)
    asked = read_asked(applications, rules, intake, exceptions, schools)
    if asked.review.blocks:
        show_review(asked.review, len(asked.applications.children))
        raise typer.Exit(FAULTS)
    named = seed_of(seed)
    simulation = Simulation(draws, confidence, named, next_year, engine)  # type: ignore[arg-type]  # the room checks it
    roll = trial_roll(asked.entrants(), "sha256", simulation.seed)
    if wish or child:
        return _family(
            asked, roll, _family_of(asked.problem, wish or [], class_, child or ""), simulation, out
        )
    return _table(asked, roll, simulation, out)


def _check_out(out: Path | None) -> None:
    if out is not None and out.suffix.lower() not in (".json", ".xlsx"):
        raise UserError(
            Text("只能写成 .json 或 .xlsx", "it is written as .json or .xlsx"),
            where=str(out),
            fix=Text("请改扩展名", "change the extension"),
        )


def _family_of(problem: "Problem", wishes: list[str], class_: str | None, child: str) -> "Family":
    from junheng.cli.chance.one_family import Family

    if bool(wishes) == bool(child):
        raise UserError(
            Text("--wish 与 --child 只能用一个", "give --wish or --child, not both"),
            where="junheng chance",
            fix=Text(
                "报名表里的孩子用 --child，假设的志愿单用 --wish",
                "--child for a form, --wish for a list in mind",
            ),
        )
    if child:
        return Family(id_number=child)
    code = _class_code(problem, class_)
    return Family(wishes=tuple(wishes), classes=(code,) * len(wishes))


def _class_code(problem: "Problem", given: str | None) -> int:
    """The code of a class given by code or name; the only one where there is one."""
    classes = {
        word: entry.code for entry in problem.classes for word in (str(entry.code), entry.name) if word
    }
    if given is None and len(problem.classes) == 1:
        return problem.classes[0].code
    if given is None or given not in classes:
        known = "、".join(f"{entry.code} {entry.name}" for entry in problem.classes)
        raise UserError(
            Text("请用 --class 给出优先类别", "give the priority class with --class"),
            where=f"--class {given or ''}".strip(),
            why=Text("类别不同，机会不同", "chances differ by class"),
            fix=Text(f"规则中的类别：{known}", f"the rule's classes: {known}"),
        )
    return classes[given]


def _family(
    asked: "Asked", roll: "TrialRoll", family: "Family", simulation: "Simulation", out: Path | None
) -> None:
    from junheng.admissions import simulated_chances
    from junheng.cli.chance.files import write_family
    from junheng.cli.chance.one_family import market_with
    from junheng.cli.chance.show import show_family
    from junheng.cli.trial import progress

    market, unit = market_with(asked, roll, family)
    with progress() as bar:
        task = bar.add_task(f"模拟 {simulation.draws:,} 次抽签 | simulating", total=simulation.draws)
        found = simulated_chances(market, unit, simulation, lambda done: bar.advance(task, done))
    show_family(found)
    if out is not None:
        write_family(out, found)
        typer.echo(f"结果 result: {out}")


def _table(asked: "Asked", roll: "TrialRoll", simulation: "Simulation", out: Path | None) -> None:
    from junheng.admissions import (
        chances_by_place,
        default_publication,
        longest_list,
        market_from,
        mechanism_name,
        strategic_warning,
    )
    from junheng.cli.chance.files import TABLE_ASSUMES, write_cells
    from junheng.cli.chance.show import assumptions, show_table
    from junheng.cli.trial import progress

    if simulation.expected:
        raise UserError(
            Text("--next-year 只用于一张志愿单", "--next-year is for one list only"),
            where="--next-year",
            fix=Text("加 --wish 或 --child", "add --wish or --child"),
        )
    market: Market = market_from(asked.problem, roll.rows)
    with progress() as bar:
        task = bar.add_task(f"模拟 {simulation.draws:,} 次抽签 | simulating", total=simulation.draws)
        cells = chances_by_place(market, simulation, lambda done: bar.advance(task, done))
    longest = longest_list(market)
    mechanism, smallest = mechanism_name(asked.problem, longest), default_publication().smallest_cell
    show_table(cells, mechanism, simulation.confidence, smallest)
    assumptions(TABLE_ASSUMES, strategic_warning(asked.problem, longest))
    if out is not None:
        write_cells(out, cells, mechanism, simulation, smallest)
        typer.echo(f"结果 result: {out}")
