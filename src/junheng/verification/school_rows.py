"""Rows, groups, rates and totals of a school standard worked out again from frozen facts, by other code."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import ceil
from typing import Any

from junheng.verification.meaning import Value, condition_of, number_of
from junheng.verification.parse import parse
from junheng.verification.syntax import Node

Json = dict[str, Any]
MET, NOT_MET, UNKNOWN = "met", "not_met", "cannot_tell"
_AREAS = ("urban", "town", "rural", "unknown")


@lru_cache(maxsize=512)
def _read(text: str) -> Node:
    """The tree of an expression, once for all schools."""
    return parse(text)


def facts_of(school: Json) -> dict[str, Value]:
    """The frozen facts of a school as expressions read them."""
    return {
        name: Fraction(fact["value"]["number"]) if isinstance(fact["value"], dict) else fact["value"]
        for name, fact in school["facts"].items()
    }


_BLANK: Json = dict.fromkeys(("verdict", "line", "numerator", "denominator", "value", "lacks"))


def recomputed_row(row: Json, facts: Mapping[str, Value]) -> Json:
    """What one row comes to: verdict, line, numerator, denominator, lacks."""
    line = None
    for one in row["lines"]:
        held = condition_of(_read(one["schools"]), facts)
        if held is None:
            return {**_BLANK, "verdict": UNKNOWN}
        if held:
            line = one
            break
    return dict(_BLANK) if line is None else _held_against(line, row, facts)


def _held_against(line: Json, row: Json, facts: Mapping[str, Value]) -> Json:
    """The row on the line that is for the school."""
    bound = _bound(line["at_least"] if line["at_least"] is not None else line["at_most"], facts)
    top, bottom = (number_of(_read(row[key]), facts) for key in ("numerator", "denominator"))
    value = top / bottom if top is not None and bottom else None
    texts = {"line": bound, "numerator": top, "denominator": bottom, "value": value}
    found = {**_BLANK, "verdict": UNKNOWN, **{key: _text(one) for key, one in texts.items()}}
    if bound is None or top is None or bottom is None or bottom <= 0:
        return found
    distance = bound * bottom - top
    if line["at_least"] is None:
        distance = -distance
    if distance <= 0:
        return {**found, "verdict": MET, "lacks": "0"}
    return {**found, "verdict": NOT_MET, "lacks": str(ceil(distance)) if row["whole"] else str(distance)}


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _bound(bound: Any, facts: Mapping[str, Value]) -> Fraction | None:
    if not isinstance(bound, dict):
        return number_of(_read(str(bound)), facts)
    size = number_of(_read(bound["by"]), facts)
    if size is None:
        return None
    points = sorted((Fraction(key), Fraction(value)) for key, value in bound["sizes"].items())
    below = [point for point in points if point[0] <= size]
    above = [point for point in points if point[0] >= size]
    if not below or not above:
        return (above or below)[0 if above else -1][1] if bound["outside"] == "nearest" else None
    (low, at_low), (high, at_high) = below[-1], above[0]
    if high == low or bound["between"] == "lower_size":
        return at_low
    return (at_low * (high - size) + at_high * (size - low)) / (high - low)


def together(verdicts: Sequence[str | None], allowed: int) -> str | None:
    """What verdicts come to where ``allowed`` of them may be missed."""
    told = [one for one in verdicts if one is not None]
    if not told:
        return None
    bad, open_ = told.count(NOT_MET), told.count(UNKNOWN)
    if bad > allowed:
        return NOT_MET
    return MET if bad + open_ <= allowed else UNKNOWN


def recomputed_school(school: Json, standard: Json) -> Iterator[tuple[str, Any, Any]]:
    """(what, as stated, as found) of one school, figure by figure."""
    facts, name = facts_of(school), school["name"]
    found = [recomputed_row(row, facts) for row in standard["rows"]]
    yield f"{name} rows", [one["row"] for one in school["rows"]], [one["id"] for one in standard["rows"]]
    for stated, own in zip(school["rows"], found, strict=True):
        for key, value in own.items():
            yield f"{name} {stated['row']} {key}", stated[key], value
    for stated in school["rows"]:
        held = [key for key in stated["missing"] if facts[key] is not None]
        yield f"{name} {stated['row']} missing", held, []
    verdicts = [one["verdict"] for one in found]
    yield f"{name} verdict", school["verdict"], together(verdicts, standard["max_misses"])
    yield f"{name} misses", school["misses"], verdicts.count(NOT_MET)
    yield f"{name} unknown", school["unknown"], verdicts.count(UNKNOWN)
    groups = {
        group["id"]: together(
            [v for v, row in zip(verdicts, standard["rows"], strict=True) if row["group"] == group["id"]],
            group["max_misses"],
        )
        for group in standard["groups"]
    }
    yield f"{name} groups", school["groups"], groups


def recomputed_counts(outcome: Json, area_of: Mapping[str, str]) -> Iterator[tuple[str, Any, Any]]:
    """Order, rates and totals again from the schools' verdicts. ``area_of``: urban–rural code → area."""
    schools = outcome["schools"]
    ranks = {NOT_MET: 0, UNKNOWN: 1, MET: 2, None: 3}
    order = [(not one["is_weak"], ranks[one["verdict"]]) for one in schools]
    yield "order of schools", order, sorted(order)
    yield from _listed(outcome, area_of)
    for rate in outcome["rates"]:
        yield from _rate(rate, schools, area_of)
    for number, total in enumerate(outcome["totals"]):
        rows = [one["rows"][number] for one in schools if one["rows"][number]["verdict"] is not None]
        short = [Fraction(row["lacks"]) for row in rows if row["verdict"] == NOT_MET]
        open_ = sum(row["verdict"] == UNKNOWN for row in rows)
        stated = [total["concerned"], total["schools"], total["unknown"], total["lacks"]]
        yield f"total {total['row']}", stated, [len(rows), len(short), open_, str(sum(short, Fraction(0)))]


