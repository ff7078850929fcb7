"""The order by lot: tickets of a public seed, or numbers drawn in the hall. Never in silence.

A seed gives each thing its own ticket, HMAC(seed, "ticket\\0" ‖ name) of ``junheng.draws``, where the name begins with
the table, so a school unlucky in one table is not unlucky in all. Numbers drawn by hand give one order per school.
Smaller goes first.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from junheng.basics import Text, UserError
from junheng.draws import tickets

SEED_BYTES = 32
_HEX = re.compile(r"[0-9a-fA-F]{64}")
_DIGITS = re.compile(r"[0-9]{1,18}")
_GUID = re.compile(r"\{?([0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12})\}?")


@dataclass(frozen=True, slots=True)
class Drawable:
    """One thing that may need a place in an order. ``label`` is what a person reads in a message.

    ``name`` enters the hash; ``drawn_as`` is the id under which a hand-drawn number is typed in; ``then`` parts
    things that share a number (cells of one school: by the code of the senior school).
    """

    name: str
    drawn_as: str
    label: str
    then: str = ""


@dataclass(frozen=True, slots=True)
class Lot:
    """Where the order comes from. ``numbers`` maps an id to its number as (kind, value) that compare."""

    kind: Literal["none", "seed", "numbers"] = "none"
    hash_name: str = "sha256"
    seed: bytes = b""
    numbers: Mapping[str, int | str] = field(default_factory=dict)

    def order(self, things: Sequence[Drawable], why: Text, where: str) -> list[int]:
        """Positions in ``things``, the first by lot first.

        Raises UserError when there is no lot, saying ``why`` one is needed, or when a number is missing.
        """
        if self.kind == "none":
            raise _needed(things, why, where)
        if self.kind == "seed":
            drawn = tickets(self.hash_name, self.seed, [thing.name for thing in things])
            return sorted(range(len(things)), key=lambda place: (drawn[place], things[place].name))
        missing = [thing for thing in things if thing.drawn_as not in self.numbers]
        if missing:
            raise _missing(missing, why, where)
        keys = [(self.numbers[thing.drawn_as], thing.then) for thing in things]
        return sorted(range(len(things)), key=lambda place: keys[place])

    def as_json(self) -> dict[str, object]:
        """What the published calculation says of the lot."""
        if self.kind == "seed":
            return {"kind": "seed", "hash": self.hash_name, "seed": self.seed.hex()}
        if self.kind == "numbers":
            return {"kind": "numbers", "numbers": {key: str(number) for key, number in self.numbers.items()}}
        return {"kind": "none"}


def seed_lot(seed: str, hash_name: str = "sha256") -> Lot:
    """The lot of a seed in 64 hexadecimal digits. Raises UserError for anything else."""
    if not _HEX.fullmatch(seed.strip()):
        raise UserError(
            Text("种子应为 64 位十六进制数", "the seed must be 64 hexadecimal digits"),
            where="--seed",
            why=Text(
                "种子决定抽签次序，写错就无法复核", "the seed fixes the order by lot and must be checkable"
            ),
            fix=Text("请照抄抽签仪式公布的种子", "copy the seed published by the draw"),
        )
    return Lot("seed", hash_name, bytes.fromhex(seed.strip()))


def numbers_lot(entries: Sequence[tuple[str, str, str]]) -> Lot:
    """The lot of numbers drawn in the hall: (id, number, place in the file), numbers whole or GUIDs.

    Raises UserError for an id or a number given twice, or a mixture of whole numbers and GUIDs.
    """
    found: dict[str, int | str] = {}
    seen: dict[int | str, str] = {}
    for key, text, where in entries:
        number = _number(text, where)
        if key in found:
            raise _refuse(where, f"{key} 有两个号码", f"{key} has two numbers")
        if number in seen:
            raise _refuse(where, f"号码 {text} 重复：{seen[number]}、{key}", f"{text} is drawn twice")
        if seen and isinstance(number, int) != isinstance(next(iter(seen)), int):
            raise _refuse(where, "整数号码与 GUID 混用", "whole numbers and GUIDs are mixed")
        found[key], seen[number] = number, key
    return Lot("numbers", numbers=found)


def _number(text: str, where: str) -> int | str:
    bare = text.strip()
    if _DIGITS.fullmatch(bare):
        return int(bare)
    if match := _GUID.fullmatch(bare):
        return match[1].lower()
    raise _refuse(where, f"“{text}”不是号码（整数或 GUID）", f"{text!r} is no number (whole, or a GUID)")


def _refuse(where: str, zh: str, en: str) -> UserError:
    return UserError(
        Text(zh, en),
        where=where,
        why=Text("次序必须唯一，才能复核", "the order must be unique to be checkable"),
        fix=Text("请按抽签记录改正", "mend it from the minutes of the draw"),
    )


def _list(things: Sequence[Drawable]) -> Text:
    shown = [thing.label for thing in things[:6]]
    more = len(things) - len(shown)
    return Text(
        "、".join(shown) + (f" 等 {len(things)} 个" if more else ""),
        ", ".join(shown) + (f" and {more} more" if more else ""),
    )


def _needed(things: Sequence[Drawable], why: Text, where: str) -> UserError:
    told = _list(things)
    return UserError(
        Text(f"需要抽签定先后：{told.zh}", f"a lot is needed between: {told.en}"),
        where=where,
        why=why,
        fix=Text(
            "请用 --seed 给出公开抽签的种子，或用 --numbers 给出当场抽出的号码",
            "give the seed of a public draw (--seed) or the numbers drawn in the hall (--numbers)",
        ),
    )


def _missing(things: Sequence[Drawable], why: Text, where: str) -> UserError:
    ids = "、".join(thing.drawn_as for thing in things[:8])
    return UserError(
        Text(f"缺少 {len(things)} 个抽签号码：{ids}", f"{len(things)} drawn numbers are missing: {ids}"),
        where=where,
        why=why,
        fix=Text("请在号码表中补上这些编号", "add these ids to the file of numbers"),
    )
