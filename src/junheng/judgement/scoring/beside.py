"""Scores beside a finding: the items both have, and whether points and conclusion agree; exact fractions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from junheng.basics import Text, UserError
from junheng.judgement.scoring.totals import Interval
from junheng.judgement.verdict import Verdict

Json = Mapping[str, Any]
_OPEN = Verdict.CANNOT_TELL


@dataclass(frozen=True, slots=True)
class Compared:
    """Points of one item, or of all, by the scorers and by the finding: what it is at least and at most."""

    item: str
    scored: Interval
    found: Interval

    @property
    def state(self) -> str:
        """``same``, ``open`` where one of them cannot be told yet and they may still be the same, else ``different``."""
        if self.scored == self.found:
            return "same"
        meets = self.scored[0] <= self.found[1] and self.found[0] <= self.scored[1]
        is_open = self.scored[0] < self.scored[1] or self.found[0] < self.found[1]
        return "open" if meets and is_open else "different"


@dataclass(frozen=True, slots=True)
class Beside:
    """One county's scores beside its finding. ``item``: the one of the standard that adds the others up."""

    subject: str
    item: str
    items: tuple[Compared, ...]
    whole: Compared
    scored: Verdict
    found: Verdict

    @property
    def agrees(self) -> bool | None:
        """Whether both come to the same; None while one of them cannot be told."""
        if _OPEN in (self.scored, self.found):
            return True if self.scored is self.found else None
        return self.scored is self.found


def beside_finding(outcome: Json, verdict: Json) -> Beside:
    """The scores of ``outcome`` (scores.json) for the county of ``verdict`` (verdict.json), item by item.

    The finding's points are those of its own score: full for what is met, 0 for what is not, both ends for what
    cannot be told. Raises UserError where the county was not scored, or no item of the finding scores these items.
    """
    code = str(verdict["county"]["code"])
    subject = next((one for one in outcome["subjects"] if one["subject"] == code), None)
    if subject is None:
        raise _refused(f"评分里没有 {code}", f"{code} is not among the scored", outcome)
    scored = {one["item"]: _ends(one["points"]) for one in subject["items"]}
    name = next((key for key, item in verdict["items"].items() if _adds_up(key, item, scored)), None)
    if name is None:
        raise _refused("结论里没有这些条款的总分", "the finding has no score of these items", outcome)
    found = dict(_points(verdict["items"], name, list(scored)))
    whole = _sum(found.values())
    return Beside(
        code,
        name,
        tuple(Compared(key, ends, found[key]) for key, ends in scored.items()),
        Compared(name, _ends(subject["points"]), whole),
        Verdict(subject["verdict"]),
        Verdict(verdict["items"][name]["verdict"]),
    )


def _adds_up(key: str, item: Json, scored: Mapping[str, Interval]) -> bool:
    """Whether ``item`` is the score of exactly the items that were scored: by what its limits say of their number."""
    is_score = any(test["fact"] == "score" for test in item["tests"])
    number = item["limit"].get("items", {}).get("value")
    return is_score and all(one.startswith(key) for one in scored) and int(Fraction(number)) == len(scored)


def _points(items: Json, name: str, members: list[str]) -> Iterator[tuple[str, Interval]]:
    limits = items[name]["limit"]
    weights = limits.get("weights", {}).get("value") or dict.fromkeys(members, 1)
    whole = sum(Fraction(str(weights.get(key, 0))) for key in members)
    full = Fraction(str(limits["full"]["value"]))
    for key in members:
        points = full * Fraction(str(weights.get(key, 0))) / whole
        told = Verdict(items[key]["verdict"])
        low = points if told is Verdict.MET else Fraction(0)
        yield key, (low, points if told is _OPEN else low)


def _sum(intervals: Any) -> Interval:
    listed = list(intervals)
    return sum((low for low, _ in listed), Fraction(0)), sum((high for _, high in listed), Fraction(0))


def _ends(told: list[str]) -> Interval:
    return Fraction(told[0]), Fraction(told[1])


def _refused(zh: str, en: str, outcome: Json) -> UserError:
    return UserError(
        Text(zh, en),
        where=str(outcome["system"]["id"]),
        why=Text("没有可以对照的两份", "there are no two to be put side by side"),
        fix=Text(
            "对照的是同一县的 basic-2012-government 评分和 basic-2012 结论",
            "compare scores by basic-2012-government and a finding by basic-2012, of one county",
        ),
    )
