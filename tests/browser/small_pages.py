"""What the pages of the small county show besides: an alert and its gap, a scenario; run in a process."""

from datetime import date, timedelta
from typing import Any

import django

_DAY = date(2026, 3, 2)


def main() -> None:
    """Make them below JUNHENG_HOME."""
    django.setup()
    from django.utils import timezone

    from junheng.web.findings.models import Finding
    from junheng.web.monitoring.models import Alert, Gap
    from junheng.web.monitoring.running import run_rules
    from junheng.web.people.models import Account
    from junheng.web.whatif.models import Scenario

    finding = Finding.objects.filter(is_current=True)[0]
    county, officer = finding.county, Account.objects.get(username="officer")
    run_rules(finding, timezone.now(), officer)
    alert = Alert.objects.filter(school__isnull=False)[0]
    gap = Gap.objects.create(
        county=county, school=alert.school, title="校舍不足", finding=finding, owner_place=county,
        owner_role="officer", due_on=timezone.localdate() + timedelta(days=30), measures="改建", passing="达到标准",
        rules_on=_DAY, opened_by=officer, opened_at=timezone.now(),
    )  # fmt: skip
    gap.alerts.add(alert)
    Scenario.objects.create(
        county=county, finding=finding, name="试算", changes="[]", verdict=finding.verdict, passed=finding.passed,
        judged=finding.judged, author=officer, author_name=officer.name,
    )  # fmt: skip
    _survey(finding, officer)


def _survey(finding: Any, officer: Any) -> None:
    """A survey that is open, half answered."""
    from django.utils import timezone

    from junheng.judgement.survey import Roll, SurveyedSchool
    from junheng.web.survey.answering import take
    from junheng.web.survey.issuing import issue, set_dates
    from junheng.web.survey.planning import Planning, plan_survey

    school = SurveyedSchool("2199000001", "甲小学", "primary", "111", 900, 60, "")
    roll = Roll(finding.year, "999901", "XX区", 300_000, (school,))
    survey = plan_survey(officer, finding.county, Planning(finding.year, "quality-2017", roll))
    codes, today = issue(officer, survey), timezone.localdate()
    set_dates(officer, survey, today, today + timedelta(days=30))
    for one in codes[::20]:
        take(survey, one.text, {"Q7": 4})


if __name__ == "__main__":
    main()
