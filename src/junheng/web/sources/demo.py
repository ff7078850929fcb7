"""The made-up county's sources: a register and a statistics export that do not say the same of some schools."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings

from junheng.basics import sha256_file
from junheng.data import write_template
from junheng.web.filing.actions import save_cell
from junheng.web.filing.models import Cell, CountyYear, Filing
from junheng.web.filing.states import EDITABLE
from junheng.web.people.models import Account, Organisation
from junheng.web.sources.board import Asked, Line, lines_of
from junheng.web.sources.deciding import Wish, decide
from junheng.web.sources.figures import read_figures
from junheng.web.sources.giving import keep
from junheng.web.sources.models import Choice, SourceKind
from junheng.web.sources.reading import Given

REGISTERED, COUNTED = (
    812,
    799,
)  # pupils of one school: what the register says, and the statistics with the return
_STAGE, _COLUMNS = "primary", ("pupils", "classes")
_MORE = 9  # pupils the register has of the school whose return was sent back
_LEFT = 3  # pupils the statistics have more of the school that is decided: they left in September
_DECIDED = "转出 3 人已在学籍系统办结，以学籍为准（演示）"
Rows = list[dict[str, Any]]


def open_demo_sources(county: Organisation, own: Organisation, year: int) -> Iterator[str]:
    """Hand in both as ``officer`` after the returns were opened; one difference is decided, two wait."""
    officer = Account.objects.get(username="officer")
    opened = CountyYear.objects.get(county=county, year=year)
    said = _said(opened)
    mine = Filing.objects.get(county_year=opened, school=own)
    small, other = _near(opened, said, mine)
    for column, number in (("pupils", COUNTED), ("classes", -(-COUNTED // 45))):
        cell = Cell.objects.select_related("row").get(
            row__filing=small, row__table="stage", row__key=_STAGE, column=column, row__is_removed=False
        )
        save_cell(officer, cell.row, column, str(number))
        said[small.code][column] = number
    registered = {small.code: REGISTERED, mine.code: said[mine.code]["pupils"] + _MORE}
    registered[other.code] = said[other.code]["pupils"]
    counted = {code: dict(numbers) for code, numbers in said.items()}
    counted[other.code]["pupils"] += _LEFT
    _give(officer, county, year, SourceKind.REGISTER, "学籍系统导出.xlsx", {"pupil": _pupils(registered)})
    stages = [{"school_id": code, "stage": _STAGE, **numbers} for code, numbers in sorted(counted.items())]
    _give(officer, county, year, SourceKind.STATISTICS, "教育事业统计.xlsx", {"stage": stages})
    _decide(officer, other, lines_of(opened, Asked(school=other.code)))
    yield f"两源核对：{small.school}，学籍 {REGISTERED}、统计 {COUNTED} | two sources that differ"


def _said(opened: CountyYear) -> dict[str, dict[str, int]]:
    """Pupils and classes of every primary stage, as the returns say, by the school's code."""
    cells = Cell.objects.filter(
        row__filing__county_year=opened, row__table="stage", row__key=_STAGE, row__is_removed=False
    )
    found: dict[str, dict[str, int]] = {}
    for code, column, value in cells.values_list("row__filing__code", "column", "value"):
        if column in _COLUMNS and value.isdigit():
            found.setdefault(code, {})[column] = int(value)
    return {code: numbers for code, numbers in found.items() if len(numbers) == len(_COLUMNS)}


def _near(opened: CountyYear, said: dict[str, dict[str, int]], mine: Filing) -> list[Filing]:
    """Of the returns that are still being filled, the two whose pupils come nearest to the number counted."""
    drafts = opened.filings.filter(state__in=EDITABLE, code__in=said).exclude(pk=mine.pk)
    nearest = sorted(drafts, key=lambda one: (abs(said[one.code]["pupils"] - COUNTED), one.code))
    return nearest[:2]


def _pupils(registered: dict[str, int]) -> Rows:
    """A line a pupil: numbers, no names."""
    return [
        {"school_id": code, "stage": _STAGE, "pupil_id": f"{code}-{number:05}"}
        for code, count in sorted(registered.items())
        for number in range(1, count + 1)
    ]


def _give(
    officer: Account,
    county: Organisation,
    year: int,
    kind: SourceKind,
    name: str,
    rows: dict[str, Rows],
) -> None:
    """Written as a workbook, and taken as an upload is."""
    path = Path(settings.HOME) / "demo" / name
    write_template(
        path,
        tables={
            table: pa.Table.from_pylist([{"year": year, **row} for row in of]) for table, of in rows.items()
        },
    )
    figures = read_figures(path, name, kind.value, year)
    given = Given(name, sha256_file(path), {SourceKind(one): told for one, told in figures.items()})
    keep(officer, county, year, given)


def _decide(officer: Account, filing: Filing, lines: Iterable[Line]) -> None:
    """The register is taken for one figure: the decision stands on the board with its reason."""
    for line in lines:
        if line.found.figure.column == "pupils":
            wish = Wish(line.found.figure, Choice.TAKE, SourceKind.REGISTER.value, _DECIDED, line.token)
            decide(officer, filing, wish)
