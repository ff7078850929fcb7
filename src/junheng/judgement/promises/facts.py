"""What a finding tells that a promise can be measured by, under plain names."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from junheng.judgement.monitoring.condition import Value

_COUNTS = ("met", "not_met", "undecided", "floor_missed")
_FIGURES = ("mean", "cv")
_HELD = {"met": True, "not_met": False}


def promise_facts(verdict: Mapping[str, Any]) -> dict[str, Value]:
    """Facts of a verdict.json by name: counts and figures as numbers, verdicts as true or false, None if untold.

    ``primary_passed``, ``junior_R4_met``, ``primary_R2_cv``, ``part_resource``, ``item_G5``, ``county``: a promise
    that sixty schools will meet R1 is written ``primary_R1_met >= 60``.
    """
    return dict(_facts(verdict))


def school_facts(verdict: Mapping[str, Any], school_id: str) -> dict[str, Value]:
    """Facts of one school in a verdict.json, by name: what its own targets can be measured by.

    ``primary_verdict`` and ``primary_R1`` say whether the school, or one indicator, meets the standard there;
    ``primary_met`` how many indicators do; ``primary_R1_value`` is the value. A school not judged tells nothing.
    """
    found: dict[str, Value] = {}
    for one in verdict["schools"]:
        if one["school_id"] == school_id:
            stage = one["stage"]
            found[f"{stage}_verdict"] = _HELD.get(one["verdict"])
            found[f"{stage}_met"] = _number(one["met"])
            for key, told in one["indicators"].items():
                found[f"{stage}_{key}"] = _HELD.get(told["verdict"])
                found[f"{stage}_{key}_value"] = _number(told["value"])
    return found


def _facts(verdict: Mapping[str, Any]) -> Iterator[tuple[str, Value]]:
    county = verdict["county"]
    yield "county", _HELD.get(county["verdict"])
    for part, found in county["parts"].items():
        yield f"part_{part}", _HELD.get(found)
    for key, item in verdict.get("items", {}).items():
        yield f"item_{key}", _HELD.get(item["verdict"])
    for stage, told in verdict["stages"].items():
        for name in ("schools", "passed", "undecided"):
            yield f"{stage}_{name}", _number(told[name])
        for key, found in told["indicators"].items():
            for name in (*_COUNTS, *_FIGURES):
                yield f"{stage}_{key}_{name}", _number(found.get(name))


def _number(value: float | int | None) -> Fraction | None:
    return None if value is None else Fraction(repr(value))
