"""What the pages of filing show."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils import timezone

from junheng.basics import Text
from junheng.web.clocks.deadlines import Duty
from junheng.web.clocks.standing import deadline_of, sent_back
from junheng.web.clocks.terms import Limits, limits_of
from junheng.web.filing.models import CountyYear, Filing, Remark
from junheng.web.filing.section_page import section_of as section_of  # others read it here
from junheng.web.filing.sections import fields_of
from junheng.web.filing.states import State
from junheng.web.people.models import Organisation

_ORDER = [
    State.SUBMITTED,
    State.DRAFT,
    State.RETURNED,
    State.ACCEPTED,
    State.FROZEN,
]  # what waits for the officer first


def years_of(county: Organisation) -> QuerySet[CountyYear]:
    """The years a county opened, newest first, with how many returns stand where."""
    counts = {
        state.value: Count("filings", filter=Q(filings__state=state, filings__is_county=False))
        for state in State
    }
    return CountyYear.objects.filter(county=county).annotate(
        total=Count("filings", filter=Q(filings__is_county=False)), **counts
    )


def returns_of(school: Organisation) -> QuerySet[Filing]:
    """A school's returns, newest first."""
    found = Filing.objects.filter(school=school).select_related("county_year", "school")
    return found.order_by("-county_year__year")


@dataclass(frozen=True, slots=True)
class Line:
    """One return in the officer's list."""

    filing: Filing
    is_overdue: bool
    explained: int
    remarked: int
    files: int
    is_missing: bool  # the year was frozen without it


def listed(year: CountyYear, state: str = "", words: str = "") -> QuerySet[Filing]:
    """A year's returns in the order they need the officer; of one state, of schools whose name or code has ``words``."""
    filings = year.filings.select_related("school").defer("problems")
    if state in State.values:
        filings = filings.filter(state=state)
    for word in words.split():
        filings = filings.filter(Q(school__name__icontains=word) | Q(code__icontains=word))
    order = Case(*(When(state=one, then=Value(place)) for place, one in enumerate(_ORDER)))
    return filings.order_by(order, "code").annotate(
        explained=Count("explanations", distinct=True),
        remarked=Count("remarks", distinct=True),
        files=Count("attachments", filter=Q(attachments__removed_at=None), distinct=True),
        sent_back_at=sent_back(),
    )


def lines_of(year: CountyYear, filings: Iterable[Filing], today: date | None = None) -> list[Line]:
    """They as lines, each with whether its school is late: by its own days, which a return sent back has anew."""
    day, limits = today or timezone.localdate(), limits_of(year.county)
    return [_line(year, one, limits, day) for one in filings]


def _line(year: CountyYear, filing: Filing, limits: Sequence[Limits], day: date) -> Line:
    due = deadline_of(filing, year.due_on, limits)
    days = due.days_left(day)
    return Line(
        filing,
        due.duty == Duty.SCHOOL and days is not None and days < 0,
        getattr(filing, "explained", 0),
        getattr(filing, "remarked", 0),
        getattr(filing, "files", 0),
        _is_missing(year, filing),
    )


def _is_missing(year: CountyYear, filing: Filing) -> bool:
    return year.frozen_at is not None and filing.state != State.FROZEN


def due_on(filing: Filing) -> date | None:
    """Until when somebody has to do something about a return: a return sent back has days of its own."""
    year = filing.county_year
    annotated = Filing.every.annotate(sent_back_at=sent_back()).get(pk=filing.pk)
    return deadline_of(annotated, year.due_on, limits_of(year.county)).due_on


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a return came back; ``table`` and ``column`` of the cell it is about, empty for the whole return."""

    remark: Remark
    table: str
    column: Text | None


def remarks_sent(filing: Filing) -> list[Reason]:
    """The reasons a school still has to answer, those of the whole return first."""
    held = filing.remarks.filter(closed_at=None).exclude(sent_at=None).select_related("row")
    found = [_reason(one) for one in held]
    return sorted(found, key=lambda one: bool(one.table))


def _reason(remark: Remark) -> Reason:
    if remark.row is None:
        return Reason(remark, "", None)
    heads = {spec.name: spec.heading for spec in fields_of(remark.row.table)}
    return Reason(remark, remark.row.table, heads.get(remark.column))


def is_late(year: CountyYear, today: date | None = None) -> bool:
    """Whether the due date is past."""
    return (today or timezone.localdate()) > year.due_on


@dataclass(frozen=True, slots=True)
class Tally:
    """How many returns stand in a state."""

    state: State
    count: int


def tallies(year: CountyYear) -> list[Tally]:
    """Counts by state, none left out. One query."""
    counts: Counter[str] = Counter(dict(year.filings.values_list("state").annotate(count=Count("pk"))))
    return [Tally(state, counts[state.value]) for state in State]
