"""An appraisal as the library sees it: the site hands over its rows, the library scores, tells spread and signatures."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from junheng.judgement.scoring import Scored, given_scores, outcome_json, score, score_forms
from junheng.reports import filled_book
from junheng.standards.scoring import IndexSystem
from junheng.web.appraisal.models import Appeal, Appraisal, Commitment, Mark, Round, Signature, Subject, Veto
from junheng.web.appraisal.models.commitments import Kind
from junheng.web.appraisal.permissions import SELF
from junheng.web.appraisal.systems import system_of
from junheng.web.people.models import Account

Json = dict[str, Any]
Counts = Mapping[tuple[int, int, int | None], int]
Tables = Mapping[str, Sequence[Mapping[str, object]]]


@dataclass(frozen=True, slots=True)
class Held:
    """An appraisal read once: its system, rounds with their raters, subjects, and every row. Nine queries."""

    appraisal: Appraisal
    system: IndexSystem
    rounds: Sequence[Round]
    subjects: Sequence[Subject]
    marks: Sequence[Mark]
    appeals: Sequence[Appeal]
    signatures: Sequence[Signature]
    tables: Tables

    def marked(self) -> Counts:
        """How many items each rater scored: by subject, round and rater; None for all raters together."""
        counts: dict[tuple[int, int, int | None], int] = defaultdict(int)
        for one in self.marks:
            counts[one.subject_id, one.round_id, one.rater_id] += 1
            counts[one.subject_id, one.round_id, None] += 1
        return counts

    def is_complete(self, subject: Subject, turn: Round, counts: Counts) -> bool:
        """Whether everybody who scores in the round scored every item; a self-evaluation is one sheet of the place."""
        whole = sum(1 for _ in self.system.items())
        if turn.name == SELF:
            return counts.get((subject.pk, turn.pk, None), 0) >= whole
        raters = list(turn.raters.all())
        return bool(raters) and all(counts.get((subject.pk, turn.pk, r.pk), 0) >= whole for r in raters)


def held_of(appraisal: Appraisal, only: Subject | None = None) -> Held:
    """The appraisal with all its rows; of one subject alone where ``only`` is given."""
    of = {"subject__appraisal": appraisal} if only is None else {"subject": only}
    subjects = [only] if only is not None else list(appraisal.subjects.select_related("place"))
    rounds = list(appraisal.rounds.prefetch_related("raters"))
    marks = _marks(Mark.objects.filter(**of), subjects, rounds)
    appeals = list(Appeal.objects.filter(**of).select_related("subject", "round", "filed_by", "decided_by"))
    signatures = list(Signature.objects.filter(**of).select_related("subject", "round"))
    vetoes = Veto.objects.filter(**of).select_related("subject")
    targets = Commitment.objects.filter(place__in=[one.place_id for one in subjects])
    targets = targets.exclude(kind=Kind.PROMISE).select_related("evidence")
    codes = {one.place_id: one for one in subjects}
    tables: Tables = {
        "scores": [_mark(one) for one in marks],
        "listed": [{"subject": one.code, "name": one.name} for one in subjects],
        "vetoes": [_veto(one) for one in vetoes],
        "appeals": [_appeal(one) for one in appeals],
        "sign_off": [_signature(one) for one in signatures],
        "targets": [_target(one, codes[one.place_id]) for one in targets],
    }
    return Held(appraisal, system_of(appraisal), rounds, subjects, marks, appeals, signatures, tables)


def _marks(found: QuerySet[Mark], subjects: Sequence[Subject], rounds: Sequence[Round]) -> list[Mark]:
    """The marks with what they refer to, each of those read once: a county has thousands of marks."""
    marks, known = list(found), {one.pk: one for one in subjects}
    turns = {one.pk: one for one in rounds}
    raters = Account.objects.in_bulk({one.rater_id for one in marks})
    for one in marks:
        one.subject, one.round, one.rater = known[one.subject_id], turns[one.round_id], raters[one.rater_id]
    return marks


def rater_name(rater: Account) -> str:
    """A rater as the book names them: people of one name stay apart."""
    return f"{rater.name}（{rater.pk}）"


def scored(held: Held, today: date) -> tuple[Scored, Json]:
    """What the library says of it: the scores themselves, and its public form."""
    read = given_scores(held.system.name.zh, held.system, held.tables, today)
    found = score(read.problem)
    return found, outcome_json(read, found, "", ["site"])


def book_of(held: Held) -> bytes:
    """The very workbook ``junheng score`` reads."""
    return filled_book(score_forms(held.system), held.tables, held.system.name.zh)


def _mark(one: Mark) -> Mapping[str, object]:
    return {
        "subject": one.subject.code, "name": one.subject.name, "round": one.round.name,
        "rater": rater_name(one.rater), "item": one.item, "rating": one.rating, "points": one.points,
        "visited_on": one.visited_on, "evidence": one.evidence,
    }  # fmt: skip


def _veto(one: Veto) -> Mapping[str, object]:
    found = "yes" if one.found else "no"
    return {"subject": one.subject.code, "veto": one.veto, "found": found, "evidence": one.evidence}


def _appeal(one: Appeal) -> Mapping[str, object]:
    return {
        "id": one.number, "subject": one.subject.code, "round": one.round.name, "item": one.item,
        "filed_on": one.filed_on, "ground": one.ground, "state": one.state, "decided_on": one.decided_on,
        "points": one.points,
    }  # fmt: skip


def _signature(one: Signature) -> Mapping[str, object]:
    return {
        "subject": one.subject.code, "round": one.round.name, "role": one.role, "name": one.by_name,
        "signed_on": one.signed_on, "fingerprint": one.fingerprint,
    }  # fmt: skip


def _target(one: Commitment, subject: Subject) -> Mapping[str, object]:
    return {
        "subject": subject.code, "name": subject.name, "kind": one.kind, "title": one.title, "owner": one.owner,
        "due_on": one.due_on, "achieved_on": one.achieved_on,
        "evidence": one.evidence.name if one.evidence else "",
    }  # fmt: skip
