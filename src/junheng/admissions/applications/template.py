"""The form 申请表 as a workbook: headings, example, drop-downs; reads back without loss."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.admissions.applications.form import Child, Key, column_words
from junheng.admissions.applications.rule import IntakeRule
from junheng.admissions.applications.vocabulary import columns, values
from junheng.admissions.book_look import SheetColumn, new_book, write_lists, write_notes, write_table
from junheng.admissions.problem import Problem, parse_problem
from junheng.admissions.sheets import form
from junheng.basics import Text

FORM_SHEET, LISTS_SHEET, NOTES_SHEET = "申请表", "可选值", "填表说明"
SCHOOL_SHEET, POOL_SHEET = "学校", "名额池"
_WIDTHS = {
    "id_number": 21,
    "address": 34,
    "student_number": 22,
    "feeder": 22,
    "wish": 26,
    "fallback": 26,
}


def write_application_form(
    path: Path,
    rule: IntakeRule,
    problem: Mapping[str, Any] | Problem,
    *,
    children: Sequence[Child] = (),
    class_per_wish: bool = False,
    fallbacks: int = 0,
) -> None:
    """Write the form of ``rule`` to ``path`` (.xlsx), with ``children`` where given.

    ``class_per_wish`` adds a class column for every wish, ``fallbacks`` so many columns of fallback schools; columns
    that the children fill are there anyway. Raises UserError when the place cannot be written.
    """
    parsed = parse_problem(problem)
    keys = _keys(rule, children, class_per_wish, fallbacks)
    extra = list(dict.fromkeys(name for child in children for name in child.extra))
    with new_book(path, rule.name.zh) as (book, look):
        write_notes(book, look, NOTES_SHEET, rule.name.zh, _notes(rule))
        ranges = write_lists(book, look, LISTS_SHEET, _lists(rule, parsed))
        sheets = _sheet_columns(keys, rule, ranges)
        sheets += [SheetColumn(name) for name in extra]
        rows = [_row(child) for child in children]
        sheet = write_table(book, look, FORM_SHEET, sheets, rows)
        sheet.activate()


def _keys(rule: IntakeRule, children: Sequence[Child], per_wish: bool, fallbacks: int) -> list[Key]:
    """The columns in the form's order, numbered ones as often as rule or children need."""
    most = {
        "wish": rule.wishes.most,
        "wish_class": rule.wishes.most if per_wish else 0,
        "fallback": fallbacks,
    }
    for child in children:
        for name, number in child.cells:
            if number:
                most[name] = max(most[name], number)
    found: list[Key] = []
    for name, column in columns().items():
        if not column.is_numbered:
            found.append((name, 0))
        elif name == "wish":
            for number in range(1, most["wish"] + 1):
                found += [("wish", number)] + [("wish_class", number)] * (number <= most["wish_class"])
        elif name == "fallback":
            found += [("fallback", number) for number in range(1, most["fallback"] + 1)]
    return found


_LIST_OF = {"id_kind": "证件类型", "sex": "性别", "residence": "户籍/居住证类别"}
_LIST_OF |= {"priority": "优先类别", "wish_class": "优先类别", "wish": "学校", "fallback": "学校"}


def _lists(rule: IntakeRule, problem: Problem) -> dict[str, list[str]]:
    """The lists of the drop-downs."""
    return {
        "证件类型": [value.name.zh for value in values("id_kind").values()],
        "性别": [value.name.zh for value in values("sex").values()],
        "户籍/居住证类别": [residence.name for residence in rule.residences],
        "优先类别": [entry.name or str(entry.code) for entry in problem.classes],
        "学校": [f"{school.id} {school.name}".strip() for school in problem.schools],
    }


def _sheet_columns(keys: Sequence[Key], rule: IntakeRule, ranges: Mapping[str, str]) -> list[SheetColumn]:
    found = []
    for name, number in keys:
        column = columns()[name]
        required = name in rule.required or (name == "wish" and number <= rule.wishes.least)
        hint = f"{column.meaning.zh}\n{column.meaning.en}"
        found.append(
            SheetColumn(
                title=column_words((name, number)),
                example=column.example if number <= 1 else "",
                width=_WIDTHS.get(name, 13),
                is_required=required,
                is_date=column.kind == "date",
                source=ranges.get(_LIST_OF.get(name, "")),
                hint=hint,
            )
        )
    return found


def _row(child: Child) -> dict[str, str]:
    return {column_words(key): text for key, text in child.cells.items()} | dict(child.extra)


def _notes(rule: IntakeRule) -> list[Text]:
    most, least = rule.wishes.most, rule.wishes.least
    lines = [
        Text(
            "每名儿童一行；红色标题必填，以 # 开头的行是示例。",
            "One row a child; red headings are required; # marks the example.",
        ),
        Text("证件号码、学籍号、电话按文本填写。", "Numbers of documents, registers, telephones are text."),
        Text(
            f"志愿从志愿1起依次填写，{least} 至 {most} 个，不得重复。",
            f"Wishes from the first on, {least} to {most}, none twice.",
        ),
        Text(
            "双胞胎、多胞胎填同一编号，志愿和优先类别必须相同。",
            "Twins: one number, the same wishes and classes.",
        ),
        Text("单元格中不要用公式。", "No formulas in cells."),
    ]
    if rule.birth:
        span = f"{rule.birth.first} – {rule.birth.last}"
        lines.append(Text(f"出生日期范围：{span}", f"Born {span}"))
    return lines


def write_school_list(
    path: Path, schools: Sequence[Mapping[str, Any]], stages: Sequence[Mapping[str, Any]]
) -> None:
    """Write the list of schools, with their pools where they have several, to ``path`` (.xlsx)."""
    stage_of = {
        school: (str(stage["id"]), str(order))
        for order, stage in enumerate(stages, 1)
        for school in stage["schools"]
    }
    rows, pools = [], []
    for school in schools:
        ownership = form("school").headings["ownership"].values[school.get("ownership", "public")]
        cells = (school["id"], school["name"], ownership, str(school["plan"]), *stage_of[school["id"]])
        rows.append(dict(zip(_titles("school"), cells, strict=True)))
        pools += [_pool_row(school, pool) for pool in school["pools"]]
    with new_book(path, "招生学校") as (book, look):
        write_table(book, look, SCHOOL_SHEET, _plain("school"), rows)
        write_table(book, look, POOL_SHEET, _plain("pool"), pools)


def _pool_row(school: Mapping[str, Any], pool: Mapping[str, Any]) -> dict[str, str]:
    classes = "、".join(str(code) for code in pool.get("classes", []))
    unfilled = form("pool").headings["unfilled"].values[pool.get("unfilled", "next")]
    cells = (school["id"], pool["id"], str(pool["seats"]), classes, unfilled)
    return dict(zip(_titles("pool"), cells, strict=True))


def _titles(table: str) -> list[str]:
    return [heading.title.zh for heading in form(table).headings.values()]


def _plain(table: str) -> list[SheetColumn]:
    return [
        SheetColumn(
            title=heading.title.zh,
            example=heading.example,
            width=22,
            is_required=heading.is_required,
            source=list(heading.values.values()) or None,
            hint=heading.meaning.zh,
        )
        for heading in form(table).headings.values()
    ]
