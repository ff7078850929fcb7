"""Returns: a county's years, each school's return, its cells and its problems."""

from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router

from junheng.basics import Text
from junheng.web.api.auth import acts_as
from junheng.web.api.filed import (
    FilingOut,
    ProblemsOut,
    ReturnOut,
    YearOut,
    told_filing,
    told_problems,
    told_return,
    told_year,
)
from junheng.web.api.kinds import Scope
from junheng.web.api.paging import Cursor, Limit, Page, page
from junheng.web.api.routes_places import seen
from junheng.web.api.service import Id, operation
from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.permissions import may_list, may_read, may_see_year
from junheng.web.filing.queries import returns_of, years_of
from junheng.web.people.permissions import may_see_county
from junheng.web.people.roles import Kind

router = Router(tags=["填报 | Returns"])
StateName = Literal["draft", "submitted", "returned", "accepted", "frozen"]


def year_of(request: HttpRequest, county_year: int) -> CountyYear:
    """A year this token may see. Raises Http404."""
    found = get_object_or_404(CountyYear.objects.select_related("county"), pk=county_year)
    if not may_see_year(acts_as(request), found):
        raise Http404
    return found


def return_of(request: HttpRequest, filing: int) -> Filing:
    """A return this token may read. Raises Http404."""
    found = get_object_or_404(Filing.objects.select_related("school", "county_year__county"), pk=filing)
    if not may_read(acts_as(request), found):
        raise Http404
    return found


@operation(
    router, "GET", "/organisations/{organisation}/years", Scope.READ, Text("一个县的填报年度", "A county's years"),
    Page[YearOut],
)  # fmt: skip
def years(request: HttpRequest, organisation: Id, cursor: Cursor = "", limit: Limit = 100) -> Any:
    """各年度的截止日、状态和定稿哈希。 | Due day, counts by state, and the hash of what was frozen."""
    county = seen(request, organisation, Kind.COUNTY)
    if not may_see_county(acts_as(request), county):
        raise Http404
    return page(years_of(county), "pk", cursor, limit, told_year)


@operation(
    router, "GET", "/organisations/{organisation}/returns", Scope.READ, Text("一所学校的报表", "A school's returns"),
    Page[FilingOut],
)  # fmt: skip
def of_school(request: HttpRequest, organisation: Id, cursor: Cursor = "", limit: Limit = 100) -> Any:
    """各年度一份。 | One a year."""
    school = seen(request, organisation, Kind.SCHOOL)
    if not may_list(acts_as(request), school):
        raise Http404
    return page(returns_of(school).defer("problems"), "pk", cursor, limit, told_filing)


@operation(
    router, "GET", "/years/{county_year}/returns", Scope.READ, Text("一个年度的报表", "Returns of a year"),
    Page[FilingOut],
)  # fmt: skip
def of_year(
    request: HttpRequest,
    county_year: Id,
    state: StateName | None = None,
    cursor: Cursor = "",
    limit: Limit = 100,
) -> Any:
    """谁报了、谁没报。 | Who has reported and who has not."""
    rows = Filing.objects.filter(
        county_year=year_of(request, county_year), **({"state": state} if state else {})
    )
    return page(rows.select_related("county_year").defer("problems"), "pk", cursor, limit, told_filing)


@operation(router, "GET", "/returns/{filing}", Scope.READ, Text("一份报表", "One return"), ReturnOut)
def one_return(request: HttpRequest, filing: Id) -> Any:
    """状态、修订号和每一格：值、上年值、出处。 | State, revision, and every cell with last year's value and its origin."""
    return told_return(return_of(request, filing))


@operation(
    router,
    "GET",
    "/returns/{filing}/problems",
    Scope.READ,
    Text("核对结果", "What the checks say"),
    ProblemsOut,
)
def problems(request: HttpRequest, filing: Id) -> Any:
    """逻辑问题须改，经验问题须说明。 | Rules of logic block submitting; the unlikely asks for an explanation."""
    return told_problems(return_of(request, filing))
