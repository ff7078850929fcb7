"""Running the rules on a county's findings, and asking newer data about its gaps."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, now

from junheng.basics import Text, UserError
from junheng.judgement.monitoring import State, alert_from_json, followed, read_states, recheck, watch
from junheng.web.findings.models import Finding
from junheng.web.front.words import half
from junheng.web.jobs.queries import known_source
from junheng.web.jobs.unpack import unpack
from junheng.web.monitoring.actions import run_clocks
from junheng.web.monitoring.beside import Beside, beside_of
from junheng.web.monitoring.entering import Ran, enter
from junheng.web.monitoring.library import digest_of, overlay_of, own_values, region_of, rules_by
from junheng.web.monitoring.models import Alert, AlertState, Gap, Run
from junheng.web.monitoring.rechecking import Ask, is_newer, recheck_county, recheck_one
from junheng.web.people.models import Account, Organisation

_YEARS_BACK = 2  # rules look at the two years before (library: before_, before2_)
_log = logging.getLogger(__name__)


def newest(county: Organisation) -> list[Finding]:
    """The current finding of the last year, of each standard. One query."""
    found: dict[str, Finding] = {}
    for finding in Finding.objects.filter(county=county, is_current=True).order_by("-year"):
        found.setdefault(finding.standard, finding)
    return list(found.values())


def run_rules(finding: Finding, at: datetime, actor: Account | None = None) -> Run:
    """Rules on the finding's year with the years before it; then its county's gaps are rechecked. Raises UserError.

    Raises ValidationError for a finding that newer data have overtaken: old years do not speak of today.
    """
    if finding.pk not in {one.pk for one in newest(finding.county)}:
        words = Text(
            "已有更新年度的结论，不再按旧数据监测", "a newer finding is there: old data are not watched"
        )
        raise ValidationError(half(words))
    on, region = localdate(at), region_of(finding.county, finding.year)
    rules = rules_by(overlay_of(own_values(finding.county), region), region, on)
    states, aside = states_of(finding), aside_of(finding)
    found = aside.told(watch(states, rules, beside=aside.subjects), rules)
    earlier = Alert.objects.filter(county=finding.county, standard=finding.standard)
    before = [alert_from_json(one.said) for one in earlier.exclude(state=AlertState.GONE)]
    courses = {
        one.alert.key: one.course for one in followed(before, found, states, rules, beside=aside.subjects)
    }
    run = enter(Ran(finding, found, courses, digest_of(rules), at, on, actor))
    recheck_county(finding, asking(states, region, aside), at)
    run_clocks(at, on)
    return run


def asking(states: Sequence[State], region: str, aside: Beside) -> Callable[[Gap], Ask]:
    """The library's recheck of these states, by the rules that held when a gap was opened: changing a county's own
    values afterwards closes nothing."""
    rules_of = cache(lambda overlay, on: rules_by(overlay, region, on))

    def ask_about(gap: Gap) -> Ask:
        rules = rules_of(gap.overlay, gap.rules_on)
        return lambda asked: recheck(asked, states, rules, beside=aside.subjects)

    return ask_about


def recheck_gap(gap: Gap, at: datetime) -> None:
    """Ask the newest finding about one gap. Raises ValidationError where none is newer than what was asked last."""
    found = next((one for one in newest(gap.county) if one.standard == gap.finding.standard), None)
    if found is None or not is_newer(found, gap):
        words = Text(
            "还没有更新的数据：新一轮数据定稿并评估后才能复算",
            "no newer data yet: recheck once new data are accepted and judged",
        )
        raise ValidationError(half(words))
    recheck_one(gap, found, asking(states_of(found), region_of(gap.county, found.year), aside_of(found)), at)


def states_of(finding: Finding) -> tuple[State, ...]:
    """The library's states of a finding's year and the years before it, with their accepted tables where kept."""
    past = Finding.objects.filter(
        county=finding.county_id,
        standard=finding.standard,
        is_current=True,
        year__range=(finding.year - _YEARS_BACK, finding.year - 1),
    )
    findings = [finding, *past]
    with _inputs(findings) as inputs:
        return read_states([one.folder for one in findings], inputs)


def aside_of(finding: Finding) -> Beside:
    """What the county was given beside: a forecast is judged with the data of the finding's own year."""
    with _inputs([finding]) as inputs:
        return beside_of(finding, inputs)


@contextmanager
def _inputs(findings: Sequence[Finding]) -> Iterator[list[Path]]:
    """The accepted data the findings were made from, each once; an archive is unpacked for the while."""
    sources = dict.fromkeys(path for one in findings if (path := known_source(one)) is not None)
    with TemporaryDirectory() as folder:
        found = []
        for number, path in enumerate(sources):
            if path.suffix == ".zip":
                unpack(path, Path(folder) / str(number))
                path = Path(folder) / str(number)
            found.append(path)
        yield found


def after_keeping(finding: Finding) -> None:
    """What follows when a finding becomes current: a failure here is logged and told, the finding stands."""
    at = now()
    if finding.pk not in {one.pk for one in newest(finding.county)}:
        return
    try:
        run_rules(finding, at)
    except UserError as error:
        lines = [{"zh": line.zh, "en": line.en} for line in error.lines()]
        Run.objects.create(finding=finding, at=at, error=lines)
    except Exception:
        _log.exception("monitoring of finding %s", finding.pk)
        told = {"zh": "监测规则没有运行完，请重试", "en": "the rules did not finish: run them again"}
        Run.objects.create(finding=finding, at=at, error=[told])
