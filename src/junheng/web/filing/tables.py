"""Returns as tables the library reads: one CSV per table of the dictionary, with its canonical names."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from junheng.basics import sha256_bytes
from junheng.data import TableSpec
from junheng.web.filing.models import Cell, Filing, Row
from junheng.web.filing.sections import all_sections, keys_of
from junheng.web.people.models import Organisation
from junheng.web.people.queries import code_of

_ROOT = "school"  # the table with a school's name and kind
Values = Mapping[int, Mapping[str, str]]  # of a row (its id): column → text


@dataclass(frozen=True, slots=True)
class Content:
    """Rows of returns in the order they are written, and the values of their cells."""

    rows: tuple[Row, ...]
    values: Values

    def of_table(self, table: str) -> list[Row]:
        """The rows of one table that say something: a school's only row, wholly blank, is none."""
        return [row for row in self.rows if row.table == table and (row.key or row.pk in self.values)]


def content_of(filings: Iterable[Filing], field: str = "value") -> Content:
    """What stands in returns: ``field`` is "value", or "last_year" for what stood there the year before. Two queries."""
    wanted = [filing.pk for filing in filings]
    rows = tuple(
        Row.objects.filter(filing_id__in=wanted, is_removed=False)
        .select_related("filing")
        .order_by("filing__code", "position", "pk")
    )
    values: dict[int, dict[str, str]] = defaultdict(dict)
    cells = Cell.objects.filter(row__filing_id__in=wanted, row__is_removed=False)
    for row_id, column, value in cells.exclude(**{field: ""}).values_list("row_id", "column", field):
        values[row_id][column] = value
    if field == "last_year":
        rows = tuple(row for row in rows if row.pk in values)  # a row of this year alone was not there then
    return Content(rows, values)


def both_years(filing: Filing) -> tuple[Content, Content]:
    """One return: what stands in it, and what stood there the year before. Two queries."""
    rows = list(Row.objects.filter(filing=filing, is_removed=False).order_by("position", "pk"))
    for row in rows:
        row.filing = filing
    now: dict[int, dict[str, str]] = defaultdict(dict)
    before: dict[int, dict[str, str]] = defaultdict(dict)
    cells = Cell.objects.filter(row__filing=filing, row__is_removed=False)
    for row_id, column, value, last_year in cells.values_list("row_id", "column", "value", "last_year"):
        if value:
            now[row_id][column] = value
        if last_year:
            before[row_id][column] = last_year
    were = tuple(row for row in rows if row.pk in before)
    return Content(tuple(rows), now), Content(were, before)


def existence_of(content: Content) -> Content:
    """That schools exist, and of which stages, without any figure: what may be said of one that did not report."""
    described = {
        row.pk for row in content.rows if row.table == _ROOT and "kind" in content.values.get(row.pk, {})
    }
    known = {row.filing_id for row in content.rows if row.pk in described}
    stages = tuple(row for row in content.rows if row.table == "stage" and row.filing_id in known)
    schools = tuple(row for row in content.rows if row.pk in described)
    return Content(schools + stages, {pk: content.values[pk] for pk in described})


def joined(first: Content, second: Content) -> Content:
    """Both, by the schools' codes."""
    rows = sorted([*first.rows, *second.rows], key=lambda row: (row.filing.code, row.position, row.pk))
    return Content(tuple(rows), {**first.values, **second.values})


def texts_of(content: Content, county_code: str, year: int) -> dict[str, bytes]:
    """``content`` as the CSV files of a school year, by name. A table without rows gives no file."""
    written = {}
    for name, table in all_sections().items():
        rows = content.of_table(name)
        if rows:
            stream = io.StringIO(newline="")
            lines = csv.DictWriter(stream, list(table.columns), restval="", lineterminator="\n")
            lines.writeheader()
            lines.writerows(
                _line(table, row, content.values.get(row.pk, {}), county_code, year) for row in rows
            )
            written[f"{name}.csv"] = stream.getvalue().encode()
    return written


def schools_named(content: Content, county_code: str, year: int) -> dict[str, bytes]:
    """The schools a county's own rows are about, as being of it: so that what is said of both is held together."""
    parts = [row.key.split("|") for row in content.of_table("attestation")]
    codes = sorted({owner for scope, owner, _ in parts if scope == "school"})
    if not codes:
        return {}
    stream = io.StringIO(newline="")
    lines = csv.DictWriter(stream, list(all_sections()[_ROOT].columns), restval="", lineterminator="\n")
    lines.writeheader()
    lines.writerows({"year": str(year), "school_id": code, "county_code": county_code} for code in codes)
    return {f"{_ROOT}.csv": stream.getvalue().encode()}


def write_tables(folder: Path, content: Content, county: Organisation, year: int) -> dict[str, str]:
    """Write ``content`` as rows of ``year`` into ``folder``. Returns the SHA-256 of each file by its name."""
    texts = texts_of(content, code_of(county, year) or "", year)
    for name, text in texts.items():
        (folder / name).write_bytes(text)
    return {name: sha256_bytes(text) for name, text in texts.items()}


def _line(
    table: TableSpec, row: Row, values: Mapping[str, str], county_code: str, year: int
) -> dict[str, str]:
    parts = row.key.split("|") if row.key else []
    known = {"year": str(year), "school_id": row.filing.code, "county_code": county_code}
    keyed = {spec.name: part for spec, part in zip(keys_of(table.name), parts, strict=True)}
    return {name: value for name, value in {**values, **known, **keyed}.items() if name in table.columns}
