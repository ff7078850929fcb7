"""What the page of one subject shows: its rounds as far as the reader may see them, and what it comes to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from junheng.basics import Text
from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.judgement.scoring import SignedRound
from junheng.standards.scoring import IndexSystem
from junheng.web.appraisal.models import Appeal, Mark, Round, Subject, Veto
from junheng.web.appraisal.overview import grade_of, may_see_marks
from junheng.web.appraisal.permissions import SELF
from junheng.web.appraisal.reading import Held, Json, held_of, scored
from junheng.web.front.words import half
from junheng.web.people.models import Account


@dataclass(frozen=True, slots=True)
class Turn:
    """A round of a subject. ``shown``: whether others' marks may be seen; ``signed``: signers by role, whose word holds."""

    turn: Round
    name: Text
    is_complete: bool
    is_signed: bool
    shown: bool
    can_change: bool
    roles: Sequence[Text]
    signed: Mapping[str, str]
    fingerprint: str
    needs_visit: bool
    progress: list[tuple[str, int]]  # rater (or the place itself) and how many items are marked
    can_appeal: bool


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item: its points at most, what it comes to, and the marks of each round (None: not to be seen yet)."""

    item: object
    comes_to: list[str] | None
    marks: list[tuple[Text, list[tuple[str, str, str]] | None]]  # of each round, by its name


@dataclass(frozen=True, slots=True)
class Page:
    """All of it. ``points``, ``grade``, ``verdict`` are None until the round that counts is wholly scored."""

    system: IndexSystem
    rounds: list[Turn]
    areas: list[tuple[object, list[ItemLine]]]
    points: list[str] | None
    grade: Text | None
    verdict: Verdict | None
    verdict_words: Text
    vetoes: list[tuple[object, Veto | None]]
    appeals: Sequence[Appeal]
    items: int
    why: list[Text]  # what keeps the result open


def page_of(subject: Subject, person: Account, today: date, *, is_office: bool) -> Page:
    """The page of ``subject`` as ``person`` may see it; points and grade are the library's."""
    held = held_of(subject.appraisal, subject)
    found, outcome = scored(held, today)
    (told,) = outcome["subjects"]
    rounds = [
        _turn(held, subject, one, found.rounds, person, today, is_office=is_office) for one in held.rounds
    ]
    counted = next((one for one in rounds if one.turn.name == told["round"]), None)
    is_told = counted is not None and counted.is_complete
    ends = {one["item"]: one["points"] for one in told["items"]} if is_told else {}
    grades = {one.id: one.name for one in held.system.grades}
    answers = {one.veto: one for one in Veto.objects.filter(subject=subject).select_related("by")}
    verdict = Verdict(told["verdict"]) if is_told else None
    return Page(
        held.system, rounds, _areas(held, rounds, ends), told["points"] if is_told else None,
        grade_of(grades, told) if is_told else None, verdict,
        VERDICT_NAMES[verdict] if verdict is not None else Text("评分中", "being scored"),
        [(one, answers.get(one.id)) for one in held.system.vetoes], held.appeals,
        sum(1 for _ in held.system.items()), _why(told) if is_told else [],
    )  # fmt: skip


def _why(told: Json) -> list[Text]:
    """Why the result cannot be told yet, in the library's terms."""
    unanswered = sum(found is None for found in told["vetoes"].values())
    lacks = len(told["missing"])
    said = [
        (unanswered, Text(f"{unanswered} 个否决项没有填写", f"{unanswered} vetoes not answered")),
        (lacks, Text(f"{lacks} 项没有评", f"{lacks} items not scored")),
        (len(told["open_appeals"]), Text("有申诉待复核", "an appeal is open")),
        (told["lacks_visit"], Text("须实地查看，没有到校日期", "a visit is demanded and none is dated")),
    ]
    return [words for count, words in said if count]


def _turn(
    held: Held,
    subject: Subject,
    turn: Round,
    rounds: Sequence[SignedRound],
    person: Account,
    today: date,
    *,
    is_office: bool,
) -> Turn:
    entry = next(one for one in held.system.rounds if one.id == turn.name)
    counts = held.marked()
    complete = held.is_complete(subject, turn, counts)
    state = next((one for one in rounds if one.round == turn.name), None)
    good: dict[str, str] = {}
    if state is not None:
        good = {role: name for role, name, _, kind in state.signatures if kind == "matches"}
    is_signed = state is not None and not state.missing
    raters = [(one.name, counts.get((subject.pk, turn.pk, one.pk), 0)) for one in turn.raters.all()]
    if turn.name == SELF:
        raters = [(subject.name, counts.get((subject.pk, turn.pk, None), 0))]
    return Turn(
        turn, entry.name, complete, is_signed,
        may_see_marks(held, subject, turn, person, is_outside=is_office),
        turn.opens_on <= today and not is_signed, entry.signers, good,
        "" if state is None else state.fingerprint[:12],
        entry.needs_visit, raters, complete and not is_signed and turn.name != SELF,
    )  # fmt: skip


def _areas(
    held: Held, rounds: Sequence[Turn], ends: Mapping[str, list[str]]
) -> list[tuple[object, list[ItemLine]]]:
    words = {one.id: one.name for one in held.system.scale}
    by_item: dict[tuple[str, int], list[Mark]] = {}
    for mark in held.marks:
        by_item.setdefault((mark.item, mark.round_id), []).append(mark)
    found: list[tuple[object, list[ItemLine]]] = []
    for area in held.system.areas:
        lines = []
        for item in area.items:
            marks = [
                (one.name, _said_in(one, by_item.get((item.id, one.turn.pk), []), words)) for one in rounds
            ]
            lines.append(ItemLine(item, ends.get(item.id), marks))
        found.append((area, lines))
    return found


def _said_in(
    turn: Turn, marks: Sequence[Mark], words: Mapping[str, Text]
) -> list[tuple[str, str, str]] | None:
    return [_said(one, words) for one in marks] if turn.shown else None


def _said(mark: Mark, words: Mapping[str, Text]) -> tuple[str, str, str]:
    told = half(words[mark.rating]) if mark.rating in words else mark.points
    return mark.rater.name, told, mark.evidence
