"""Where a survey stands: told by its dates, so that nothing has to be switched at midnight."""

from datetime import date

from django.db import models
from django.utils import timezone

from junheng.web.front.words import pair
from junheng.web.survey.models import Survey


class Stage(models.TextChoices):
    """The steps of a survey, in their order."""

    PLANNED = "planned", pair("已定方案", "planned")
    ISSUED = "issued", pair("已发码，未开放", "codes made, not open")
    OPEN = "open", pair("正在作答", "open")
    ENDED = "ended", pair("已截止，待统计", "closed, to be counted")
    COUNTED = "counted", pair("已统计", "counted")


def stage_of(survey: Survey, today: date | None = None) -> Stage:
    """Where it stands on a day (default today)."""
    day = today or timezone.localdate()
    if survey.counted_on is not None:
        return Stage.COUNTED
    if survey.issued_on is None:
        return Stage.PLANNED
    if survey.opens_on is None or survey.closes_on is None or day < survey.opens_on:
        return Stage.ISSUED
    return Stage.OPEN if day <= survey.closes_on else Stage.ENDED
