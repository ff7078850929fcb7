"""The works done: the installed command run over what was given, and its result held against itself. Needs no Django."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.web.jobs.command import Ran, run_command
from junheng.web.jobs.plan_work import as_json
from junheng.web.jobs.works.commands import COMMANDS, LATER, VERIFIED
from junheng.web.jobs.works.given import OUT, Given
from junheng.web.jobs.works.kept import KEPT
from junheng.web.jobs.works.kinds import WORK_KINDS

Json = dict[str, Any]
Tell = Callable[[Text, int, int], None]
_OUTCOMES = (
    "class_sizes.json", "funds.json", "ledger.json", "timetable.json", "plan.json", "school_standard.json", "roll.json",
    "drawn.json",
    "drawn.json",
)  # fmt: skip
_OF_COUNTY = ("drawn",)  # the county stands in the draw itself
_TOLD = ("compose",)  # whose last command says what people want to read: how many figures were opened again


def do(task: Json, tell: Tell) -> Json:
    """Do ``task["work"]``; its folder is ``out``. Raises UserError as the command refuses, and for a foreign county."""
    stage, kind = Path(task["stage"]), WORK_KINDS[task["work"]]
    tell(Text("取出给的文件", "fetching what was given"), 0, 3)
    given = Given(task, stage)
    tell(Text("计算", "working it out"), 1, 3)
    ran = Ran(0, [])
    for arguments in COMMANDS[kind.work](given):
        ran = run_command(arguments, stage, _silent)
    if kind.work in KEPT:
        KEPT[kind.work](given, stage / OUT)
    if kind.takes_data or kind.work in _OF_COUNTY:
        _require_own(stage / OUT, task["codes"])
    result: Json = {"code": ran.code}
    if kind.work in _TOLD:
        result["told"] = as_json(ran.said)
    if kind.is_verified:
        tell(Text("独立复算", "working it out again, independently"), 2, 3)
        arguments = VERIFIED[kind.work](given) if kind.work in VERIFIED else ["verify", OUT]
        again = run_command(arguments, stage, _silent)
        result |= {"ok": again.code == 0, "verified": as_json(again.said)}
    for arguments in LATER[kind.work](given) if kind.work in LATER else ():
        run_command(arguments, stage, _silent)
    return result


def _silent(_words: Text, _done: int, _total: int) -> None:
    """The command's own progress is not told: what it says may quote what was given."""


def _require_own(out: Path, codes: list[str]) -> None:
    """Raise UserError where the result is of another county than the one it was asked for."""
    found = {
        code
        for name in _OUTCOMES
        for path in out.rglob(name)
        for code in _codes(json.loads(path.read_bytes()))
    }
    if found <= set(codes):
        return
    listed = "、".join(sorted(found)[:6])
    raise UserError(
        Text(
            f"上传的数据不是本县的：县代码 {listed}", f"the data are not this county's: county code {listed}"
        ),
        why=Text("没有保存结果", "no result was kept"),
        fix=Text(
            f"请只上传县代码 {'、'.join(codes)} 的数据", f"give the data of county {', '.join(codes)} alone"
        ),
    )


def _codes(told: Json) -> list[str]:
    """The county codes an outcome says it is of."""
    if "draw_id" in told:  # of schools to be visited: 999901-2024-INSPECT
        return [str(told["draw_id"]).partition("-")[0]]
    if "counties" in told:
        return [str(one["county_code"]) for one in told["counties"]]
    county = told["county"]
    return [str(county["code"] if isinstance(county, dict) else county)]
