"""Writes the made-up books of scoring in examples/scoring; the same every time. No real school is meant.

Run: python examples/make_scoring.py
"""

import hashlib
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter

from junheng.standards.scoring import IndexSystem, index_system

FOLDER = Path(__file__).resolve().parent / "scoring"
DAY = date(2025, 9, 1)
SCORES = ("对象代码", "名称", "轮次", "评分人", "指标编号", "等级", "得分", "到校日期", "佐证")
WORDS = ("优秀", "良好", "合格", "不合格")
# Schools by how well they do: how many of sixteen items come out excellent, good, fair, poor.
SCHOOLS = {
    "2199000001": ("XX区第一小学", (70, 25, 5, 0)),
    "2199000002": ("XX区第二小学", (45, 40, 15, 0)),
    "2199000003": ("XX区A镇小学", (25, 45, 25, 5)),
    "3199000004": ("XX区第一中学", (60, 35, 5, 0)),
    "3199000005": ("XX区B镇中学", (20, 50, 25, 5)),
}
COUNTY = {"999901": ("XX区", (40, 45, 15, 0))}
Row = tuple[str, ...]


def _chance(*words: str) -> int:
    """A number from 0 to 99 that hangs on the words alone."""
    return int(hashlib.sha256("|".join(words).encode()).hexdigest(), 16) % 100


def _word(odds: tuple[int, ...], *words: str) -> str:
    number, edge = _chance(*words), 0
    for name, share in zip(WORDS, odds, strict=True):
        edge += share
        if number < edge:
            return name
    return WORDS[-1]


def _scores(
    system: IndexSystem, subjects: dict[str, tuple[str, tuple[int, ...]]], raters: dict[str, Row]
) -> list[Row]:
    """Every item by every rater of every round; a second rater mostly agrees with the first."""
    rows = []
    names = {entry.id: entry.name.zh for entry in system.rounds}
    for code, (name, odds) in subjects.items():
        for entry, people in raters.items():
            for number, rater in enumerate(people):
                for item in system.items():
                    base = _word(odds, code, item.id)
                    differs = _chance(code, item.id, rater, entry) < (30 if entry == "self" else 12 * number)
                    word = WORDS[max(0, WORDS.index(base) - 1)] if differs else base
                    visited = "" if entry == "self" else "2025-05-12"
                    rows.append(
                        (code, name, names[entry], rater, item.id, word, "", visited, f"档案{item.id}")
                    )
    return rows


def school_tables() -> dict[str, list[Row]]:
    """The book of the school management system, with a gap, an appeal and targets."""
    system = index_system("school-management", on=DAY)
    scores = _scores(system, SCHOOLS, {"self": ("学校",), "county": ("督学甲", "督学乙")})
    # One item of one school was not scored by anybody in the county's round: an interval, not a zero.
    gap = ("2199000002", "县级评价", "M7-2")
    scores = [row for row in scores if (row[0], row[2], row[4]) != gap]
    vetoes: list[Row] = [("对象代码", "否决编号", "是否发生", "佐证")]
    vetoes += [(code, veto.id, "否", "年度台账") for code in SCHOOLS for veto in system.vetoes]
    appeals: list[Row] = [
        ("申诉编号", "对象代码", "轮次", "指标编号", "提出日期", "理由", "状态", "决定日期", "复核得分"),
        ("S01", "2199000002", "县级评价", "M4-2", "2025-06-02", "培训记录未计入", "成立", "2025-06-09", "4"),
        ("S02", "3199000005", "县级评价", "M1-1", "2025-06-03", "规划已备案", "不成立", "2025-06-09", ""),
    ]
    signs: list[Row] = [("对象代码", "轮次", "角色", "姓名", "签字日期", "签字指纹")]
    roles = {"self": ["校长"], "county": ["督学组长", "县级教育督导机构"]}
    names = {entry.id: entry.name.zh for entry in system.rounds}
    days = {"self": "2025-04-20", "county": "2025-06-15"}
    signs += [
        (c, names[r], role, f"{role}（示例）", days[r], "")
        for c in SCHOOLS
        for r in roles
        for role in roles[r]
    ]
    targets: list[Row] = [
        ("对象代码", "名称", "类别", "目标", "责任人", "期限", "完成日期", "佐证"),
        (
            "2199000001",
            "XX区第一小学",
            "三年规划",
            "七项资源指标全部达标",
            "校长甲",
            "2025-08-31",
            "2024-06-30",
            "判定结论",
        ),
        (
            "2199000002",
            "XX区第二小学",
            "校长任期目标",
            "专任教师培训学时达标",
            "校长乙",
            "2025-07-31",
            "2025-07-31",
            "培训台账",
        ),
        ("2199000003", "XX区A镇小学", "三年规划", "音乐美术教室配齐", "校长丙", "2025-06-30", "", ""),
        (
            "3199000004",
            "XX区第一中学",
            "年度目标",
            "消除大班额",
            "校长丁",
            "2024-09-01",
            "2024-09-20",
            "学籍",
        ),
        ("3199000005", "XX区B镇中学", "三年规划", "多媒体教室配齐", "校长戊", "2026-08-31", "", ""),
    ]
    listed: list[Row] = [("对象代码", "名称"), *((code, name) for code, (name, _) in SCHOOLS.items())]
    return {
        "对象名单": listed,
        "评分": [SCORES, *scores],
        "否决项": vetoes,
        "申诉": appeals,
        "签字": signs,
        "目标": targets,
    }


def county_tables() -> dict[str, list[Row]]:
    """The book of the county's duty: its own score and the city's review."""
    system = index_system("county-duty", on=DAY)
    scores = _scores(system, COUNTY, {"self": ("县",), "city": ("市督学甲", "市督学乙")})
    vetoes: list[Row] = [("对象代码", "否决编号", "是否发生", "佐证")]
    vetoes += [("999901", veto.id, "否", "市级核查") for veto in system.vetoes]
    targets: list[Row] = [
        ("对象代码", "名称", "类别", "目标", "责任人", "期限", "完成日期", "佐证"),
        ("999901", "XX区", "达标认定", "通过优质均衡认定", "区政府", "2028-12-31", "", ""),
        ("999901", "XX区", "达标认定", "通过基本均衡认定", "区政府", "2017-12-31", "2016-12-01", "认定文件"),
    ]
    return {"评分": [SCORES, *scores], "否决项": vetoes, "目标": targets}


def _write(path: Path, tables: dict[str, list[Row]]) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_numbers": False})
    book.set_properties({"created": datetime(2025, 9, 1, tzinfo=UTC)})
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        sheet.set_column(0, len(rows[0]) - 1, 16)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
        sheet.freeze_panes(1, 0)
    book.close()


def main(folder: Path = FOLDER) -> None:
    """Write both books into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "school_management.xlsx", school_tables())
    _write(folder / "county_duty.xlsx", county_tables())


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
