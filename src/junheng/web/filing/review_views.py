"""What the bureau sends of a return: reasons, back to the school, accepted."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from junheng.basics import Text
from junheng.web.filing import accepting, review
from junheng.web.filing.accepting import next_to_review
from junheng.web.filing.asked import filing_of, section_address, tried, year_of
from junheng.web.filing.models import CountyYear, Filing, Row
from junheng.web.filing.permissions import may_accept, may_freeze, may_review, tables_of_review
from junheng.web.filing.refusing import refused
from junheng.web.filing.states import State
from junheng.web.front.guard import allowed, asker
from junheng.web.front.numbers import whole_number
from junheng.web.front.words import half

_SENT, _NOTED = Text("已退回", "Sent back"), Text("意见已记下", "Noted")


@allowed(filing_of, may_review, "POST")
def remark(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Reasons by cell (``r-row-column``), noted; and with ``send_back``, the return goes back with them."""
    person = asker(request)
    tables = tables_of_review(person, filing)

    @transaction.atomic
    def note() -> None:
        for name, words in request.POST.items():
            if name.startswith("r-") and str(words).strip():
                _, row_id, column = [*name.split("-", 2), "", ""][:3]
                row = get_object_or_404(Row, pk=whole_number(row_id) or 0, filing=filing)
                if row.table not in tables:
                    raise refused("这张表不归本科室审核", "this table is not your section's to review")
                review.remark(person, filing, row, column, str(words))
        if "send_back" in request.POST:
            if not may_accept(person, filing):
                raise refused("只有规划统计科室可以退回", "only statistics sends a return back")
            review.send_back(person, filing, request.POST.get("words", ""))

    done = _SENT if "send_back" in request.POST else _NOTED
    tried(request, note, half(done))
    return redirect(section_address(request, filing))


@allowed(filing_of, may_accept, "POST")
def accept(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Take it as it is; with ``next``, on to the one that waits next."""
    name = filing.school.name
    done = half(Text(f"已通过：{name}", f"Accepted: {name}"))
    if not tried(request, lambda: review.accept(asker(request), filing), done):
        return redirect(section_address(request, filing))
    following = next_to_review(filing) if "next" in request.POST and not filing.is_county else None
    if following is not None:
        return redirect(section_address(request, following))
    if "next" in request.POST:
        messages.info(request, half(Text("没有别的报表待审核了", "No other return waits for review")))
    return redirect("filing_year", county_year=filing.county_year_id)


@allowed(year_of, may_freeze, "POST")
def accept_many(request: HttpRequest, opened: CountyYear) -> HttpResponse:
    """Take the chosen returns, or (``all``) all that were shown; of each that is not taken it is said why."""
    named = request.POST.getlist("shown" if "all" in request.POST else "filing")
    numbers = [number for text in named if (number := whole_number(text)) is not None]
    done, left = accepting.accept_many(asker(request), accepting.chosen(opened, numbers))
    if not numbers:
        messages.error(request, half(Text("没有选报表", "No return was chosen")))
    if done:
        count = len(done)
        messages.success(request, half(Text(f"已通过 {count} 份报表", f"{count} returns accepted")))
    for one in left:
        told = Text(
            f"没有通过：{one.filing.school}：{one.why}", f"Not accepted: {one.filing.school}: {one.why}"
        )
        messages.error(request, half(told))
    return redirect(f"{reverse('filing_year', args=[opened.pk])}?state={State.SUBMITTED}")


@allowed(filing_of, may_accept, "POST")
def reopen(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Take the acceptance back: the school may mend it again."""
    words, person = request.POST.get("words", ""), asker(request)
    tried(request, lambda: review.reopen(person, filing, words), half(Text("已退回学校", "Sent back")))
    return redirect(section_address(request, filing))
