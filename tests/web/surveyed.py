"""Surveys for the tests: planned from a roll in memory, without reading a workbook."""

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone
from tests.web.conftest import SCHOOL, Site
from tests.web.filings import NEIGHBOUR

from junheng.judgement.survey import AnswerCode, Roll, SurveyedSchool
from junheng.web.people.models import Account
from junheng.web.survey.issuing import issue, set_dates
from junheng.web.survey.models import Survey
from junheng.web.survey.planning import Planning, plan_survey

YEAR = 2024
QUESTIONS = [f"Q{number}" for number in range(1, 8)]
_DAY = timedelta(days=1)


def roll_in_memory(year: int = YEAR) -> Roll:
    """Two schools and 300,000 residents: 600 papers."""
    schools = (
        SurveyedSchool(SCHOOL, "甲小学", "primary", "111", 900, 60, ""),
        SurveyedSchool(NEIGHBOUR, "乙小学", "primary", "111", 300, 20, ""),
    )
    return Roll(year, "999901", "XX区", 300_000, schools)


def planned(site: Site, officer: Account | None = None, year: int = YEAR) -> Survey:
    """A survey of the first county."""
    return plan_survey(officer, site.county, Planning(year, "quality-2017", roll_in_memory(year)))


def opened(site: Site, officer: Account | None = None) -> tuple[Survey, list[AnswerCode]]:
    """One that is open today, and its codes."""
    survey = planned(site, officer)
    codes, today = issue(officer, survey), timezone.localdate()
    set_dates(officer, survey, today - _DAY, today + _DAY)
    survey.refresh_from_db()
    return survey, codes


def ticks(value: int = 4) -> dict[str, int]:
    """Every question answered alike."""
    return dict.fromkeys(QUESTIONS, value)


def posted(code: str, value: int = 4) -> dict[str, str]:
    """The form of the questions as a browser sends it."""
    return {"code": code, "send": "1", **{name: str(value) for name in QUESTIONS}}


def route_values(site: Site) -> Mapping[str, object]:
    """A survey for the walk over all routes."""
    survey = Survey.objects.filter(county=site.county).first() or planned(site)
    return {"survey": survey.pk, "key": survey.key}
