"""The demonstration's findings: each county's tables written as an office would hand them in, and judged."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings

from junheng.basics import Text
from junheng.data import write_csv_tables, write_template
from junheng.web.findings.actions import Asked, evaluate
from junheng.web.findings.in_bulk import evaluate_all
from junheng.web.people.models import Organisation

STANDARD = "quality-2017"
Tables = Mapping[str, pa.Table]


def book_of(year: int) -> Path:
    """The workbook that XX区 handed in for a year."""
    return _folder("xx_district") / f"{year}.xlsx"


def judge_county(county: Organisation, tables: Tables, years: Sequence[int]) -> Iterator[int]:
    """A workbook a year, all judged, with Word and Excel; gives each year when it is."""
    folder = _folder("xx_district")
    for year in years:
        of_year = {name: table.filter(pc.equal(table["year"], year)) for name, table in tables.items()}
        write_template(book_of(year), tables=of_year)
    for year in years:
        evaluate(None, county, Asked(folder, STANDARD, year))
        yield year


def judge_neighbour(tables: Tables, years: Sequence[int]) -> None:
    """Judged from CSV, without Word and Excel: whoever wants them asks for a report."""
    folder = _folder("yy_county")
    write_csv_tables(tables, folder)
    for year in years:
        for _ in evaluate_all(None, Asked(folder, STANDARD, year), _say_nothing, has_documents=False):
            pass


def _folder(name: str) -> Path:
    folder = Path(settings.HOME) / "demo" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _say_nothing(_words: Text) -> None:
    """The site is not open yet: nobody listens."""
