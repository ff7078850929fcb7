"""Counties by how many of their schools have reported, worst first."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Q
from django.utils import timezone

from junheng.web.filing.models import CountyYear
from junheng.web.filing.states import EDITABLE
from junheng.web.people.models import Organisation
from junheng.web.people.queries import within
from junheng.web.people.roles import Kind


@dataclass(frozen=True, slots=True)
class CountyShare:
    """A county's year; ``opened`` None: it has not begun."""

    county: Organisation
    opened: CountyYear | None
    total: int
    reported: int
    is_late: bool

    @property
    def share(self) -> Fraction | None:
        """Reported of all; None without a return."""
        return Fraction(self.reported, self.total) if self.total else None


def shares(place: Organisation, year: int, today: date | None = None) -> list[CountyShare]:
    """The counties below ``place``: who has not begun, then the smallest share. Two queries."""
    day = today or timezone.localdate()
    counties = within(place).filter(kind=Kind.COUNTY)
    schools = Q(filings__is_county=False)
    reported = Count("filings", filter=schools & ~Q(filings__state__in=EDITABLE))
    years = CountyYear.objects.filter(county__in=counties, year=year)
    opened = {
        one.county_id: one
        for one in years.annotate(total=Count("filings", filter=schools), reported=reported)
    }
    found = [_share(county, opened.get(county.pk), day) for county in counties.order_by("name")]
    return sorted(found, key=lambda one: (one.opened is not None, one.share or Fraction(0)))


def _share(county: Organisation, opened: CountyYear | None, day: date) -> CountyShare:
    if opened is None:
        return CountyShare(county, None, 0, 0, is_late=False)
    total, reported = getattr(opened, "total", 0), getattr(opened, "reported", 0)
    return CountyShare(county, opened, total, reported, day > opened.due_on and reported < total)


def last_year_of(place: Organisation) -> int:
    """The newest year any county below has opened; this year where none has."""
    found = CountyYear.objects.filter(county__in=within(place)).order_by("-year").first()
    return found.year if found else timezone.localdate().year
