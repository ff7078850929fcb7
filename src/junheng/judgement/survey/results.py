"""Rates by group and whole, with intervals; the verdict by the unrounded rate of valid papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from junheng.judgement.survey.counting import Paper
from junheng.judgement.survey.intervals import wilson
from junheng.judgement.survey.plan import SurveyPlan
from junheng.judgement.survey.rules import PARENTS, SampleRules
from junheng.judgement.survey.settings import Method, Questionnaire
from junheng.judgement.verdict import Verdict, all_of


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group, or all together (``group`` ""). Papers; ``interval`` None without a valid paper."""

    group: str
    issued: int
    returned: int
    valid: int
    satisfied: int
    people: int | None
    interval: tuple[float, float] | None

    @property
    def rate(self) -> Fraction | None:
        """Satisfied of valid, exact; None without a valid paper: missing, never 0."""
        return Fraction(self.satisfied, self.valid) if self.valid else None

    @property
    def valid_return(self) -> Fraction | None:
        """Valid of issued; None where none was issued."""
        return Fraction(self.valid, self.issued) if self.issued else None


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """What the survey came to. ``weighted``: groups weighed by the plan, None while one has no valid paper.

    ``rate_verdict`` and ``return_verdict`` (None where the standard sets no return) make ``verdict``.
    """

    whole: GroupResult
    groups: tuple[GroupResult, ...]
    weighted: Fraction | None
    valid_parents: Fraction | None
    rate_verdict: Verdict
    return_verdict: Verdict | None
    is_near: bool  # the limit lies within the interval: another sample might have said otherwise
    topics: Mapping[str, tuple[int, int]]  # question → satisfied, answered, over valid papers

    @property
    def verdict(self) -> Verdict:
        """Three-valued AND of rate and return."""
        return all_of(
            [self.rate_verdict, *([self.return_verdict] if self.return_verdict is not None else [])]
        )


def survey_result(
    papers: Sequence[Paper],
    plan: SurveyPlan,
    rules: SampleRules,
    questionnaire: Questionnaire,
    method: Method,
) -> SurveyResult:
    """The result of the counted ``papers``. Comparisons are of exact fractions, never of rounded rates."""
    confidence = float(method.confidence)
    groups = tuple(_group(group, quota, papers, plan, confidence) for group, quota in plan.groups.items())
    whole = _made(
        "", sum(g.issued for g in groups), len(papers), sum(g.valid for g in groups),
        sum(g.satisfied for g in groups), plan.residents, confidence,
    )  # fmt: skip
    parents = next((g.valid for g in groups if g.group == PARENTS), 0)
    interval = whole.interval
    return SurveyResult(
        whole=whole,
        groups=groups,
        weighted=_weighted(groups),
        valid_parents=Fraction(parents, whole.valid) if whole.valid else None,
        rate_verdict=_at_least(whole.rate, rules.rate),
        return_verdict=None
        if rules.valid_return is None
        else _at_least(whole.valid_return, rules.valid_return),
        is_near=interval is not None and interval[0] < rules.rate < interval[1],
        topics=_topics(papers, questionnaire),
    )


def _group(
    group: str, quota: int, papers: Sequence[Paper], plan: SurveyPlan, confidence: float
) -> GroupResult:
    own = [paper for paper in papers if paper.slot is not None and paper.slot.group == group]
    valid = [paper for paper in own if not paper.reason]
    satisfied = sum(paper.is_satisfied for paper in valid)
    return _made(group, quota, len(own), len(valid), satisfied, plan.people.get(group), confidence)


def _made(
    group: str, issued: int, returned: int, valid: int, satisfied: int, people: int | None, confidence: float
) -> GroupResult:
    interval = wilson(satisfied, valid, confidence, people) if valid else None
    return GroupResult(group, issued, returned, valid, satisfied, people, interval)


def _weighted(groups: Sequence[GroupResult]) -> Fraction | None:
    asked = [group for group in groups if group.issued]
    rates = [(group.issued, group.rate) for group in asked]
    whole = sum(group.issued for group in asked)
    known = [issued * rate for issued, rate in rates if rate is not None]
    return sum(known, Fraction()) / whole if whole and len(known) == len(rates) else None


def _at_least(value: Fraction | None, limit: Fraction) -> Verdict:
    if value is None:
        return Verdict.CANNOT_TELL
    return Verdict.MET if value >= limit else Verdict.NOT_MET


def _topics(papers: Sequence[Paper], questionnaire: Questionnaire) -> dict[str, tuple[int, int]]:
    found = {}
    for question in questionnaire.questions:
        given = [
            p.answer.values[question.id] for p in papers if not p.reason and question.id in p.answer.values
        ]
        choices = [questionnaire.choice(value) for value in given]
        found[question.id] = (sum(c is not None and c.is_satisfied for c in choices), len(given))
    return found
