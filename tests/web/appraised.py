"""Commitments and appraisals for the tests."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.web.conftest import Site
from tests.web.ledgered import JPEG

from junheng.standards.scoring import index_system
from junheng.web.appraisal.acts import Given, mark
from junheng.web.appraisal.commitment_acts import Said, commit
from junheng.web.appraisal.models import Appeal, Appraisal, Commitment, Round, Subject
from junheng.web.appraisal.opening import Days, open_appraisal
from junheng.web.evidence.actions import keep
from junheng.web.evidence.models import Evidence
from junheng.web.people.models import Account, Organisation

SYSTEM = "school-management"


def opened(site: Site, *raters: Account, system: str = SYSTEM) -> Appraisal:
    """An appraisal of the first county, open since yesterday; ``raters`` score every round that names some."""
    today = timezone.localdate()
    found = index_system(system, on=today)
    days = {
        one.id: Days(
            today - timedelta(days=1), today + timedelta(days=30), () if one.id == "self" else raters
        )
        for one in found.rounds
    }
    return open_appraisal(None, site.county, found, today.year, days)


def subject_at(appraisal: Appraisal, place: Organisation) -> Subject:
    """The subject that is ``place``."""
    return Subject.objects.select_related("appraisal__county", "place").get(appraisal=appraisal, place=place)


def turn_at(appraisal: Appraisal, name: str) -> Round:
    """A round by its id."""
    return appraisal.rounds.get(name=name)


def all_marked(actor: Account, subject: Subject, name: str, rating: str = "good") -> None:
    """Every item of a round, marked alike, visited today."""
    system = index_system(subject.appraisal.system, on=subject.appraisal.opened_on)
    given = {one.id: Given(rating=rating, evidence="材料") for one in system.items()}
    mark(actor, subject, turn_at(subject.appraisal, name), given, timezone.localdate())


def paper_of(place: Organisation) -> Evidence:
    """A paper kept for a place."""
    file = SimpleUploadedFile("证明.jpg", JPEG, "image/jpeg")
    return keep(None, place, file, "证明", timezone.localdate())


def target_of(place: Organisation, measure: str = "", days: int = 400, kind: str = "principal") -> Commitment:
    """A target of a place, due in so many days."""
    due = timezone.localdate() + timedelta(days=days)
    return commit(None, place, Said(kind, "七项指标达到", due, owner="校长", measure=measure))


def appraisal_values(site: Site, person: Account) -> Mapping[str, Any]:
    """Values for the parameters of the routes."""
    appraisal = opened(site, person)
    subject, today = subject_at(appraisal, site.school), timezone.localdate()
    appeal = Appeal.objects.create(
        subject=subject, round=turn_at(appraisal, "county"), number="S01", item="M1-1", ground="佐证未计入",
        filed_on=today, filed_by=person, due_on=today,
    )  # fmt: skip
    return {
        "commitment": target_of(site.school).pk, "appraisal": appraisal.pk, "subject": subject.pk,
        "turn": "county", "appeal": appeal.pk,
    }  # fmt: skip
