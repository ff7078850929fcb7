"""A posted list read back: does it show the frozen result, every child where the result has it?

The list on the wall has been another one than the drawn before: whoever holds the published files can compare.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.reports.draws.lists import ROOT_LABEL, SHORT, plain_title

_HEAD = {"admission": "报名编号", "classes": "编号"}
_TITLE = 26  # characters of a sheet's name that are never cut off or numbered
Sheets = list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class PostedList:
    """``root``: the fingerprint it claims ("" if none); ``sheets``: title and the codes of the children on it."""

    root: str
    sheets: Sheets


def read_posted_list(path: Path, kind: str) -> PostedList:
    """Read 录取公示表 or 分班公示表; of a class list a code stands as "class code". Raises UserError."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_path(str(path))
        tables = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, OSError) as error:
        raise UserError(
            Text("公示表无法读取", "the posted list cannot be read"),
            where=str(path),
            fix=Text("请重新下载公布的文件", "fetch the published file again"),
        ) from error
    sheets: Sheets = []
    root = ""
    for title, table in tables.items():
        codes, said = _read(table, kind)
        sheets.append((title, codes))
        root = said or root
    return PostedList(root, sheets)


def _read(table: Sequence[Sequence[Any]], kind: str) -> tuple[list[str], str]:
    """The codes of one sheet, and the fingerprint below them."""
    heads = [str(cell) for cell in table[0]] if table else []
    place = heads.index(_HEAD[kind]) if _HEAD[kind] in heads else None
    codes, root = [], ""
    for row in table[1:]:
        first = str(row[0])
        if ROOT_LABEL in first:
            root = first.rpartition(" ")[2]
        elif place is not None and str(row[place]).strip():
            code = str(row[place]).strip()
            codes.append(f"{int(float(first))} {code}" if kind == "classes" else code)
    return codes, root


def posted_differences(
    posted: PostedList,
    spec: Mapping[str, Any],
    result: Mapping[str, Any],
    leaves: Sequence[Mapping[str, Any]],
) -> list[Text]:
    """What ``posted`` shows otherwise than the frozen result; [] when all of it agrees.

    ``leaves``: the results by child where they are known; else counts and fingerprint are compared.
    """
    found: list[Text] = []
    if posted.root != result["root"]:
        found.append(Text("公示表上的结果指纹不是公报的", "the list bears another result root"))
    counted = _counts(spec, result)
    expected = _codes(spec, leaves) if leaves else {}
    for place, (title, count) in enumerate(counted.items()):
        name, codes = posted.sheets[place] if place < len(posted.sheets) else ("", [])
        if name[:_TITLE] != plain_title(title)[:_TITLE]:
            found.append(Text(f"公示表第 {place + 1} 页应为 {title}", f"sheet {place + 1} should be {title}"))
        elif len(codes) != count:
            found.append(
                Text(
                    f"{title}：公示 {len(codes)} 人，结果 {count} 人",
                    f"{title}: {len(codes)} posted, {count} placed",
                )
            )
        elif leaves and sorted(codes) != sorted(expected.get(title, [])):
            wrong = sorted(set(codes) - set(expected.get(title, [])))
            found.append(
                Text(
                    f"{title}：名单与结果册不符，如 {wrong[0]}",
                    f"{title}: not the children of the results, {wrong[0]}",
                )
            )
    return found


def _counts(spec: Mapping[str, Any], result: Mapping[str, Any]) -> dict[str, int]:
    """How many children each sheet should hold, by its title."""
    if spec["kind"] == "classes":
        groups = {(group["school"], group["grade"]): sum(group["sizes"]) for group in result["groups"]}
        return {f"{school} {grade}": groups[school, grade] for school, grade in sorted(groups)}
    found = {_school(spec, school["id"]): int(school["taken"]) for school in result["schools"]}
    return {**found, "未录取": int(result["rows"]) - sum(found.values())}


def _codes(spec: Mapping[str, Any], leaves: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for leaf in leaves:
        code = leaf["pid"][:SHORT]
        if spec["kind"] == "classes":
            found.setdefault(f"{leaf['school']} {leaf['grade']}", []).append(f"{leaf['class']} {code}")
        else:
            found.setdefault(_school(spec, leaf["school"]), []).append(code)
    return found


def _school(spec: Mapping[str, Any], identifier: str) -> str:
    names = {school["id"]: f"{school['name']} {school['id']}" for school in spec["problem"]["schools"]}
    return names.get(identifier, "未录取")
