"""A return as a workbook to fill offline, and what a filled one would change: nothing is kept here."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core import signing

from junheng.basics import Text, UserError, file_name, sha256_bytes
from junheng.data import FilledBook, NotRead, ReturnBook, ReturnRow, read_return_book, write_return_book
from junheng.draws import canonical_bytes
from junheng.web.filing.file_kinds import other_than_workbook
from junheng.web.filing.models import Filing
from junheng.web.filing.sections import FIXED, OWNER, sections_in, tidy
from junheng.web.filing.tables import content_of
from junheng.web.front.file_names import named

_SALT = "junheng.filing.workbook"
_FIX = Text("请下载本报表的工作簿，在其中填写", "download the workbook of this return, and fill that one")


@dataclass(frozen=True, slots=True)
class Filled:
    """A cell somebody changed in a workbook; ``base`` is what it was when it was handed out."""

    table: str
    key: str
    column: str
    value: str
    base: str
    sheet: str
    address: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A filled workbook of one return: its changes, and what was not read. ``revision``: of the return it was made of."""

    revision: int
    filled: tuple[Filled, ...]
    not_read: tuple[NotRead, ...]
    sha256: str


def known_of(filing: Filing) -> dict[str, str]:
    """The columns nobody is asked for."""
    return {
        "year": str(filing.county_year.year),
        OWNER: filing.code,
        **dict.fromkeys(FIXED - {"year", OWNER}, ""),
    }


def write_workbook(filing: Filing, path: Path) -> None:
    """Write the return as it stands to ``path`` (.xlsx). Four queries."""
    write_return_book(path, book_of(filing, tables_in([filing])[filing.pk]))


def book_of(filing: Filing, tables: Mapping[str, Sequence[ReturnRow]]) -> ReturnBook:
    """The workbook of a return whose ``tables`` are these, sealed by this site."""
    given = [(table, row.key, dict(row.values)) for table, rows in tables.items() for row in rows]
    told = {"filing": filing.pk, "revision": filing.revision, "sha256": _digest(given)}
    title = Text(
        f"{filing.school} {filing.county_year.year} 年报表",
        f"Return of {filing.county_year.year}, code {filing.code}",
    )
    seal = (signing.dumps(told, salt=_SALT),)
    return ReturnBook(title, known_of(filing), tables, seal)


def tables_in(filings: Sequence[Filing]) -> Mapping[int, Mapping[str, Sequence[ReturnRow]]]:
    """The tables of returns by their ids. Four queries, however many."""
    now, before = content_of(filings), content_of(filings, "last_year")
    tables: dict[int, dict[str, list[ReturnRow]]] = {
        filing.pk: {name: [] for name in sections_in(filing)} for filing in filings
    }
    for row in now.rows:
        if row.table in tables[row.filing_id]:
            key = tuple(row.key.split("|")) if row.key else ()
            values, last = now.values.get(row.pk, {}), before.values.get(row.pk, {})
            tables[row.filing_id][row.table].append(ReturnRow(key, dict(values), dict(last)))
    return tables


def _digest(given: Sequence[tuple[str, tuple[str, ...], Mapping[str, str]]]) -> str:
    return sha256_bytes(canonical_bytes([[table, list(key), dict(values)] for table, key, values in given]))


def name_of(filing: Filing) -> str:
    """What the workbook is called when it is sent."""
    return f"{file_name(f'{filing.code}-{filing.school}-{filing.county_year.year}')}.xlsx"


def filing_in(path: Path) -> int:
    """The return a workbook says it is of. Raises UserError for one that is not of this site."""
    return int(str(_seal(read_return_book(path, dict.fromkeys(FIXED, "")), path.name)["filing"]))


def read_workbook(filing: Filing, path: Path, name: str) -> Reading:
    """What a filled workbook says. Raises UserError for another return's, an altered or damaged one, one with macros."""
    if (kind := other_than_workbook(path)) is not None:
        raise _no_workbook(kind, name)
    try:
        book = read_return_book(path, known_of(filing))
        told = _seal(book, name)
    except UserError as error:
        raise named(error, path, name) from error
    if told["filing"] != filing.pk:
        raise _of_another(int(str(told["filing"])), filing, name)
    filled, not_read = [], list(book.not_read)
    for cell in book.cells:
        if not cell.is_changed:
            continue
        try:
            value = tidy(cell.value)
        except ValueError:
            too_long = Text("一格最多 200 个字，没有读取", "over 200 characters in a cell: not read")
            not_read.append(NotRead(too_long, cell.sheet, cell.address))
            continue
        key = "|".join(cell.key)
        filled.append(Filled(cell.table, key, cell.column, value, cell.base, cell.sheet, cell.address))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return Reading(int(str(told["revision"])), tuple(filled), tuple(not_read), sha256)


def _seal(book: FilledBook, name: str) -> Mapping[str, object]:
    """What the hidden sheet says, if it is as this site wrote it."""
    try:
        told = signing.loads("".join(book.seal), salt=_SALT)
        if told["sha256"] == _digest(book.given):
            return dict(told)
    except (signing.BadSignature, KeyError, TypeError):
        pass
    raise UserError(
        Text(
            "工作簿隐藏的表被改动，或不是本站的工作簿",
            "its hidden sheet was altered, or it is of another site",
        ),
        where=name,
        why=Text("认不出是哪份报表，没有读取", "which return it is of cannot be told: nothing was read"),
        fix=_FIX,
    )


def _no_workbook(kind: Text, name: str) -> UserError:
    return UserError(
        Text(
            f"这不是 Excel 工作簿（.xlsx），是{kind.zh}", f"this is no Excel workbook (.xlsx) but {kind.en}"
        ),
        where=name,
        why=Text("没有读取", "nothing was read"),
        fix=_FIX,
    )


def _of_another(given: int, filing: Filing, name: str) -> UserError:
    other = Filing.every.filter(pk=given).select_related("county_year").first()
    if other is not None and other.school_id == filing.school_id:
        year = other.county_year.year
        what = Text(f"这是 {year} 年的工作簿", f"this is the workbook of the year {year}")
    elif filing.is_county or (other is not None and other.is_county):
        what = Text("这是另一份报表的工作簿", "this is the workbook of another return")
    else:
        what = Text("这是另一所学校的工作簿", "this is the workbook of another school")
    return UserError(what, where=name, why=Text("没有读取", "nothing was read"), fix=_FIX)


def as_text(reading: Reading) -> tuple[str, str]:
    """Changes and what was not read, as JSON to be kept until they are agreed to."""
    filled = json.dumps([asdict(one) for one in reading.filled], ensure_ascii=False)
    untold = [
        {"zh": one.what.zh, "en": one.what.en, "sheet": one.sheet, "address": one.address}
        for one in reading.not_read
    ]
    return filled, json.dumps(untold, ensure_ascii=False)


def from_text(text: str) -> tuple[Filled, ...]:
    """The changes again."""
    return tuple(Filled(**one) for one in json.loads(text))
