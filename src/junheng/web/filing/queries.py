"""What the pages of filing show."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.section_page import section_of as section_of  # others read it here
from junheng.web.filing.states import EDITABLE, State
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
    counts = {state.value: Count("filings", filter=Q(filings__state=state)) for state in State}
    return CountyYear.objects.filter(county=county).annotate(total=Count("filings"), **counts)


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


def lines_of(year: CountyYear, state: str = "", today: date | None = None) -> list[Line]:
    """Who has reported and who has not, in the order they need the officer. One query."""
    filings = year.filings.select_related("school").annotate(
        explained=Count("explanations", distinct=True),
        remarked=Count("remarks", distinct=True),
        files=Count("attachments", filter=Q(attachments__removed_at=None), distinct=True),
    )
    chosen = filings.filter(state=state) if state in State.values else filings
    late = is_late(year, today)
    lines = [
        Line(
            one,
            late and one.state in EDITABLE,
            one.explained,
            one.remarked,
            one.files,
            _is_missing(year, one),
        )
        for one in chosen.defer("problems")
    ]
    return sorted(lines, key=lambda line: (_ORDER.index(State(line.filing.state)), line.filing.code))


def _is_missing(year: CountyYear, filing: Filing) -> bool:
    return year.frozen_at is not None and filing.state != State.FROZEN


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
