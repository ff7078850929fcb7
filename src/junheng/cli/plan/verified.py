"""``junheng verify`` on plans: outcomes by the second mind, files by hash, planned states."""

from pathlib import Path

import typer

from junheng.basics import Text
from junheng.cli.plan.judged import TODAY, planned_states

FUNDING = "funding.json"  # written where the problem asks for operating funds
_CHANGES = {
    "changed": Text("与写出时不同", "not as it was written"),
    "gone": Text("不见了", "gone"),
    "new": Text("写出时没有这个文件", "was not written with the plan"),
}


def verify_plans(folders: tuple[Path, ...]) -> bool:
    """Check each plan and say so; false when anything differs."""
    found = [_verified(folder) for folder in folders]  # every one is told, also after a difference
    return all(found)


def _verified(folder: Path) -> bool:
    from junheng.planning import file_changes, kind_of, read_plan

    typer.echo(f"规划 plan: {folder}")
    problem, outcome = read_plan(folder)
    lines = kind_of(str(problem["kind"])).check(problem, outcome)
    right = _say(
        Text("逐条核对：每个数、每条限额、界", "line by line: every figure, limit and bound"),
        [str(line) for line in lines],
    )
    altered = [f"{name}：{_CHANGES[how]}" for how, names in file_changes(folder).items() for name in names]
    right &= _say(Text("文件与写出时一致", "files as they were written"), altered)
    if (folder / FUNDING).exists():
        from junheng.verification import verify_plan_funding

        right &= _say(
            Text("每年应拨的公用经费", "operating funds due each year"),
            [str(line) for line in verify_plan_funding(folder)],
        )
    for name, state, finding in planned_states(folder):
        right &= _state(name, state, finding)
    return right


def _state(name: str, state: Path, finding: Path) -> bool:
    """The finding on a state, computed again from its tables."""
    from junheng.verification import Made, verify_finding

    result = verify_finding(finding, state, made=Made(None, (), (), ()), announce=lambda _: None)
    wrong = [] if result.difference is None else [str(result.difference)]
    if name == TODAY:
        return _say(Text("现状的结论", "verdict on today's state"), wrong)
    return _say(Text(f"{name} 年规划状态的结论", f"verdict on the planned state of {name}"), wrong)


def _say(what: Text, wrong: list[str]) -> bool:
    if not wrong:
        typer.secho(f"  一致 agreed：{what.zh} | {what.en}", fg=typer.colors.GREEN)
        return True
    typer.secho(f"  不一致 differs：{what.zh} | {what.en}", fg=typer.colors.RED)
    for line in wrong:
        typer.echo(f"    {line}")
    return False
