"""Who may commit, report, review; who opens an appraisal, scores, signs, appeals and decides."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from junheng.web.appraisal.models import Appeal, Appraisal, Commitment, Round, Subject
from junheng.web.appraisal.systems import system_of
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import Person, holds, may_see, may_see_county
from junheng.web.people.queries import posts_of
from junheng.web.people.roles import Kind, Role

_SCHOOL = frozenset({Role.CLERK, Role.HEAD})
_BUREAU = frozenset({Role.OFFICER, Role.LEADER})
SELF = "self"


@cache
def levels() -> Mapping[str, Any]:
    """Who scores which round, who signs for which role, days of an appeal: levels.yaml."""
    found: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name("levels.yaml").read_text("utf-8"))
    return found


def may_list(person: Person, place: Organisation) -> bool:
    """What a county or a school committed itself to, and how it is scored."""
    if place.kind == Kind.COUNTY:
        return may_see_county(person, place)
    return place.kind == Kind.SCHOOL and may_see(person, place)


def may_set(person: Person, place: Organisation) -> bool:
    """Enter a commitment: the bureau for its county and its schools, a head the goals of the own school's plan."""
    if place.kind not in (Kind.COUNTY, Kind.SCHOOL):
        return False
    return holds(person, _BUREAU, place) or (
        place.kind == Kind.SCHOOL and holds(person, frozenset({Role.HEAD}), place)
    )


def is_bureau(person: Person, county: Organisation) -> bool:
    """An officer or the leader of the county."""
    return county.kind == Kind.COUNTY and holds(person, _BUREAU, county)


def may_see_commitment(person: Person, commitment: Commitment) -> bool:
    """The place it is of, its bureau and those above; a county's own is not a school's to read."""
    return may_list(person, commitment.place)


def may_carry(person: Person, commitment: Commitment) -> bool:
    """Tell how far it has come: the school's own people; the bureau for what the county itself promised."""
    if commitment.place.kind == Kind.SCHOOL:
        return holds(person, _SCHOOL, commitment.place)
    return holds(person, _BUREAU, commitment.place)


def may_review(person: Person, commitment: Commitment) -> bool:
    """Accept or return what was reported: the bureau, never who reported it."""
    return holds(person, _BUREAU, commitment.county) and person.pk != commitment.reported_by_id


def may_see_appraisal(person: Person, appraisal: Appraisal) -> bool:
    """All subjects beside one another: the bureau and those above, not one school's people."""
    return may_see_county(person, appraisal.county)


def may_run(person: Person, appraisal: Appraisal) -> bool:
    """Answer the vetoes, set the days: the bureau."""
    return is_bureau(person, appraisal.county)


def may_see_subject(person: Person, subject: Subject) -> bool:
    """One subject: its own people, its bureau and those above."""
    return may_list(person, subject.place)


def may_answer_vetoes(person: Person, subject: Subject) -> bool:
    """Say whether a veto was found: the bureau."""
    return may_run(person, subject.appraisal)


def may_mark(person: Person, found: tuple[Subject, Round]) -> bool:
    """Score the subject in a round: its own people in a self-evaluation, else the raters named for it."""
    subject, turn = found
    level = levels()["rounds"].get(turn.name)
    if level is None or not isinstance(person, Account):
        return False
    if turn.name == SELF:
        own = _BUREAU if subject.place.kind == Kind.COUNTY else _SCHOOL
        return holds(person, own, subject.place)
    return is_rater(person, turn) and holds(person, _roles(level), subject.place)


def is_rater(person: Person, turn: Round) -> bool:
    """Whether the person is named for a round."""
    return any(one.pk == person.pk for one in turn.raters.all())


def may_sign(person: Person, found: tuple[Subject, Round], role: str) -> bool:
    """Sign a round for a role of the index system (its Chinese word)."""
    subject, turn = found
    level = levels()["signers"].get(role)
    if level is None or not isinstance(person, Account):
        return False
    if level.get("named") and not is_rater(person, turn):
        return False
    of = level["of"]
    if of == "subject":
        return holds(person, _roles(level), subject.place)
    kinds = {Kind(of), Kind.CITY, Kind.PROVINCE} if level.get("named") else {Kind(of)}
    return any(
        Role(post.role) in _roles(level)
        and post.organisation.kind in kinds
        and subject.place.path.startswith(post.organisation.path)
        for post in posts_of(person)
    )


def may_sign_any(person: Person, found: tuple[Subject, Round]) -> bool:
    """Sign it for one role or another."""
    subject, turn = found
    entry = next(one for one in system_of(subject.appraisal).rounds if one.id == turn.name)
    return any(may_sign(person, found, role.zh) for role in entry.signers)


def may_appeal(person: Person, subject: Subject) -> bool:
    """Appeal: the school's head, the county's leader."""
    role = Role.LEADER if subject.place.kind == Kind.COUNTY else Role.HEAD
    return holds(person, frozenset({role}), subject.place)


def may_decide(person: Person, appeal: Appeal) -> bool:
    """Decide it: the bureau for its schools, the inspectors above for a county; never who filed it or scored the item."""
    if not isinstance(person, Account) or person.pk == appeal.filed_by_id:
        return False
    of_county = appeal.subject.place.kind == Kind.COUNTY
    roles = frozenset({Role.INSPECTOR}) if of_county else _BUREAU
    if not holds(person, roles, appeal.subject.place):
        return False
    return not appeal.subject.marks.filter(round=appeal.round, item=appeal.item, rater=person.pk).exists()


def _roles(level: Mapping[str, Any]) -> frozenset[Role]:
    return frozenset(map(Role, level["roles"]))
