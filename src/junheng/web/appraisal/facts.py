"""What a commitment is measured by, and where it stands: the newest finding's figures, the library's judgement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from junheng.basics import Text, UserError
from junheng.judgement.promises import (
    Promise,
    Standing,
    check_measure,
    promise_facts,
    school_facts,
    standing,
)
from junheng.judgement.scoring import target_state
from junheng.standards.scoring import index_system
from junheng.web.appraisal.models import Commitment
from junheng.web.appraisal.models.commitments import Kind
from junheng.web.findings.models import Finding
from junheng.web.findings.reading import verdict_of
from junheng.web.ledgers.reading import school_codes
from junheng.web.people.models import Organisation
from junheng.web.people.roles import Kind as Place

AWARDED = frozenset({"early", "on_time"})
_AWARDS_BY = "school-management"  # the index system whose days of "early" hold for all targets


@dataclass(frozen=True, slots=True)
class Figures:
    """A county's newest finding and its schools' codes. ``finding`` None: nothing was judged yet."""

    finding: Finding | None
    codes: Mapping[int, str]

    def of(self, place: Organisation) -> Mapping[str, object]:
        """The facts of the county, or of one of its schools; none before anything was judged."""
        if self.finding is None:
            return {}
        verdict = verdict_of(self.finding)
        if place.kind == Place.COUNTY:
            return promise_facts(verdict)
        return school_facts(verdict, self.codes.get(place.pk, ""))


@dataclass(frozen=True, slots=True)
class Line:
    """A commitment, the library's word on it, and for targets whether it came on time (``target_state``)."""

    commitment: Commitment
    standing: Standing
    timing: str

    @property
    def is_awarded(self) -> bool:
        """Whether it was reached on time or early."""
        return self.timing in AWARDED

    @property
    def waits(self) -> bool:
        """Whether it was reported and not reviewed."""
        return self.commitment.reported_on is not None and self.commitment.achieved_on is None


def figures_of(county: Organisation, today: date) -> Figures:
    """The county's newest finding with the codes of its schools. Two queries."""
    finding = Finding.objects.filter(county=county, is_current=True).order_by("-year", "-pk").first()
    return Figures(finding, school_codes(county, finding.year if finding else today.year)[0])


def promise_of(one: Commitment) -> Promise:
    """A commitment as the library's register holds it."""
    evidence = one.evidence.name if one.evidence else ""
    return Promise(
        one.number, one.title, one.source, one.owner, one.due_on, one.measure, one.achieved_on, evidence
    )


def lines_of(commitments: Iterable[Commitment], figures: Figures, today: date) -> list[Line]:
    """Each with its state; the facts of a place are read once."""
    facts: dict[int, Mapping[str, object]] = {}
    found = []
    for one in commitments:
        if one.place_id not in facts:
            facts[one.place_id] = figures.of(one.place)
        found.append(Line(one, _standing(one, facts[one.place_id], today), timing_of(one, today)))
    return found


def _standing(one: Commitment, facts: Mapping[str, object], today: date) -> Standing:
    promise = promise_of(one)
    try:
        return standing(promise, facts, today)  # type: ignore[arg-type] # facts of the library, kept by place
    except UserError as error:  # a measure by a figure the newest finding does not have
        said = error.lines()
        words = Text("；".join(line.zh for line in said), "; ".join(line.en for line in said))
        return Standing(promise, "cannot_tell", words, {})


def timing_of(one: Commitment, today: date) -> str:
    """Early, on time, late, overdue, pending, unknown; "" for promises, which earn no award."""
    if one.kind == Kind.PROMISE:
        return ""
    return target_state(one.due_on, one.achieved_on, today, early_days(today))


@lru_cache(maxsize=8)
def early_days(today: date) -> int:
    """How many days before its day a target counts as reached early."""
    return index_system(_AWARDS_BY, on=today).early_days


def require_measure(measure: str, place: Organisation, county: Organisation, today: date) -> None:
    """Raise UserError where a measure is not understood, or there is no finding yet that knows its figures."""
    if measure:
        check_measure(measure, figures_of(county, today).of(place))
