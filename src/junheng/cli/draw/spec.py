"""``junheng draw spec``: the rule, the schools, the roll and the commitments become one frozen object."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from junheng.basics import Text
from junheng.cli.draw.deciding import decider
from junheng.cli.draw.fitting import require_fitting
from junheng.cli.draw.folder import roll_of, state_of
from junheng.cli.draw.hall_numbers import problem_with_numbers
from junheng.cli.draw.plan import read_plan
from junheng.cli.draw.show import say, say_fingerprint, say_next
from junheng.cli.paths import existing


def command(
    draw: Annotated[Path, typer.Argument(help="抽签文件夹 | folder of the draw", callback=existing)],
    plan: Annotated[Path, typer.Option(help="抽签方案 plan.yaml | the plan", callback=existing)],
    intake: Annotated[
        Path | None,
        typer.Option(
            help="分班：新生名册，取其编班计划 | class formation: the workbook with the plan",
            callback=existing,
        ),
    ] = None,
    numbers: Annotated[
        Path | None,
        typer.Option(help="现场产生的号码表：证件号码、号码 | numbers drawn in the hall", callback=existing),
    ] = None,
) -> None:
    """Declare the spec of DRAW from the plan; afterwards nothing in it can be changed."""
    from junheng.draws import declare, program_digests, spec_digest

    read, roll = read_plan(plan), roll_of(draw)
    require_fitting(read, roll, draw)
    room = decider(roll["kind"])
    by_hall = None if numbers is None else problem_with_numbers(read.rules, draw, numbers)
    spec = declare(
        draw,
        by_hall or room.read_problem(read, intake),
        {"id": read.rules.stem, "text_hash": read.rules_hash},
        read.beacons,
        read.schedule,
        program_digests(),
        read.latest_beacon_seen,
        check=room.check_spec,
    )
    for line in room.warnings(spec):
        say(Text(f"请告知家长：{line.zh}", f"Tell the families: {line.en}"))
    for beacon in spec["beacons"]:
        _say_outcomes(beacon)
    say(
        Text(
            "方案已公告：请当众宣读并登报下面的指纹",
            "the spec is declared: read this fingerprint aloud and print it",
        )
    )
    say_fingerprint(Text("方案指纹", "spec digest"), spec_digest(spec).hex())
    say_next(state_of(draw))


def _say_outcomes(beacon: Mapping[str, Any]) -> None:
    """How many outcomes a beacon has: one of few rests on the parties' secrets alone."""
    from junheng.draws import possibilities
    from junheng.reports.draws import beacon_words

    if count := possibilities(beacon):
        name = beacon_words(beacon)
        say(Text(f"{name}共有 {count:,} 种可能", f"{name} has {count:,} possible outcomes"))
