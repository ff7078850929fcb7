"""An investment plan from an unpacked problem folder, by the command every officer has."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.web.jobs.told_error import ToldError

Json = dict[str, Any]
Tell = Callable[[Text, int, int], None]
_KIND, _USUAL = "invest", "problem.yaml"
_COMMAND = "from junheng.cli import main; main()"
_REFUSED = 2
_LABELS = ("错误：", "Error:", "位置：", "Where:", "影响：", "Why it matters:", "办法：", "What to do:")
_DRAWN = (
    "规划 plan:",
    "│",
    "┃",
    "┏",
    "┡",
    "└",
)  # the command's table, and where the plan lies on this machine
_TITLE = " rows）"  # of that table
_LOGGED = 40  # lines of the command's own words that are kept


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
    listed = "、".join(path.name for path in found) or "—"
    what = Text(
        f"压缩包里要有且只有一个投入规划问题（kind: {_KIND}）；找到：{listed}",
        f"the archive must hold one investment problem (kind: {_KIND}); found: {listed}",
    )
    fix = Text("请只放一个，或写明文件名", "keep one, or name it")
    raise UserError(what, why=Text("没有可算的问题", "there is nothing to solve"), fix=fix)


def _is_problem(path: Path) -> bool:
    from junheng.planning import read_plain_mapping

    try:
        return bool(read_plain_mapping(path, Text("", "")).get("kind") == _KIND)
    except UserError:
        return path.name == _USUAL  # the command says what is wrong in it


def make(task: Json, folder: Path, out: Path, tell: Tell) -> Json:
    """Solve, check, judge the planned years, write all papers to ``out``. Raises UserError as the command does."""
    problem = problem_file(folder, task["problem"])
    place = os.path.relpath(out, problem.parent)  # no path of this machine goes into the plan's papers
    arguments = ["plan", _KIND, problem.name, "--out", place, "--seconds", str(task["seconds"])]
    tell(
        Text(
            "求解、独立核对、按规划状态重新评估、生成文书",
            "solving, checking, judging what is planned, writing",
        ),
        1,
        3,
    )
    ran = subprocess.run(
        [sys.executable, "-c", _COMMAND, *arguments],
        cwd=problem.parent, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", check=False,
        env=os.environ | {"COLUMNS": "120", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    if ran.returncode == _REFUSED:
        raise told_error(ran.stderr)
    if ran.returncode != 0:
        raise RuntimeError(ran.stderr[-4000:])
    told = [
        line
        for line in ran.stdout.splitlines()
        if line.strip() and not line.startswith(_DRAWN) and not line.endswith(_TITLE)
    ]
    tell(Text("写出规划", "the plan is written"), 3, 3)
    return {"told": told[:_LOGGED], "problem": problem.name}


def told_error(printed: str) -> UserError:
    """The command's error, each labelled part first in Chinese, then in English, as an error again."""
    parts: list[str] = []
    for line in printed.splitlines():
        if line.strip().startswith(_LABELS):
            parts.append(line.strip())
        elif parts:
            parts[-1] += f"\n{line.strip()}"
    if len(parts) < 2:
        return UserError(Text(printed.strip()[-500:], printed.strip()[-500:]))
    pairs = [Text(zh, en) for zh, en in zip(parts[::2], parts[1::2], strict=False)]
    first = Text(pairs[0].zh.removeprefix("错误："), pairs[0].en.removeprefix("Error: "))
    return ToldError([first, *pairs[1:]])
