"""One side of the comparison as plain values: from a verdict, the tables it judged, walking and money."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from junheng.planning.frozen import Json, number

Row = Mapping[str, Any]


def side_of(
    verdict: Mapping[str, Any],
    stages: Sequence[Row] = (),
    walking: Sequence[Row] = (),
    cost_yuan: int | None = None,
) -> Json:
    """Plain values of one state.

    ``verdict``: the public form (verdict.schema.json). ``stages``: rows of table ``stage`` of that year (classes and
    the largest class; schools the verdict does not judge are left out). ``walking``: rows {"stage", "pupils", "metres"
    or "minutes"}, metres absent where unknown. ``cost_yuan``: what the state costs beyond the present one.
    """
    judged = {(row["school_id"], row["stage"]): row for row in verdict["schools"]}
    found: Json = {"year": verdict["year"], "stages": {}, "schools": {}}
    for stage, told in verdict["stages"].items():
        found["stages"][stage] = {
            "schools": told["schools"],
            "passed": told["passed"],
            "undecided": told["undecided"],
            "indicators": {key: _indicator(own) for key, own in told["indicators"].items()},
            **_classes(
                [row for row in stages if (row["school_id"], stage) in judged and row["stage"] == stage]
            ),
            **_walking([row for row in walking if row["stage"] == stage]),
        }
    for (school, stage), row in judged.items():
        met = [key for key, own in row["indicators"].items() if own["verdict"] == "met"]
        untold = [key for key, own in row["indicators"].items() if own["verdict"] == "cannot_tell"]
        entry = {"name": row["name"], "verdict": row["verdict"], "met": met, "untold": untold}
        found["schools"][f"{school}/{stage}"] = entry
    if cost_yuan is not None:
        found["cost_yuan"] = cost_yuan
    return found


def _indicator(own: Row) -> Json:
    found: Json = {key: own[key] for key in ("met", "not_met", "undecided")}
    for key in ("cv", "mean"):
        if own[key] is not None:
            found[key] = repr(float(own[key]))
    if own["cv_verdict"] is not None:
        found["cv_verdict"] = own["cv_verdict"]
    return found


def _classes(rows: Sequence[Row]) -> Json:
    """Pupils per class and the largest class, where every school says; else only how many do not.

    A mean over the few that say would be taken for the county's.
    """
    taught = [row for row in rows if row.get("pupils")]
    untold = sum(not row.get("classes") for row in taught)
    found: Json = {"classes_untold": untold}
    if taught and not untold:
        pupils, classes = (sum(row[key] for row in taught) for key in ("pupils", "classes"))
        found["class_mean"] = number(Fraction(pupils, classes))
    if taught and all(row.get("max_class_size") is not None for row in taught):
        found["class_largest"] = max(row["max_class_size"] for row in taught)
    return found


def _walking(rows: Sequence[Row]) -> Json:
    """The pupils' mean and longest way, and how many pupils' way nobody knows."""
    found: Json = {}
    for unit in ("metres", "minutes"):
        known = [row for row in rows if row.get(unit) is not None and row["pupils"]]
        if known:
            pupils = sum(row["pupils"] for row in known)
            found[f"{unit}_mean"] = number(Fraction(sum(row[unit] * row["pupils"] for row in known), pupils))
            found[f"{unit}_most"] = number(max(Fraction(row[unit]) for row in known))
            found[f"{unit}_pupils"] = pupils
            found[f"{unit}_untold"] = sum(row["pupils"] for row in rows) - pupils
    return found
