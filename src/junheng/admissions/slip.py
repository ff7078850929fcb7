"""Why a child did or did not get each listed school: a plain sentence, from the published cut-offs.

The sentences use only what the guardian's slip and the public transcript hold – own row, own number, cut-offs – so that
they can be checked by hand, and they name no other child.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from junheng.admissions.complaint import refuse
from junheng.admissions.problem import Problem, School, parse_problem
from junheng.basics import Text
from junheng.draws import shown_number

Kind = Literal[
    "admitted",
    "not_reached",
    "stage_over",
    "no_pool",
    "closed",
    "band",
    "class",
    "number",
    "replay",
    "leftover",
    "contradiction",
]
_HEX_SHOWN = 16  # of a full ticket, where the rule shows no shorter number


@dataclass(frozen=True)
class SlipReason:
    """One listed school. ``kind`` is the decisive step; ``contradiction``: the published cut-offs would admit."""

    choice: int
    school: str
    name: str
    kind: Kind
    text: Text


@dataclass(frozen=True)
class _Slip:
    """What is known of one child. ``tickets``: hex or rank by school; one for all under ""."""

    problem: Problem
    row: Mapping[str, Any]
    result: Mapping[str, Any]
    cutoffs: Mapping[str, Mapping[str, Any]]
    tickets: Mapping[str, str]

    def ticket(self, school: str) -> str:
        found = self.tickets.get(school) or self.tickets.get("")
        if not found:
            raise refuse("slip.ticket", f"缺少在 {school} 的号码", f"the number at {school} is missing")
        return found

    def stage(self, school: str) -> int:
        return next(i for i, stage in enumerate(self.problem.stages) if school in stage.schools)

    def band(self, place: int) -> int:
        """The band of the wish in ``place`` of the list, counted inside its stage."""
        choices = self.row["choices"]
        stage = self.stage(choices[place])
        return sum(1 for school in choices[:place] if self.stage(school) == stage) // self.problem.band_width

    def class_name(self, code: int) -> str:
        return next(
            (entry.name or str(code) for entry in self.problem.classes if entry.code == code), str(code)
        )

    def number(self, ticket: str) -> str:
        if self.problem.ranking.method != "hmac":
            return ticket.lstrip("0") or "0"
        digits = self.problem.digits
        return shown_number(bytes.fromhex(ticket), digits) if digits else ticket[:_HEX_SHOWN] + "…"


def slip_reason(
    problem: Mapping[str, Any] | Problem,
    row: Mapping[str, Any],
    result: Mapping[str, Any],
    schools: Sequence[Mapping[str, Any]],
    tickets: str | Mapping[str, str],
) -> tuple[SlipReason, ...]:
    """A reason for every school of ``row`` in the order of the list.

    ``result``: the child's result leaf; ``schools``: those of the published result, with their cut-offs; ``tickets``: the
    number as published (64 hex digits, or the rank), one for all schools or by school. Raises UserError when a listed
    school or a number is missing.
    """
    by_school = {"": tickets} if isinstance(tickets, str) else tickets
    slip = _Slip(parse_problem(problem), row, result, {entry["id"]: entry for entry in schools}, by_school)
    return tuple(_reason(slip, place) for place in range(len(row["choices"])))


def _reason(slip: _Slip, place: int) -> SlipReason:
    school = _school(slip, slip.row["choices"][place])
    kind, text = _before_cutoffs(slip, place, school) or _by_cutoffs(slip, place, school)
    if slip.result["reason"] == "leftover" and slip.result["school"] == school.id and kind != "contradiction":
        kind, text = (
            "leftover",
            Text(
                f"{text.zh}。后按统筹规则安排到该校",
                f"{text.en}. Placed here afterwards by the leftover rule",
            ),
        )
    return SlipReason(place + 1, school.id, school.name, kind, text)


def _school(slip: _Slip, name: str) -> School:
    found = next((school for school in slip.problem.schools if school.id == name), None)
    if found is None or name not in slip.cutoffs:
        raise refuse("slip.row", f"公布结果中没有学校 {name}", f"the published result has no school {name}")
    return found


def _before_cutoffs(slip: _Slip, place: int, school: School) -> tuple[Kind, Text] | None:
    """Admitted here or before, so that no cut-off was asked; None where it was."""
    result = slip.result
    if result["reason"] != "choice":
        return None
    won, got = result["choice"] - 1, result["school"]
    if got == school.id:
        return "admitted", Text(f"录取：第 {place + 1} 志愿", f"admitted to wish {place + 1}")
    mine, theirs = slip.stage(got), slip.stage(school.id)
    if mine < theirs:
        name = slip.problem.stages[mine].id
        return "stage_over", Text(
            f"没有轮到：在先进行的批次“{name}”中已被录取",
            f"not asked: a seat was given in the earlier stage {name}",
        )
    if mine == theirs and won < place:
        return "not_reached", Text(
            f"没有轮到：已被更前的第 {won + 1} 志愿录取", f"not asked: wish {won + 1}, higher up, was granted"
        )
    return None


def _by_cutoffs(slip: _Slip, place: int, school: School) -> tuple[Kind, Text]:
    code = slip.row["classes"][place]
    published = slip.cutoffs[school.id]["pools"]
    eligible = [
        shown
        for pool, shown in zip(school.pools, published, strict=True)
        if not pool.classes or code in pool.classes
    ]
    if not eligible:
        name = slip.class_name(code)
        return "no_pool", Text(
            f"未录取：该校没有向“{name}”开放的名额", f"not admitted: no seats here are for class {name}"
        )
    found = [_at_pool(slip, place, school.id, pool["cutoff"]) for pool in eligible]
    if len(found) == 1:
        return found[0]
    zh = "；".join(f"“{pool['id']}”名额：{text.zh}" for pool, (_, text) in zip(eligible, found, strict=True))
    en = "; ".join(f"seats {pool['id']}: {text.en}" for pool, (_, text) in zip(eligible, found, strict=True))
    kinds = [kind for kind, _ in found]
    kind: Kind = "contradiction" if "contradiction" in kinds else kinds[-1]
    return kind, Text(zh, en)


def _at_pool(slip: _Slip, place: int, school: str, cutoff: str | Mapping[str, Any]) -> tuple[Kind, Text]:
    if cutoff == "closed":
        return "closed", Text("未录取：没有名额", "not admitted: there are no seats")
    if cutoff == "replay":
        return "replay", Text(
            "未录取：本规则逐志愿、按号码和家庭人数录取，没有单一的录取线，只有整体复算能核对",
            "not admitted: this rule has no single cut-off; only the full re-run checks it",
        )
    if isinstance(cutoff, str):
        return _contradiction()
    for part in slip.problem.key:
        if part == "band" and slip.band(place) != cutoff["band"]:
            return _band(slip, place, cutoff) if slip.band(place) > cutoff["band"] else _contradiction()
        if part == "class" and slip.row["classes"][place] != cutoff["class"]:
            worse = slip.row["classes"][place] > cutoff["class"]
            return _class(slip, place, cutoff) if worse else _contradiction()
    return _number(slip, school, cutoff)


def _band(slip: _Slip, place: int, cutoff: Mapping[str, Any]) -> tuple[Kind, Text]:
    width, own, last = slip.problem.band_width, slip.band(place), cutoff["band"]
    if width == 1:
        return "band", Text(
            f"未录取：该校招到第 {last + 1} 志愿就已满，您把它填在本批第 {own + 1} 志愿",
            f"not admitted: the school was full with wishes in place {last + 1}; yours stands in place {own + 1}",
        )
    return "band", Text(
        f"未录取：该校招到第 {last + 1} 段志愿（每段 {width} 个）就已满，您的这个志愿在第 {own + 1} 段",
        f"not admitted: the school was full with wishes of band {last + 1} ({width} each); yours is in band {own + 1}",
    )


def _class(slip: _Slip, place: int, cutoff: Mapping[str, Any]) -> tuple[Kind, Text]:
    own, last = slip.class_name(slip.row["classes"][place]), slip.class_name(cutoff["class"])
    same = (
        Text("", "")
        if slip.problem.is_class_first
        else Text("志愿次序相同，", "in the same order of wishes ")
    )
    return "class", Text(
        f"未录取：{same.zh}该校招到优先类别“{last}”就已满，您的类别是“{own}”",
        f"not admitted: {same.en}the school was full with class {last}; yours is {own}",
    )


def _number(slip: _Slip, school: str, cutoff: Mapping[str, Any]) -> tuple[Kind, Text]:
    own, last = slip.ticket(school), str(cutoff["ticket"])
    larger = slip.problem.order == "descending" and slip.problem.ranking.method == "hmac"
    if own == last or (own > last) == larger:
        return _contradiction()
    mine, theirs = slip.number(own), slip.number(last)
    word = Text("大", "larger") if larger else Text("小", "smaller")
    tie = mine == theirs
    more = (
        Text("（所示位数相同，按完整号码比较）", " (equal as shown: the full numbers decide)")
        if tie
        else Text("", "")
    )
    return "number", Text(
        f"未录取：志愿次序和类别与该校最后录取的孩子相同，号码不够：您的号码 {mine}，"
        f"该校最后录取的号码 {theirs}，号码{word.zh}的在前{more.zh}",
        "not admitted: order of wishes and class equal those of the last admitted, the number does not suffice:"
        f" yours is {mine}, the last admitted {theirs}; {word.en} numbers go first{more.en}",
    )


def _contradiction() -> tuple[Kind, Text]:
    return "contradiction", Text(
        "与公布的录取线不符：按公布的数应当录取。请持查询条到招生办核对",
        "this contradicts the published cut-offs, by which the child would be admitted: take the slip to the office",
    )
