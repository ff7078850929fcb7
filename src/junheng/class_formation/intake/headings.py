"""Which column of a sheet is which: headings are found, unknown ones listed, doubles refused."""

from collections.abc import Collection, Iterable, Mapping

from junheng.basics import Text, UserError, heading_key, nearest
from junheng.class_formation.intake.columns import load_columns
from junheng.data import Grid, column_letter
from junheng.data.books import Headed, find_headings


def roll_headings(grid: Grid, marks: Iterable[str]) -> Headed | None:
    """The headings of a sheet of the roll; None where no row has the columns a roll must have.

    ``marks``: further subjects of this intake. Raises UserError where two headings mean the same.
    """
    columns = load_columns()
    index = columns.by_key | {heading_key(mark): mark for mark in marks}
    return _headed(grid, index, [column.name for column in columns.roll.values() if column.needed])


def plan_headings(grid: Grid) -> Headed | None:
    """The headings of a sheet 编班计划; None where it is none."""
    plan = load_columns().plan.values()
    index = {heading_key(word): column.name for column in plan for word in column.words()}
    return _headed(grid, index, ("school", "grade", "classes"))


def _headed(grid: Grid, index: Mapping[str, str], needed: Collection[str]) -> Headed | None:
    headed = find_headings(grid, index, needed)
    if headed.lacking(needed):
        return None
    for at, name in headed.doubled.items():
        title = load_columns().named(name).title
        raise UserError(
            Text(f"两列都是“{title.zh}”", f"two columns both mean {title.en}"),
            where=f"{headed.place(headed.columns[name])}, {column_letter(at)}{headed.top + 1}",
            fix=Text("请删除或改名其中一列", "delete or rename one of them"),
        )
    return headed


def ignored(headed: Headed) -> list[str]:
    """The headings of a roll that were not read, with the nearest known one beside each."""
    columns = load_columns()
    words = [word.replace("*", "") for word in headed.unknown()]
    return [_with_hint(word) for word in words if not columns.is_left_out(word)]


def _with_hint(heading: str) -> str:
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
