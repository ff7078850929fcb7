"""A finding in the few numbers by which counties are set side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Headline:
    """School-stages that comply, of all judged as a whole (0 by a standard that does not), and the coefficients.

    ``over_limit`` of ``limited`` coefficients exceed their limit. ``worst``: the largest coefficient as a share of
    its limit (1.0 is at the limit), None where none can be told; ``worst_of``: its stage and indicator ("primary R2").
    """

    passed: int
    judged: int
    undecided: int
    over_limit: int
    limited: int
    worst: float | None
    worst_of: str


def headline(verdict: Json) -> Headline:
    """The headline of ``verdict`` (verdict.json)."""
    stages: Json = verdict["stages"]
    found = [
        (f"{stage} {key}", one) for stage, told in stages.items() for key, one in told["indicators"].items()
    ]
    shares = [
        (one["cv_compared"] / one["cv_limit"], name)
        for name, one in found
        if one["cv_compared"] is not None and one["cv_limit"]
    ]
    worst, name = max(shares, default=(None, ""))
    return Headline(
        passed=sum(told["passed"] for told in stages.values()),
        judged=sum(school["verdict"] is not None for school in verdict["schools"]),
        undecided=sum(told["undecided"] for told in stages.values()),
        over_limit=sum(one["cv_verdict"] == "not_met" for _, one in found),
        limited=sum(one["cv_limit"] is not None for _, one in found),
        worst=worst,
        worst_of=name,
    )
