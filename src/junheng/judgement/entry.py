"""The condition for being evaluated at all: so many years since basic balance was recognised."""

from datetime import date
from decimal import Decimal

from junheng.basics import Text
from junheng.judgement.results import EntryResult, Reason
from junheng.judgement.verdict import Verdict
from junheng.standards import Standard

YEARS_REQUIRED = "years_since_basic"  # the limit's name in a standard's declarations


def entry_condition(standard: Standard, recognised_on: date | None) -> EntryResult | None:
    """Whether basic balance was recognised long enough before ``standard.on``; None if it is no condition."""
    for declaration in standard.declarations:
        limit = declaration.limits.get(YEARS_REQUIRED)
        if limit is not None and isinstance(limit.value, Decimal):
            return _entry(int(limit.value), recognised_on, standard.on)
    return None


def _entry(years: int, recognised_on: date | None, on: date) -> EntryResult:
    if recognised_on is None:
        words = Text(
            f"缺基本均衡认定日期，无法判定是否已满 {years} 年",
            f"the day of basic recognition is missing: whether {years} years have passed cannot be told",
        )
        return EntryResult(
            Verdict.CANNOT_TELL, None, years, Reason("missing:county.basic_recognised_on", words)
        )
    due = _years_later(recognised_on, years)
    held = due <= on
    have = Text("已满", "have") if held else Text("未满", "have not")
    words = Text(
        f"{recognised_on} 认定基本均衡，至 {on} {have.zh} {years} 年",
        f"basic balance recognised on {recognised_on}: {years} years {have.en} passed by {on}",
    )
    verdict = Verdict.MET if held else Verdict.NOT_MET
    return EntryResult(verdict, recognised_on, years, Reason(f"entry:{verdict.value}", words))


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, and no such day that year
        return date(day.year + years, 3, 1)
