"""What judgement comes to, as frozen values: indicator, school-stage, stage, county."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from junheng.basics import Text
from junheng.judgement.rounding import RoundingFlag
from junheng.judgement.verdict import Verdict

NO_UNIT = Text("", "")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a verdict is what it is: a code a program can match, and the words for people.

    ``verdict`` is what a part of a county comes to for this reason: it fails, or cannot be told; None where
    the reason decides nothing (a stage without schools) or is no reason of a part.
    """

    code: str
    text: Text
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator of one school-stage. Numbers are None where they cannot be told.

    ``verdict`` is None where the standard sets no threshold. Shortfalls are in units of the numerator.
    ``relaxed`` holds the ids of relaxations that were applied.
    """

    value: float | None
    numerator: float | None
    denominator: float | None
    threshold: Decimal | None
    floor: Decimal | None
    verdict: Verdict | None
    floor_verdict: Verdict | None
    shortfall: float | None
    floor_shortfall: float | None
    unit: Text
    reason: Reason | None = None
    relaxed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchoolItemTest:
    """One test of an item in one school. ``line`` is the limit used, of rooms the area of each."""

    fact: str
    limit: str
    verdict: Verdict
    value: float | None
    line: Decimal | None
    shortfall: float | None
    unit: Text
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class SchoolItem:
    """One item in one school or school-stage (``per``), with the relaxations its lines come from."""

    verdict: Verdict
    per: str
    tests: tuple[SchoolItemTest, ...]
    relaxed: tuple[str, ...] = ()
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class SchoolResult:
    """One counted school-stage. ``verdict`` is None where the standard has no school rule.

    ``share`` is the stage's share of the premises it has in common with the school's other stages.
    """

    school_id: str
    name: str
    stage: str
    kind: str
    urban_rural_code: str
    group_id: str
    pupils: float | None
    share: float | None
    verdict: Verdict | None
    met: int
    indicators: Mapping[str, IndicatorResult]
    items: Mapping[str, SchoolItem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A school-stage that is listed but not judged: not counted, or without pupils."""

    school_id: str
    name: str
    stage: str
    reason: Reason
    items: Mapping[str, SchoolItem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StageIndicator:
    """One indicator over the school-stages of one stage: counts, and how unequal they are.

    ``cv`` is the pupil-weighted coefficient; ``cv_unweighted`` stands beside it and is not the rule, unless
    the standard says so (``VariationRule.weights``). ``used_cv`` is the one that was compared.
    """

    met: int
    not_met: int
    undecided: int
    floor_missed: int
    mean: float | None
    sd: float | None
    cv: float | None
    cv_unweighted: float | None
    used_cv: float | None
    cv_limit: Decimal | None
    cv_verdict: Verdict | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class StageResult:
    """One stage of a county. ``schools`` counts the judged school-stages (pupils above zero or unknown)."""

    stage: str
    schools: int
    passed: int
    undecided: int
    without_pupils: int
    not_counted: int
    indicators: Mapping[str, StageIndicator]
    composite_cv: float | None
    composite_limit: Decimal | None
    composite_verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class PartResult:
    """One part of a standard, with the reasons for a verdict that is not "met"."""

    part: str
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryResult:
    """The condition for being evaluated at all: so many years since basic balance was recognised."""

    verdict: Verdict
    recognised_on: date | None
    years_required: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Counts:
    """How many units of a test (schools, school-stages, rows) come to what."""

    of: int
    met: int
    not_met: int
    undecided: int


@dataclass(frozen=True, slots=True)
class ItemTestResult:
    """One test of an item. ``verdict`` is None where it is only reported; ``counts`` where it asks every unit.

    ``fact`` is "attested" or "score" where it is no fact. Of a test of every unit, ``value`` is the share that meets it.
    """

    fact: str
    limit: str
    stage: str | None
    role: str
    verdict: Verdict | None
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    line: Decimal | None = None
    comparison: str | None = None
    shortfall: float | None = None
    unit: Text = NO_UNIT
    reason: Reason | None = None
    counts: Counts | None = None


@dataclass(frozen=True, slots=True)
class AttestationResult:
    """One row of evidence: ``state`` is used, expired, undated, unrated or off_scale."""

    scope: str
    scope_id: str
    rating: str | None
    dated_on: date | None
    expires_on: date | None
    evidence: str | None
    state: str


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One declared item: verdict, reason and the tests it rests on. ``relaxed`` counts units by relaxation."""

    part: str
    verdict: Verdict
    value: float | None
    limit: Mapping[str, object]
    reason: Reason | None
    evidence: str = ""
    tests: tuple[ItemTestResult, ...] = ()
    attestations: tuple[AttestationResult, ...] = ()
    relaxed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CountyResult:
    """Everything judged about one county in one year by one standard."""

    standard: str
    year: int
    code: str
    name: str
    verdict: Verdict
    reasons: tuple[Reason, ...]
    parts: Mapping[str, PartResult]
    entry: EntryResult | None
    stages: Mapping[str, StageResult]
    items: Mapping[str, ItemResult]
    schools: tuple[SchoolResult, ...]
    skipped: tuple[Skipped, ...] = ()
    rounding: tuple[RoundingFlag, ...] = field(default=())

    def as_json(self) -> dict[str, object]:
        """The public form of the finding (judgement/verdict.schema.json)."""
        from junheng.judgement.verdict_json import county_json

        return county_json(self)
