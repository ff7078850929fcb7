"""The standing sheets as the library sees them: coverage, money, firms, what is past its life; and its own workbook."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from junheng.basics import Text
from junheng.judgement.ledgers import LedgerReport, LedgerSchool, given_book, ledger_forms, ledgers, report_of
from junheng.reports import filled_book
from junheng.web.ledgers.models import Hazard, Record, Sheet, SheetRow
from junheng.web.ledgers.reading import County, hazard_row, record_row
from junheng.web.people.queries import within

_ANY = "conduct"  # the sheets stand beside every ledger; this one's items are not asked here
Tables = Mapping[str, Sequence[Mapping[str, object]]]


def latest_year(rows: Iterable[SheetRow]) -> str:
    """The newest school year of service that was entered, "" where none was."""
    return max((one.key for one in rows if one.sheet == Sheet.SERVICE), default="")


def library_row(row: SheetRow, codes: Mapping[int, str]) -> Mapping[str, object]:
    """The library's row."""
    school = {} if row.sheet == Sheet.FIRM else {"school_id": codes.get(row.place_id, str(row.place_id))}
    return {**school, **row.cells}


def sheet_report(county: County, rows: Iterable[SheetRow], sheet: str, today: date) -> LedgerReport:
    """What the library says of one sheet; of services, of the rows given alone."""
    table = {sheet: [library_row(one, county.codes) for one in rows]}
    schools = dict(county.schools) or _unknown(county.codes)
    words = Text(county.place.name, county.code)
    return report_of(
        given_book(Sheet(sheet).label, table), ledgers()[_ANY], schools, words, county.year, today
    )


def _unknown(codes: Mapping[int, str]) -> dict[str, LedgerSchool]:
    return {code: LedgerSchool(code, code, None, None, None) for code in codes.values()}


def whole_book(county: County, ledger: str) -> bytes:
    """The workbook ``junheng ledger read`` reads: records and findings of one ledger, and the three sheets.

    Of service the newest year alone: the library's sheet has a row a school.
    """
    standing = list(SheetRow.objects.filter(county=county.place, removed_at=None))
    year = latest_year(standing)
    chosen = [one for one in standing if one.sheet != Sheet.SERVICE or one.key == year]
    records = Record.objects.filter(ledger=ledger, school__in=within(county.place)).select_related("evidence")
    joined = ("before", "after", "found_by", "reviewed_by")
    hazards = Hazard.objects.filter(ledger=ledger, county=county.place).select_related(*joined)
    tables: dict[str, list[Mapping[str, object]]] = {
        "record": [record_row(one, county) for one in records],
        "finding": [hazard_row(one, county.codes) for one in hazards],
    }
    for sheet in Sheet.values:
        tables[sheet] = [library_row(one, county.codes) for one in chosen if one.sheet == sheet]
    return filled_book(ledger_forms(), tables, f"{county.place.name}{ledgers()[ledger].name.zh}")
