"""Schools of a finding by what they share – urban, town, rural; an education group – side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from junheng.indicators.inequality import variation
from junheng.judgement.finding import Finding

Json = Mapping[str, Any]
Parts = Mapping[tuple[str, str, str], tuple[float | None, float | None]]


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """One indicator over a group's school-stages.

    ``mean``: ratio of totals in the indicator's unit, or the plain mean where the standard weights nothing.
    ``mean`` and ``cv`` are None where a school-stage of the group has no value: a part is never told as the whole.
    ``cv`` is None also for a single school-stage.
    """

    mean: float | None
    cv: float | None
    met: int
    not_met: int
    undecided: int


@dataclass(frozen=True, slots=True)
class Group:
    """The judged school-stages of one stage that share a label; ``pupils`` None where one has no number."""

    stage: str
    label: str
    schools: int
    passed: int
    undecided: int
    pupils: float | None
    indicators: Mapping[str, GroupFigure]


def breakdown(finding: Finding, labels: Mapping[str, str]) -> tuple[Group, ...]:
    """A group for every stage and label, ordered so; ``labels`` by school id, schools without one are left out.

    Means and coefficients are weighted as the standard weights its own (``variation.weights``, ``ddof``).
    """
    parts = _parts(finding)
    members: dict[tuple[str, str], list[Json]] = {}
    for school in finding.verdict["schools"]:
        if label := labels.get(school["school_id"]):
            members.setdefault((school["stage"], label), []).append(school)
    order = {stage: place for place, stage in enumerate(finding.verdict["stages"])}
    keys = sorted(members, key=lambda key: (order.get(key[0], len(order)), key[1]))
    return tuple(_group(finding, *key, members[key], parts) for key in keys)


def _parts(finding: Finding) -> Parts:
    table = finding.values().select(["school_id", "stage", "indicator", "numerator", "denominator"])
    columns = (table.column(name).to_pylist() for name in table.column_names)
    return {
        (school, stage, key): (top, bottom) for school, stage, key, top, bottom in zip(*columns, strict=True)
    }


def _group(finding: Finding, stage: str, label: str, schools: Sequence[Json], parts: Parts) -> Group:
    pupils = [school["pupils"] for school in schools]
    keys = list(finding.verdict["stages"][stage]["indicators"])
    return Group(
        stage,
        label,
        len(schools),
        sum(school["verdict"] == "met" for school in schools),
        sum(school["verdict"] == "cannot_tell" for school in schools),
        None if None in pupils else sum(pupils),
        {key: _figure(finding, key, schools, parts) for key in keys},
    )


def _figure(finding: Finding, key: str, schools: Sequence[Json], parts: Parts) -> GroupFigure:
    found = [school["indicators"][key] for school in schools if key in school["indicators"]]
    told = [parts.get((school["school_id"], school["stage"], key), (None, None)) for school in schools]
    known = [(top, bottom) for top, bottom in told if top is not None and bottom]
    mean, cv = (None, None) if len(known) < len(schools) else _spread(finding, key, known)
    counts = [sum(one["verdict"] == word for one in found) for word in ("met", "not_met", "cannot_tell")]
    return GroupFigure(mean, cv, *counts)


def _spread(
    finding: Finding, key: str, known: Sequence[tuple[float, float]]
) -> tuple[float | None, float | None]:
    """Mean in the indicator's unit, and the coefficient of variation."""
    rule = finding.standard.variation
    scale = float(finding.measures[key].scale)
    values = [scale * top / bottom for top, bottom in known]
    weights = [bottom for _, bottom in known] if rule.weights == "pupils" else None
    found = variation(values, weights)
    size = len(values)
    if size < 2 or found.cv is None:
        return found.mean, None
    sample = (size / (size - rule.ddof)) ** 0.5 if weights is None and rule.ddof else 1.0
    return found.mean, found.cv * sample
