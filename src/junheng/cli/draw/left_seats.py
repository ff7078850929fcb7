"""The seats that a draw left: what a supplementary draw may offer, and not one more."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.cli.draw.folder import corrections_of, result_of, spec_of


def problem_left(draw: Path) -> dict[str, Any]:
    """The problem of ``draw`` with the seats left by its valid result. Raises UserError for a class formation."""
    from junheng.admissions import remaining_problem

    spec = spec_of(draw)
    if spec["kind"] != "admission":
        raise UserError(
            Text("分班没有剩余学位", "a class formation leaves no seats"),
            where=str(draw),
            fix=Text("插班请用 junheng classes --late", "newcomers: junheng classes --late"),
        )
    return remaining_problem(spec["problem"], _valid(draw)["schools"])


def require_left(problem: Mapping[str, Any], draw: Path, earlier: Sequence[Path]) -> None:
    """Refuse (UserError) a school that offers more seats than ``draw`` and the supplements since have left."""
    left = Counter({school["id"]: int(school["plan"]) for school in spec_of(draw)["problem"]["schools"]})
    for folder in (draw, *earlier):
        left.subtract({school["id"]: int(school["taken"]) for school in _valid(folder)["schools"]})
    for school in problem["schools"]:
        name, offered = f"{school['name']} {school['id']}", int(school["plan"])
        if offered > max(0, left[school["id"]]):
            raise UserError(
                Text(
                    f"{name} 只剩 {max(0, left[school['id']])} 个学位，方案写了 {offered} 个",
                    f"{name} has {max(0, left[school['id']])} seats left, the plan offers {offered}",
                ),
                where=str(draw),
                why=Text("补充派位只派剩余的学位", "a supplement deals out the seats left and no more"),
                fix=Text("请改正计划数；一般不必写 --plan", "mend the plan; usually --plan can be left out"),
            )


def _valid(draw: Path) -> dict[str, Any]:
    """The result now valid."""
    corrections = corrections_of(draw)
    found: dict[str, Any] = corrections[-1]["result"] if corrections else result_of(draw)
    return found
