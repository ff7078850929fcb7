"""The works done: the installed command run over what was given, and its result held against itself. Needs no Django."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.web.jobs.command import run_command
from junheng.web.jobs.plan_work import as_json
from junheng.web.jobs.works.commands import COMMANDS, OUT, REMARKS, Given
from junheng.web.jobs.works.kinds import WORK_KINDS

Json = dict[str, Any]
Tell = Callable[[Text, int, int], None]
_PASSAGES = "passages.json"
_OUTCOMES = ("class_sizes.json", "funds.json", "ledger.json", "timetable.json", "plan.json")


def do(task: Json, tell: Tell) -> Json:
    """Do ``task["work"]``; its folder is ``out``. Raises UserError as the command refuses, and for a foreign county."""
    stage, kind = Path(task["stage"]), WORK_KINDS[task["work"]]
    tell(Text("取出给的文件", "fetching what was given"), 0, 3)
    given = Given(task, stage)
    tell(Text("计算", "working it out"), 1, 3)
    code = 0
    for arguments in COMMANDS[kind.work](given):
        code = run_command(arguments, stage, _silent).code
    if kind.takes_data:
        _require_own(stage / OUT, task["codes"])
    if kind.work == "lint":
        _keep_passages(stage / given.part("book"), stage / OUT)
    if not kind.is_verified:
        return {"code": code}
    tell(Text("独立复算", "working it out again, independently"), 2, 3)
    ran = run_command(["verify", OUT], stage, _silent)
    return {"code": code, "ok": ran.code == 0, "verified": as_json(ran.said)}


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
    if "counties" in told:
        return [str(one["county_code"]) for one in told["counties"]]
    county = told["county"]
    return [str(county["code"] if isinstance(county, dict) else county)]


def _keep_passages(report: Path, out: Path) -> None:
    """The words the remarks are about, by the number of their passage."""
    from junheng.reports.prose import read_prose

    texts = {one.number: one.text for one in read_prose(report).passages}
    remarks = json.loads((out / REMARKS).read_bytes())
    told = {str(at): texts[at] for one in remarks for at in one["passages"] if at in texts}
    (out / _PASSAGES).write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
