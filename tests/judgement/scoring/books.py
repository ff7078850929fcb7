"""A small index system and books of scores for it, written by hand in the tests."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import xlsxwriter

from junheng.judgement.scoring import ReadBook, Scored, read_scores, score
from junheng.standards.scoring import IndexSystem, index_system

ON = date(2025, 9, 1)
SYSTEM = """system:
  id: small
  name: {zh: 小体系, en: Small}
  subject: school
  version: "1"
  in_force_from: 2020-01-01
  source: {document: 某文, article: 一, certainty: local}
  full: 10
  required_grade: good
documents: {某文: {title: 某文}}
scale:
  - {id: a, name: {zh: 好, en: A}, share: 1}
  - {id: b, name: {zh: 中, en: B}, share: 0.5}
  - {id: c, name: {zh: 差, en: C}, share: 0}
grades:
  - {id: good, name: {zh: 良好, en: Good}, at_least: 7}
  - {id: fair, name: {zh: 合格, en: Fair}, at_least: 4}
  - {id: poor, name: {zh: 不合格, en: Poor}, at_least: 0}
rounds:
  - {id: self, name: {zh: 自评, en: Self}, signers: [{zh: 校长, en: Principal}]}
  - {id: county, name: {zh: 县评, en: County}, needs_visit: true, signers: [{zh: 组长, en: Head}]}
vetoes:
  - {id: v1, name: {zh: 事故, en: Accident}}
  - {id: v2, name: {zh: 重点班, en: Key class}, effect: grade_at_most, grade_at_most: fair}
awards: {early_days: 365, source: {document: 某文, article: 一, certainty: local}}
areas:
  - id: A
    name: {zh: 甲, en: A}
    points: 6
    floor: {share: 0.5, grade_at_most: fair}
    items: [{id: A1, name: {zh: 一, en: One}, points: 2}, {id: A2, name: {zh: 二, en: Two}, points: 4}]
  - id: B
    name: {zh: 乙, en: B}
    points: 4
    items: [{id: B1, name: {zh: 三, en: Three}, points: 4}]
"""
Row = Sequence[object]
HEADS: dict[str, Row] = {
    "对象名单": ("对象代码", "名称"),
    "评分": ("对象代码", "轮次", "评分人", "指标编号", "等级", "得分", "到校日期"),
    "否决项": ("对象代码", "否决编号", "是否发生"),
    "申诉": ("申诉编号", "对象代码", "轮次", "指标编号", "提出日期", "状态", "决定日期", "复核得分"),
    "签字": ("对象代码", "轮次", "角色", "签字日期", "签字指纹"),
    "目标": ("对象代码", "类别", "目标", "期限", "完成日期"),
}
CLEAR: list[Row] = [("S", "v1", "否"), ("S", "v2", "否")]


def given(item: str, points: object, *, rater: str = "督学", round_: str = "县评", subject: str = "S") -> Row:
    """A row of points, visited."""
    return (subject, round_, rater, item, "", points, "2025-05-01")


def full_marks() -> list[Row]:
    """S with full marks in the county's round."""
    return [given("A1", 2), given("A2", 4), given("B1", 4)]


def system(folder: Path) -> IndexSystem:
    """The small system, read from a file."""
    path = folder / "small.yaml"
    path.write_text(SYSTEM, encoding="utf-8")
    return index_system(path, on=ON)


def write(folder: Path, **tables: Sequence[Row]) -> Path:
    """A workbook of these tables; 评分 always, the others as given (pinyin-free keys by English table name)."""
    path = folder / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    names = {
        "listed": "对象名单",
        "scores": "评分",
        "vetoes": "否决项",
        "appeals": "申诉",
        "signs": "签字",
        "targets": "目标",
    }
    for key, rows in tables.items():
        sheet = book.add_worksheet(names[key])
        for number, row in enumerate([HEADS[names[key]], *rows]):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def scored(folder: Path, **tables: Sequence[Row]) -> tuple[ReadBook, Scored]:
    """Read and scored."""
    read = read_scores(write(folder, **tables), system(folder), ON)
    return read, score(read.problem)


def causes(read: ReadBook, found: Scored) -> dict[str, list[str]]:
    """Cause → places of everything that was wrong."""
    told: dict[str, list[str]] = {}
    for fault in (*read.faults, *found.faults):
        told.setdefault(fault.cause, []).append(str(fault.place))
    return told
