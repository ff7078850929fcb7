"""Accepting several returns at once, each on its own and told why where it is not; and which
comes next."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from junheng.basics import Text
from junheng.web.filing.checking import problems_of
from junheng.web.filing.models import CountyYear, Filing, Remark
from junheng.web.filing.refusing import at_once
from junheng.web.filing.review import accept
from junheng.web.filing.states import State
from junheng.web.front.words import half
from junheng.web.people.models import Account

MOST = 100  # returns of one request: a page of the list


@dataclass(frozen=True, slots=True)
class Left:
    """A return that was not accepted, and why."""

    filing: Filing
    why: str


def accept_many(actor: Account, filings: Iterable[Filing]) -> tuple[list[Filing], list[Left]]:
    """Accept each that nothing speaks against: what an officer would not pass unseen waits for them."""
    done, left = list[Filing](), list[Left]()
    for filing in filings:
        if why := _why_not(filing):
            left.append(Left(filing, half(why)))
            continue
        try:
            done.append(accept(actor, filing))
        except ValidationError as error:  # another officer was faster
            left.append(Left(filing, at_once(error)))
    return done, left


def _why_not(filing: Filing) -> Text | None:
    """Broken logic, or a reason noted and not sent: of a return the state of which the table of states asks."""
    if filing.state != State.SUBMITTED:
        return None
    logic = sum(one.is_logic for one in problems_of(filing))
    if logic:
        return Text(f"逻辑问题 {logic} 个，请打开审核", f"{logic} rules of logic broken: open it")
    noted = Remark.objects.filter(filing=filing, sent_at=None).count()
    if noted:
        return Text(
            f"有 {noted} 条意见没有发出，请打开决定退回还是通过",
            f"{noted} reasons noted and not sent: open it and decide",
        )
    return None


def next_to_review(filing: Filing) -> Filing | None:
    """The return that waits after this one in the order of codes, else the first that waits; None where none does."""
    waiting = Filing.objects.filter(county_year=filing.county_year_id, state=State.SUBMITTED)
    waiting = waiting.exclude(pk=filing.pk).order_by("code")
    return waiting.filter(code__gt=filing.code).first() or waiting.first()


def chosen(year: CountyYear, numbers: Iterable[int]) -> list[Filing]:
    """The year's returns with these numbers, at most a page of them, by code."""
    held = Filing.objects.filter(county_year=year, pk__in=list(numbers)[:MOST])
    return list(held.select_related("school", "county_year").order_by("code"))
