"""Alerts, gaps and newer findings for the tests of monitoring, without running the rules each time."""

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from tests.web.conftest import Site

from junheng.basics import Text
from junheng.judgement.monitoring import Alert as Seen
from junheng.judgement.monitoring import Gap as Asked
from junheng.judgement.monitoring import Recheck, alert_key, load_rules
from junheng.web.findings.actions import keep
from junheng.web.findings.models import Finding
from junheng.web.monitoring.actions import Owned
from junheng.web.monitoring.models import Alert, Gap, Given, Paper, PaperKind
from junheng.web.monitoring.opening import Opening, open_gap
from junheng.web.people.models import Account, Organisation
from junheng.web.people.roles import Role

WEAK = "2199000002"  # the neighbour: lacks backbone teachers (R2), sports ground (R5), rooms (R4)
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # ten in the morning in the county
TODAY = date(2026, 3, 2)
People = Callable[[Role, Organisation], Account]
_RULE = {rule.id: rule for rule in load_rules((), on=TODAY)}


def later(site: Site, folder: Path) -> Finding:
    """The finding in ``folder``, kept once more as newer data of the same year."""
    copy = Path(settings.HOME) / "findings" / f"later-{uuid4().hex[:12]}"
    shutil.copytree(folder, copy)
    return keep(None, site.county, copy)


def seen_of(school: str, rule: str = "IND-FLOOR", indicator: str = "R2", distance: float = 7.0) -> Seen:
    """What the library would say of a school."""
    known = _RULE[rule]
    return Seen(
        key=alert_key(rule, "999901", school, "primary", indicator),
        kind="warning",
        rule=rule,
        name=known.name.text(),
        level=known.level,
        scope=known.scope,
        topic=known.topic,
        year=2024,
        county_code="999901",
        county="XX区",
        school_id=school,
        school=f"学校 {school}",
        stage="primary",
        indicator=indicator,
        value=0.5,
        threshold=0.85,
        distance=distance,
        unit=Text("人", "persons"),
        distance_unit=Text("人", "persons"),
        reason=Text("低于底线", "below the floor"),
        citation=known.citation,
        explain=("--school", school),
    )


def alert_in(finding: Finding, school: Organisation | None, code: str = WEAK, **said: object) -> Alert:
    """An alert as a run of the rules would enter it."""
    seen = seen_of(code if school else "", **said)  # type: ignore[arg-type] # passed on
    return Alert.objects.create(
        county=finding.county,
        standard=finding.standard,
        key=seen.key,
        kind=seen.kind,
        rule=seen.rule,
        level=seen.level,
        rank=0,
        topic=seen.topic,
        school=school,
        school_code=seen.school_id,
        school_name=seen.school,
        stage=seen.stage,
        indicator=seen.indicator,
        year=seen.year,
        said=seen.as_json(),
        first_seen=NOW,
        last_seen=NOW,
        finding=finding,
    )


def gap_in(site: Site, officer: Account, *alerts: Alert, days: int = 30) -> Gap:
    """A gap that the neighbour's head answers for."""
    said = Opening(
        "师范附小骨干教师不足", Owned(site.neighbour, Role.HEAD), TODAY + timedelta(days=days), "引进", "达标"
    )
    return open_gap(officer, site.county, alerts, said, NOW)


def answers(status: str) -> Callable[[Gap], Callable[[Asked], Recheck]]:
    """A library that always answers so."""
    told = Recheck(status, Text("测试答复", "the test's answer"))  # type: ignore[arg-type] # one of three words
    return lambda _: lambda _: told


def monitoring_values(site: Site, finding: Finding, actor: Account) -> Mapping[str, object]:
    """An alert, a gap and an issued paper of the first county for the walk over all routes."""
    alert = alert_in(finding, site.neighbour)
    paper = Paper.objects.create(
        county=site.county,
        kind=PaperKind.BULLETIN,
        year=2026,
        number=1,
        first_day=TODAY,
        last_day=TODAY,
        issued_by_name="x",
        issued_at=NOW,
        sha256="0" * 64,
        size=1,
    )
    given = Given.objects.create(
        county=site.county, kind="seats", stage="primary", name="a.csv", sha256="0" * 64
    )
    return {"alert": alert.pk, "gap": gap_in(site, actor, alert).pk, "paper": paper.pk, "beside": given.pk}
