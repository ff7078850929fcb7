"""Scores of all subjects: a pure function of the frozen problem."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from junheng.basics import Text
from junheng.data.books import Fault, Place
from junheng.judgement.scoring.appeals import OPEN, UPHELD, Appeal, judge_appeals
from junheng.judgement.scoring.faulted import row_fault
from junheng.judgement.scoring.problem import Problem
from junheng.judgement.scoring.ranking import rank_ranges
from junheng.judgement.scoring.signing import SignedRound, closed_on, sign_offs
from junheng.judgement.scoring.totals import Interval, SubjectTotal, total
from junheng.judgement.scoring.values import Scores, joined, single_scores
from junheng.judgement.verdict import Verdict

LATEST = "latest"
Values = Mapping[str, Fraction | None]  # item → points in one round


@dataclass(frozen=True, slots=True)
class SubjectScore:
    """One subject. ``round``: the one that counts, "" where none has a score; ``by_round``: points by item.

    ``verdict`` is the total's, but never met while a visit that the round demands is not dated.
    """

    subject: str
    name: str
    round: str
    total: SubjectTotal
    verdict: Verdict
    items: Mapping[str, Interval]
    vetoes: Mapping[str, bool | None]
    missing: tuple[str, ...]
    open_appeals: tuple[str, ...]
    lacks_visit: bool
    by_round: Mapping[str, Values]
    rank: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scored:
    """All subjects, the scores counted, appeals, sign-offs, and everything that was wrong."""

    subjects: tuple[SubjectScore, ...]
    scores: Scores
    appeals: tuple[Appeal, ...]
    rounds: tuple[SignedRound, ...]
    faults: tuple[Fault, ...]


def score(problem: Problem) -> Scored:
    """Score ``problem``. Nothing is rounded; a missing item makes an interval, never a zero."""
    scores, faults = single_scores(problem)
    rounds, odd = sign_offs(problem, scores)
    appeals, late = judge_appeals(problem, closed_on(rounds))
    vetoes, contradictions = _vetoes(problem)
    found = [_subject(problem, subject, scores, appeals, vetoes[subject]) for subject in problem.subjects()]
    ranks = rank_ranges({entry.subject: entry.total.points for entry in found})
    ranked = tuple(_ranked(entry, ranks[entry.subject]) for entry in found)
    unvisited = [_unvisited(entry) for entry in ranked if entry.lacks_visit]
    return Scored(
        ranked, scores, tuple(appeals), tuple(rounds), (*faults, *odd, *late, *contradictions, *unvisited)
    )


def _subject(
    problem: Problem,
    subject: str,
    scores: Scores,
    appeals: Sequence[Appeal],
    vetoes: Mapping[str, bool | None],
) -> SubjectScore:
    system = problem.system
    by_round = dict(_by_round(problem, subject, scores, appeals))
    chosen = system.counting_round
    if chosen == LATEST:
        chosen = next((r.id for r in reversed(system.rounds) if r.id in by_round), "")
    values = by_round.get(chosen, {})
    open_items = [
        a.key[2] for a in appeals if a.is_taken and a.state == OPEN and a.key[:2] == (subject, chosen)
    ]
    items = {
        item.id: _interval(values.get(item.id), item.points, item.id in open_items) for item in system.items()
    }
    found = total(system, items, vetoes)
    demanded = next((entry.needs_visit for entry in system.rounds if entry.id == chosen), False)
    lacks = demanded and not _visited(problem, subject, chosen)
    verdict = Verdict.CANNOT_TELL if lacks and found.verdict is Verdict.MET else found.verdict
    return SubjectScore(
        subject=subject, name=problem.name_of(subject), round=chosen, total=found, verdict=verdict, items=items,
        vetoes=vetoes, missing=tuple(i.id for i in system.items() if values.get(i.id) is None),
        open_appeals=tuple(open_items), lacks_visit=lacks, by_round=by_round, rank=(0, 0),
    )  # fmt: skip


def _interval(value: Fraction | None, full: Fraction, is_open: bool) -> Interval:
    """Missing: anything from nothing to full. Under an open appeal: from what was given to full."""
    low = Fraction() if value is None else value
    return low, full if value is None or is_open else value


def _by_round(
    problem: Problem, subject: str, scores: Scores, appeals: Sequence[Appeal]
) -> Iterator[tuple[str, Values]]:
    """Points by item for every round in which the subject has any score."""
    upheld = {a.key: a.points for a in appeals if a.is_taken and a.state == UPHELD}
    for entry in problem.system.rounds:
        values: dict[str, Fraction | None] = {}
        for item in problem.system.items():
            key = (subject, entry.id, item.id)
            values[item.id] = (
                upheld.get(key) if key in upheld else joined(scores.get(key, ()), problem.system.raters)
            )
        if any(value is not None for value in values.values()):
            yield entry.id, values


def _visited(problem: Problem, subject: str, round_id: str) -> bool:
    return any(
        row.cell("visited_on")
        for row in problem.scores
        if (row.cell("subject"), row.cell("round")) == (subject, round_id)
    )


def _vetoes(problem: Problem) -> tuple[dict[str, dict[str, bool | None]], list[Fault]]:
    """By subject: veto → found, not found, or None where nobody said or the rows contradict each other."""
    found: dict[str, dict[str, bool | None]] = {}
    faults = []
    for subject in problem.subjects():
        found[subject] = {}
        for veto in problem.system.vetoes:
            rows = [r for r in problem.vetoes if (r.cell("subject"), r.cell("veto")) == (subject, veto.id)]
            said = {row.cell("found") for row in rows if row.cell("found")}
            found[subject][veto.id] = next(iter(said)) == "yes" if len(said) == 1 else None
            if len(said) > 1:
                what = Text(
                    f"“{veto.name.zh}”有是有否，按不知道处理",
                    f"{veto.name.en}: both yes and no, taken as unknown",
                )
                faults += [
                    row_fault("vetoes.contradict", row, what, Text("请核实后只留一行", "keep the true one"))
                    for row in rows
                ]
    return found, faults


def _ranked(entry: SubjectScore, rank: tuple[int, int]) -> SubjectScore:
    return replace(entry, rank=rank)


def _unvisited(entry: SubjectScore) -> Fault:
    what = Text(
        f"{entry.name}：这一轮须实地查看，没有到校日期",
        f"{entry.name}: the round demands a visit and none is dated",
    )
    return Fault(
        "scores.no_visit", Place(entry.subject), what, Text("填写到校日期", "give the day of the visit")
    )
