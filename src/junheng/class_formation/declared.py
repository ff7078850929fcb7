"""The rules of a class formation written out in full, as a spec declares them."""

from typing import Any

from junheng.class_formation.plan import Covariate, Plan


def declared_problem(plan: Plan) -> dict[str, Any]:
    """The ``problem`` of a spec (docs/method/class_formation.md §1) that says every field ``plan`` rests on.

    Reading it again gives the same plan, so a verifier need not know what a missing field would mean.
    """
    found: dict[str, Any] = {
        "method": plan.method,
        "sweeps": plan.sweeps,
        "polish": int(plan.polish),
        "relief": plan.relief,
        "mark_unit": plan.mark_unit,
        "covariates": [_covariate(entry) for entry in plan.covariates],
        "groups": [
            {
                "school": group.school,
                "grade": group.grade,
                "classes": group.classes,
                "teams": list(group.teams),
            }
            for group in plan.groups
        ],
    }
    if plan.score:
        found["score"] = list(plan.score)
    if plan.cap:
        found["cap"] = plan.cap
    if plan.tolerance is not None:
        found["tolerance"] = dict(plan.tolerance)
    return found


def _covariate(entry: Covariate) -> dict[str, Any]:
    found: dict[str, Any] = {"name": entry.name, "source": entry.source}
    if entry.of:
        found["of"] = list(entry.of)
    if entry.source == "flag":
        found["flag"] = entry.flag
    if entry.source == "feeder":
        found["top"] = entry.top
    return {**found, "weight": entry.weight}
