"""Opening a county's year: a return for each of its schools and its own, begun with what is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from junheng.basics import UserError
from junheng.data import Snapshot, read_input
from junheng.web.audit.chain import record
from junheng.web.filing.county_return import Before, begin
from junheng.web.filing.models import CountyYear, Filing
from junheng.web.filing.prefill import fill, from_input, from_returns
from junheng.web.filing.refusing import refused
from junheng.web.front.file_names import named, renamed
from junheng.web.people.models import Account, Organisation, OrganisationCode
from junheng.web.people.queries import code_of, within
from junheng.web.people.roles import Kind
from junheng.web.sources.first import first_filling, order_of, speaking

_NAMED = 5  # schools named in a refusal


@dataclass(frozen=True, slots=True)
class Opening:
    """What is opened: ``source`` are the county's tables of the year before, for schools without an accepted return."""

    year: int
    due_on: date
    standard: str
    source: Path | None = None
    source_name: str = ""  # the sender's: places and refusals are told by it


def open_year(actor: Account, county: Organisation, asked: Opening) -> CountyYear:
    """Open it. Raises ValidationError (open already, schools or county without a code), UserError for unreadable tables."""
    read = _read(asked.source, asked.source_name or asked.source.name) if asked.source else None
    with transaction.atomic():
        return _opened(actor, county, asked, read)


def _read(source: Path, name: str) -> Snapshot:
    try:
        return renamed(read_input(source), source, name)
    except UserError as error:
        raise named(error, source, name) from error


def _opened(actor: Account, county: Organisation, asked: Opening, read: Snapshot | None) -> CountyYear:
    Organisation.objects.select_for_update().get(pk=county.pk)  # two officers: one opens, the other is told
    if CountyYear.objects.filter(county=county, year=asked.year).exists():
        raise refused(f"{asked.year} 年已经开始填报", "this year is already open")
    if code_of(county, asked.year) is None:
        raise refused(f"{county}没有 {asked.year} 年的区划代码", "the county has no code in that year")
    opened = CountyYear.objects.create(
        county=county, year=asked.year, due_on=asked.due_on, standard=asked.standard, opened_by=actor
    )
    filings = Filing.objects.bulk_create(
        Filing(county_year=opened, school=school, code=code) for school, code in _schools(county, asked.year)
    )
    before = codes_of([filing.school_id for filing in filings], asked.year - 1)
    known = {code: school for school, code in before.items()}
    given = from_input(read, asked.year - 1, known) if read else {}
    now = {filing.code: filing.school_id for filing in filings}
    fill(filings, first_filling(county, asked.year, now, {**given, **from_returns(filings)}))
    codes = {*known, code_of(county, asked.year - 1) or code_of(county, asked.year) or ""}
    begin(opened, Before(read, asked.year - 1, codes) if read else None)
    inputs = {one.name: one.sha256 for one in read.inputs} if read else {}
    sources = [f"{one.kind} {one.sha256}" for one in speaking(county, asked.year)]
    detail = {
        "year": asked.year,
        "due_on": asked.due_on.isoformat(),
        "returns": len(filings),
        "inputs": inputs,
        "sources": sources,
        "order": list(order_of(county, asked.year)) if sources else [],
    }
    record(actor, "filing.open", "county_year", opened.pk, detail, organisation_id=county.pk)
    return opened


def _schools(county: Organisation, year: int) -> Sequence[tuple[Organisation, str]]:
    """The county's open schools with their codes of the year. Raises ValidationError where one has none."""
    schools = list(within(county).filter(kind=Kind.SCHOOL, closed_on=None))
    codes = codes_of([school.pk for school in schools], year)
    without = [school.name for school in schools if school.pk not in codes]
    if without:
        named = "、".join(without[:_NAMED])
        raise refused(
            f"{len(without)} 所学校没有 {year} 年的标识码，请先补上：{named}",
            f"schools without a code in {year}",
        )
    if not schools:
        raise refused("县内还没有学校", "the county has no schools yet")
    return [(school, codes[school.pk]) for school in schools]


def codes_of(schools: Sequence[int], year: int) -> Mapping[int, str]:
    """The codes schools had in a year; where two overlap, the later one."""
    had = OrganisationCode.objects.filter(organisation_id__in=schools, first_year__lte=year).filter(
        Q(last_year__isnull=True) | Q(last_year__gte=year)
    )
    return {one.organisation_id: one.code for one in had.order_by("first_year")}
