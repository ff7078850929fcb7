"""What the pages of monitoring show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from junheng.web.monitoring.clocks import clocks, days_over, level_name, level_of
from junheng.web.monitoring.models import Alert, AlertState, Gap, Run
from junheng.web.monitoring.models.alerts import NO_DATA
from junheng.web.monitoring.states import STANDING, State
from junheng.web.people.models import Organisation
from junheng.web.people.queries import within
from junheng.web.people.roles import Kind

HEAT = ("hot", "cold")  # topics of the library's rules: schools too full, and emptying ones
TABS = ("open", "heat", "data", "muted", "gone")
GAP_TABS = ("standing", "overdue", "closed")


def asking(today: date) -> Q:
    """Alerts that ask for somebody on a day: open ones, and muted ones whose day is past."""
    return Q(state=AlertState.OPEN) | Q(state=AlertState.MUTED, muted_until__lt=today)


def warning(today: date) -> Q:
    """Alerts that ask and are no mere lack of data."""
    return asking(today) & ~Q(kind=NO_DATA)


def of_place(place: Organisation) -> QuerySet[Alert]:
    """The alerts of a county, or a school's own."""
    chosen = Q(school=place) if place.kind == Kind.SCHOOL else Q(county=place)
    return Alert.objects.filter(chosen)


def _in_tab(tab: str, today: date) -> Q:
    if tab == "heat":
        return asking(today) & Q(topic__in=HEAT)
    if tab == "muted":
        return Q(state=AlertState.MUTED, muted_until__gte=today)
    if tab == "data":
        return asking(today) & Q(kind=NO_DATA)
    return Q(state=AlertState.GONE) if tab == "gone" else warning(today)


def alerts_of(place: Organisation, chosen: Mapping[str, str], today: date) -> QuerySet[Alert]:
    """Alerts of a tab, by level, rule and school as chosen, each with the standing gap it is in, if any."""
    found = of_place(place).filter(_in_tab(chosen.get("tab", ""), today))
    for name in ("level", "rule", "school_code"):
        if value := chosen.get(name):
            found = found.filter(**{name: value})
    standing = Gap.objects.filter(alerts=OuterRef("pk"), state__in=STANDING)
    return found.annotate(gap_id=Subquery(standing.values("pk")[:1])).select_related("finding")


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to filter by."""

    value: str
    name: Mapping[str, str]
    count: int


def choices_of(place: Organisation, tab: str, today: date) -> dict[str, list[Choice]]:
    """Levels, rules and schools there are in a tab, with how many alerts of each. One query."""
    rows = of_place(place).filter(_in_tab(tab, today))
    found: dict[str, dict[str, tuple[Mapping[str, str], int]]] = {"level": {}, "rule": {}, "school_code": {}}
    columns = ("level", "rule", "school_code", "school_name", "said__name")
    for level, rule, code, school, name in rows.values_list(*columns):
        names = {
            "level": {"zh": level, "en": level},
            "rule": name,
            "school_code": {"zh": school, "en": school},
        }
        for key, value in (("level", level), ("rule", rule), ("school_code", code)):
            if value:
                found[key][value] = (names[key], found[key].get(value, ({}, 0))[1] + 1)
    return {
        key: [Choice(value, name, count) for value, (name, count) in sorted(held.items())]
        for key, held in found.items()
    }


def counts_of(place: Organisation, today: date) -> dict[str, int]:
    """How many alerts stand in each tab. One query."""
    told: dict[str, int] = of_place(place).aggregate(
        **{tab: Count("pk", filter=_in_tab(tab, today)) for tab in TABS}
    )
    return told


def left_standing(run: Run | None, today: date) -> int:
    """Open warnings the last run neither raised nor could tell to pass: a bulletin does not list them. One query."""
    if run is None:
        return 0
    held = of_place(run.finding.county).filter(_in_tab("open", today), last_seen__lt=run.at)
    return held.count()


def last_run(county: Organisation) -> Run | None:
    """The last run of the rules in a county."""
    return Run.objects.filter(finding__county=county).select_related("finding").first()


@dataclass(frozen=True, slots=True)
class GapLine:
    """A gap in a list, with its clocks read on the day."""

    gap: Gap
    days_over: int
    is_soon: bool
    level: int

    @property
    def level_name(self) -> Any:
        """To whom it has gone."""
        return level_name(self.level)


def line_of(gap: Gap, today: date) -> GapLine:
    """One gap's clocks; a closed one has none."""
    if gap.state == State.CLOSED:
        return GapLine(gap, 0, False, gap.level)
    over = days_over(gap.due_on, today)
    is_soon = not over and (gap.due_on - today).days <= clocks().soon_days
    return GapLine(gap, over, is_soon, max(gap.level, level_of(gap.due_on, today)))


def gaps_of(place: Organisation, tab: str, today: date) -> QuerySet[Gap]:
    """Gaps of a county or a school: standing, overdue or closed; the nearest deadline first."""
    chosen = Q(school=place) if place.kind == Kind.SCHOOL else Q(county=place)
    found = Gap.objects.filter(chosen).select_related("county", "school", "owner", "owner_place")
    if tab == "closed":
        return found.filter(state=State.CLOSED).order_by("-closed_at", "-pk")
    standing = found.filter(state__in=STANDING)
    return standing.filter(due_on__lt=today) if tab == "overdue" else standing


def gap_counts(place: Organisation, today: date) -> dict[str, int]:
    """How many gaps stand, are overdue, are closed. One query."""
    chosen = Q(school=place) if place.kind == Kind.SCHOOL else Q(county=place)
    told: dict[str, int] = Gap.objects.filter(chosen).aggregate(
        standing=Count("pk", filter=Q(state__in=STANDING)),
        overdue=Count("pk", filter=Q(state__in=STANDING, due_on__lt=today)),
        closed=Count("pk", filter=Q(state=State.CLOSED)),
    )
    return told


@dataclass(frozen=True, slots=True)
class CountyLine:
    """A county among others: alerts that ask, gaps that stand, are overdue, have gone to the inspector, are closed."""

    county: Organisation
    red: int
    alerts: int
    standing: int
    overdue: int
    ordered: int
    closed: int


def counties_below(place: Organisation, today: date) -> list[CountyLine]:
    """The counties below, those with most overdue gaps first, then most standing. Three queries."""
    counties = list(within(place).filter(kind=Kind.COUNTY, closed_on=None).order_by("path"))
    standing = Q(state__in=STANDING)
    gaps = _by_county(
        Gap.objects.filter(county__in=within(place)),
        standing=standing,
        overdue=standing & Q(due_on__lt=today),
        ordered=standing & Q(ordered_at__isnull=False),
        closed=Q(state=State.CLOSED),
    )
    alerts = _by_county(
        Alert.objects.filter(county__in=within(place)),
        red=warning(today) & Q(level="red"),
        alerts=warning(today),
    )
    none: dict[str, int] = dict.fromkeys(("red", "alerts", "standing", "overdue", "ordered", "closed"), 0)
    lines = [
        CountyLine(county=one, **(none | gaps.get(one.pk, {}) | alerts.get(one.pk, {}))) for one in counties
    ]
    return sorted(lines, key=lambda line: (-line.overdue, -line.standing, -line.red))


def _by_county(rows: QuerySet[Any], **counted: Q) -> dict[int, dict[str, int]]:
    totals = {name: Count("pk", filter=chosen) for name, chosen in counted.items()}
    told = rows.order_by().values("county_id").annotate(**totals)
    return {row.pop("county_id"): row for row in told}
