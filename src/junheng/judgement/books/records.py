"""A workbook or CSV as records: sheets known by name, columns by heading, every cell with its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from junheng.basics import Text, UserError, heading_key, nearest
from junheng.data import Grid, column_letter, hashed_sheets
from junheng.judgement.books.cell import canonical, text_of, wanted
from junheng.judgement.books.faults import Fault, Place
from junheng.judgement.books.form import Form, Heading

HEADING_SEARCH_ROWS = 10  # title lines above the headings are passed over, but never more than this
REMARK = "#"  # a row that begins with it is a remark or the example


@dataclass(frozen=True, slots=True)
class Record:
    """One row: ``cells`` holds what is filled in and fits its heading, in canonical text."""

    place: Place
    cells: Mapping[str, str]
    letters: Mapping[str, str]

    def cell(self, column: str) -> str:
        """What is filled in, "" when blank."""
        return self.cells.get(column, "")

    def at(self, column: str) -> Place:
        """The place of a cell."""
        return Place(self.place.file, self.place.sheet, self.place.row, self.letters.get(column, ""))


@dataclass(frozen=True, slots=True)
class Book:
    """A book as read. ``titles``: names of the sheets that were not known, told to the user."""

    file: str
    sha256: str
    tables: Mapping[str, tuple[Record, ...]]
    faults: tuple[Fault, ...]
    titles: tuple[str, ...]

    def rows(self, table: str) -> tuple[Record, ...]:
        """The records of a table; none where its sheet is absent."""
        return self.tables.get(table, ())


def read_book(path: Path, forms: Mapping[str, Form]) -> Book:
    """Read the book at ``path``, whose sheets and headings are ``forms``.

    Raises UserError for a file that cannot be read, a required sheet or heading that is absent, and two headings
    or sheets that mean the same. A cell that does not fit its heading is a fault and counts as blank.
    """
    grids, sha256 = hashed_sheets(path)
    tables: dict[str, tuple[Record, ...]] = {}
    faults: list[Fault] = []
    strange = []
    for grid in grids:
        form = _form_of(grid, forms)
        if form is None:
            strange.append(grid.title)
        elif form.table in tables:
            raise _refuse(grid.where, f"“{form.title.zh}”有两张表", f"two sheets are {form.title.en}")
        else:
            tables[form.table] = tuple(_records(grid, form, faults))
    for form in forms.values():
        if form.is_required and form.table not in tables:
            raise _absent(path, form, strange)
    return Book(path.name, sha256, tables, tuple(faults), tuple(strange))


def _form_of(grid: Grid, forms: Mapping[str, Form]) -> Form | None:
    key = heading_key(grid.title)
    named = next((form for form in forms.values() if key in form.spellings()), None)
    if named is not None or grid.sheet:
        return named
    return next((form for form in forms.values() if _heading_row(grid, form) is not None), None)


def _records(grid: Grid, form: Form, faults: list[Fault]) -> list[Record]:
    found = _heading_row(grid, form)
    if found is None:
        needed = "、".join(h.title.zh for h in form.headings.values() if h.is_required)
        raise _refuse(grid.where, f"缺少必需的列，应有：{needed}", f"required headings are missing: {needed}")
    top, columns = found
    letters = {name: column_letter(index) for index, name in columns.items()}
    records = []
    for number in range(top + 1, len(grid.rows)):
        texts = [text_of(cell) for cell in grid.rows[number]]
        broken = {column for row, column in grid.broken if row == number}
        first = next((text for text in texts if text), "")
        if (first or broken & columns.keys()) and not first.startswith(REMARK):
            place = Place(grid.file, grid.sheet, number + 1)
            cells = {name: texts[i] for i, name in columns.items() if i < len(texts) and texts[i]}
            row = Record(place, cells, letters)
            records.append(_checked(row, form, {columns[i] for i in broken & columns.keys()}, faults))
    return records


def _heading_row(grid: Grid, form: Form) -> tuple[int, dict[int, str]] | None:
    index = {key: heading.name for heading in form.headings.values() for key in heading.spellings()}
    required = {heading.name for heading in form.headings.values() if heading.is_required}
    for number, row in enumerate(grid.rows[:HEADING_SEARCH_ROWS]):
        known: dict[int, str] = {}
        for place, cell in enumerate(row):
            name = index.get(heading_key(text_of(cell).replace("*", ""))) if text_of(cell) else None
            if name is not None and name in known.values():
                title = form.headings[name].title
                where = f"{grid.where} {column_letter(place)}{number + 1}"
                raise _refuse(where, f"两列都是“{title.zh}”", f"two columns both mean {title.en}")
            if name is not None:
                known[place] = name
        if required <= set(known.values()):
            return number, known
    return None


def _checked(record: Record, form: Form, broken: set[str], faults: list[Fault]) -> Record:
    """The record with canonical cells; what does not fit is a fault and left out."""
    cells = dict(record.cells)
    for name, heading in form.headings.items():
        if name in broken:
            cells.pop(name, None)
            faults.append(_broken(record, heading, form))
        elif name in cells:
            value = canonical(heading, cells[name])
            if value is None:
                faults.append(_misfit(record, heading, form, cells.pop(name)))
            else:
                cells[name] = value
        elif heading.is_required:
            faults.append(_blank(record, heading, form))
    return Record(record.place, cells, record.letters)


def _broken(record: Record, heading: Heading, form: Form) -> Fault:
    what = Text("没有算出的公式或错误值", "a formula never calculated, or an error")
    fix = Text("请重新计算并存为 .xlsx，或直接键入", "calculate it and save as .xlsx, or type the value")
    return Fault(f"{form.table}.{heading.name}.broken", record.at(heading.name), what, fix)


def _misfit(record: Record, heading: Heading, form: Form, word: str) -> Fault:
    what = Text(f"“{heading.title.zh}”不能是“{word}”", f"“{word}” does not fit {heading.title.en}")
    return Fault(f"{form.table}.{heading.name}.misfit", record.at(heading.name), what, wanted(heading))


def _blank(record: Record, heading: Heading, form: Form) -> Fault:
    what = Text(f"“{heading.title.zh}”没有填", f"{heading.title.en} is blank")
    return Fault(
        f"{form.table}.{heading.name}.blank", record.at(heading.name), what, Text("请补填", "fill it in")
    )


def _absent(path: Path, form: Form, strange: list[str]) -> UserError:
    near = nearest(form.title.zh, strange)
    hint = Text(f"；“{near}”是否就是", f"; is “{near}” meant") if near else Text("", "")
    return _refuse(
        path.name,
        f"没有工作表“{form.title.zh}”{hint.zh}",
        f"there is no sheet {form.title.zh} ({form.title.en}){hint.en}",
    )


def _refuse(where: str, zh: str, en: str) -> UserError:
    return UserError(
        Text(zh, en),
        where=where,
        why=Text("未得出任何结果", "nothing was computed"),
        fix=Text("请按样表填写", "follow the template"),
    )
