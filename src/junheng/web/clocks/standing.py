"""Who has not reported: each return with its deadline, who is responsible, where the school lies."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, Q
from django.utils import timezone

from junheng.web.clocks.deadlines import Deadline, Duty, deadline
from junheng.web.clocks.terms import Limits, limits_of
from junheng.web.filing.models import Cell, CountyYear, Filing
from junheng.web.filing.states import State
from junheng.web.people.models import Account, Organisation, Post
from junheng.web.people.queries import within
from junheng.web.people.roles import Kind, Role

_SCHOOL_ROLES = (Role.CLERK, Role.HEAD)


@dataclass(frozen=True, slots=True)
class Standing:
    """One return: ``days`` until its deadline, negative when late; None where nobody owes anything."""

    filing: Filing
    deadline: Deadline
    days: int | None
    people: tuple[Account, ...]

    @property
    def is_late(self) -> bool:
        """Whether its deadline is past."""
        return self.days is not None and self.days < 0

    @property
    def days_late(self) -> int:
        """Days since the deadline."""
        return max(0, -(self.days or 0))

    @property
    def look(self) -> str:
        """What the map and the list show it as: a late school's return is "late", whatever its state."""
        if self.is_late and self.deadline.duty == Duty.SCHOOL:
            return "late"
        return State.ACCEPTED.value if self.filing.state == State.FROZEN else str(self.filing.state)


Responsible = Mapping[int, Sequence[Account]]  # of an organisation (its id)


def standings(year: CountyYear, today: date | None = None) -> list[Standing]:
    """The returns of a year, the latest first, then the soonest due, then what is done. Three queries."""
    day = today or timezone.localdate()
    limits, people = limits_of(year.county), responsible(year.county, day)
    filings = year.filings.select_related("school").defer("problems").annotate(sent_back_at=sent_back())
    found = [_standing(one, year, limits, people, day) for one in filings]
    return sorted(found, key=lambda one: (one.days is None, one.days or 0, one.filing.code))


def sent_back() -> Min:
    """When a return came back to its school: annotated as ``sent_back_at``, the day its time to mend began."""
    return Min("remarks__sent_at", filter=Q(remarks__closed_at=None))


def deadline_of(filing: Filing, due_on: date, limits: Sequence[Limits]) -> Deadline:
    """The deadline of a return (annotated with ``sent_back``) in a year due on ``due_on``. No query."""
    began = filing.submitted_at if filing.state == State.SUBMITTED else getattr(filing, "sent_back_at", None)
    return deadline(State(filing.state), due_on, _day_of(began), limits)


def _standing(
    filing: Filing, year: CountyYear, limits: Sequence[Limits], people: Responsible, day: date
) -> Standing:
    due = deadline_of(filing, year.due_on, limits)
    who = {Duty.SCHOOL: filing.school_id, Duty.BUREAU: year.county_id}.get(due.duty, 0)
    return Standing(filing, due, due.days_left(day), tuple(people.get(who, ())))


def _day_of(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def responsible(county: Organisation, day: date) -> Responsible:
    """Clerks and heads by school, officers by county: who holds such a post on ``day``. One query."""
    posts = Post.objects.filter(organisation__in=within(county), account__is_active=True, since__lte=day)
    posts = posts.filter(Q(until__isnull=True) | Q(until__gt=day)).filter(
        Q(role__in=_SCHOOL_ROLES, organisation__kind=Kind.SCHOOL) | Q(role=Role.OFFICER)
    )
    found: dict[int, list[Account]] = defaultdict(list)
    for post in posts.select_related("account").order_by("role", "account__name"):
        if post.account not in found[post.organisation_id]:
            found[post.organisation_id].append(post.account)
    return found


def coordinates(year: CountyYear) -> Mapping[int, tuple[float, float]]:
    """(longitude, latitude) by return, as its table of schools says, else as it said last year. One query."""
    cells = Cell.objects.filter(
        row__filing__county_year=year, row__table="school", row__is_removed=False, column__in=("lon", "lat")
    )
    said: dict[int, dict[str, float]] = defaultdict(dict)
    for filing, column, value, last in cells.values_list("row__filing", "column", "value", "last_year"):
        number = _degrees(value, last)
        if number is not None:
            said[filing][column] = number
    return {pk: (at["lon"], at["lat"]) for pk, at in said.items() if len(at) == len(("lon", "lat"))}


def _degrees(*texts: str) -> float | None:
    """The first text that is an angle; what was typed may be anything."""
    for text in texts:
        try:
            number = float(text)
        except ValueError:
            continue
        if -180 <= number <= 180:  # degrees
            return number
    return None
