"""Reminders of attestations that are about to expire: one line a county, told again at each of the days before."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import yaml
from django.urls import reverse
from django.utils import timezone

from junheng.basics import Text
from junheng.web.clocks.giving import Message
from junheng.web.clocks.standing import responsible
from junheng.web.filing.attested import TABLE
from junheng.web.filing.models import Cell
from junheng.web.people.models import Account, Organisation

_NAMED = 5  # items named in a line
Letter = tuple[Account, Message]


@dataclass(frozen=True, slots=True)
class Expiring:
    """One attestation that expires soon. ``filing``: the county's own return it stands in."""

    filing: int
    item: str
    on: date


@cache
def days_before(day: date) -> tuple[int, ...]:
    """So many days before an attestation expires people are told, by the rule in force on ``day``; least first."""
    told = yaml.safe_load(Path(__file__).with_name("terms.yaml").read_text(encoding="utf-8"))["evidence"]
    found = max((one for one in told if one["since"] <= day), key=lambda one: one["since"])
    return tuple(sorted(found["remind_days_before"]))


def of_evidence(now: datetime) -> Iterator[Letter]:
    """What is to be told today, of the newest return of each county. Two queries, and one a county with any."""
    today = timezone.localdate(now)
    soon = expiring(today)
    for pk, county in sorted(Organisation.objects.in_bulk(list(soon)).items()):
        people = responsible(county, today).get(pk, ())
        message = _message(county, soon[pk], today)
        yield from ((account, message) for account in people)


def expiring(today: date) -> Mapping[int, Sequence[Expiring]]:
    """The attestations that expire within the longest of the days, by county, the soonest first. One query."""
    last = today + timedelta(days=days_before(today)[-1])
    cells = Cell.objects.filter(
        row__table=TABLE, row__is_removed=False, row__filing__is_county=True, column="expires_on"
    ).exclude(value="")
    rows = cells.values_list(
        "row__filing__school", "row__filing__county_year__year", "row__filing", "row__key", "value"
    )
    newest: dict[int, int] = {}
    found: dict[tuple[int, int], list[Expiring]] = defaultdict(list)
    for county, year, filing, key, typed in rows:
        newest[county] = max(year, newest.get(county, year))
        day = _day(typed)
        if day is not None and today <= day <= last:
            found[county, year].append(Expiring(filing, key.rpartition("|")[2], day))
    return {
        county: sorted(found[county, year], key=lambda one: (one.on, one.item))
        for county, year in newest.items()
        if (county, year) in found
    }


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _message(county: Organisation, soon: Sequence[Expiring], today: date) -> Message:
    first = soon[0]
    left = (first.on - today).days
    stage = next(days for days in days_before(today) if left <= days)
    items = list(dict.fromkeys(one.item for one in soon))
    named = "、".join(items[:_NAMED]) + ("…" if len(items) > _NAMED else "")
    words = Text(
        f"{county.name}：{len(soon)} 份佐证将到期（{named}），最早 {first.on}，请更新材料",
        f"{county.name}: {len(soon)} attestations will expire ({named}), the first on {first.on}: renew them",
    )
    address = reverse("filing_attestations", args=[first.filing])
    return Message(f"evidence:{county.pk}:{first.on}:{stage}", words, address, first.on)
