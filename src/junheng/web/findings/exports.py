"""Views that hand out what the pages show: Excel, CSV, PNG and SVG."""

from django.http import Http404, HttpRequest, HttpResponse

from junheng.reports.charts import chart_names, finding_chart
from junheng.web.findings import queries, regions, school_map, tables
from junheng.web.findings.figure_rows import rows_sheet
from junheng.web.findings.heat import heat
from junheng.web.findings.item_tables import item_sheets, school_items_sheet
from junheng.web.findings.items import has_items
from junheng.web.findings.loading import figure_of, finding_of, named_organisation, school_of, with_name
from junheng.web.findings.models import Finding
from junheng.web.findings.permissions import may_see_finding, may_see_school
from junheng.web.findings.school_page import history_of, pages_of
from junheng.web.findings.sending import file, sheets_file
from junheng.web.findings.wishes import wish_of, wished
from junheng.web.front.guard import allowed
from junheng.web.people.models import Organisation
from junheng.web.people.permissions import may_see
from junheng.web.people.roles import Kind

MOST_COUNTIES = 5000


def _parted(name: str, known: dict[str, tuple[str, ...]]) -> tuple[str, str]:
    """What and in which form a file is asked for. Raises Http404 for what is not offered."""
    what, _, ending = name.rpartition(".")
    if ending not in known.get(what, ()):
        raise Http404
    return what, ending


@allowed(with_name(finding_of), lambda person, asked: may_see_finding(person, asked[0]))
def of_finding(request: HttpRequest, asked: tuple[Finding, str]) -> HttpResponse:
    """The overview's tables and pictures: overview.xlsx, heat-primary.csv, map-primary.png, variation.png …"""
    finding, name = asked
    stages = [stage for stage, _ in queries.stages_of(finding)]
    known: dict[str, tuple[str, ...]] = {"overview": ("xlsx",)}
    known |= dict.fromkeys(chart_names(), ("png",))
    known |= {f"map-{stage}": ("png", "svg") for stage in stages}
    known |= {f"heat-{stage}": ("xlsx", "csv", "png") for stage in stages}
    known |= {"items": ("xlsx",)} | {f"items-{stage}": ("xlsx", "csv") for stage in stages}
    what, ending = _parted(name, known)
    title = f"{finding.county} {finding.year} {finding.standard} {what}"
    kind, _, stage = what.partition("-")
    if kind == "map":
        return _map(request, finding, stage, title, ending)
    if ending == "png":
        picture = finding_chart(finding.folder, what)
        if picture is None:
            raise Http404
        return file(picture, title, "png")
    if kind == "heat":
        rows = wished(heat(finding, stage), wish_of(request.GET))
        return sheets_file([tables.heat_sheet(finding, stage, rows)], title, ending)
    if kind == "items":
        return _items(finding, stage, title, ending)
    heats = [(stage, heat(finding, stage)) for stage in stages]
    return sheets_file([*tables.overview_sheets(finding, heats), *item_sheets(finding)], title, ending)


def _items(finding: Finding, stage: str, title: str, ending: str) -> HttpResponse:
    """All items with all schools, or the schools of one stage alone; nothing of a finding made before items were judged."""
    sheets = [school_items_sheet(finding, stage)] if stage else item_sheets(finding)
    if not sheets or not has_items(finding):
        raise Http404
    return sheets_file(sheets, title, ending)


def _map(request: HttpRequest, finding: Finding, stage: str, title: str, ending: str) -> HttpResponse:
    keys = ["verdict", *queries.verdict_of(finding)["stages"][stage]["indicators"]]
    by = request.GET.get("by", "verdict")
    one = school_map.drawn(finding, stage, heat(finding, stage), by) if by in keys else None
    if one is None:
        raise Http404
    content = school_map.as_png(one) if ending == "png" else school_map.as_svg(one).encode()
    return file(content, title, ending)


@allowed(with_name(school_of), lambda person, asked: may_see_school(person, asked[0]))
def of_school(request: HttpRequest, asked: tuple[tuple[Finding, str], str]) -> HttpResponse:
    """school.xlsx and school.csv."""
    (finding, school_id), name = asked
    _, ending = _parted(name, {"school": ("xlsx", "csv")})
    pages = pages_of(finding, school_id, history_of(finding))
    if not pages:
        raise Http404
    title = f"{pages[0].row.name} {finding.year} {finding.standard}"
    return sheets_file([tables.school_sheet(finding, pages)], title, ending)


@allowed(with_name(figure_of), lambda person, asked: may_see_school(person, asked[0][:2]))
def of_figure(request: HttpRequest, asked: tuple[tuple[Finding, str, str], str]) -> HttpResponse:
    """rows.xlsx and rows.csv: the cells a school's figures rest on, as they were read."""
    (finding, school_id, indicator), name = asked
    _, ending = _parted(name, {"rows": ("xlsx", "csv")})
    sheet = rows_sheet(finding, school_id, indicator)
    if not sheet.rows:
        raise Http404
    return sheets_file([sheet], f"{school_id} {finding.year} {indicator}", ending)


@allowed(named_organisation, lambda person, asked: may_see(person, asked[0]))
def of_region(request: HttpRequest, asked: tuple[Organisation, str]) -> HttpResponse:
    """counties.xlsx and counties.csv, in the order of the page."""
    place, name = asked
    _, ending = _parted(name, {"counties": ("xlsx", "csv")})
    wish = regions.asked_of(request.GET, regions.offered(place))
    if wish is None or place.kind in (Kind.COUNTY, Kind.GROUP, Kind.SCHOOL, Kind.CAMPUS):
        raise Http404
    found = regions.counties(place, wish)[:MOST_COUNTIES]
    title = f"{place} {wish.year} {wish.standard}"
    return sheets_file([tables.counties_sheet(found, title)], title, ending)
