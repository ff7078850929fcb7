"""The register as a workbook: Chinese headings, one row a promise; read back without loss."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from junheng.basics import Text, UserError, atomic_file
from junheng.data import Grid, read_sheets
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
    rows = [[_cell(value) for value in row] for row in grid.rows]
    head = next((number for number, row in enumerate(rows) if _HEADS["id"] in row), None)
    if head is None:
        raise _refused(path, grid, 1, Text("没有表头“编号”", "there is no heading 编号"))
    places = {name: rows[head].index(heading) for name, heading in _HEADS.items() if heading in rows[head]}
    lacking = [_HEADS[name] for name in _NEEDED if name not in places]
    if lacking:
        raise _refused(path, grid, head + 1, Text(f"缺少列 {'、'.join(lacking)}", "columns are missing"))
    found = [
        _promise(path, grid, number, {name: row[at] for name, at in places.items()})
        for number, row in enumerate(rows[head + 1 :], start=head + 2)
        if row[places["id"]] and row[places["text"]]
    ]
    _require_once(path, grid, found)
    return found


def _promise(path: Path, grid: Grid, number: int, cells: Mapping[str, str]) -> Promise:
    try:
        due, closed = (_day(cells.get(name, "")) for name in ("due", "closed_on"))
    except ValueError as error:
        raise _refused(path, grid, number, Text("日期写法不对", "not a day")) from error
    texts = {name: cells.get(name, "") for name in _HEADS if name not in ("due", "closed_on")}
    where = f"{path.name} {grid.sheet} 第{number}行"
    return Promise(**texts, due=due, closed_on=closed, where=where)


def _require_once(path: Path, grid: Grid, found: Sequence[Promise]) -> None:
    seen: set[str] = set()
    for promise in found:
        if promise.id in seen:
            raise UserError(
                Text(f"编号 {promise.id} 出现两次", f"number {promise.id} occurs twice"),
                where=promise.where,
                fix=Text("每条承诺用一个编号", "give each promise a number of its own"),
            )
        seen.add(promise.id)


def _cell(value: object) -> str:
    return "" if value is None else value.isoformat()[:10] if isinstance(value, date) else str(value).strip()


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _refused(path: Path, grid: Grid, number: int, what: Text) -> UserError:
    return UserError(
        what,
        where=f"{path.name} {grid.sheet} 第{number}行 | row {number}",
        why=Text("台账不能使用", "the register cannot be used"),
        fix=Text(f"各列为 {'、'.join(_HEADS.values())}", f"the columns are {', '.join(_HEADS.values())}"),
    )
