"""Opening a gap: one alert, or several of one school, become something somebody answers for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from junheng.basics import Text
from junheng.web.front.words import half
from junheng.web.monitoring.actions import Owned, require_owner
from junheng.web.monitoring.library import overlay_of, own_values, region_of
from junheng.web.monitoring.models import Alert, AlertState, Gap
from junheng.web.monitoring.states import STANDING
from junheng.web.monitoring.writing import Told, words_of, write
from junheng.web.people.models import Account, Organisation


@dataclass(frozen=True, slots=True)
class Opening:
    """What is said when a gap is opened; ``is_order``: an inspector orders it (督办)."""

    title: str
    owned: Owned
    due_on: date
    measures: str
    passing: str
    is_order: bool = False


@transaction.atomic
def open_gap(
    actor: Account, county: Organisation, alerts: Sequence[Alert], said: Opening, now: datetime
) -> Gap:
    """A gap of these alerts. Raises ValidationError for none, of several schools, gone ones, one already in a gap."""
    Organisation.objects.select_for_update().get(pk=county.pk)  # of two officers the second is told
    held = list(
        Alert.objects.filter(county=county, pk__in=[one.pk for one in alerts])
        .select_related("finding", "school")
        .order_by("pk")
    )
    _require(held, said, localdate(now))
    require_owner(county, held[0].school, said.owned)
    gap = _made(actor, county, held, said, now)
    gap.alerts.set(held)
    words = "、".join(one.said["name"]["zh"] for one in held)
    english = ", ".join(one.said["name"]["en"] for one in held)
    write(gap, Told("order" if said.is_order else "open", Text(words, english)), actor, now)
    return gap


def _made(actor: Account, county: Organisation, alerts: Sequence[Alert], said: Opening, now: datetime) -> Gap:
    """Its row, with the county's own values as they are now: later ones do not move its passing condition."""
    newest = max((one.finding for one in alerts), key=lambda one: (one.year, one.pk))
    order = {"ordered_by": actor, "ordered_at": now} if said.is_order else {}
    return Gap.objects.create(
        county=county,
        school=alerts[0].school,
        title=words_of(said.title).zh[:200],
        finding=newest,
        owner=said.owned.account,
        owner_place=said.owned.place,
        owner_role=said.owned.role,
        due_on=said.due_on,
        measures=said.measures.strip()[:2000],
        passing=said.passing.strip()[:2000],
        rules_on=localdate(now),
        overlay=overlay_of(own_values(county), region_of(county, newest.year)),
        opened_by=actor,
        opened_at=now,
        **order,
    )


def _require(alerts: Sequence[Alert], said: Opening, today: date) -> None:
    for is_wrong, words in (
        (not alerts, Text("请选至少一条预警", "choose at least one alert")),
        (
            len({one.school_code for one in alerts}) > 1 or len({one.standard for one in alerts}) > 1,
            Text("一项台账只含一所学校的预警", "a gap holds alerts of one school alone"),
        ),
        (
            any(one.state == AlertState.GONE for one in alerts),
            Text("所选预警已消除", "an alert among them is gone"),
        ),
        (
            Gap.objects.filter(alerts__in=alerts, state__in=STANDING).exists(),
            Text("所选预警已在台账中", "an alert among them is in the ledger already"),
        ),
        (said.due_on <= today, Text("期限须在今天之后", "the deadline must be later than today")),
        (
            not (said.title.strip() and said.measures.strip() and said.passing.strip()),
            Text("请写明名称、措施和销号条件", "say title, measures and passing condition"),
        ),
    ):
        if is_wrong:
            raise ValidationError(half(words))
