"""Write 走教.xlsx: rural schools of examples/xx_district with made-up places, own lessons, teachers and sending lessons.

Schools, classes and pupils are those of the district's 2024 workbook; the rest follows from SHA-256 of names, so the
tables are the same on every machine.
"""

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

import xlsxwriter

from junheng.data import read_sheets

FOLDER = Path(__file__).parent
DISTRICT = FOLDER.parents[1] / "xx_district" / "2024.xlsx"
TOWNS = {"999901200": (105.20, 37.50), "999901201": (105.31, 37.52), "999901202": (105.25, 37.60),
         "999901203": (105.38, 37.44)}  # fmt: skip
SENDERS = ("XX区实验小学", "XX区第一小学")
NO_PLACE = "XX区H乡丙村教学点"  # left without coordinates: listed, never guessed
STAGES = {"小学": "primary", "初中": "junior"}
GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级", "七年级", "八年级", "九年级")
HOURS = {"音乐": (2, 2, 1), "美术": (2, 2, 1), "体育与健康": (4, 3, 3), "英语": (0, 3, 3)}
TEACHERS = (  # subjects, town
    ("音乐", 0), ("美术", 0), ("体育与健康", 0), ("音乐、美术", 1), ("体育与健康", 1), ("英语", 1),
    ("音乐", 2), ("体育与健康", 2), ("美术", 2), ("英语", 3), ("音乐、美术", 3), ("体育与健康", 3),
)  # fmt: skip


def draw(*name: object) -> float:
    """A number in [0, 1) that depends on ``name`` alone."""
    text = "itinerant-example/" + "/".join(map(str, name))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64


