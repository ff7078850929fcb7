"""Write pair.xlsx: the made-up tables of this folder, fitting examples/xx_district; the same on every machine.

Needs and indicator values come from judging the example district; coordinates, groups and evidence are made up.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from fractions import Fraction
from math import ceil
from pathlib import Path

import xlsxwriter

from junheng.data import check_snapshot, read_input
from junheng.judgement import SchoolResult, assess
from junheng.standards import resolve

FOLDER = Path(__file__).parent
DISTRICT = FOLDER.parents[1] / "xx_district"
YEARS = (2022, 2023, 2024)
INDICATORS = ("R1", "R2", "R3")
UNIT = 1000  # need in thousandths of a line, as library/defaults.yaml says
CENTRE = (110.0, 40.0)  # made up: the district lies nowhere
STRONG = ("2199000002", "3499000001")  # declared by the bureau, whatever the lines say
CAPACITY = {"2199000001": 700, "2199000004": 500, "2199000007": 400, "2199000022": 300, "3199000011": 600}
GROUPS = {  # number: (name, form, core, members, joined, left)
    "J01": ("实验小学教育集团", "集团化", "2199000001", ("2199000043", "2199000049"), "2021-09-01", ""),
    "J02": ("第二小学教育集团", "集团化", "2199000004", ("2199000045", "2199000051"), "2023-03-01", ""),
    "D01": ("第五小学结对", "结对", "2199000007", ("2199000044", "2199000050"), "2023-03-01", ""),
    "D02": ("师范附小结对", "结对", "2199000002", ("2199000046", "2199000052"), "2022-10-01", ""),
    "D03": ("A镇中心小学结对", "结对", "2199000022", ("2199000047", "2199000053"), "2022-10-01", ""),
    "D04": ("第三初级中学结对", "结对", "3199000011", ("3199000024", "3199000026"), "2023-03-01", ""),
    "D05": ("实验初中结对", "结对", "3199000016", ("3199000025",), "2020-09-01", "2023-07-01"),
}
EVIDENCE = {  # member: teachers exchanged, joint lessons, visits in the school year 2023; "" not recorded
    "2199000043": (2, 12, 4), "2199000049": (0, 6, 2), "2199000045": (1, 8, 3), "2199000051": (0, 0, 0),
    "2199000044": (0, 4, 1), "2199000050": (0, 0, ""), "2199000046": (1, 10, 2), "2199000052": (0, 2, 0),
    "2199000047": (0, 0, 0), "2199000053": ("", 0, 0), "3199000024": (2, 16, 4), "3199000026": (0, 1, 0),
}  # fmt: skip


def draw(*name: object) -> Fraction:
    """A number in [0, 1) that depends on ``name`` alone (SHA-256)."""
    text = "pair-example/" + "/".join(map(str, name))
    return Fraction(int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big"), 2**48)


def place(school: str, code: str) -> tuple[float, float]:
    """Made-up coordinates: the city in the middle, every town somewhere on a ring around it, villages about it."""
    reach = {"0": 0.04, "1": 0.25, "2": 0.45}[code[6]]  # degrees from the centre, by the town's number
    way = [float(draw(axis, code)) - 0.5 for axis in ("east", "north")]
    length = max(0.2, (way[0] ** 2 + way[1] ** 2) ** 0.5)
    near = [(float(draw(axis, school)) - 0.5) / 20 for axis in ("east", "north")]
    return tuple(round(c + reach * w / length + n, 4) for c, w, n in zip(CENTRE, way, near, strict=True))  # type: ignore[return-value] # two axes


def judged() -> dict[int, tuple[SchoolResult, ...]]:
    """Every school-stage of the district with its indicators, by year."""
    checked = check_snapshot(read_input(DISTRICT))
    standard = resolve("quality-2017", on=date(YEARS[-1], 9, 1))
    return {year: tuple(assess(checked, standard, year=year).counties[0].schools) for year in YEARS}


def need(result: SchoolResult) -> int:
    """Σ max(0, 1 - value ÷ line) × 1000 over the three indicators of teachers, rounded up."""
    total = Fraction(0)
    for key in INDICATORS:
        own = result.indicators[key]
        if own.shortfall:
            total += max(Fraction(0), 1 - Fraction(repr(own.value)) / Fraction(repr(float(own.threshold))))
    return ceil(total * UNIT)


def sheets() -> dict[str, tuple[Sequence[str], list[Sequence[object]]]]:
    """Heading and rows of every sheet."""
    results, stage = judged(), {"primary": "小学", "junior": "初中"}
    towns = {row["school_id"]: row["town_code"] for row in read_input(DISTRICT).tables["school"].to_pylist()}
    last = results[YEARS[-1]]
    schools = [
        (
            key,
            "强校" if key in STRONG else "",
            4 if key == "2199000001" else "",
            CAPACITY.get(key, ""),
            *place(key, towns[key]),
        )
        for key in sorted({row.school_id for row in last})
    ]
    values = [
        (year, row.school_id, stage[row.stage], key, row.indicators[key].value)
        for year in YEARS
        for row in results[year]
        for key in INDICATORS
        if row.indicators[key].value is not None
    ]
    return {
        "学校": (("学校标识码", "角色", "最多伙伴数", "托管承接学生数", "经度", "纬度"), schools),
        "学段": (("学校标识码", "学段", "需要"), [(r.school_id, stage[r.stage], need(r)) for r in last]),
        "集团": (
            ("集团编号", "集团名称", "形式", "学校标识码", "角色", "加入日期", "退出日期"),
            list(register()),
        ),
        "协作": (
            ("学年", "集团编号", "学校标识码", "交流教师数（人）", "共同授课教研次数", "互访次数"),
            [(2023, group, member, *EVIDENCE[member]) for group, member in living_members()],
        ),
        "指标值": (("年份", "学校标识码", "学段", "指标", "数值"), values),
    }


def register() -> Iterable[Sequence[object]]:
    """The core and the members of every group."""
    for group, (name, form, core, members, joined, left) in GROUPS.items():
        for school, role in ((core, "核心"), *((member, "成员") for member in members)):
            yield group, name, form, school, role, joined, left


def living_members() -> list[tuple[str, str]]:
    """Group and member of what has not been dissolved."""
    return [(group, member) for group, row in GROUPS.items() if not row[5] for member in row[3]]


def main() -> None:
    """Write pair.xlsx beside this program."""
    book = xlsxwriter.Workbook(str(FOLDER / "pair.xlsx"), {"strings_to_numbers": False})
    book.set_properties({"title": "XX区（虚构样例）结对帮扶", "created": datetime(2026, 1, 31)})  # noqa: DTZ001 - a workbook's day has no zone
    for name, (heading, rows) in sheets().items():
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, heading)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    book.close()


if __name__ == "__main__":
    main()
