"""Making the demonstration on an empty site, step by step."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone

from junheng.data import NEIGHBOUR_CODE, make_district, make_neighbour
from junheng.web.appraisal.demo import open_demo_appraisal
from junheng.web.demo.accounts import add_people, write_accounts
from junheng.web.demo.judging import STANDARD, book_of, judge_county, judge_neighbour
from junheng.web.demo.places import COUNTY_CODE, Rows, add_city, add_counties
from junheng.web.demo.school_years import FIRST_MONTH, due_on, filing_year, judged_years
from junheng.web.filing.demo_year import open_demo_year
from junheng.web.filing.opening import Opening
from junheng.web.findings.models import Finding
from junheng.web.ledgers.demo import open_demo_ledgers
from junheng.web.monitoring.demo import open_demo_forecast
from junheng.web.people.models import Organisation
from junheng.web.people.queries import within
from junheng.web.people.roles import Kind
from junheng.web.public.demo_draw import SLIPS, open_demo_draw
from junheng.web.public.demo_pages import open_demo_pages
from junheng.web.sources.demo import open_demo_sources
from junheng.web.survey.demo import open_demo_surveys

_NEIGHBOURS_YEARS = 2  # enough to compare, and to see a trend
_OPEN_TO_ALL = (
    "不登录 without an account：/open 学区、派位、公告、资助、开放数据 zones, a draw, notices, aid, open data",
    f"派位凭条 slips to check the draw with：{SLIPS}/",
    "问卷作答码 codes of the survey：demo-survey-codes.txt",
)


def make_demo(today: date | None = None) -> Iterator[str]:
    """Make it as of ``today``, telling each step; nothing where the site already has organisations."""
    if Organisation.objects.exists():
        return
    day = today or timezone.localdate()
    years = judged_years(day)
    xx, yy = make_district(last=years[-1]), make_neighbour(last=years[-1])
    schools = {COUNTY_CODE: xx["school"].to_pylist(), NEIGHBOUR_CODE: yy["school"].to_pylist()}
    with transaction.atomic():
        city = add_city()
        county = add_counties(city, schools, years[0])[COUNTY_CODE]
        school = within(county).filter(kind=Kind.SCHOOL).order_by("pk")[0]  # where the school's people work
        lines = add_people({Kind.CITY: city, Kind.COUNTY: county, Kind.SCHOOL: school})
    yield "机构与账号 | organisations and accounts"
    for year in judge_county(county, xx, years):
        yield f"XX区 {year} 年评估 | XX, {year} judged"
    judge_neighbour(yy, years[-_NEIGHBOURS_YEARS:])
    yield "YY县评估 | YY judged"
    yield from open_demo_forecast(county, xx)
    keeper: list[str] = []
    yield from _at_work(county, school, day, _primary(schools[COUNTY_CODE], years[-1]), keeper)
    yield f"演示账号写在 | demo accounts: {write_accounts(lines, keeper, _OPEN_TO_ALL)}"


def _at_work(
    county: Organisation, school: Organisation, day: date, primary: list[str], keeper: list[str]
) -> Iterator[str]:
    """What the county has under way on ``day``; the line of a further account is added to ``keeper``."""
    year, last = filing_year(day), judged_years(day)[-1]
    yield from open_demo_year(county, school, Opening(year, due_on(day), STANDARD, book_of(last)))
    yield from open_demo_sources(county, school, year)
    yield from open_demo_pages(county, primary, last, date(year, FIRST_MONTH, 1))
    yield from open_demo_draw(county)
    yield from open_demo_surveys(Finding.objects.get(county=county, year=last, is_current=True))
    yield from open_demo_ledgers(county, school, keeper)
    yield from open_demo_appraisal(county, school)


def _primary(schools: Rows, year: int) -> list[str]:
    """The names of the year's public primary schools, in the order of their codes."""
    last = [row for row in schools if row["year"] == year and row["ownership"] == "public"]
    own = [row for row in last if row["kind"] in ("primary", "nine_year") and row["is_counted"]]
    return [str(row["name"]) for row in sorted(own, key=lambda row: str(row["school_id"]))]
