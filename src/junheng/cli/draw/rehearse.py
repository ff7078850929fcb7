"""``junheng draw rehearse``: the whole ceremony on invented randomness; it never passes for real."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from junheng.basics import Text, UserError
from junheng.cli.draw.beacon import observation
from junheng.cli.draw.deciding import decider
from junheng.cli.draw.folder import state_of
from junheng.cli.draw.hall_numbers import problem_of_forms
from junheng.cli.draw.plan import Plan, read_plan
from junheng.cli.draw.run import say_result
from junheng.cli.draw.show import say, say_fingerprint
from junheng.cli.paths import existing

_MINUTES = timedelta(minutes=10)


def command(
    applications: Annotated[
        Path, typer.Argument(help="申请表或新生名册 | applications or intake", callback=existing)
    ],
    plan: Annotated[Path, typer.Option(help="抽签方案 plan.yaml | the plan", callback=existing)],
    out: Annotated[Path, typer.Option(help="新的演练文件夹 | a new folder")],
    times: Annotated[int, typer.Option(min=1, max=20, help="演练次数 | how many")] = 1,
) -> None:
    """Run the steps of the plan with invented secrets and beacons. Each run comes out differently."""
    read = read_plan(plan)
    entrants = decider(read.kind).entrants(read, applications)
    problem = _problem(read, applications)
    folders = [out] if times == 1 else [out / f"{number:02}" for number in range(1, times + 1)]
    for folder in folders:
        _require_new(folder)
    for number, folder in enumerate(folders, 1):
        result = rehearse(read, entrants, problem, folder, number)
        say(Text(f"演练 {number}：{folder}", f"rehearsal {number}: {folder}"))
        say_result(read.kind, result)
        say_fingerprint(Text("结果指纹", "result root"), str(result["root"]))


def _require_new(folder: Path) -> None:
    """Refuse (UserError) a folder in which a draw was begun: nothing frozen is written over, not even a rehearsal."""
    if str(state_of(folder)) != "empty":
        raise UserError(
            Text("这个文件夹里已有一次抽签或演练", "a draw or rehearsal is in this folder already"),
            where=str(folder),
            why=Text(
                "做过的不能重写，演练也一样", "what was done is never written over, a rehearsal neither"
            ),
            fix=Text(
                "请换一个新文件夹，或先删去旧的演练", "name a new folder, or delete the old rehearsal first"
            ),
        )


def _problem(plan: Plan, applications: Path) -> dict[str, Any]:
    """The plan's problem; an order that will be drawn in the hall is stood in for by the seed's."""
    if plan.kind == "admission":
        return problem_of_forms(plan.rules).as_json()
    return decider(plan.kind).read_problem(plan, applications)


def rehearse(plan: Plan, entrants: Any, problem: dict[str, Any], folder: Path, number: int) -> dict[str, Any]:
    """One rehearsal in ``folder``: its own draw id, own secrets, own beacons. Returns the public result."""
    from junheng.draws import (
        commit,
        commitment,
        declare,
        fix_seed,
        freeze,
        fresh_value,
        observe,
        program_digests,
        reveal,
        run,
    )

    draw_id, room = f"{plan.draw_id}-演练{number:02}", decider(plan.kind)
    freeze(
        folder, draw_id=draw_id, title=plan.title, purpose="rehearsal", kind=plan.kind, hash_name=plan.hash,
        entrants=entrants,
    )  # fmt: skip
    secrets = {party["role"]: fresh_value() for party in _parties(plan)}
    for party in _parties(plan):
        role = party["role"]
        commit(folder, role, party["name"], commitment(plan.hash, draw_id, role, secrets[role]))
    declared = [_drawable(item) for item in plan.beacons]
    rules = {"id": plan.rules.stem, "text_hash": plan.rules_hash}
    declare(
        folder, problem, rules, declared, _schedule(), program_digests(), {},
        check=room.check_spec,
    )  # fmt: skip
    for role, value in secrets.items():
        reveal(folder, role, value.hex())
    observe(folder, [observation(item, invented(item)) for item in declared])
    fix_seed(folder)
    return dict(run(folder, lambda spec, rows, seed: room.run_draw(spec, rows, seed, engine="auto")))


def _parties(plan: Plan) -> list[dict[str, str]]:
    """The parties of the plan, played by the machine; one stands in where the plan names none."""
    named = [{"role": party["role"], "name": party.get("name", "")} for party in plan.parties]
    return named or [{"role": "演练", "name": "rehearsal"}]


def _schedule() -> dict[str, str]:
    start = datetime.now().astimezone()
    return {
        "reveals_by": start.isoformat(timespec="seconds"),
        "beacon_from": (start + _MINUTES).isoformat(timespec="seconds"),
    }


def _drawable(declared: dict[str, Any] | Any) -> dict[str, Any]:
    """A beacon that can be invented: a network beacon is replaced by balls, for nobody can forge its signature."""
    if declared["kind"] in ("balls", "lottery"):
        return dict(declared)
    part = {"count": 6, "low": 0, "high": 99, "ordered": 1, "distinct": 0}
    return {"kind": "balls", "id": declared["id"], "name": "演练用球 rehearsal balls", "parts": [part]}


def invented(declared: dict[str, Any]) -> str:
    """Numbers within the declared ranges, as people would type them."""
    import secrets

    parts = []
    for part in declared["parts"]:
        low, high, count = int(part["low"]), int(part["high"]), int(part["count"])
        if part.get("distinct", 0):
            numbers = secrets.SystemRandom().sample(range(low, high + 1), count)
        else:
            numbers = [low + secrets.randbelow(high - low + 1) for _ in range(count)]
        parts.append(" ".join(str(number) for number in numbers))
    return " / ".join(parts)
