"""The result as rows of the county's own return."""

from django.db import transaction

from junheng.web.audit.chain import record
from junheng.web.filing.actions import add_row, save_cell
from junheng.web.filing.county_return import own_return
from junheng.web.filing.models import CountyYear, Filing, Row
from junheng.web.filing.refusing import refused
from junheng.web.people.models import Account
from junheng.web.survey.models import Survey
from junheng.web.survey.queries import groups_counted

TABLE = "survey"
_COLUMNS = ("issued", "valid", "satisfied")


def return_of(survey: Survey) -> Filing | None:
    """The county's own return of the survey's year; None where there is none."""
    year = CountyYear.objects.filter(county=survey.county_id, year=survey.year).first()
    return own_return(year) if year else None


@transaction.atomic
def hand_in(actor: Account, survey: Survey) -> Filing:
    """Write the counted groups into the return. Raises ValidationError: not counted, no return, or one that is closed."""
    survey = Survey.objects.get(pk=survey.pk)
    filing = return_of(survey)
    if survey.counted_on is None:
        raise refused("调查还没有统计", "the survey is not counted yet")
    if filing is None:
        raise refused("这一年没有县级数据报表", "there is no county return of that year")
    for group in groups_counted(survey):
        row = _row(actor, filing, str(group["group"]))
        for column in _COLUMNS:
            save_cell(actor, row, column, str(group[column]))
    detail = {"year": survey.year, "table": TABLE}
    record(actor, "survey.hand", "survey", survey.pk, detail, organisation_id=survey.county_id)
    return filing


def _row(actor: Account, filing: Filing, group: str) -> Row:
    found = Row.objects.filter(filing=filing, table=TABLE, key=group, is_removed=False).first()
    return found or add_row(actor, filing, TABLE, {"respondent_group": group})
