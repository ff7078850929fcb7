"""What the routes of appraisal stand for."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from junheng.web.appraisal.models import Appeal, Appraisal, Commitment, Round, Subject
from junheng.web.people.models import Organisation


def place_of(organisation: int) -> Organisation:
    """An organisation."""
    return get_object_or_404(Organisation.objects.select_related("parent"), pk=organisation)


def commitment_of(commitment: int) -> Commitment:
    """A commitment."""
    joined = ("county", "place", "evidence", "reported_by", "reviewed_by")
    return get_object_or_404(Commitment.objects.select_related(*joined), pk=commitment)


def appraisal_of(appraisal: int) -> Appraisal:
    """An appraisal."""
    return get_object_or_404(Appraisal.objects.select_related("county"), pk=appraisal)


def subject_of(subject: int) -> Subject:
    """A subject of one."""
    return get_object_or_404(Subject.objects.select_related("appraisal__county", "place"), pk=subject)


def turn_of(subject: int, turn: str) -> tuple[Subject, Round]:
    """A subject in one round of its appraisal."""
    found = subject_of(subject)
    rounds = Round.objects.filter(appraisal=found.appraisal, name=turn).prefetch_related("raters")
    one = rounds.first()
    if one is None:
        raise Http404
    return found, one


def appeal_of(appeal: int) -> Appeal:
    """An appeal."""
    joined = ("subject__appraisal__county", "subject__place", "round", "filed_by")
    return get_object_or_404(Appeal.objects.select_related(*joined), pk=appeal)
