"""After the draw: a child struck off, late applicants, a draw postponed or void, salts destroyed."""

from pathlib import Path
from typing import Annotated

import typer

from junheng.basics import Text, UserError
from junheng.cli.draw.deciding import decider
from junheng.cli.draw.folder import json_lines, roll_of, spec_of, state_of
from junheng.cli.draw.left_seats import problem_left, require_left
from junheng.cli.draw.plan import read_plan
from junheng.cli.draw.reasons import require_impersonal
from junheng.cli.draw.show import say, say_fingerprint, say_next
from junheng.cli.paths import existing

SHOWN = 12  # characters of a code that the lists show
_Draw = Annotated[Path, typer.Argument(help="抽签文件夹 | folder of the draw", callback=existing)]
_Reason = Annotated[str, typer.Option(help="原因，会公布，勿写个人信息 | published: no personal data")]


def strike_off(
    draw: _Draw,
    pid: Annotated[
        list[str], typer.Option(help="报名编号（公示表上的即可），可多次 | code as on the list; may repeat")
    ],
    reason: _Reason,
) -> None:
    """Strike children off and replay DRAW with the same seed; the others keep their numbers."""
    from junheng.draws import strike_off as strike

    kind = roll_of(draw)["kind"]
    _require_admission(kind, draw)
    require_impersonal(reason, draw)
    room = decider(kind)
    correction = strike(
        draw,
        [_whole(code, draw) for code in pid],
        reason,
        lambda spec, rows, seed: room.run_draw(spec, rows, seed, engine="auto"),
    )
    moved = len(correction["differences"])
    say(
        Text(f"已核减 {len(pid)} 人，另有 {moved} 人去向变动", f"{len(pid)} struck off, {moved} others moved")
    )
    for change in correction["differences"]:
        before, after = change["before"]["school"] or "—", change["after"]["school"] or "—"
        typer.echo(f"  {change['pid'][:12]}  {before} → {after}")
    if any(entry["step"] == "supplement" for entry in json_lines(draw, "log.jsonl")):
        say(
            Text(
                "此前已有补充抽签：请核对上列孩子是否已在补充抽签中录取，一人只能有一个学位",
                "a supplement was held before: see whether any of these has a seat from it; one child, one seat",
            )
        )
    say_fingerprint(Text("更正后的结果指纹", "corrected result root"), correction["result"]["root"])
    say(Text("请再次公布（publish），公示表和公告会写明更正", "publish again: list and notice will show it"))


def _require_admission(kind: str, draw: Path) -> None:
    if kind != "admission":
        raise UserError(
            Text("编班不能核减重演", "a class formation is not replayed"),
            where=str(draw),
            why=Text("少一人重编，全班都会变动", "with one child fewer every class would change"),
            fix=Text("转出直接减员；调班、插班用 junheng classes --into", "moves: junheng classes --into"),
        )


def _whole(code: str, draw: Path) -> str:
    """The whole code of a child, of which at least what the lists show is given."""
    given = code.strip().lower()
    if len(given) < SHOWN:
        return given
    found = [row["pid"] for row in json_lines(draw, "roll/rows.jsonl") if row["pid"].startswith(given)]
    return str(found[0]) if len(found) == 1 else given


def supplement(
    draw: _Draw,
    late: Annotated[
        Path, typer.Argument(help="补报名册已封存的文件夹 | folder of the late roll", callback=existing)
    ],
    plan: Annotated[
        Path | None,
        typer.Option(
            help="另定的剩余学位方案；不给则按原规则派全部剩余学位 | a plan; else all seats left, by the same rule",
            callback=existing,
        ),
    ] = None,
    earlier: Annotated[
        list[Path] | None,
        typer.Option(help="此前各次补充抽签的文件夹 | folders of the supplements before", callback=existing),
    ] = None,
) -> None:
    """Declare the late roll as a supplement of DRAW: its seed follows from the first; then seed, run, publish."""
    from junheng.draws import program_digests
    from junheng.draws import supplement as declare

    before = earlier or []
    room = decider(roll_of(draw)["kind"])
    if plan is None:
        problem, rules = problem_left(draw), spec_of(draw)["rules"]
    else:
        read = read_plan(plan)
        problem = room.read_problem(read, None)
        rules = {"id": read.rules.stem, "text_hash": read.rules_hash}
    if roll_of(draw)["kind"] == "admission":
        require_left(problem, draw, before)
    spec = declare(draw, late, problem, rules, program_digests(), earlier=before, check=room.check_spec)
    k = spec["supplement_of"]["k"]
    say(Text(f"第 {k} 次补充抽签已登记", f"supplementary draw {k} entered"))
    typer.echo("下一步 next: junheng draw seed 计算种子 | fix the seed")


def postpone(
    draw: _Draw,
    new: Annotated[Path, typer.Argument(help="延期后的新文件夹 | the new folder")],
    draw_id: Annotated[str, typer.Option("--id", help="新编号 | the new draw id")],
    reason: _Reason,
) -> None:
    """End DRAW before its beacons; the same roll goes on under a new id, with new commitments and beacons."""
    from junheng.draws import postpone as put_off

    require_impersonal(reason, draw)
    roll = put_off(draw, new, draw_id=draw_id, reason=reason)
    say(Text(f"已延期为 {roll.draw_id}", f"postponed to {roll.draw_id}"))
    say_next(state_of(new))


def void(draw: _Draw, reason: _Reason) -> None:
    """Declare DRAW void. The incident record quotes all that was known: it must be published."""
    from junheng.draws import void as declare

    require_impersonal(reason, draw)
    declare(draw, reason)
    record = draw / "incident.json"
    say(Text(f"已作废；请公布事故记录 {record}", f"void; publish the incident record {record}"))


def forget(draw: _Draw) -> None:
    """Destroy identities and salts after the appeal period: the public codes then lead to nobody."""
    from junheng.draws import forget as destroy

    destroy(draw)
    say(Text("身份和盐值已销毁；备份请另行销毁", "identities and salts are destroyed; see to the copies"))