def rows_of(sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet of the district by heading."""
    grid = next(grid for grid in read_sheets(DISTRICT) if grid.title == sheet)
    heads = [str(cell).replace("*", "") for cell in grid.rows[0]]
    found = [dict(zip(heads, row, strict=False)) for row in grid.rows[1:]]
    return [row for row in found if not str(row["年份"]).startswith("#")]


def chosen() -> list[dict[str, Any]]:
    """Primary schools, nine-year schools and teaching points of four townships, and two senders of the town."""
    kinds = {"小学", "教学点", "九年一贯制学校"}
    return [
        row for row in rows_of("学校")
        if row["学校名称"] in SENDERS or (row["乡镇区划代码"] in TOWNS and row["办学类型"] in kinds)
    ]  # fmt: skip


def grades_of(ids: set[str]) -> tuple[Counter[tuple[str, str, str]], Counter[tuple[str, str, str]]]:
    """Classes and pupils by school, stage and grade."""
    classes: Counter[tuple[str, str, str]] = Counter()
    pupils: Counter[tuple[str, str, str]] = Counter()
    for row in rows_of("班级"):
        if row["学校标识码"] in ids:
            key = row["学校标识码"], row["学段"], row["年级"]
            classes[key] += 1
            pupils[key] += int(row["班级学生数（人）"])
    return classes, pupils


def school_rows(schools: list[dict[str, Any]]) -> list[list[Any]]:
    """Places round the township's centre, rooms and lines; one school without a place."""
    found = []
    for row in schools:
        name, number = row["学校名称"], row["学校标识码"]
        east, north = TOWNS.get(row["乡镇区划代码"], (105.19, 37.51))
        lon, lat = east + 0.09 * (draw("e", name) - 0.5), north + 0.07 * (draw("n", name) - 0.5)
        is_sender = name in SENDERS
        place = ["", ""] if name == NO_PLACE else [f"{lon:.5f}", f"{lat:.5f}"]
        width = "" if "丁村" in name else 100 if is_sender else 10 + 10 * int(4 * draw("w", name))
        found.append([number, name, row["城乡分类代码"], *place, 2 if is_sender else 1, width])
    return found


def own_rows(classes: Counter[tuple[str, str, str]], names: dict[str, str]) -> list[list[Any]]:
    """What the schools' own teachers give: all at the senders, much at the centres, little in the villages."""
    need: Counter[tuple[str, str, str]] = Counter()
    for (school, stage, grade), count in classes.items():
        band = 2 if stage == "初中" else 0 if grade in GRADES[:2] else 1
        for subject, hours in HOURS.items():
            need[school, stage, subject] += count * hours[band]
    found = []
    for (school, stage, subject), periods in sorted(need.items()):
        name = names[school]
        share = 1.0 if name in SENDERS else 0.9 if "中心" in name else 0.75 + 0.2 * draw(name, stage, subject)
        if "教学点" in name:
            share = 0.5 * draw(name, subject)
        found.append([school, stage, subject, round(periods * share)])
    return found


def teacher_rows(schools: list[dict[str, Any]]) -> list[list[Any]]:
    """Twelve teachers at the four centre schools."""
    centres = {row["乡镇区划代码"]: row["学校标识码"] for row in schools if "乡中心小学" in row["学校名称"]}
    return [
        [f"T{number:02d}", f"教师{number:02d}", centres[list(TOWNS)[town]], "小学、初中", subjects,
         2 + int(7 * draw("own", number)), 14 if number == 4 else ""]
        for number, (subjects, town) in enumerate(TEACHERS, 1)
    ]  # fmt: skip


def lesson_rows(schools: list[dict[str, Any]]) -> list[list[Any]]:
    """Lessons of the two senders: music, art and English of grades three to six."""
    ids = {row["学校名称"]: row["学校标识码"] for row in schools}
    found = []
    for number in range(24):
        subject = ("音乐", "美术", "英语")[number % 3]
        day, period = "一二三四五"[number % 5], 1 + number % 6
        found.append(
            [f"L{number + 1:02d}", ids[SENDERS[number % 2]], f"录播室{1 + number // 12}", "小学",
             GRADES[2 + number // 3 % 4], subject, f"周{day}", period, 4 if number % 4 == 0 else ""]
        )  # fmt: skip
    return found


def main(folder: Path = FOLDER) -> None:
    """Write 走教.xlsx; problem.yaml is written by hand."""
    schools = chosen()
    names = {row["学校标识码"]: row["学校名称"] for row in schools}
    classes, pupils = grades_of(set(names))
    class_rows = [
        [*key, count, pupils[key]]
        for key, count in sorted(classes.items(), key=lambda item: (item[0][0], GRADES.index(item[0][2])))
    ]
    book = xlsxwriter.Workbook(str(folder / "走教.xlsx"))
    book.set_properties({"created": _epoch()})
    for title, heads, rows in (
        ("学校", ("学校标识码", "学校名称", "城乡分类代码", "经度", "纬度", "直播教室数", "带宽Mbps"), school_rows(schools)),
        ("班级", ("学校标识码", "学段", "年级", "班数", "在校生数"), class_rows),
        ("本校已开", ("学校标识码", "学段", "学科", "本校教师每周已开课时"), own_rows(classes, names)),
        ("教师", ("教师编号", "姓名", "所在学校", "任教学段", "任教学科", "本校周课时", "周课时上限"), teacher_rows(schools)),
        ("固定时段", ("教师编号", "星期", "半天", "安排"), FIXED),
        ("停课半天", ("学校标识码", "星期", "半天"), [[n, "周五", "下午"] for n, name in names.items() if "G乡" in name]),
        ("主讲课", ("课次编号", "主讲学校", "主讲教室", "学段", "年级", "学科", "星期", "节次", "可带学校数"), lesson_rows(schools)),
    ):  # fmt: skip
        sheet = book.add_worksheet(title)
        sheet.set_column(0, len(heads) - 1, 16)
        sheet.write_row(0, 0, heads)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    book.close()


FIXED = [
    ["T01", "周一", "上午", "本校"], ["T03", "周三", "下午", "不可用"], ["T05", "周二", "上午", "XX区G乡甲村小学"],
    ["T06", "周四", "上午", "本校"],
]  # fmt: skip


def _epoch() -> Any:
    from datetime import UTC, datetime

    return datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)


if __name__ == "__main__":
    main()
