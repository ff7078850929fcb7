"""A layout judged: today's state and the planned one,
both written as inputs and judged by the same engine."""

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from junheng.cli.plan.judged import Effect, Judged
    from junheng.planning import Kind

Json = dict[str, Any]
_STANDARD = "quality-2017"  # as in junheng evaluate; the problem file may name another


def judge_layout(kind: "Kind", path: Path, problem: Json, outcome: Json, folder: Path) -> "Effect":
    """Write and judge today's and the planned state below ``folder``; nothing where the outcome carries no state."""
    from junheng.cli.plan.judged import Effect
    from junheng.planning import read_plain_mapping

    asked = read_plain_mapping(path, _see(problem["kind"]))
    if "state" not in outcome or not asked.get("input"):
        return Effect((), ())
    from junheng.cli.plan.judged import PLANNED, TODAY
    from junheng.planning.effect import effect_tables, effect_words, planned_state

    (year,) = planned_state(path, problem, outcome, folder / PLANNED)
    base = _write_today(path, asked, outcome, folder)
    standard = str(asked.get("standard") or _STANDARD)
    judged, sides = [], []
    for name, when in ((TODAY, base), (str(year), year)):
        one, side = _side(kind, problem, outcome, folder, name, (standard, when))
        judged.append(one)
        sides.append(side)
    return Effect(judged, effect_tables(*sides), effect_words(*sides))


def _see(kind: str) -> Any:
    from junheng.basics import Text

    return Text(f"写法见 docs/method/plan_{kind}.md", f"see docs/method/plan_{kind}.md")


def _write_today(path: Path, asked: Json, outcome: Json, folder: Path) -> int:
    """The base year's tables as they are, in the same form as the planned state; returns the year."""
    from junheng.cli.plan.judged import PLANNED, TODAY
    from junheng.planning.effect import write_planned

    unchanged: Json = {"year": outcome["state"]["year"], "pupils": [], "closed": [], "opened": []}
    if asked.get("base_year"):
        unchanged["year"] = int(asked["base_year"])
    mapping = path.parent / str(asked["mapping"]) if asked.get("mapping") else None
    source = path.parent / str(asked["input"])
    made = folder / f"{TODAY}.part"
    year = _last_year(source, mapping, unchanged["year"])
    write_planned(source, unchanged | {"year": year}, made, mapping=mapping)
    (made / str(year)).rename(folder / PLANNED / TODAY)
    shutil.rmtree(made)
    return year


def _last_year(source: Path, mapping: Path | None, most: int) -> int:
    """The last year of the input that is not after ``most``."""
    from junheng.data import read_input

    return max(year for year in read_input(source, mapping=mapping).years() if year <= most)


def _side(
    kind: "Kind", problem: Json, outcome: Json, folder: Path, name: str, asked: tuple[str, int]
) -> "tuple[Judged, Json]":
    from junheng.cli.plan.judged import FINDINGS, PLANNED, judged_state
    from junheng.judgement import Question

    judged = judged_state(Question(asked[0], asked[1]), folder / PLANNED / name, folder / FINDINGS / name)
    return judged, side_in(kind, problem, outcome, folder, name)


def side_in(kind: "Kind", problem: Json, outcome: Json, folder: Path, name: str) -> Json:
    """Plain values of a state (``name``: a year or today) that was judged in a plan's ``folder``."""
    from junheng.cli.plan.judged import FINDINGS, PLANNED, TODAY
    from junheng.data import read_input
    from junheng.planning.effect import side_of

    verdict = json.loads((folder / FINDINGS / name / "verdict.json").read_bytes())
    rows = read_input(folder / PLANNED / name).tables["stage"].to_pylist()
    stages = [row for row in rows if row["year"] == verdict["year"]]
    ways = getattr(kind, "walking", None)  # not every kind knows who walks how far
    walking = ways(problem, outcome, name != TODAY) if ways else ()
    cost = outcome.get("objective", {}).get("cost_yuan") if name != TODAY else None
    return side_of(verdict, stages, walking, cost if isinstance(cost, int) else None)
