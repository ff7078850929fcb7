"""A county's ledger as the library sees it: the site hands over its rows, the library tells rates and states."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from junheng.basics import Text
from junheng.judgement.ledgers import (
    FindingEntry,
    Ledger,
    LedgerReport,
    LedgerSchool,
    given_book,
    given_findings,
    report_of,
    schools_in_finding,
)
from junheng.web.filing.models import Cell, CountyYear
from junheng.web.findings.models import Finding
from junheng.web.findings.reading import read_of
from junheng.web.ledgers.models import Hazard, Record
from junheng.web.people.models import Organisation, OrganisationCode
from junheng.web.people.queries import county_of, within
from junheng.web.people.roles import Kind

_FLAGS = ("is_weak", "is_boarding")


@dataclass(frozen=True, slots=True)
class County:
    """A county's schools: ``codes`` by organisation; ``schools`` as the library wants them; ``year`` of the data.

    ``finding`` None: nothing was judged yet, and what the rates need of schools is not known.
    """

    place: Organisation
    code: str
    codes: Mapping[int, str]
    schools: dict[str, LedgerSchool]
    finding: Finding | None
    year: int


def county_in(place: Organisation, today: date) -> County:
    """The county ``place`` is or lies in. Four queries, however many schools."""
    county = county_of(place) or place
    finding = Finding.objects.filter(county=county, is_current=True).order_by("-year", "-pk").first()
    year = finding.year if finding else today.year
    codes, own = school_codes(county, year)
    if finding is None:
        names = Organisation.objects.in_bulk(codes)
        schools = {code: LedgerSchool(code, names[pk].name, None, None, None) for pk, code in codes.items()}
    else:
        schools = schools_in_finding(read_of(finding), _flags(county))
    return County(county, own, codes, schools, finding, year)


def school_codes(county: Organisation, year: int) -> tuple[dict[int, str], str]:
    """The code of every school in ``year`` (else its latest), by organisation; and the county's own."""
    found: dict[int, str] = {}
    own = ""
    rows = OrganisationCode.objects.filter(
        organisation__in=within(county), organisation__kind__in=(Kind.SCHOOL, Kind.COUNTY)
    ).order_by("first_year")
    for one in rows:
        if one.organisation_id == county.pk:
            own = one.code
        elif one.first_year <= year or one.organisation_id not in found:
            found[one.organisation_id] = one.code
    return found, own


def _flags(county: Organisation) -> Mapping[str, Mapping[str, str]]:
    """Which schools are weak or boarding, as the newest returns say; a return that does not say so tells nothing."""
    newest = CountyYear.objects.filter(county=county).order_by("-year").values("pk")[:1]
    cells = Cell.objects.filter(
        row__filing__county_year__in=newest, row__table="school", row__is_removed=False, column__in=_FLAGS
    ).values_list("row__filing__code", "column", "value")
    found: dict[str, dict[str, str]] = {}
    for code, column, value in cells:
        found.setdefault(code, {})[column] = value
    return found


def report_on(county: County, ledger: Ledger, today: date) -> LedgerReport:
    """What the library says of one ledger: rates, who has not recorded, what expired, every finding's state."""
    book = given_book(
        ledger.name.zh,
        {
            "record": [record_row(one, county) for one in _records(county, ledger)],
            "finding": [hazard_row(one, county.codes) for one in _hazards(county, ledger)],
        },
    )
    return report_of(book, ledger, county.schools, Text(county.place.name, county.code), county.year, today)


def _records(county: County, ledger: Ledger) -> Iterable[Record]:
    return Record.objects.filter(ledger=ledger.id, school__in=within(county.place)).select_related("evidence")


def _hazards(county: County, ledger: Ledger) -> Iterable[Hazard]:
    joined = ("before", "after", "found_by", "reviewed_by")
    return Hazard.objects.filter(ledger=ledger.id, county=county.place).select_related(*joined)


def record_row(record: Record, county: County) -> Mapping[str, object]:
    """The library's row of a record."""
    return {
        "school_id": county.codes.get(record.school_id, ""),
        "item": record.item,
        "value": record.value,
        "dated_on": record.dated_on,
        "expires_on": record.expires_on,
        "evidence": record.evidence.sha256 if record.evidence else "",
    }


def hazard_row(hazard: Hazard, codes: Mapping[int, str]) -> Mapping[str, object]:
    """The library's row of a finding; people by name, files by hash."""
    return {
        "number": hazard.number,
        "school_id": codes.get(hazard.school_id, str(hazard.school_id)),
        "item": hazard.item,
        "what": hazard.what,
        "severity": hazard.severity,
        "found_on": hazard.found_on,
        "found_by": hazard.found_by.name,
        "before_photo": hazard.before.sha256 if hazard.before else "",
        "due_on": hazard.due_on,
        "mended_on": hazard.mended_on,
        "after_photo": hazard.after.sha256 if hazard.after else "",
        "reviewed_on": hazard.reviewed_on,
        "reviewed_by": hazard.reviewed_by.name if hazard.reviewed_by else "",
        "result": hazard.result,
    }


def told_of(ledger: Ledger, rows: Iterable[Mapping[str, object]], today: date) -> dict[str, FindingEntry]:
    """What the library says of findings, by number; whether their schools are of compulsory education is not asked."""
    given = list(rows)
    known = {
        str(row["school_id"]): LedgerSchool(str(row["school_id"]), "", None, None, None) for row in given
    }
    return {one.number: one for one in given_findings(ledger, given, known, today)[0]}
