"""Time limits in force on a day: the county's own, else the dated defaults of ``terms.yaml``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from junheng.basics import Text
from junheng.web.audit.chain import record
from junheng.web.clocks.models import Terms
from junheng.web.people.models import Account, Organisation


@dataclass(frozen=True, slots=True)
class Limits:
    """Days a school has after its return, days an officer has to review, and how many days before people are told."""

    since: date
    days_after_return: int
    days_to_review: int
    remind_days_before: tuple[int, ...]
    basis: Text | None  # None: the county's own


@cache
def default_limits() -> tuple[Limits, ...]:
    """The defaults, the newest first."""
    told = yaml.safe_load(Path(__file__).with_name("terms.yaml").read_text(encoding="utf-8"))
    found = (_default(one) for one in told["defaults"])
    return tuple(sorted(found, key=lambda one: one.since, reverse=True))


def _default(one: dict[str, Any]) -> Limits:
    days = tuple(sorted(one["remind_days_before"]))
    basis = Text(one["basis"]["zh"], one["basis"]["en"])
    return Limits(one["since"], one["days_after_return"], one["days_to_review"], days, basis)


def limits_of(county: Organisation) -> tuple[Limits, ...]:
    """A county's limits, the newest first; the defaults stand behind its own. One query."""
    defaults = default_limits()
    own = [
        Limits(one.since, one.days_after_return, one.days_to_review, defaults[0].remind_days_before, None)
        for one in Terms.objects.filter(county=county)
    ]
    return (*own, *defaults)


def in_force(limits: Sequence[Limits], day: date) -> Limits:
    """Those in force on ``day``: the county's own where any began by then, else the defaults; the oldest before all."""
    return next((one for one in limits if one.since <= day), limits[-1])


def days_after(day: date, days: int) -> date:
    """The day so many days later."""
    return day + timedelta(days=days)


@transaction.atomic
def set_terms(actor: Account, county: Organisation, since: date, after_return: int, to_review: int) -> Terms:
    """The county's own limits from ``since`` on; another setting of the same day replaces it."""
    values = {"days_after_return": after_return, "days_to_review": to_review, "set_by": actor}
    found, _ = Terms.objects.update_or_create(county=county, since=since, defaults=values)
    detail = {"since": since.isoformat(), "days_after_return": after_return, "days_to_review": to_review}
    record(actor, "clocks.terms", "terms", found.pk, detail, organisation_id=county.pk)
    return found