def _rate(rate: Json, schools: Sequence[Json], area_of: Mapping[str, str]) -> Iterator[tuple[str, Any, Any]]:
    mine = [
        one
        for one in schools
        if rate["by"] == "all"
        or (rate["by"] == "kind" and one["kind"] == rate["key"])
        or (rate["by"] == "area" and area_of.get(one["urban_rural_code"], "unknown") == rate["key"])
    ]
    told = [one["verdict"] if rate["of"] == "all" else one["groups"][rate["of"]] for one in mine]
    told = [one for one in told if one is not None]
    met, unknown, whole = told.count(MET), told.count(UNKNOWN), len(told)
    what = f"{rate['of']} {rate['key']}"
    yield f"{what} counts", [rate["met"], rate["unknown"], rate["whole"]], [met, unknown, whole]
    span = [None, None] if not whole else [str(Fraction(met, whole)), str(Fraction(met + unknown, whole))]
    yield f"{what} shares", [rate["least"], rate["greatest"]], span


def _listed(outcome: Json, area_of: Mapping[str, str]) -> Iterator[tuple[str, Any, Any]]:
    """Whether every rate and every row's total is there once."""
    standard = outcome["standard"]
    kinds = sorted({one["kind"] for one in outcome["schools"]})
    there = {area_of.get(one["urban_rural_code"], "unknown") for one in outcome["schools"]}
    areas = [area for area in _AREAS if area in there]
    for of in ("all", *(group["id"] for group in standard["groups"])):
        mine = [rate for rate in outcome["rates"] if rate["of"] == of]
        yield f"{of} rate", [rate["key"] for rate in mine if rate["by"] == "all"], [""]
        yield f"{of} kinds", [rate["key"] for rate in mine if rate["by"] == "kind"], kinds
        yield f"{of} areas", [rate["key"] for rate in mine if rate["by"] == "area"], areas
    yield "totals", [one["row"] for one in outcome["totals"]], [row["id"] for row in standard["rows"]]
