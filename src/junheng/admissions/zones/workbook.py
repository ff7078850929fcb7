"""The zone table in officers' workbooks: reading with every fault named, writing the template."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import cast

from junheng.admissions.book_look import SheetColumn, new_book, write_notes, write_table
from junheng.admissions.sheets import form, read_sheets, workbook_files
from junheng.admissions.zones.address import Unit, clean_address
from junheng.admissions.zones.table import Side, ZoneRow, ZoneTable
from junheng.basics import Text, UserError
from junheng.data import Grid, column_letter
from junheng.data.books import (
    Fault,
    Place,
    Record,
    listed,
    parse_day,
    read_records,
    refused,
    text_of,
    yes_or_no,
)

ZONE_SHEET, RULE_SHEET, NOTES_SHEET = "片区表", "片区规则", "填表说明"
_MARKED, _PLACES = "附号随主号", "地名"
_UNITS: dict[str, tuple[Unit, ...]] = {"house": ("house",), "lane": ("lane",), "both": ("house", "lane")}


def read_zone_table(path: Path, schools: Sequence[str] = ()) -> ZoneTable:
    """The zone table in a workbook or a folder of workbooks; ``schools``: the known codes, where they are to be checked.

    Raises UserError listing every row at fault: neither or both of road and community, numbers that are none, a
    range or dates the wrong way round, an end on the wrong side, unknown schools.
    """
    faults: list[Fault] = []
    rows: list[ZoneRow] = []
    marked: bool | None = None
    places: list[str] = []
    found = False
    for file in workbook_files(path):
        for sheet in read_sheets(file):
            records = read_records(sheet, form("zone"), faults)
            found = found or records is not None
            rows += [row for record in records or [] if (row := _row(record, schools, faults))]
            if records is None and sheet.sheet.strip() == RULE_SHEET:
                marked, more = _rules(sheet, faults)
                places += more
    if not found:
        raise UserError(
            Text("没有找到片区表", "no zone table found"),
            where=str(path.name),
            fix=Text(
                "标题行要有 片区编号、学校代码、生效日期", "the headings need 片区编号, 学校代码, 生效日期"
            ),
        )
    if faults:
        raise refused(Text("片区表有问题", "the zone table has faults"), faults)
    return ZoneTable(tuple(rows), marked, tuple(places))


def _row(record: Record, schools: Sequence[str], faults: list[Fault]) -> ZoneRow | None:
    """The row, or None with its faults told."""
    before = len(faults)
    first, last = _number(record, "first", faults), _number(record, "last", faults)
    starts, ends = (parse_day(record.cell(name)) for name in ("valid_from", "valid_to"))
    side = cast(Side, record.cell("side") or "all")  # the reader lets only these words pass
    row = ZoneRow(
        place=record.place,
        zone=record.cell("zone"),
        schools=tuple(dict.fromkeys(listed(record.cell("schools")))),
        valid_from=starts or date.min,
        valid_to=ends,
        town=clean_address(record.cell("town")),
        road=clean_address(record.cell("road")),
        side=side,
        first=first,
        last=last,
        units=_UNITS[record.cell("unit") or "house"],
        community=clean_address(record.cell("community")),
    )
    _check(row, record, schools, faults)
    return row if len(faults) == before and starts is not None else None


def _check(row: ZoneRow, record: Record, schools: Sequence[str], faults: list[Fault]) -> None:
    """What contradicts itself within the row."""
    strange = schools and not set(row.schools) <= set(schools)
    _require(not strange, record, "schools", "学校代码不在学校名单", "unknown school", faults)
    one = bool(row.road) != bool(row.community)
    _require(one, record, "road", "路名和社区应填且只填一项", "road or community, one of them", faults)
    sided = not row.road or bool(record.cell("side"))
    _require(sided, record, "side", "道路须写单、双或全", "a road needs a side", faults)
    ascending = row.first is None or row.last is None or row.first <= row.last
    _require(ascending, record, "last", "止号小于起号", "the range ends before it begins", faults)
    for column, number in (("first", row.first), ("last", row.last)):
        fits = number is None or row.side == "all" or (number % 2 == 1) == (row.side == "odd")
        en = "an odd number on the even side, or the reverse"
        _require(fits, record, column, "号码的单双与“单双号”不符", en, faults)
    lasting = row.valid_to is None or row.valid_from <= row.valid_to
    _require(lasting, record, "valid_to", "失效早于生效", "it ends before it starts", faults)


def _require(fits: bool, record: Record, column: str, zh: str, en: str, faults: list[Fault]) -> None:
    if not fits:
        faults.append(Fault(f"zone.{column}", record.at(column), Text(zh, en), Text("请改正", "mend it")))


def _number(record: Record, column: str, faults: list[Fault]) -> int | None:
    text = record.cell(column).removesuffix("号").removesuffix("弄")
    _require(
        not text or (text.isascii() and text.isdigit()),
        record,
        column,
        "门牌号应为数字",
        "not a number",
        faults,
    )
    return int(text) if text.isascii() and text.isdigit() else None


def _rules(sheet: Grid, faults: list[Fault]) -> tuple[bool | None, list[str]]:
    """What the table declares beside its rows: one rule a row, name and value."""
    marked: bool | None = None
    places: list[str] = []
    for number, row in enumerate(sheet.rows, 1):
        name, word = ([text_of(cell) for cell in row] + ["", ""])[:2]
        if name == _PLACES:
            places += [clean_address(part) for part in listed(word)]
        if name == _MARKED and word:
            marked = yes_or_no(word)
            if marked is None:
                place = Place(sheet.file, sheet.sheet, number, column_letter(1))
                what = Text("应为是或否", "yes or no")
                faults.append(Fault("zone.rule", place, what, Text("请改正", "mend it")))
    return marked, places


def write_zone_table(path: Path, table: ZoneTable | None = None) -> None:
    """Write the template of the zone table to ``path`` (.xlsx), filled with ``table`` where given; reads back the same.

    Raises UserError when the place cannot be written.
    """
    given = table or ZoneTable(())
    titles = {name: heading.title.zh for name, heading in form("zone").headings.items()}
    rows = [{titles[name]: text for name, text in _cells(row).items() if text} for row in given.rows]
    with new_book(path, "片区表") as (book, look):
        write_table(book, look, ZONE_SHEET, _columns(), rows)
        word = "" if given.marked_follow is None else "是" if given.marked_follow else "否"
        rules = [{"规则": _MARKED, "值": word}, {"规则": _PLACES, "值": "、".join(given.places)}]
        columns = [SheetColumn("规则", "规则名", 18), SheetColumn("值", "规则的值", 40)]
        write_table(book, look, RULE_SHEET, columns, rules)
        write_notes(book, look, NOTES_SHEET, "片区表", _notes())


def _cells(row: ZoneRow) -> dict[str, str]:
    values = {name: heading.values for name, heading in form("zone").headings.items()}
    unit = next(name for name, units in _UNITS.items() if units == row.units)
    return {
        "zone": row.zone,
        "schools": "、".join(row.schools),
        "town": row.town,
        "road": row.road,
        "side": values["side"][row.side] if row.road else "",
        "first": "" if row.first is None else str(row.first),
        "last": "" if row.last is None else str(row.last),
        "unit": values["unit"][unit] if row.road else "",
        "community": row.community,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else "",
    }


def _columns() -> list[SheetColumn]:
    return [
        SheetColumn(
            title=heading.title.zh,
            example=heading.example,
            is_required=heading.is_required,
            is_date=name.startswith("valid_"),
            source=list(heading.values.values()) or None,
            hint=f"{heading.meaning.zh}\n{heading.meaning.en}",
        )
        for name, heading in form("zone").headings.items()
    ]


def _notes() -> list[Text]:
    return [
        Text(
            "一行是一段门牌号或一个社区（村）；一个片区可有多行。",
            "A row is a range of numbers or a community; a zone may have many.",
        ),
        Text(
            "多校划片在学校代码中写多个，用顿号分开。",
            "A zone of several schools lists them with 、 between.",
        ),
        Text(
            "附号随主号：甲12号、12-3号是否与12号同属一段；不写则此类门牌一律“无法判定”。",
            "附号随主号: whether doors like 甲12号 go with 12号; unsaid, such doors cannot be told.",
        ),
        Text("地名：可写在路名之前的地名，如城市名。", "地名: place names that may stand before a road."),
    ]
