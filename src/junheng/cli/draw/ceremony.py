"""``junheng draw ceremony``: the steps one after another on a big screen, for the hall; works offline."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from junheng.basics import Text, UserError
from junheng.cli.draw import beacon, commit, freeze, publish, reveal, run, seed, spec
from junheng.cli.draw.big_screen import pause, show_big, show_choice, show_progress
from junheng.cli.draw.folder import result_of, roll_of, spec_of, state_of
from junheng.cli.draw.plan import read_plan
from junheng.cli.paths import existing


def command(
    draw: Annotated[Path, typer.Argument(help="抽签文件夹（可为新的）| folder of the draw, may be new")],
    plan: Annotated[Path, typer.Option(help="抽签方案 plan.yaml | the plan", callback=existing)],
    applications: Annotated[
        Path | None,
        typer.Option(help="申请表；名册已封存则不需要 | applications, unless frozen", callback=existing),
    ] = None,
    secrets: Annotated[
        Path | None, typer.Option(help="本机产生的秘密数存放处 | where secrets made here are kept")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="公布文件夹 | the public folder")] = None,
) -> None:
    """Lead through the ceremony of DRAW. Stopped half-way, it goes on where it stood."""
    steps: dict[str, Callable[[], None]] = {
        "empty": lambda: _freeze(draw, plan, applications),
        "frozen": lambda: _parties(draw, plan, applications, secrets or draw.parent / f"{draw.name}-secrets"),
        "declared": lambda: _reveals(draw, secrets or draw.parent / f"{draw.name}-secrets"),
        "revealed": lambda: _beacons(draw),
        "observed": lambda: _seed(draw),
        "seeded": lambda: _run(draw),
        "decided": lambda: _publish(draw, out or draw.parent / f"{draw.name}-public"),
    }
    while (state := str(state_of(draw))) in steps:
        show_progress(list(steps), state)
        _with_patience(steps[state])
    show_big(Text("抽签完成", "The draw is complete"), [str(result_of(draw)["root"])])


def _with_patience(step: Callable[[], None]) -> None:
    """A typing mistake in the hall is told and asked again; it never ends the ceremony."""
    while True:
        try:
            step()
        except UserError as error:
            for line in error.lines():
                typer.secho(f"{line.zh}\n  {line.en}", fg=typer.colors.RED)
            if not show_choice(Text("再试一次？", "Try again?")):
                raise
        else:
            return


def _freeze(draw: Path, plan: Path, applications: Path | None) -> None:
    show_big(Text("第一步 封存名册", "Step 1: freeze the roll"), [read_plan(plan).title])
    if applications is None:
        applications = Path(typer.prompt("申请表文件 | applications"))
    freeze.command(applications, plan, draw, rehearsal=False, receipts=None)
    roll = roll_of(draw)
    show_big(
        Text("名册指纹，请宣读", "Roll root: read it aloud"), [roll["root"], f"{roll['rows']} 人 children"]
    )
    pause()


def _parties(draw: Path, plan: Path, applications: Path | None, secrets: Path) -> None:
    from junheng.draws import spec_digest

    show_big(Text("第二步 各方承诺", "Step 2: commitments"), [])
    secrets.mkdir(mode=0o700, parents=True, exist_ok=True)
    for party in read_plan(plan).parties:
        role, name = str(party["role"]), str(party.get("name", ""))
        if (draw / "commitments" / f"{role}.json").is_file():
            continue
        own = typer.prompt(
            f"{role} {name}：自备承诺请输入 64 位十六进制，由本机产生请直接回车 | own commitment, or Enter",
            default="",
            show_default=False,
        ).strip()
        kept = secrets / f"{role}.txt"
        _set_aside(kept)
        commit.command(draw, role, name, own, None if own else kept)
    show_big(Text("公告方案", "Declare the spec"), [])
    spec.command(draw, plan, applications)
    show_big(
        Text("方案指纹，请宣读并登报", "Spec digest: read it aloud and print it"),
        [spec_digest(spec_of(draw)).hex()],
    )
    pause()


def _set_aside(secret: Path) -> None:
    """Rename a secret that belongs to no commitment of this draw: the program was stopped before it was recorded."""
    if secret.exists():
        number = 1 + sum(1 for _ in secret.parent.glob(f"{secret.stem}.*.old"))
        secret.rename(secret.with_name(f"{secret.stem}.{number}.old"))


def _reveals(draw: Path, secrets: Path) -> None:
    show_big(
        Text("第三步 公开秘密数", "Step 3: reveals"), [f"截止 by {spec_of(draw)['schedule']['reveals_by']}"]
    )
    for party in spec_of(draw)["parties"]:
        role = party["role"]
        if (draw / "reveals" / f"{role}.json").is_file():
            continue
        kept = secrets / f"{role}.txt"
        if kept.is_file():
            typer.prompt(f"{role}：按回车公开 | press Enter to reveal", default="", show_default=False)
            reveal.command(draw, role, kept, "")
        else:
            reveal.command(draw, role, None, typer.prompt(f"{role} 的秘密数（64 位）| the secret of {role}"))


def _beacons(draw: Path) -> None:
    from junheng.reports.draws import beacon_words

    declared = spec_of(draw)["beacons"]
    words = [beacon_words(item) for item in declared]
    show_big(Text("第四步 公共随机", "Step 4: the public beacon"), words)
    beacon.command(draw, None)


def _seed(draw: Path) -> None:
    from junheng.draws import fix_seed

    show_big(Text("第五步 种子", "Step 5: the seed"), [])
    seed.command(draw)
    show_big(Text("种子，请宣读", "Seed: read it aloud"), [fix_seed(draw).hex()])
    pause()


def _run(draw: Path) -> None:
    show_big(Text("第六步 抽签", "Step 6: the draw"), [])
    run.command(draw, engine="auto")
    show_big(
        Text("结果指纹，请宣读并记录", "Result root: read it aloud and write it down"),
        [result_of(draw)["root"]],
    )
    pause()


def _publish(draw: Path, out: Path) -> None:
    show_big(Text("第七步 公布", "Step 7: publish"), [os.fspath(out)])
    publish.command(draw, out, out.parent / f"{draw.name}-sealed", None, with_rows=False, roll_is_public="")
