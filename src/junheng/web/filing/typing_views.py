"""What a school sends: cells, rows, explanations, the return itself."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from junheng.basics import Text
from junheng.web.filing import actions, review
from junheng.web.filing.asked import (
    asked_table,
    cell_of,
    filing_of,
    row_of,
    section_address,
    tried,
)
from junheng.web.filing.models import Filing, Row
from junheng.web.filing.permissions import may_fill, may_fill_all, may_fill_table, tables_filled
from junheng.web.filing.refusing import at_once
from junheng.web.front.guard import allowed, asker
from junheng.web.front.numbers import whole_number
from junheng.web.front.words import half

_CELL, _WAS, _KEY = "c-", "w-", "k-"


@allowed(cell_of, lambda person, asked: may_fill_table(person, asked[0], asked[1].table), "POST")
def cell(request: HttpRequest, asked: tuple[Filing, Row, str]) -> HttpResponse:
    """One cell as it was typed; 409 where the return may not be changed now."""
    _, row, column = asked
    try:
        saved = actions.save_cell(
            asker(request), row, column, request.POST.get("value", ""), request.POST.get("seen")
        )
    except ValidationError as error:
        return JsonResponse({"error": at_once(error)}, status=409)
    before = saved.before if saved.is_overtaken else None
    told = {"value": saved.cell.value, "origin": saved.cell.get_origin_display()}
    return JsonResponse({**told, "overtaken": before, "revision": saved.revision})


@allowed(filing_of, may_fill, "POST")
def section(request: HttpRequest, filing: Filing) -> HttpResponse:
    """A whole section at once, without a script: only what differs from what the page showed is kept."""
    tables = tables_filled(asker(request), filing)
    rows = {row.pk: row for row in filing.rows.filter(is_removed=False, table__in=tables)}

    @transaction.atomic
    def save() -> None:
        for name, typed in request.POST.items():
            _, row_id, column = [*name.split("-", 2), "", ""][:3]
            seen = request.POST.get(_WAS + name.removeprefix(_CELL), "")
            row = rows.get(whole_number(row_id) or 0)
            if name.startswith(_CELL) and row is not None and typed != seen:
                actions.save_cell(asker(request), row, column, str(typed), seen)

    tried(request, save, half(Text("已保存", "Saved")))
    return redirect(f"{section_address(request, filing)}&check=1")


@allowed(filing_of, may_fill, "POST")
def row_add(request: HttpRequest, filing: Filing) -> HttpResponse:
    """A further class, room or stage."""
    table = asked_table(request, filing)
    if not may_fill_table(asker(request), filing, table):
        raise Http404
    keys = {
        name.removeprefix(_KEY): str(value) for name, value in request.POST.items() if name.startswith(_KEY)
    }
    tried(
        request,
        lambda: actions.add_row(asker(request), filing, table, keys),
        half(Text("已添加一行", "Row added")),
    )
    return redirect(section_address(request, filing))


@allowed(row_of, lambda person, asked: may_fill_table(person, asked[0], asked[1].table), "POST")
def row_remove(request: HttpRequest, asked: tuple[Filing, Row]) -> HttpResponse:
    """A class, room or stage that is no more."""
    filing, row = asked
    tried(request, lambda: actions.remove_row(asker(request), row), half(Text("已删除一行", "Row removed")))
    return redirect(f"{reverse('filing', args=[filing.pk])}?section={row.table}")


@allowed(filing_of, may_fill, "POST")
def explain(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Why an unlikely figure is right."""
    key, words = request.POST.get("key", ""), request.POST.get("words", "")
    tried(
        request, lambda: actions.explain(asker(request), filing, key, words), half(Text("说明已保存", "Kept"))
    )
    return redirect(section_address(request, filing))


@allowed(filing_of, may_fill_all, "POST")
def submit(request: HttpRequest, filing: Filing) -> HttpResponse:
    """Hand it to the bureau."""
    done = half(Text("已提交，等待审核", "Submitted, waiting for the bureau"))
    tried(request, lambda: review.submit(asker(request), filing), done)
    return redirect(section_address(request, filing))
