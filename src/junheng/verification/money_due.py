"""What a school is due, worked out a second time: a table of quantities times a table of rates."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

Json = Mapping[str, Any]
Amounts = dict[tuple[str, str], tuple[Fraction | None, Fraction]]  # (slot, stage) → quantity, rate
COMPULSORY = {"primary", "junior"}


class UnknownError(Exception):
    """Something that is needed is not reported, or no rule states it."""


def total_of(school: Json, book: Json) -> tuple[Fraction, Fraction, Amounts]:
    """Yuan due, the centre's part of it, and quantity and rate by addend. Raises UnknownError."""
    own = book["rules"]
    if own["counting"]["values"]["private"] != "true" and school["ownership"] != "public":
        raise UnknownError
    stages = [stage for stage in school["stages"] if stage["stage"] in COMPULSORY]
    if not stages or all(stage["pupils"] == 0 for stage in stages):
        raise UnknownError
    heads = _quantities(school, stages, own)
    amounts: Amounts = {}
    due = centre = Fraction(0)
    for (slot, stage), quantity in heads.items():
        if quantity == 0:
            continue
        here, national = _rates(slot, stage, book, heads)
        amounts[slot, stage] = (quantity, here)
        due += quantity * here
        centre += quantity * min(here, national) * Fraction(own["share"]["values"][book["tier"]])
    return due, centre, amounts


def _quantities(school: Json, stages: Sequence[Json], own: Json) -> dict[tuple[str, str], Fraction]:
    found: dict[tuple[str, str], Fraction] = {}
    special_school = school["kind"] == "special"
    for stage in stages:
        name, pupils = stage["stage"], _told(stage["pupils"])
        apart = pupils if special_school else _told(stage["inclusive"]) + _told(stage["home_taught"])
        if apart > pupils:
            raise UnknownError
        found["base", name], found["special", name] = pupils - apart, apart
        found["boarding", name] = _told(stage["boarders"])
        if "bilingual" in own:
            found["bilingual", name] = _told(stage["bilingual"])
    everybody = sum((_told(stage["pupils"]) for stage in stages), Fraction(0))
    if not special_school and "small_school" in own:
        found["small_school", ""] = _lacking(school, everybody, own["small_school"]["values"])
    if "heating" in own:
        found |= _heated(school, everybody, own["heating"]["values"])
    return found


def _lacking(school: Json, everybody: Fraction, rule: Json) -> Fraction:
    if everybody >= Fraction(rule["pupils_lt"]):
        return Fraction(0)
    if school["kind"] not in rule["kinds"]:
        if rule["rural"] == "true" and school["rural"] is None:
            raise UnknownError
        if rule["rural"] != "true" or not school["rural"]:
            return Fraction(0)
    return Fraction(rule["count_as"]) - everybody


def _heated(school: Json, everybody: Fraction, rule: Json) -> dict[tuple[str, str], Fraction]:
    if "per_m2" in rule and "per_pupil" in rule:  # two addends of one rule: one sum, as a rate of 1
        area = _told(school["heated_area_m2"]) * Fraction(rule["per_m2"])
        return {("heating", "both"): area + everybody * Fraction(rule["per_pupil"])}
    if "per_m2" in rule:
        return {("heating", ""): _told(school["heated_area_m2"])}
    return {("heating", ""): everybody}


def _rates(
    slot: str, stage: str, book: Json, heads: Mapping[tuple[str, str], Fraction]
) -> tuple[Fraction, Fraction]:
    """The rate of an addend here, and in the nation's own rules (0 where only the place has one)."""
    own = book["rules"]
    if slot == "heating":
        rule = own["heating"]["values"]
        return (Fraction(1) if stage == "both" else Fraction(next(iter(rule.values())))), Fraction(0)
    if slot == "bilingual":
        return _value(own, "base", stage) * Fraction(own["bilingual"]["values"]["rate"]), Fraction(0)
    if slot == "small_school":
        return _of_missing(book, heads)
    key = stage if slot == "base" else "amount"
    here = _value(own, slot, key)
    return here, _national(book, slot, key)


def _national(book: Json, slot: str, key: str) -> Fraction:
    if slot in book["national"]:
        return Fraction(book["national"][slot]["values"][key])
    rule = book["rules"][slot]
    return Fraction(0) if rule["overlay"] else Fraction(rule["values"][key])


def _of_missing(book: Json, heads: Mapping[tuple[str, str], Fraction]) -> tuple[Fraction, Fraction]:
    taught = [(stage, number) for (slot, stage), number in heads.items() if slot == "base" and number]
    if not taught:
        raise UnknownError
    here = [(_value(book["rules"], "base", stage), number) for stage, number in taught]
    there = [
        (min(rate, _national(book, "base", stage)), number)
        for (rate, number), (stage, _) in zip(here, taught, strict=True)
    ]
    rule = book["rules"]["small_school"]
    choose: Callable[[list[tuple[Fraction, Fraction]]], Fraction] = {
        "lowest": lambda pairs: min(pairs)[0],
        "highest": lambda pairs: max(pairs)[0],
        "weighted_mean": lambda pairs: sum(r * n for r, n in pairs) / sum(n for _, n in pairs),
    }[rule["values"]["base"]]
    only_here = rule["overlay"] and "small_school" not in book["national"]
    return choose(here), Fraction(0) if only_here else choose(there)


def _value(own: Json, slot: str, key: str) -> Fraction:
    if slot not in own:
        raise UnknownError
    return Fraction(own[slot]["values"][key])


def _told(value: int | str | None) -> Fraction:
    if value is None:
        raise UnknownError
    return Fraction(value)
