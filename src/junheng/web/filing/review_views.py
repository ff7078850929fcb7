"""What the bureau sends of a return: reasons, back to the school, accepted."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from junheng.basics import Text
from junheng.web.filing import review
from junheng.web.filing.asked import filing_of, section_address, tried
from junheng.web.filing.models import Filing, Row
from junheng.web.filing.permissions import may_accept, may_review, tables_of_review
from junheng.web.filing.refusing import refused
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
    """Take it as it is."""
    tried(request, lambda: review.accept(asker(request), filing), half(Text("已通过", "Accepted")))
    return redirect("filing_year", county_year=filing.county_year_id)


@allowed(filing_of, may_accept, "POST")
def reopen(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Take the acceptance back: the school may mend it again."""
    words, person = request.POST.get("words", ""), asker(request)
    tried(request, lambda: review.reopen(person, filing, words), half(Text("已退回学校", "Sent back")))
    return redirect(section_address(request, filing))
