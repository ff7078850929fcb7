"""Numbers drawn in the hall, typed into a table of two columns: 编号 (what) and 号码."""

from pathlib import Path

from junheng.admissions.quota.cells import Place
from junheng.admissions.quota.grid import open_grids
from junheng.admissions.quota.lot import Lot, numbers_lot
from junheng.basics import Text, UserError, heading_key
from junheng.data.books import text_of

_IDS = frozenset(map(heading_key, ("编号", "学校标识码", "单位", "id", "unit")))
_NUMBERS = frozenset(map(heading_key, ("号码", "抽签号", "顺序号", "GUID", "number")))


def read_numbers(path: Path) -> Lot:
    """The lot of the numbers in ``path`` (.csv or a workbook, first sheet).

    Raises UserError with row and column for headings that are absent, blanks, doubles, and what is no number.
    """
    grids, _ = open_grids(path)
    grid = grids[0] if grids else None
    heads = [heading_key(text_of(cell)) for cell in grid.rows[0]] if grid and grid.rows else []
    ids = next((place for place, head in enumerate(heads) if head in _IDS), None)
    numbers = next((place for place, head in enumerate(heads) if head in _NUMBERS), None)
    if grid is None or ids is None or numbers is None:
        raise UserError(
            Text("号码表第一行应有“编号”和“号码”两列", "the first row must hold the headings 编号 and 号码"),
            where=path.name,
            fix=Text("请按抽签记录录入这两列", "type in these two columns from the minutes of the draw"),
        )
    entries = []
    for row, cells in enumerate(grid.rows[1:], start=1):
        for place, heading in ((ids, "编号"), (numbers, "号码")):
            Place(grid, row, place, heading).require_sound()
        texts = [text_of(cells[place]) if place < len(cells) else "" for place in (ids, numbers)]
        if not any(texts):
            continue
        at = Place(grid, row, numbers if texts[0] else ids, "号码" if texts[0] else "编号")
        if not all(texts):
            raise at.refuse("没有填", "the cell is blank")
        entries.append((texts[0], texts[1], at.where))
    return numbers_lot(entries)
