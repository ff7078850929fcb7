"""What routes of filing stand for, and how a refusal is told."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from junheng.basics import UserError
from junheng.web.filing.models import Cell, CountyYear, Filing, Row
from junheng.web.filing.refusing import at_once
from junheng.web.filing.sections import fields_of, sections_in
from junheng.web.people.models import Organisation


def place_of(organisation: int) -> Organisation:
    """An organisation."""
    return get_object_or_404(Organisation, pk=organisation)


def year_of(county_year: int) -> CountyYear:
    """A county's year."""
    return get_object_or_404(CountyYear.objects.select_related("county", "finding"), pk=county_year)


def filing_of(filing: int) -> Filing:
    """A return."""
    return get_object_or_404(Filing.every.select_related("school", "county_year__county"), pk=filing)


def row_of(filing: int, row: int) -> tuple[Filing, Row]:
    """A row of a return."""
    return filing_of(filing), get_object_or_404(Row, pk=row, filing_id=filing)


def cell_of(filing: int, row: int, column: str) -> tuple[Filing, Row, str]:
    """A cell of a return, filled or not."""
    found, line = row_of(filing, row)
    if line.table not in sections_in(found) or column not in {spec.name for spec in fields_of(line.table)}:
        raise Http404
    return found, line, column


def history_of(row: Row, column: str) -> Cell | None:
    """The cell, if anything ever stood in it."""
    return Cell.objects.filter(row=row, column=column).prefetch_related("changes").first()


def tried(request: HttpRequest, act: Callable[[], Any], done: str) -> bool:
    """Do it and say so ("" says nothing); or say why it was refused."""
    try:
        act()
    except (ValidationError, UserError) as error:
        messages.error(request, at_once(error))
        return False
    if done:
        messages.success(request, done)
    return True


def asked_table(request: HttpRequest, filing: Filing) -> str:
    """The section a form was sent from; the first where it names none."""
    asked, tables = request.POST.get("section", ""), sections_in(filing)
    return asked if asked in tables else next(iter(tables))


def section_address(request: HttpRequest, filing: Filing) -> str:
    """The page of the section a form was sent from."""
    return f"{reverse('filing', args=[filing.pk])}?section={asked_table(request, filing)}"
