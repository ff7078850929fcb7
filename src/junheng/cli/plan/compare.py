"""``junheng plan compare PLAN…``: scenarios side by side, as a table, a workbook and a picture."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from junheng.cli.paths import existing

if TYPE_CHECKING:
    from junheng.planning import Cell, Column, Table
    from junheng.reports.planning import Scenario

Json = dict[str, Any]
_WAN = 10_000
_BOOK, _PICTURE = "方案比较.xlsx", "方案比较.png"


def command(
    plans: Annotated[
        list[Path],
        typer.Argument(help="规划文件夹，两个以上 | folders of plans, two or more", callback=existing),
    ],
    out: Annotated[Path, typer.Option(help="对比结果文件夹 | folder for the comparison")],
) -> None:
    """Set PLANS of one kind side by side and write 方案比较.xlsx and, for investment plans, a picture."""
    from junheng.cli.plan.place import foreign_to_comparison, require_place
    from junheng.cli.plan.show import show_table
    from junheng.judgement import hold_output

    found = _read(plans)
    scenarios = [_scenario(folder.name, problem, outcome) for folder, problem, outcome in found]
    with hold_output(out):
        require_place(out, foreign_to_comparison((_BOOK, _PICTURE)))
        table = _written(out, found, scenarios)
    show_table(table)
    typer.echo(f"对比 comparison: {out}")


def _written(out: Path, found: list[tuple[Path, Json, Json]], scenarios: "list[Scenario]") -> "Table":
    """Write workbook and picture; returns the table."""
    from junheng.basics import atomic_folder
    from junheng.reports.planning import scenario_picture, write_scenarios

    with atomic_folder(out) as folder:
        table = write_scenarios(folder / _BOOK, scenarios, _effects(found))
        points = [point for plan, _, outcome in found if (point := _point(plan.name, outcome)) is not None]
        if len(points) > 1:
            picture = scenario_picture(points, _total(found[0][1]))
            (folder / _PICTURE).write_bytes(picture.png)
    return table


def _effects(found: list[tuple[Path, Json, Json]]) -> "list[Table]":
    """Today and the planned states of layouts, as the engine judged them; nothing where none was judged."""
    from junheng.cli.plan.judged import FINDINGS, TODAY
    from junheng.cli.plan.layout import side_in
    from junheng.planning import kind_of
    from junheng.planning.effect import scenario_table

    sides: dict[str, Json] = {}
    for folder, problem, outcome in found:
        kind = kind_of(problem["kind"])
        names = sorted(path.name for path in (folder / FINDINGS).glob("*"))
        if TODAY not in names:
            continue
        sides.setdefault("现状", side_in(kind, problem, outcome, folder, TODAY))
        for name in names:
            if name != TODAY:
                sides[f"{folder.name} {name}"] = side_in(kind, problem, outcome, folder, name)
    return [scenario_table(sides)] if len(sides) > 1 else []


def _read(plans: list[Path]) -> list[tuple[Path, Json, Json]]:
    from junheng.basics import Text, UserError
    from junheng.planning import plans_in, read_plan

    if none := [str(plan) for plan in plans if not plans_in(plan)]:
        raise UserError(
            Text("这里没有规划", "there is no plan here"),
            where="、".join(none),
            fix=Text("请给出 junheng plan 写出的文件夹", "name folders written by junheng plan"),
        )
    folders = [folder for plan in plans for folder in plans_in(plan)]
    found = [(folder, *read_plan(folder)) for folder in folders]
    if len({problem["kind"] for _, problem, _ in found}) != 1 or len(found) < 2:
        raise UserError(
            Text("请给出两个以上同一种规划的文件夹", "name two or more plans of one kind"),
            where="、".join(str(plan) for plan in plans),
            why=Text("只有同一种规划的目标和资金可以相比", "only plans of one kind can be compared"),
            fix=Text("junheng plan compare 方案一 方案二 --out 对比", "junheng plan compare A B --out DIR"),
        )
    return found


def _scenario(name: str, problem: Json, outcome: Json) -> "Scenario":
    """A plan's figures and its sentences."""
    from junheng.planning import kind_of
    from junheng.reports.planning import Scenario

    return Scenario(name, figures_of(problem, outcome), kind_of(problem["kind"]).summary(problem, outcome))


def figures_of(problem: Json, outcome: Json) -> "dict[Column, Cell]":
    """Status, objective and bound by name, gap, actions where there are any."""
    from junheng.basics import Text
    from junheng.cli.plan.figures import figure_of, status_text
    from junheng.planning import Column, exact

    figures: dict[Column, Cell] = {Column(Text("状态", "status")): status_text(outcome["status"])}
    for title, part in ((Text("方案", "plan"), "objective"), (Text("界", "bound"), "bound")):
        for key, value in sorted(outcome.get(part, {}).items()):
            figure = figure_of(problem, key)
            words = Text(f"{title.zh}：{figure.words.zh}", f"{title.en}: {figure.words.en}")
            figures[Column(words, figure.unit, figure.digits)] = exact(value) / figure.scale
    if outcome.get("gap", "unknown") != "unknown":  # what was only computed or checked has none
        figures[Column(Text("差距", "gap"), "%", 3)] = exact(outcome["gap"]) * 100
    if "actions" in outcome:
        figures[Column(Text("措施条数", "actions"), "条")] = len(outcome["actions"])
    return figures


def _point(name: str, outcome: Json) -> tuple[str, float, int] | None:
    """Money (万元) and complying school-stages of an investment plan."""
    from junheng.planning import exact

    objective = outcome.get("objective", {})
    if "cost_yuan" not in objective or "stages" not in objective:
        return None
    return name, float(exact(objective["cost_yuan"]) / _WAN), int(exact(objective["stages"]))


def _total(problem: Json) -> int:
    """School-stages that are judged."""
    return sum(1 for school in problem["schools"] for stage in school["stages"] if stage["judged"])
