"""Plans and forecasts of an unpacked problem folder, comparisons and checks of plans: by the command
every officer has."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.web.jobs.command import run_command
from junheng.web.jobs.kinds import PLAN_KINDS

Json = dict[str, Any]
Tell = Callable[[Text, int, int], None]
_USUAL = "problem.yaml"


def problem_file(folder: Path, name: str) -> Path:
    """The problem in ``folder``: the one called ``name``, the only one, else problem.yaml. Raises UserError."""
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in (".yaml", ".yml") and _is_problem(path)
    ]
    named = [path for path in found if path.name == name] if name else found
    if len(named) > 1:
        named = [path for path in named if path.name == _USUAL] or named
    if len(named) == 1:
        return named[0]
    listed, kinds = "、".join(path.name for path in found) or "—", "、".join(PLAN_KINDS)
    what = Text(
        f"压缩包里要有且只有一个规划或预测问题（kind: {kinds}）；找到：{listed}",
        f"the archive must hold one problem (kind: {kinds}); found: {listed}",
    )
    fix = Text("请只放一个，或写明文件名", "keep one, or name it")
    raise UserError(what, why=Text("没有可算的问题", "there is nothing to solve"), fix=fix)


def _is_problem(path: Path) -> bool:
    try:
        return kind_in(path) in PLAN_KINDS
    except UserError:
        return path.name == _USUAL  # the library says what is wrong in it


def kind_in(path: Path) -> str:
    """What the problem at ``path`` says it is. Raises UserError where it cannot be read."""
    from junheng.planning import read_plain_mapping

    return str(read_plain_mapping(path, Text("规划问题", "the problem")).get("kind"))


def make_plan(problem: Path, out: Path, seconds: int, tell: Tell) -> Json:
    """Solve, check, judge the planned years, write all papers to ``out``. Raises UserError as the command does."""
    kind = kind_in(problem)
    place = os.path.relpath(out, problem.parent)  # no path of this machine goes into the plan's papers
    arguments = [*PLAN_KINDS[kind].command, f"./{problem.name}", "--out", place, "--seconds", str(seconds)]
    ran = run_command(arguments, problem.parent, tell)
    return {"told": as_json(ran.said), "problem": problem.name, "kind": kind}


def compare(task: Json, tell: Tell) -> Json:
    """Earlier plans of one kind side by side, each under the number of its job."""
    stage = Path(task["stage"])
    tell(Text("取出各方案", "fetching the plans"), 0, 2)
    for number, folder in task["plans"].items():
        shutil.copytree(folder, stage / f"方案{number}")
    names = [f"方案{number}" for number in task["plans"]]
    tell(Text("比较", "comparing"), 1, 2)
    ran = run_command(["plan", "compare", *names, "--out", "out"], stage, tell)
    return {"told": as_json(ran.said)}


def check(task: Json, tell: Tell) -> Json:
    """``junheng verify`` on a plan as it is kept: every figure, limit and bound, and the planned state's finding."""
    stage = Path(task["stage"])
    tell(Text("复制规划", "copying the plan"), 0, 2)
    shutil.copytree(task["plan"], stage / "plan")
    tell(Text("独立核对", "checking independently"), 1, 2)
    ran = run_command(["verify", "plan"], stage, tell)
    return {"ok": ran.code == 0, "told": as_json(ran.said)}


def as_json(lines: list[Text]) -> list[dict[str, str]]:
    """Pairs as they are kept."""
    return [{"zh": line.zh, "en": line.en} for line in lines]
