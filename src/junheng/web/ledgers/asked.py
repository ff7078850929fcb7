"""What the routes of the ledgers stand for."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from junheng.judgement.ledgers import Ledger, ledgers
from junheng.web.ledgers.models import Child, Hazard, Sheet, SheetRow
from junheng.web.people.models import Organisation


def place_of(organisation: int) -> Organisation:
    """An organisation."""
    return get_object_or_404(Organisation.objects.select_related("parent"), pk=organisation)


def ledger_at(organisation: int, ledger: str) -> tuple[Organisation, Ledger]:
    """An organisation and one of the library's ledgers."""
    if ledger not in ledgers():
        raise Http404
    return place_of(organisation), ledgers()[ledger]


def hazard_of(hazard: int) -> Hazard:
    """A hazard."""
    joined = ("county", "school", "found_by", "mended_by", "reviewed_by", "before", "after")
    return get_object_or_404(Hazard.objects.select_related(*joined), pk=hazard)


def child_of(child: int) -> Child:
    """A child's entry."""
    return get_object_or_404(Child.objects.select_related("county", "school"), pk=child)


def sheet_at(organisation: int, sheet: str) -> tuple[Organisation, str]:
    """An organisation and one of the standing sheets."""
    if sheet not in Sheet.values:
        raise Http404
    return place_of(organisation), sheet


def row_of(sheet_row: int) -> SheetRow:
    """A row that stands."""
    joined = ("county", "place", "evidence")
    return get_object_or_404(SheetRow.objects.select_related(*joined), pk=sheet_row, removed_at=None)
