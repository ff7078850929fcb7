"""What a run of the rules found, entered: new alerts, those seen again, those that are gone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from junheng.judgement.monitoring import LEVELS, Course, Watch
from junheng.judgement.monitoring import Alert as Seen
from junheng.web.audit.chain import record
from junheng.web.findings.models import Finding
from junheng.web.monitoring.models import Alert, AlertState, Run
from junheng.web.monitoring.models.alerts import NO_DATA
from junheng.web.monitoring.muting import ask_again, is_over
from junheng.web.people.models import Account, Organisation, OrganisationCode

_COLUMNS = (
    *("kind", "rule", "level", "rank", "topic", "school", "school_code", "school_name", "stage", "indicator"),
    *("year", "said", "last_seen", "gone_at", "finding", "state"),
    *("muted_until", "muted_by", "muted_why", "muted_said"),
)


@dataclass(frozen=True, slots=True)
class Ran:
    """A run: of which finding, what was found, by rules with which hash, when, asked by whom (None: by itself)."""

    finding: Finding
    watch: Watch
    courses: Mapping[str, Course]  # what became of each earlier alert, by key (``followed``)
    rules_sha256: str
    now: datetime
    today: date
    actor: Account | None = None


@transaction.atomic
def enter(ran: Ran) -> Run:
    """Enter it, under the county's lock: two runs come one after the other. The same run twice changes nothing."""
    finding = ran.finding
    county = Organisation.objects.select_for_update().get(pk=finding.county_id)
    known = {one.key: one for one in Alert.objects.filter(county=county, standard=finding.standard)}
    schools = _schools(county, ran.watch)
    fresh, again = [], []
    for seen in ran.watch.alerts:
        alert = known.get(seen.key)
        school = schools.get(seen.school_id)
        if alert is None:
            alert = Alert(county=county, standard=finding.standard, key=seen.key, first_seen=ran.now)
            fresh.append(alert)
        else:
            again.append(alert)
        _tell(alert, seen, school, ran)
    gone = _gone(known, ran)
    Alert.objects.bulk_create(fresh)
    Alert.objects.bulk_create(  # one statement for hundreds of rows; bulk_update takes seconds for as many
        [*again, *gone], update_conflicts=True, unique_fields=["pk"], update_fields=_COLUMNS
    )
    return _run(ran, county, len(fresh), len(gone))


def _tell(alert: Alert, seen: Seen, school: Organisation | None, ran: Ran) -> None:
    """Put what was seen into the alert; what was gone is back, what was muted may ask again."""
    for name in ("kind", "rule", "level", "topic", "stage", "indicator", "year"):
        setattr(alert, name, getattr(seen, name))
    alert.rank = LEVELS.index(seen.level)
    alert.school, alert.school_code, alert.school_name = school, seen.school_id, seen.school
    alert.said, alert.last_seen, alert.finding = seen.as_json(), ran.now, ran.finding
    if alert.state == AlertState.GONE or (alert.state == AlertState.MUTED and is_over(alert, ran.today)):
        ask_again(alert)
        alert.gone_at = None


def _gone(known: Mapping[str, Alert], ran: Ran) -> list[Alert]:
    """Alerts whose subject passes now. What is not raised, yet cannot be told to pass, stays as it is.

    One of missing data that is not raised again has nothing left to say: what no rule can look at is listed by the
    run itself. A gap made of it is not closed by that (``rechecking``).
    """
    gone = [
        one
        for key, one in known.items()
        if one.state != AlertState.GONE
        and (
            ran.courses.get(key) == "closed"
            or (one.kind == NO_DATA and ran.courses.get(key) == "cannot_tell")
        )
    ]
    for one in gone:
        ask_again(one)
        one.state, one.gone_at = AlertState.GONE, ran.now
    return gone


def _schools(county: Organisation, watch: Watch) -> Mapping[str, Organisation]:
    """The county's schools by the code they had in the year watched. One query."""
    codes = {one.school_id for one in watch.alerts if one.school_id}
    had = OrganisationCode.objects.filter(
        Q(last_year__isnull=True) | Q(last_year__gte=watch.year),
        code__in=codes,
        first_year__lte=watch.year,
        organisation__path__startswith=county.path,
    ).select_related("organisation")
    return {one.code: one.organisation for one in had.order_by("first_year")}


def _run(ran: Ran, county: Organisation, new: int, gone: int) -> Run:
    raised = {one.key for one in ran.watch.alerts}
    run = Run.objects.create(
        finding=ran.finding,
        at=ran.now,
        by=ran.actor,
        rules_sha256=ran.rules_sha256,
        fired=len(ran.watch.alerts),
        new=new,
        gone=gone,
        idle=[one.as_json() for one in ran.watch.unwatched],
        still=sorted(
            key for key, course in ran.courses.items() if course == "continuing" and key not in raised
        ),
    )
    detail = {"finding": ran.finding.pk, "fired": run.fired, "new": new, "gone": gone}
    record(
        ran.actor,
        "alerts.run",
        "finding",
        ran.finding.pk,
        detail | {"rules_sha256": ran.rules_sha256},
        organisation_id=county.pk,
    )
    return run
