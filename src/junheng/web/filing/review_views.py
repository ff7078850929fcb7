"""What the bureau sends of a return: reasons, back to the school, accepted."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from junheng.web.filing import review
from junheng.web.filing.asked import filing_of, section_address, tried
from junheng.web.filing.models import Filing, Row
from junheng.web.filing.permissions import may_review
from junheng.web.front.guard import allowed, asker


@allowed(filing_of, may_review, "POST")
def remark(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Reasons by cell (``r-row-column``), noted; and with ``send_back``, the return goes back with them."""
    person = asker(request)

    @transaction.atomic
    def note() -> None:
        for name, words in request.POST.items():
            if name.startswith("r-") and str(words).strip():
                _, row_id, column = [*name.split("-", 2), "", ""][:3]
                row = get_object_or_404(Row, pk=int(row_id) if row_id.isdigit() else 0, filing=filing)
                review.remark(person, filing, row, column, str(words))
        if "send_back" in request.POST:
            review.send_back(person, filing, request.POST.get("words", ""))

    done = "已退回 Sent back" if "send_back" in request.POST else "意见已记下 Noted"
    tried(request, note, done)
    return redirect(section_address(request, filing))


@allowed(filing_of, may_review, "POST")
def accept(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Take it as it is."""
    tried(request, lambda: review.accept(asker(request), filing), "已通过 Accepted")
    return redirect("filing_year", county_year=filing.county_year_id)
