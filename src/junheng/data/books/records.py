"""A workbook or CSV as records of known forms: sheets by name, columns by heading, what does not fit told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from junheng.basics import Text, UserError, heading_key, nearest
from junheng.data.books.faults import CALCULATE, NOT_CALCULATED, Fault
from junheng.data.books.form import Form, Heading
from junheng.data.books.headed import Headed, Record, find_headings
from junheng.data.books.kinds import canonical, wanted
from junheng.data.reading.grid import Grid
from junheng.data.reading.sheets import hashed_sheets


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


def files_in(path: Path, suffixes: Collection[str]) -> list[Path]:
    """The file itself, or those of a folder that end in one of ``suffixes``, by name; none where there is none.

    Hidden files and the locks that an office program leaves beside an open file are passed over.
    """
    if path.is_file():
        return [path]
    inside = sorted(path.iterdir()) if path.is_dir() else []
    return [one for one in inside if one.suffix.lower() in suffixes and not one.name.startswith(("~$", "."))]


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
        elif (records := read_records(grid, form, faults)) is None:
            needed = "、".join(heading.title.zh for heading in form.required())
            raise _refuse(
                grid.where, f"缺少必需的列，应有：{needed}", f"required headings are missing: {needed}"
            )
        else:
            tables[form.table] = tuple(records)
    for form in forms.values():
        if form.is_required and form.table not in tables:
            raise _absent(path, form, strange)
    return Book(path.name, sha256, tables, tuple(faults), tuple(strange))


def read_records(grid: Grid, form: Form, faults: list[Fault]) -> list[Record] | None:
    """The rows of a sheet as records of ``form``; None when it lacks a required heading.

    Faults of cells (blank where required, not of the heading's kind, no usable value) are added to ``faults``.
    Raises UserError when two headings mean the same column.
    """
    headed = _headed(grid, form)
    if headed is None:
        return None
    for at, name in headed.doubled.items():
        title = form.headings[name].title
        raise UserError(
            Text(f"两列都是“{title.zh}”", f"two columns both mean {title.en}"),
            where=str(headed.place(at)),
            why=Text("无法判断应采用哪一列", "there is no telling which one counts"),
            fix=Text("请删除或改名其中一列", "delete or rename one of them"),
        )
    return [checked(record, form, faults) for record in headed.records()]


def checked(record: Record, form: Form, faults: list[Fault]) -> Record:
    """The record with canonical cells; what does not fit is a fault and left out."""
    cells = {}
    for name, heading in form.headings.items():
        text = record.cell(name)
        value = canonical(heading, text) if text else None
        if name in record.broken:
            faults.append(_fault(record, form, heading, "broken", NOT_CALCULATED, CALCULATE))
        elif value is not None:
            cells[name] = value
        elif text:
            what = Text(f"“{heading.title.zh}”不能是“{text}”", f"“{text}” does not fit {heading.title.en}")
            faults.append(_fault(record, form, heading, "misfit", what, wanted(heading)))
        elif heading.is_required:
            what = Text(f"“{heading.title.zh}”没有填", f"{heading.title.en} is blank")
            faults.append(_fault(record, form, heading, "blank", what, Text("请补填", "fill it in")))
    return replace(record, cells=cells)


def _fault(record: Record, form: Form, heading: Heading, cause: str, what: Text, fix: Text) -> Fault:
    return Fault(f"{form.table}.{heading.name}.{cause}", record.at(heading.name), what, fix)


def _form_of(grid: Grid, forms: Mapping[str, Form]) -> Form | None:
    key = heading_key(grid.title)
    named = next((form for form in forms.values() if key in form.spellings()), None)
    if named is not None or grid.sheet:
        return named
    return next((form for form in forms.values() if _headed(grid, form) is not None), None)


def _headed(grid: Grid, form: Form) -> Headed | None:
    index = {key: heading.name for heading in form.headings.values() for key in heading.spellings()}
    needed = [heading.name for heading in form.required()]
    headed = find_headings(grid, index, needed)
    return None if headed.lacking(needed) else headed


def _absent(path: Path, form: Form, strange: Collection[str]) -> UserError:
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
