"""What the report tells of sensitivity.json: the fewest schools to bring a coefficient in."""

from collections.abc import Iterator
from dataclasses import dataclass

from junheng.reports.facts import Facts


@dataclass(frozen=True, slots=True)
class FewestSchools:
    """``schools`` are ids; None: raising every school below the mean is not enough."""

    stage: str
    indicator: str
    schools: tuple[str, ...] | None
    path: str


def fewest_schools(facts: Facts) -> Iterator[FewestSchools]:
    """One entry per stage and indicator whose coefficient is over the limit."""
    for stage, indicators in (facts.sensitivity.get("raise_to_mean") or {}).items():
        for key, found in indicators.items():
            schools = found.get("schools")
            path = f"raise_to_mean.{stage}.{key}.schools"
            yield FewestSchools(stage, key, None if schools is None else tuple(schools), path)
