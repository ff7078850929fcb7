"""``junheng draw beacon``: the declared public events as they came out, all at once."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from junheng.basics import Text, UserError
from junheng.cli.draw.folder import spec_of, state_of
from junheng.cli.draw.show import say, say_next
from junheng.cli.paths import existing

_STRAY = r"[^0-9\s,、，;；.。/+]"  # after NFKC: full-width digits and signs are plain ones


def command(
    draw: Annotated[Path, typer.Argument(help="抽签文件夹 | folder of the draw", callback=existing)],
    observed: Annotated[
        list[str] | None,
        typer.Option(
            help="信标编号=开出结果，可多次；组间用 / 分开，如 hall='9 18 26 / 7'；drand 填签名 | "
            "id=what came out; may repeat; parts divided by /; a drand round's signature"
        ),
    ] = None,
) -> None:
    """Record the beacons of DRAW. Those not given with --observed are asked for."""
    from junheng.draws import observe

    given = _given(observed or ())
    declared = spec_of(draw)["beacons"]
    unknown = sorted(set(given) - {item["id"] for item in declared})
    if unknown:
        raise _not_declared(unknown[0], [item["id"] for item in declared])
    values = {item["id"]: given.get(item["id"]) or _ask(item) for item in declared}
    remarks = observe(draw, [observation(item, values[item["id"]]) for item in declared])
    for identifier, _, remark in remarks:
        say(Text(f"{identifier}：{remark.zh}", f"{identifier}: {remark.en}"))
    say_next(state_of(draw))


def _given(observed: Sequence[str]) -> dict[str, str]:
    """What was typed, by beacon; a beacon typed twice is refused, for one of the two would be chosen."""
    pairs = [_pair(text) for text in observed]
    given = dict(pairs)
    if len(given) != len(pairs):
        raise UserError(
            Text("同一个信标录入了两次", "a beacon is given twice"),
            where="--observed",
            why=Text("两次不同就等于可以挑选", "where the two differ, one would be chosen"),
            fix=Text("每个信标只写一次", "write each beacon once"),
        )
    return given


def _pair(text: str) -> tuple[str, str]:
    identifier, equals, value = text.partition("=")
    if not equals:
        raise UserError(
            Text(f"--observed 应写成 编号=结果：{text}", f"--observed is written id=value: {text}"),
            fix=Text("例如 --observed hall='9 18 26'", "for example --observed hall='9 18 26'"),
        )
    return identifier.strip(), value.strip()


def _not_declared(identifier: str, declared: list[str]) -> UserError:
    return UserError(
        Text(f"方案没有指定信标 {identifier}", f"the spec declares no beacon {identifier}"),
        why=Text("只能录入事先指定的公共随机", "only what was declared beforehand may enter the seed"),
        fix=Text(f"方案指定：{'、'.join(declared)}", f"it declares: {', '.join(declared)}"),
    )


def _ask(declared: Mapping[str, Any]) -> str:
    from junheng.reports.draws import beacon_words

    return str(typer.prompt(f"{beacon_words(declared)}（{declared['id']}）开出 | came out"))


def observation(declared: Mapping[str, Any], value: str) -> dict[str, Any]:
    """The observed beacon of a declared one. ``value``: numbers as typed, a signature or a value in hex."""
    from junheng.draws import drand_randomness, rfc3797_text

    kind = declared["kind"]
    head = {key: declared[key] for key in ("kind", "id", "issue", "round", "pulse") if key in declared}
    if kind in ("balls", "lottery"):
        ordered = [bool(part.get("ordered", 0)) for part in declared["parts"]]
        return {**head, "text": rfc3797_text(numbers(value), ordered)}
    if kind == "drand":
        return {**head, "signature": value.lower(), "randomness": drand_randomness(value)}
    return {**head, "value": value.lower()}


def numbers(text: str) -> list[list[int]]:
    """Numbers as people type them: full-width digits, any usual separator, parts divided by "/" or "+".

    Anything else (a minus, a letter, a number in Chinese characters) raises UserError: nothing is guessed.
    """
    plain = unicodedata.normalize("NFKC", text)
    if stray := re.search(_STRAY, plain):
        raise UserError(
            Text(f"号码中有认不出的“{stray[0]}”：{text}", f"{stray[0]!r} is no part of a number: {text}"),
            where="--observed",
            why=Text("种子由号码决定，不能猜", "the seed rests on the numbers; none is guessed"),
            fix=Text(
                "只写号码，用空格或逗号分开，组间用 /，如 '9 18 26 / 7'",
                "write numbers, spaces between, / between parts: '9 18 26 / 7'",
            ),
        )
    parts = [part for part in re.split("[/+]", plain) if part.strip()]
    return [[int(number) for number in re.findall("[0-9]+", part)] for part in parts]
