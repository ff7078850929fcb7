"""What a finding tells of each subject that monitoring watches, read plainly for the second mind.

Facts of the tables (classes, rooms, zones) are in no finding: rules that name one are not computed again here.
"""

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.verification.meaning import Value

Json = Mapping[str, Any]
Facts = dict[str, Value]
Subjects = dict[tuple[str, str, str], Facts]  # (school, stage, indicator or part) → facts

KNOWN: Mapping[str, frozenset[str]] = {
    "indicator": frozenset(
        [
            "verdict",
            "value",
            "threshold",
            "stage",
            "kind",
            "urban_rural_code",
            "pupils",
            "is_judged",
            "sense",
            "has_line",
            "floor",
            "floor_verdict",
        ]
    ),
    "school": frozenset(
        [
            "stage",
            "kind",
            "urban_rural_code",
            "pupils",
            "is_judged",
            "verdict",
            "met",
            "judged_indicators",
            "undecided",
            "floors_missed",
            "least_met",
        ]
    ),
    "stage_indicator": frozenset(
        ["stage", "cv", "cv_limit", "cv_verdict", "schools", "met", "not_met", "floors_missed"]
    ),
    "stage": frozenset(
        ["stage", "schools", "passed", "composite_cv", "composite_limit", "composite_verdict"]
    ),
    "part": frozenset({"verdict"}),
}
_SIMPLEST = 10**7
_NEAR = Fraction(1, 10**12)
_GROWS = ("不低于", "大于")


def subjects_of(folder: Path) -> tuple[int, dict[str, Subjects]]:
    """The year of the finding in ``folder``, and its subjects by what a rule looks over.

    Raises UserError where the folder is no finding.
    """
    verdict, standard = _json(folder / "verdict.json"), _json(folder / "standard.json")
    found: dict[str, Subjects] = {
        "indicator": dict(_indicators(verdict, standard)),
        "school": dict(_schools(verdict, standard)),
        "stage_indicator": {},
        "stage": {},
        "part": {
            ("", "", part): {"verdict": _told(word)}
            for part, word in verdict["county"]["parts"].items()
            if word is not None
        },
    }
    for stage, row in verdict["stages"].items():
        found["stage"]["", stage, ""] = {
            "stage": stage,
            "composite_verdict": _told(row["composite_verdict"]),
        } | {name: _number(row[name]) for name in ("schools", "passed", "composite_cv", "composite_limit")}
        for key, own in row["indicators"].items():
            found["stage_indicator"]["", stage, key] = {
                "stage": stage,
                "cv": _number(own["cv_compared"]),
                "cv_limit": _number(own["cv_limit"]),
                "cv_verdict": _told(own["cv_verdict"]),
                "schools": _number(row["schools"]),
                "met": _number(own["met"]),
                "not_met": _number(own["not_met"]),
                "floors_missed": _number(own["floor_missed"]),
            }
    return int(verdict["year"]), found


def _json(path: Path) -> Json:
    try:
        found: Json = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(
            Text(f"无法读取结论的 {path.name}", f"{path.name} of the finding cannot be read"), where=str(path)
        ) from error
    return found


def _place(row: Json) -> Facts:
    return {
        "stage": row["stage"],
        "kind": row["kind"],
        "urban_rural_code": row["urban_rural_code"] or None,
        "pupils": _number(row["pupils"]),
        "is_judged": True,
    }


def _indicators(verdict: Json, standard: Json) -> Iterator[tuple[tuple[str, str, str], Facts]]:
    words = {rule["id"]: rule["comparison"] for rule in standard["indicators"]}
    for row in verdict["schools"]:
        for key, own in row["indicators"].items():
            facts = _place(row) | {
                "sense": Fraction(1 if words[key] in _GROWS else -1),
                "has_line": own["threshold"] is not None,
                "value": _simplest(own["value"]),
                "threshold": _number(own["threshold"]),
                "floor": _number(own["floor"]),
                "verdict": _told(own["verdict"]),
                "floor_verdict": _told(own["floor_verdict"]),
            }
            yield (row["school_id"], row["stage"], key), facts


def _schools(verdict: Json, standard: Json) -> Iterator[tuple[tuple[str, str, str], Facts]]:
    rule = standard.get("school_rule")
    for row in verdict["schools"]:
        lined = [own for own in row["indicators"].values() if own["threshold"] is not None]
        yield (
            (row["school_id"], row["stage"], ""),
            _place(row)
            | {
                "verdict": _told(row["verdict"]),
                "met": _number(row["met"]),
                "judged_indicators": Fraction(len(lined)),
                "undecided": Fraction(sum(own["verdict"] == "cannot_tell" for own in lined)),
                "floors_missed": Fraction(sum(own["floor_verdict"] == "not_met" for own in lined)),
                "least_met": None if rule is None else _number(rule["min_met"]),
            },
        )


def _told(word: str | None) -> str | None:
    return None if word == "cannot_tell" else word


def _number(number: float | None) -> Fraction | None:
    """The decimal a double was written as."""
    return None if number is None else Fraction(repr(number))


def _simplest(number: float | None) -> Fraction | None:
    """The quotient of small whole numbers behind a double: the simplest fraction that has it."""
    if number is None:
        return None
    found = Fraction(number).limit_denominator(_SIMPLEST)
    return found if abs(found - Fraction(number)) <= _NEAR * max(abs(found), Fraction(1)) else _number(number)
