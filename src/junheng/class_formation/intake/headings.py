"""Which column of a sheet is which: headings are found, unknown ones listed, doubles refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from junheng.basics import Text, UserError, heading_key, nearest
from junheng.class_formation.intake.columns import Column, load_columns
from junheng.class_formation.intake.grid import Place, cell_text
from junheng.data import Grid, column_letter

_SEARCHED_ROWS = 10  # title lines above the headings are passed over


@dataclass(frozen=True, slots=True)
class Headed:
    """A sheet whose headings are known: ``columns`` by 0-based index, ``first`` the first row of data.

    ``letters``: spreadsheet letter by column name; ``ignored``: headings that were not read.
    """

    grid: Grid
    first: int
    columns: Mapping[int, Column]
    letters: Mapping[str, str]
    ignored: tuple[str, ...] = field(default=())

    def place(self, row: int) -> Place:
        """The place of a 0-based row."""
        return Place(self.grid.file, self.grid.sheet, row + 1, self.letters)


def roll_headings(grid: Grid, marks: Iterable[str]) -> Headed | None:
    """The headings of a sheet of the roll; None where no row has the columns a roll must have."""
    columns, listed = load_columns(), tuple(marks)
    needed = {column.name for column in columns.roll.values() if column.needed}
    for number, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        words = [cell_text(cell).replace("*", "") for cell in row]
        found = {i: column for i, word in enumerate(words) if word and (column := columns.find(word, listed))}
        if needed <= {column.name for column in found.values()}:
            unknown = [w for i, w in enumerate(words) if w and i not in found and not columns.is_left_out(w)]
            return _headed(grid, number, found, unknown)
    return None


def plan_headings(grid: Grid) -> Headed | None:
    """The headings of a sheet 编班计划; None where it is none."""
    plan = load_columns().plan
    index = {heading_key(word): column for column in plan.values() for word in column.words()}
    for number, row in enumerate(grid.rows[:_SEARCHED_ROWS]):
        words = [heading_key(cell_text(cell).replace("*", "")) for cell in row]
        found = {i: index[word] for i, word in enumerate(words) if word in index}
        if {column.name for column in found.values()} >= {"school", "grade", "classes"}:
            return _headed(grid, number, found, [])
    return None


def _headed(grid: Grid, row: int, found: Mapping[int, Column], unknown: Iterable[str]) -> Headed:
    letters: dict[str, str] = {}
    for i, column in found.items():
        if column.name in letters:
            raise UserError(
                Text(f"两列都是“{column.title.zh}”", f"two columns both mean {column.title.en}"),
                where=f"{grid.file} [{grid.sheet}] {letters[column.name]}{row + 1}, {column_letter(i)}{row + 1}",
                fix=Text("请删除或改名其中一列", "delete or rename one of them"),
            )
        letters[column.name] = column_letter(i)
    return Headed(grid, row + 1, found, letters, tuple(map(_with_hint, unknown)))


def _with_hint(heading: str) -> str:
    """An unread heading, with the nearest known one beside it."""
    columns = load_columns()
    words = [word for column in (*columns.roll.values(), *columns.marks.values()) for word in column.words()]
    near = nearest(heading, words)
    return f"{heading}（是否“{near}”？）" if near else heading


def empty_roll(path: str) -> UserError:
    """A roll is there, with its headings and no child."""
    return UserError(
        Text("名册里没有学生", "the roll lists no child"),
        where=path,
        why=Text("只有标题行或示例行", "there are only headings, or the example"),
        fix=Text("请从示例行下面一行开始，一名学生一行", "write a row for each child below the example"),
    )


def no_roll(path: str) -> UserError:
    """No sheet of the file is a roll."""
    needed = [column.title for column in load_columns().roll.values() if column.needed]
    zh, en = "、".join(t.zh for t in needed), ", ".join(t.en for t in needed)
    return UserError(
        Text("没有找到新生名册", "no intake roll found"),
        where=path,
        why=Text(f"名册至少要有列：{zh}", f"a roll has at least the columns {en}"),
        fix=Text("请用本系统的新生名册表样", "use the template of the intake roll"),
    )
