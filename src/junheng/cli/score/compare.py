"""``junheng score compare SCORES --finding DIR``: the scorers' points beside the finding's own; exit 1 where they differ."""

import json
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from junheng.cli.agreement import DIFFERENCE

if TYPE_CHECKING:
    from junheng.basics import Text
    from junheng.judgement.scoring import Beside

_STATES = {
    "same": "一致 same",
    "open": "尚不能定 open",
    "different": "不同 different",
}


def compare(scores: Path, finding: Path) -> None:
    """Say of every item, of the total and of the conclusion whether both agree."""
    from junheng.judgement import VERDICT_NAMES

    found = _beside(scores, finding)
    for one in (*found.items, found.whole):
        if one.state != "same" or one is found.whole:
            typer.echo(
                f"  {one.item}：评分 scored {_ends(one.scored)}；结论 finding {_ends(one.found)}：{_STATES[one.state]}"
            )
    same = sum(one.state == "same" for one in found.items)
    typer.echo(f"{found.subject}：{same}/{len(found.items)} 项分值一致 items have the same points")
    for who, verdict in (("评分 scored", found.scored), ("结论 finding", found.found)):
        name = VERDICT_NAMES[verdict]
        typer.echo(f"  {who}：{name.zh} {name.en}")
    if found.agrees is False:
        typer.secho(
            "两个结论不同：以结论为准，回到佐证核对评分 | They differ: the finding stands; go back to the evidence",
            fg=typer.colors.RED,
        )
        raise typer.Exit(DIFFERENCE)
    typer.echo(
        "两个结论相同 | Both come to the same" if found.agrees else "有一个还不能定 | One of them is open"
    )


def _beside(scores: Path, finding: Path) -> "Beside":
    from junheng.basics import Text
    from junheng.judgement.scoring import beside_finding

    scored = _read(
        scores / "scores.json",
        Text("没有评分结果", "there are no scores here"),
        Text("给出 junheng score --out 写出的文件夹", "name a folder written by junheng score --out"),
    )
    judged = _read(
        finding / "verdict.json",
        Text("没有这一份结论", "there is no single finding here"),
        Text(
            "给出 junheng evaluate 写出的一个县、一个标准的文件夹；一次评估多个县或标准时，各在下一级文件夹",
            "name the folder of one county and one standard; of several judged at once, one of those inside",
        ),
    )
    return beside_finding(scored, judged)


def _ends(interval: tuple[Fraction, Fraction]) -> str:
    low, high = (f"{float(end):.2f}" for end in interval)
    return low if interval[0] == interval[1] else f"{low} … {high}"


def _read(path: Path, what: "Text", fix: "Text") -> dict[str, Any]:
    from junheng.basics import UserError

    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(what, where=str(path), fix=fix) from error
    return found
