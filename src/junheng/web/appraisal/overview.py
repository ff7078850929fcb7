"""What an appraisal's overview shows: whose round is open, who has scored, results, spread, appeals, signatures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from junheng.basics import Text
from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.standards.scoring import IndexSystem
from junheng.web.appraisal.models import Appeal, Round, Subject
from junheng.web.appraisal.models.marks import AppealState
from junheng.web.appraisal.permissions import SELF
from junheng.web.appraisal.reading import Counts, Held, scored

Json = dict[str, Any]
STATES = {
    "waiting": Text("未开始", "not open yet"), "open": Text("进行中", "open"),
    "late": Text("已过截止", "past its day"), "scored": Text("已评完，待签字", "scored, to be signed"),
    "signed": Text("已签字齐全", "signed off"),
}  # fmt: skip
TELLS = {"waiting": "cannot_tell", "open": "open", "late": "overdue", "scored": "open", "signed": "kept"}


@dataclass(frozen=True, slots=True)
class RoundLine:
    """A round: how many subjects are wholly scored and signed, and how far each rater is."""

    turn: Round
    name: Text
    state: str
    done: int
    signed: int
    whole: int
    raters: list[tuple[str, int]]  # name, subjects wholly scored
    spread: Json | None  # the library's measures of how far raters differ

    @property
    def words(self) -> Text:
        """The state in words."""
        return STATES[self.state]

    @property
    def tells(self) -> str:
        """The colour of the state."""
        return TELLS[self.state]


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A subject's result, or None in its figures while the round that counts is not wholly scored."""

    subject: Subject
    points: list[str] | None
    grade: Text | None
    verdict: Verdict | None
    verdict_words: Text
    rank: str
    rounds: list[tuple[Text, str]]  # for each round its name and "", "scored" or "signed"


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it."""

    held: Held
    rounds: list[RoundLine]
    subjects: list[SubjectLine]
    appeals: list[Appeal]
    appeals_late: int
    outcome: Json
    awarded: int


def overview_of(held: Held, today: date) -> Overview:
    """The overview of an appraisal on a day; everything counted is the library's."""
    found, outcome = scored(held, today)
    counts = held.marked()
    signed = {(one.subject, one.round) for one in found.rounds if not one.missing}
    complete = {
        (subject.pk, turn.pk)
        for turn in held.rounds
        for subject in held.subjects
        if held.is_complete(subject, turn, counts)
    }
    rounds = [_round(held, turn, counts, complete, signed, outcome, today) for turn in held.rounds]
    told = {one["subject"]: one for one in outcome["subjects"]}
    lines = [_subject(held, one, told[one.code], complete, signed) for one in held.subjects]
    late = sum(one.state == AppealState.FILED and one.due_on < today for one in held.appeals)
    awarded = sum(one["is_awarded"] for one in outcome["targets"])
    return Overview(held, rounds, lines, list(held.appeals), late, outcome, awarded)


def _round(
    held: Held,
    turn: Round,
    counts: Counts,
    complete: set[tuple[int, int]],
    signed: set[tuple[str, str]],
    outcome: Json,
    today: date,
) -> RoundLine:
    items, whole = sum(1 for _ in held.system.items()), len(held.subjects)
    done = sum((one.pk, turn.pk) in complete for one in held.subjects)
    ended = sum((one.code, turn.name) in signed for one in held.subjects)
    raters = [
        (rater.name, sum(counts.get((one.pk, turn.pk, rater.pk), 0) >= items for one in held.subjects))
        for rater in turn.raters.all()
    ]
    name = next(one.name for one in held.system.rounds if one.id == turn.name)
    spread = next((one for one in outcome["raters"] if one["round"] == turn.name), None)
    return RoundLine(turn, name, _state(turn, done, ended, whole, today), done, ended, whole, raters, spread)


def _state(turn: Round, done: int, ended: int, whole: int, today: date) -> str:
    if turn.opens_on > today:
        return "waiting"
    if whole and ended == whole:
        return "signed"
    if whole and done == whole:
        return "scored"
    return "late" if turn.due_on < today else "open"


def _subject(
    held: Held, one: Subject, told: Json, complete: set[tuple[int, int]], signed: set[tuple[str, str]]
) -> SubjectLine:
    names = {grade.id: grade.name for grade in held.system.grades}
    known = {entry.id: entry.name for entry in held.system.rounds}
    states = [(known[turn.name], _how_far(one, turn, complete, signed)) for turn in held.rounds]
    counted = next((turn for turn in held.rounds if turn.name == told["round"]), None)
    if counted is None or (one.pk, counted.pk) not in complete:
        return SubjectLine(one, None, None, None, Text("评分中", "being scored"), "", states)
    verdict = Verdict(told["verdict"])
    everybody = all((subject.pk, counted.pk) in complete for subject in held.subjects)
    rank = "–".join(dict.fromkeys(map(str, told["rank"]))) if everybody else ""
    return SubjectLine(
        one, told["points"], grade_of(names, told), verdict, VERDICT_NAMES[verdict], rank, states
    )


def _how_far(one: Subject, turn: Round, complete: set[tuple[int, int]], signed: set[tuple[str, str]]) -> str:
    if (one.code, turn.name) in signed:
        return "signed"
    return "scored" if (one.pk, turn.pk) in complete else ""


def grade_of(names: Mapping[str, Text], told: Json) -> Text:
    """The grade; where something is missing, the grades that are possible."""
    found = [names[one] for one in ([told["grade"]] if told["grade"] else told["grades_possible"])]
    return Text("或".join(one.zh for one in found), " or ".join(one.en for one in found))


def counting_round(system: IndexSystem) -> Text:
    """The round whose scores count, in words."""
    if system.counting_round == "latest":
        return Text("最近一轮", "the latest round")
    return next(one.name for one in system.rounds if one.id == system.counting_round)


def may_see_marks(held: Held, subject: Subject, turn: Round, person: Any, *, is_outside: bool) -> bool:
    """Whether a reader sees what others marked: nobody who scores the round, and not the school, before all have.

    ``is_outside``: an office that does not score here. The self-evaluation is open to all who see the subject.
    """
    if turn.name == SELF or held.is_complete(subject, turn, held.marked()):
        return True
    return is_outside and not any(one.pk == person.pk for one in turn.raters.all())
