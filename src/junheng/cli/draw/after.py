"""After the draw: a child struck off, late applicants, a draw postponed or void, salts destroyed."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.basics import Text
from junheng.cli.draw.deciding import decider
from junheng.cli.draw.folder import roll_of, state_of
from junheng.cli.draw.plan import read_plan
from junheng.cli.draw.show import say, say_fingerprint, say_next
from junheng.cli.paths import existing

_Draw = Annotated[Path, typer.Argument(help="抽签文件夹 | folder of the draw", callback=existing)]
_Reason = Annotated[str, typer.Option(help="原因，会公布，勿写个人信息 | published: no personal data")]


def strike_off(
    draw: _Draw,
    pid: Annotated[list[str], typer.Option(help="报名编号，可多次 | code; may repeat")],
    reason: _Reason,
) -> None:
    """Strike children off and replay DRAW with the same seed; the others keep their numbers."""
    from junheng.draws import strike_off as strike

    room = decider(roll_of(draw)["kind"])
    correction = strike(
        draw, pid, reason, lambda spec, rows, seed: room.run_draw(spec, rows, seed, engine="auto")
    )
    moved = len(correction["differences"])
    say(
        Text(f"已核减 {len(pid)} 人，另有 {moved} 人去向变动", f"{len(pid)} struck off, {moved} others moved")
    )
    for change in correction["differences"]:
        before, after = change["before"]["school"] or "—", change["after"]["school"] or "—"
        typer.echo(f"  {change['pid'][:12]}  {before} → {after}")
    say_fingerprint(Text("更正后的结果指纹", "corrected result root"), correction["result"]["root"])


def supplement(
    draw: _Draw,
    late: Annotated[
        Path, typer.Argument(help="补报名册已封存的文件夹 | folder of the late roll", callback=existing)
    ],
    plan: Annotated[Path, typer.Option(help="剩余学位的方案 | plan of the seats left", callback=existing)],
) -> None:
    """Declare the late roll as a supplement of DRAW: its seed follows from the first; then seed, run, publish."""
    from junheng.draws import program_digests
    from junheng.draws import supplement as declare

    read = read_plan(plan)
    room = decider(read.kind)
    spec = declare(
        draw, late, room.read_problem(read, None), {"id": read.rules.stem, "text_hash": read.rules_hash},
        program_digests(), check=room.check_spec,
    )  # fmt: skip
    k = spec["supplement_of"]["k"]
    say(Text(f"第 {k} 次补充抽签已登记", f"supplementary draw {k} entered"))
    say_next(state_of(late))


def postpone(
    draw: _Draw,
    new: Annotated[Path, typer.Argument(help="延期后的新文件夹 | the new folder")],
    draw_id: Annotated[str, typer.Option("--id", help="新编号 | the new draw id")],
    reason: _Reason,
) -> None:
    """End DRAW before its beacons; the same roll goes on under a new id, with new commitments and beacons."""
    from junheng.draws import postpone as put_off

    roll = put_off(draw, new, draw_id=draw_id, reason=reason)
    say(Text(f"已延期为 {roll.draw_id}", f"postponed to {roll.draw_id}"))
    say_next(state_of(new))


def void(draw: _Draw, reason: _Reason) -> None:
    """Declare DRAW void. The incident record quotes all that was known: it must be published."""
    from junheng.draws import void as declare

    declare(draw, reason)
    record = draw / "incident.json"
    say(Text(f"已作废；请公布事故记录 {record}", f"void; publish the incident record {record}"))


def forget(draw: _Draw) -> None:
    """Destroy identities and salts after the appeal period: the public codes then lead to nobody."""
    from junheng.draws import forget as destroy

    destroy(draw)
    say(Text("身份和盐值已销毁；备份请另行销毁", "identities and salts are destroyed; see to the copies"))
