"""The register as a workbook: Chinese headings, one row a promise; read back without loss."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from junheng.basics import Text, UserError, atomic_file, heading_key
from junheng.data import read_sheets
from junheng.data.books import NOT_CALCULATED, Place, Record, as_typed, find_headings, parse_day
from junheng.judgement.promises import STATE_NAMES, Promise, Standing
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value

_SHEET = "承诺台账"
_HEADS = {
    "id": "编号",
    "text": "承诺事项",
    "report": "出处",
    "owner": "责任单位",
    "due": "完成时限",
    "measure": "衡量标准",
    "closed_on": "销号日期",
    "evidence": "佐证",
    "note": "备注",
}
_NEEDED = ("id", "text")
_WIDTHS = {
    "id": 12,
    "text": 44,
    "report": 20,
    "owner": 16,
    "due": 12,
    "measure": 26,
    "evidence": 24,
    "note": 20,
}
_NOTES = (
    "完成时限、销号日期写成 2026-12-31。衡量标准用结论里的数，如 primary_R1_met >= 60（小学 R1 达标校数）、junior_R2_cv <= 0.45；"
    "写了衡量标准的只看重算的数，没写的凭销号日期和佐证。",
    "Days as 2026-12-31. A measure uses a finding's figures and alone decides; without one, a day and evidence close it.",
)


def write_promises(path: Path, promises: Sequence[Promise], standings: Sequence[Standing] = ()) -> None:
    """Write the register; with ``standings``, the state and its reason stand beside each promise."""
    told = {one.promise.id: one for one in standings}
    columns = [Column(head, _WIDTHS.get(name, 12)) for name, head in _HEADS.items()]
    if told:
        columns += [Column("状态", 10), Column("状态依据", 36)]
    rows = [_row(promise, told.get(promise.id)) for promise in promises]
    with atomic_file(path) as temporary:
        temporary.write_bytes(plain_book([Sheet(_SHEET, columns, rows, _NOTES, freeze=2)], _SHEET))


def _row(promise: Promise, told: Standing | None) -> list[Value]:
    cells: list[Value] = [_text(getattr(promise, name)) for name in _HEADS]
    return cells if told is None else [*cells, STATE_NAMES[told.state].zh, told.reason.zh]


def _text(value: str | date | None) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else value


def add_promises(kept: Sequence[Promise], found: Sequence[Promise]) -> list[Promise]:
    """``kept`` and, after them, those of ``found`` whose text is new. Raises UserError where a number is taken."""
    texts = {promise.text for promise in kept}
    fresh = [promise for promise in found if promise.text not in texts]
    taken = {promise.id for promise in kept} & {promise.id for promise in fresh}
    if taken:
        numbers = "、".join(sorted(taken))
        raise UserError(
            Text(f"编号已被占用：{numbers}", f"numbers already taken: {numbers}"),
            fix=Text("请用 --prefix 换一个编号前缀", "choose another --prefix"),
        )
    return [*kept, *fresh]


def read_promises(path: Path) -> list[Promise]:
    """The promises of a register (.xlsx or .csv). Raises UserError naming sheet and row of what cannot be read."""
    grids = read_sheets(path)
    grid = next((one for one in grids if one.sheet == _SHEET), grids[0])
    headed = find_headings(grid, {heading_key(word): name for name, word in _HEADS.items()}, _NEEDED)
    if lacking := [_HEADS[name] for name in headed.lacking(_NEEDED)]:
        told = "、".join(lacking)
        raise _refused(headed.place(), Text(f"缺少列 {told}", f"columns are missing: {told}"))
    found = [_promise(row) for row in headed.records(as_typed) if all(row.cell(name) for name in _NEEDED)]
    _require_once(found)
    return found


def _promise(row: Record) -> Promise:
    for name in row.broken:
        raise _refused(row.at(name), NOT_CALCULATED)
    due, closed = (_day(row, name) for name in ("due", "closed_on"))
    texts = {name: row.cell(name) for name in _HEADS if name not in ("due", "closed_on")}
    return Promise(**texts, due=due, closed_on=closed, where=str(row.place))


def _day(row: Record, name: str) -> date | None:
    text = row.cell(name)
    day = parse_day(text)
    if text and day is None:
        raise _refused(row.at(name), Text(f"“{text}”不是日期", f"“{text}” is not a day"))
    return day


def _require_once(found: Sequence[Promise]) -> None:
    seen: set[str] = set()
    for promise in found:
        if promise.id in seen:
            raise UserError(
                Text(f"编号 {promise.id} 出现两次", f"number {promise.id} occurs twice"),
                where=promise.where,
                fix=Text("每条承诺用一个编号", "give each promise a number of its own"),
            )
        seen.add(promise.id)


def _refused(place: Place, what: Text) -> UserError:
    return UserError(
        what,
        where=str(place),
        why=Text("台账不能使用", "the register cannot be used"),
        fix=Text(f"各列为 {'、'.join(_HEADS.values())}", f"the columns are {', '.join(_HEADS.values())}"),
    )
