"""What routes of monitoring stand for, and how a refusal is told."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from junheng.basics import Text, UserError
from junheng.web.front.words import half
from junheng.web.monitoring.models import Alert, Gap, Given, Paper
from junheng.web.people.models import Organisation


def place_of(organisation: int) -> Organisation:
    """An organisation."""
    return get_object_or_404(Organisation.objects.select_related("parent"), pk=organisation)


def alert_of(alert: int) -> Alert:
    """An alert."""
    return get_object_or_404(Alert.objects.select_related("county", "school", "finding"), pk=alert)


def gap_of(gap: int) -> Gap:
    """A gap."""
    joined = ("county", "school", "owner", "owner_place", "finding", "answer_finding", "closed_by", "before")
    return get_object_or_404(Gap.objects.select_related(*joined), pk=gap)


def paper_of(paper: int) -> Paper:
    """An issued paper."""
    return get_object_or_404(Paper.objects.select_related("county"), pk=paper)


def given_of(beside: int) -> Given:
    """A forecast or an admission's applications, as given."""
    return get_object_or_404(Given.objects.select_related("county").defer("content"), pk=beside)


def tried(request: HttpRequest, act: Callable[[], Any], done: Text | None) -> bool:
    """Do it and say so (nothing for None); or say why it was refused."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, half(Text("；", "; ")).join(error.messages))
        return False
    except UserError as error:
        messages.error(request, half(Text("；", "; ")).join(half(line) for line in error.lines()))
        return False
    if done is not None:
        messages.success(request, half(done))
    return True
