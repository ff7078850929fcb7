"""评分单.xlsx: a sheet for every school or county to print and sign, its fingerprint at the foot."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from junheng.basics import atomic_file
from junheng.judgement import VERDICT_NAMES, Verdict
from junheng.reports.scoring.numbers import ends, grade_words, names_of, shown
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value

Json = Mapping[str, Any]
_LONGEST, _SHOWN = 20, 12  # signs of a sheet's name kept; digits of a fingerprint that are written down


def write_subject_sheets(path: Path, problem: Json, outcome: Json) -> None:
    """Write the workbook; without a subject one sheet that says so. Raises UserError."""
    system = problem["system"]
    sheets = [_sheet(number, entry, system, outcome) for number, entry in enumerate(outcome["subjects"], 1)]
    empty = Sheet("评分单", [Column("说明 note", 40)], [["评分表里没有对象。 Nobody was scored."]])
    with atomic_file(path) as temporary:
        temporary.write_bytes(plain_book(sheets or [empty], f"{system['name']['zh']} {outcome['on']}"))


def _sheet(number: int, entry: Json, system: Json, outcome: Json) -> Sheet:
    rounds = names_of([entry_ for entry_ in system["rounds"] if entry_["id"] in entry["rounds"]])
    scored = {item["item"]: item for item in entry["items"]}
    rows: list[list[Value]] = [
        [area["name"]["zh"], item["id"], item["name"]["zh"], shown(item["points"]),
         *(shown(entry["rounds"][name][item["id"]]) for name in rounds), ends(scored[item["id"]]["points"]),
         "；".join(scored[item["id"]]["evidence"])]
        for area in system["areas"] for item in area["items"]
    ]  # fmt: skip
    rows.append(
        ["合计 total", "", "", shown(system["full"]), *("" for _ in rounds), ends(entry["points"]), ""]
    )
    columns = [
        Column("方面 area", 16), Column("编号 item", 9), Column("指标 name", 36), Column("分值 points", 9),
        *(Column(name.zh, 11) for name in rounds.values()), Column("计分 counts", 12), Column("佐证 evidence", 40),
    ]  # fmt: skip
    name = f"{number} {entry['name'][:_LONGEST]}"  # numbered: two schools may share the start of their names
    return Sheet(name, columns, rows, list(_foot(entry, system, outcome)))


def _foot(entry: Json, system: Json, outcome: Json) -> Iterator[str]:
    verdict = VERDICT_NAMES[Verdict(entry["verdict"])]
    grade = grade_words(entry, names_of(system["grades"]))
    yield f"{entry['name']}（{entry['subject']}）：等级 grade {grade}，{verdict.zh} {verdict.en}"
    if entry["missing"]:
        yield f"缺项 missing：{'、'.join(entry['missing'])}（不作零分 never zero）"
    rounds, vetoes = names_of(system["rounds"]), names_of(system["vetoes"])
    for name, found in entry["vetoes"].items():
        said = {True: "有 yes", False: "无 no", None: "未说明 not said"}[found]
        yield f"否决 veto：{vetoes[name].zh} {said}"
    for signed in outcome["sign_off"]:
        if signed["subject"] == entry["subject"]:
            yield f"{rounds[signed['round']].zh} 评分指纹 fingerprint：{signed['fingerprint'][:_SHOWN]}"
            for done in signed["signatures"]:
                yield f"    {done['role']}：{done['name']} {done['signed_on']}"
            for role in signed["missing"]:
                yield f"    {role}（签字 signature）：__________  日期 day：__________"
