"""The state of a county in one year as monitoring sees it: subjects with named facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from junheng.basics import Text
from junheng.judgement.monitoring.condition import Value
from junheng.judgement.monitoring.fact_names import Over

SubjectKey = tuple[str, str, str]  # school, stage, indicator; empty where the subject has none
NO_UNIT = Text("", "")


@dataclass(frozen=True, slots=True)
class Subject:
    """What one rule looks at once: an indicator of a school-stage, a school-stage, a class, a coefficient, …

    ``indicator``: key of the indicator, part or zone, "" where there is none. ``figure`` and ``explain`` open it.
    """

    school_id: str
    school: str
    stage: str
    indicator: str
    facts: Mapping[str, Value]
    name: Text = NO_UNIT  # of the indicator or part
    unit: Text = NO_UNIT
    distance_unit: Text = NO_UNIT
    figure: str = ""
    explain: tuple[str, ...] = ()

    @property
    def key(self) -> SubjectKey:
        """School, stage, indicator."""
        return (self.school_id, self.stage, self.indicator)


@dataclass(frozen=True, slots=True)
class State:
    """One county in one year. ``subjects``: by what a rule looks over; ``school_stages``: all that the year knows."""

    year: int
    standard: str
    county_code: str
    county: str
    subjects: Mapping[Over, Sequence[Subject]]
    folder: str = ""
    verdict_sha256: str = ""  # of the finding's verdict.json
    school_stages: frozenset[tuple[str, str]] = field(default_factory=frozenset)

    def over(self, over: Over) -> Sequence[Subject]:
        """Its subjects of one sort; none where the data for them was not given."""
        return self.subjects.get(over, ())


def exact(number: object) -> Fraction | None:
    """A number of a finding or table as the decimal it was written as; None stays None."""
    if number is None or isinstance(number, bool):
        return None
    if isinstance(number, int):
        return Fraction(number)
    return Fraction(repr(float(str(number))))
