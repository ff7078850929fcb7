"""The officers' sheet 指标分配表: junior schools down, senior schools across, sums, notes."""

from collections.abc import Sequence
from typing import Any

from junheng.admissions.quota.allocate import Allocation, SeatRow
from junheng.admissions.quota.norms import Checks
from junheng.admissions.quota.sheet_writer import Look, page, put

_LEFT = (("序号", "No.", 5.0), ("区县", "district", 8.0), ("初中学校", "junior school", 24.0), ("标识码", "code", 13.0),
         ("城乡", "area", 7.0), ("基数", "basis", 8.0))  # fmt: skip
_HEAD = 2  # the row of the headings
_NARROW, _WIDE_FROM = 10.0, 9  # columns of senior schools; from so many on the sheet is A3
Line = Sequence[SeatRow | None]  # one receiver, a cell for each senior school that serves it
_AREAS = {True: "农村", False: "非农村", None: ""}


def write_matrix(book: Any, look: Look, allocation: Allocation, checks: Checks) -> None:
    """Add the sheet to ``book``."""
    seniors = allocation.given.seniors
    last = len(_LEFT) + len(seniors)
    sheet = book.add_worksheet("指标分配表")
    _head(sheet, look, allocation, last)
    lines = _lines(allocation)
    for number, line in enumerate(lines, start=1):
        _line(sheet, look, _HEAD + number, number, allocation, line)
    _sums(sheet, look, allocation, lines)
    _notes(sheet, look, _HEAD + len(lines) + 3, last, allocation, checks)
    sheet.freeze_panes(_HEAD + 1, len(_LEFT))
    page(sheet, wide=len(seniors) >= _WIDE_FROM, repeat=_HEAD)


def _lines(allocation: Allocation) -> list[Line]:
    """A line for each receiver as the sheet of junior schools lists them, an open pack where its first member stands."""
    places: dict[tuple[str, str], int] = {}
    for place, junior in enumerate(allocation.given.juniors):
        places.setdefault(("school", junior.id), place)
        places.setdefault(("pack", junior.pack), place)
    cells = {(row.kind, row.id, row.senior): row for row in allocation.seats}
    receivers = sorted(
        {(row.kind, row.id) for row in allocation.seats}, key=lambda found: (places[found], found)
    )
    return [
        [cells.get((kind, id_, senior.id)) for senior in allocation.given.seniors] for kind, id_ in receivers
    ]


def _head(sheet: Any, look: Look, allocation: Allocation, last: int) -> None:
    rules = allocation.rules
    sheet.set_row(0, 30)
    title = f"{allocation.given.year}年优质普通高中指标到校分配表"
    sheet.merge_range(0, 0, 0, last, title, look.title)
    made_up = "（虚构数据，仅供演示）" if rules.made_up else ""
    words = f"规则 rules：{rules.name.zh} {rules.name.en} [{rules.id}] {made_up}"
    sheet.set_row(1, 20)
    sheet.merge_range(1, 0, 1, last, words, look.subtitle)
    sheet.set_row(_HEAD, 46)
    for place, (zh, en, width) in enumerate(_LEFT):
        sheet.set_column(place, place, width)
        sheet.write_string(_HEAD, place, f"{zh}\n{en}", look.head)
    for place, senior in enumerate(allocation.given.seniors, start=len(_LEFT)):
        sheet.set_column(place, place, _NARROW)
        sheet.write_string(_HEAD, place, senior.name, look.head)
    sheet.set_column(last, last, _NARROW)
    sheet.write_string(_HEAD, last, "合计\ntotal", look.head)


def _line(sheet: Any, look: Look, row: int, number: int, allocation: Allocation, line: Line) -> None:
    known = _known(line)
    basis = _basis(allocation, known)
    left = (number, known.district, known.name, known.id, _AREAS[known.is_rural], basis)
    for place, value in enumerate(left):
        put(sheet, row, place, value, look.whole if isinstance(value, int) else look.name)
    for place, cell in enumerate(line, start=len(_LEFT)):
        put(sheet, row, place, None if cell is None else cell.seats, look.whole)
    first, end = len(_LEFT), len(_LEFT) + len(line)
    total = sum(map(_seats, line))
    sheet.write_formula(row, end, f"=SUM({_name(row, first)}:{_name(row, end - 1)})", look.total, total)


def _basis(allocation: Allocation, cell: SeatRow) -> int | None:
    members = [
        junior
        for junior in allocation.given.juniors
        if (cell.kind == "school" and junior.id == cell.id)
        or (cell.kind == "pack" and junior.pack == cell.id)
    ]
    counts: list[int | None] = [getattr(junior, allocation.rules.basis) for junior in members]
    return None if None in counts else sum(count for count in counts if count is not None)


def _sums(sheet: Any, look: Look, allocation: Allocation, lines: Sequence[Line]) -> None:
    """The last row: sums of the basis, of each senior school, and of all; formulas with their values."""
    row, first = _HEAD + len(lines) + 1, len(_LEFT)
    sheet.merge_range(row, 0, row, first - 2, "合计 total", look.total)
    bases = [_basis(allocation, _known(line)) for line in lines]
    columns = [[_seats(line[i]) for line in lines] for i in range(len(lines[0]))]
    totals: list[int | str] = ["" if None in bases else sum(basis for basis in bases if basis is not None)]
    totals += [sum(column) for column in columns]
    totals.append(sum(sum(column) for column in columns))
    for place, total in enumerate(totals, start=first - 1):
        span = f"{_name(_HEAD + 1, place)}:{_name(row - 1, place)}"
        sheet.write_formula(row, place, f"=SUM({span})", look.total, total)


def _known(line: Line) -> SeatRow:
    return next(cell for cell in line if cell is not None)


def _seats(cell: SeatRow | None) -> int:
    return 0 if cell is None else cell.seats


def _name(row: int, column: int) -> str:
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def _notes(sheet: Any, look: Look, row: int, last: int, allocation: Allocation, checks: Checks) -> None:
    """What the reader must know: rate and verdict, tilt, lot, made-up data, where the arithmetic stands."""
    for number, words in enumerate(_words(allocation, checks)):
        sheet.set_row(row + number, 32)
        sheet.merge_range(row + number, 0, row + number, last, words, look.note)


def _words(allocation: Allocation, checks: Checks) -> list[str]:
    from junheng.judgement import VERDICT_NAMES

    overall, tilt = checks.overall, checks.tilt
    rate = "—" if overall.rate is None else f"{float(overall.rate):.2%}"
    first, second = VERDICT_NAMES[overall.verdict], VERDICT_NAMES[tilt.verdict]
    found = [
        f"1. 指标占招生计划 {rate}，要求不低于 {float(checks.norm.least):.0%}（{checks.norm.citation.document}）：{first.zh}。"
        f"Share of the plan {rate}, at least {float(checks.norm.least):.0%} asked: {first.en}.",
        f"2. 向农村倾斜：{second.zh}（{tilt.reason.zh}）。Rural tilt: {second.en} ({tilt.reason.en}).",
        "3. 每一个名额的算式见“合计计算”“明细计算”；各行各列合计准确，应得数用分数计算，不先取整。"
        "Every seat's arithmetic is on the next sheets, in fractions; rows and columns add up exactly.",
    ]
    lot = allocation.lot
    if lot.kind == "seed":
        found.append(f"4. 抽签种子 seed（{lot.hash_name}）：{lot.seed.hex()}")
    elif lot.kind == "numbers":
        found.append(
            "4. 次序相同的按当场抽出的号码定先后，见“抽签”。Equals were parted by the numbers drawn in the hall."
        )
    return found
