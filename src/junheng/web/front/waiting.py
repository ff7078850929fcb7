"""What waits for whoever opens a place's page: one line each, with the way to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text
from junheng.web.filing.models import Filing
from junheng.web.filing.permissions import may_decide, tables_reviewed
from junheng.web.filing.queries import is_late, years_of
from junheng.web.filing.states import EDITABLE, SCHOOL, State
from junheng.web.jobs.models import Job
from junheng.web.jobs.permissions import may_see_jobs
from junheng.web.jobs.states import OPEN
from junheng.web.jobs.states import State as JobState
from junheng.web.monitoring.permissions import may_watch
from junheng.web.monitoring.queries import counts_of, gap_counts
from junheng.web.people.models import Account, Organisation
from junheng.web.people.permissions import holds, may_see_county
from junheng.web.people.roles import Kind

_LATELY = timedelta(days=7)  # how long a failed job is told on the place's page


@dataclass(frozen=True, slots=True)
class Waits:
    """One line: how many of what, where to go, whether time is past (``bad``), near (``floor``) or neither."""

    count: int
    words: Text
    address: str
    tone: str = "unknown"


def waiting(person: Account, place: Organisation) -> list[Waits]:
    """What waits at a county or a school, those whose time is past first; at most eight queries."""
    today = timezone.localdate()
    kind = Kind(place.kind)
    found: list[Waits] = []
    if kind == Kind.COUNTY and may_see_county(person, place):
        found += [*_filing(person, place, today), *_jobs(person, place)]
    if kind == Kind.SCHOOL and holds(person, SCHOOL, place):
        found += _returns(place, today)
    if kind in (Kind.COUNTY, Kind.SCHOOL) and may_watch(person, place):
        found += _monitoring(place, today)
    return sorted((one for one in found if one.count), key=lambda one: one.tone != "bad")


def _filing(person: Account, county: Organisation, today: date) -> Iterator[Waits]:
    """Of the newest year that is not frozen."""
    year: Any = years_of(county).filter(frozen_at=None).first()
    if year is None:
        return
    page, standing = reverse("filing_year", args=[year.pk]), reverse("clocks_year", args=[year.pk])
    told, unreported = f"{year.year}", year.draft + year.returned
    if tables_reviewed(person, county):
        words = Text(f"份 {told} 年报表待审核", f"returns of {told} to review")
        yield Waits(year.submitted, words, f"{page}?state={State.SUBMITTED}", "floor")
    due = f"{year.due_on:%Y-%m-%d}"
    if is_late(year, today):
        words = Text(f"所学校 {told} 年报表逾期（{due} 截止）", f"schools late with {told} (due {due})")
        yield Waits(unreported, words, standing, "bad")
    else:
        words = Text(f"所学校 {told} 年还没报（{due} 截止）", f"schools still to report {told} (due {due})")
        yield Waits(unreported, words, standing)
    if may_decide(person, county) and year.total == year.accepted:
        words = Text(f"份报表已全部通过，{told} 年可以定稿", f"returns all accepted: {told} may be frozen")
        yield Waits(year.total, words, page, "good")


def _jobs(person: Account, county: Organisation) -> Iterator[Waits]:
    if not may_see_jobs(person, county):
        return
    failed = Q(state=JobState.FAILED, ended_at__gte=timezone.now() - _LATELY)
    told = Job.objects.filter(county=county).aggregate(
        running=Count("pk", filter=Q(state__in=OPEN)), failed=Count("pk", filter=failed)
    )
    page = reverse("jobs", args=[county.pk])
    yield Waits(told["running"], Text("项任务正在进行", "jobs under way"), page)
    yield Waits(told["failed"], Text("项任务未完成（近 7 天）", "jobs failed within 7 days"), page, "bad")


def _returns(school: Organisation, today: date) -> Iterator[Waits]:
    """Each return a school still owes."""
    owed = Filing.objects.filter(school=school, state__in=EDITABLE, county_year__frozen_at=None)
    for one in owed.select_related("county_year").defer("problems"):
        due, year = f"{one.county_year.due_on:%Y-%m-%d}", one.county_year.year
        is_over = is_late(one.county_year, today)
        if one.state == State.RETURNED:
            words = Text(f"份 {year} 年报表被退回，请修改后再交", f"return of {year} sent back: mend it")
        else:
            words = Text(f"份 {year} 年报表要填（{due} 截止）", f"return of {year} to fill (due {due})")
        yield Waits(1, words, reverse("filing", args=[one.pk]), "bad" if is_over else "floor")


def _monitoring(place: Organisation, today: date) -> Iterator[Waits]:
    gaps, alerts = gap_counts(place, today), counts_of(place, today)
    ledger, page = reverse("gaps", args=[place.pk]), reverse("monitoring", args=[place.pk])
    yield Waits(
        gaps["overdue"], Text("项整改逾期", "gaps past their deadline"), f"{ledger}?tab=overdue", "bad"
    )
    open_ = gaps["standing"] - gaps["overdue"]
    yield Waits(open_, Text("项整改在办", "gaps being mended"), ledger)
    yield Waits(alerts["open"], Text("条预警", "alerts"), page, "floor")
