"""Subjects of a finding: indicators of school-stages, school-stages, coefficients, stages and parts."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from junheng.basics import Text
from junheng.judgement.compare import more_is_better
from junheng.judgement.finding import Finding
from junheng.judgement.monitoring.condition import Value
from junheng.judgement.monitoring.exact_values import exact_quotients, recovered
from junheng.judgement.monitoring.fact_names import Over
from junheng.judgement.monitoring.state import Subject, exact
from junheng.standards import PART_NAMES

Json = Mapping[str, Any]


def finding_subjects(finding: Finding) -> dict[Over, list[Subject]]:
    """Everything a finding tells, as subjects. Verdicts are the engine's own, decided exactly there."""
    figures = {str(entry.get("name", "")) for entry in finding.figures()}
    return {
        "indicator": list(_indicators(finding)),
        "school": list(_schools(finding)),
        "stage_indicator": list(_coefficients(finding, figures)),
        "stage": list(_stages(finding)),
        "part": list(_parts(finding)),
    }


def _place(row: Json) -> dict[str, Value]:
    return {
        "stage": row["stage"],
        "kind": row["kind"],
        "urban_rural_code": row["urban_rural_code"] or None,
        "pupils": exact(row["pupils"]),
        "is_judged": True,
    }


def _indicators(finding: Finding) -> Iterator[Subject]:
    quotients = exact_quotients(finding)
    for row in finding.verdict["schools"]:
        for key, found in row["indicators"].items():
            measure = finding.measures[key]
            rule = finding.standard.rule(key)
            own = quotients.get((row["school_id"], row["stage"], key))
            words = found["shortfall_unit"]
            yield Subject(
                row["school_id"],
                row["name"],
                row["stage"],
                key,
                _place(row) | _indicator_facts(found, own, more_is_better(rule.comparison)),
                rule.name,
                measure.unit,
                Text(words["zh"], words["en"]),
                explain=("--school", row["school_id"], "--stage", row["stage"], "--indicator", key),
            )


def _indicator_facts(
    found: Json, own: tuple[Fraction, Fraction, Fraction] | None, more: bool
) -> dict[str, Value]:
    """``own``: scale, numerator and denominator, exactly."""
    threshold, floor = exact(found["threshold"]), exact(found["floor"])
    facts: dict[str, Value] = {
        "has_line": threshold is not None,
        "sense": Fraction(1 if more else -1),
        "threshold": threshold,
        "floor": floor,
        "verdict": _told(found["verdict"]),
        "floor_verdict": _told(found["floor_verdict"]),
        "shortfall": _lacking(found["shortfall"]),
        "floor_shortfall": _lacking(found["floor_shortfall"]),
        "value": None,
        "surplus": None,
    }
    if own is not None:
        scale, numerator, denominator = own
        facts["value"] = scale * numerator / denominator
        facts["numerator"] = numerator
        facts["per"] = denominator / scale
        if threshold is not None:
            surplus = numerator - threshold * denominator / scale
            facts["surplus"] = surplus if more else -surplus
    return facts


def _lacking(number: float | None) -> Fraction | None:
    """What is lacking, without the noise of the double."""
    return None if number is None else recovered(number)


def _told(verdict: str | None) -> str | None:
    """A verdict that could be told: "cannot tell" is an absent fact, and what rests on it is absent, too."""
    return None if verdict == "cannot_tell" else verdict


def _schools(finding: Finding) -> Iterator[Subject]:
    least = finding.standard.school_rule.min_met if finding.standard.school_rule else None
    for row in finding.verdict["schools"]:
        lined = [found for found in row["indicators"].values() if found["threshold"] is not None]
        facts: dict[str, Value] = {
            "verdict": _told(row["verdict"]),
            "met": Fraction(int(row["met"])),
            "judged_indicators": Fraction(len(lined)),
            "undecided": Fraction(sum(found["verdict"] == "cannot_tell" for found in lined)),
            "floors_missed": Fraction(sum(found["floor_verdict"] == "not_met" for found in lined)),
            "least_met": None if least is None else Fraction(least),
        }
        yield Subject(
            row["school_id"],
            row["name"],
            row["stage"],
            "",
            _place(row) | facts,
            explain=("--school", row["school_id"], "--stage", row["stage"]),
        )


def _coefficients(finding: Finding, figures: set[str]) -> Iterator[Subject]:
    for stage, result in finding.verdict["stages"].items():
        for key, found in result["indicators"].items():
            facts: dict[str, Value] = {
                "stage": stage,
                "cv": exact(found["cv_compared"]),
                "cv_limit": exact(found["cv_limit"]),
                "cv_verdict": _told(found["cv_verdict"]),
                "schools": exact(result["schools"]),
            } | {name: exact(found[name]) for name in ("met", "not_met", "floors_missed") if name in found}
            facts["floors_missed"] = exact(found["floor_missed"])
            figure = f"{stage}.{key}.cv"
            yield Subject(
                "",
                "",
                stage,
                key,
                facts,
                finding.standard.rule(key).name,
                figure=figure if figure in figures else "",
                explain=("--county", "--stage", stage, "--indicator", key),
            )


def _stages(finding: Finding) -> Iterator[Subject]:
    for stage, found in finding.verdict["stages"].items():
        facts: dict[str, Value] = {
            "stage": stage,
            "schools": exact(found["schools"]),
            "passed": exact(found["passed"]),
            "composite_cv": exact(found["composite_cv"]),
            "composite_limit": exact(found["composite_limit"]),
            "composite_verdict": _told(found["composite_verdict"]),
        }
        yield Subject("", "", stage, "", facts, explain=("--county", "--stage", stage))


def _parts(finding: Finding) -> Iterator[Subject]:
    names: Mapping[str, Text] = {str(part): text for part, text in PART_NAMES.items()}
    for part, verdict in finding.verdict["county"]["parts"].items():
        if verdict is not None:
            words = names.get(part, Text(part, part))
            yield Subject("", "", "", part, {"verdict": _told(verdict)}, words, explain=("--county",))
