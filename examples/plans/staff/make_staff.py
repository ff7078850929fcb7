"""Write staff.xlsx: made-up tables fitting ../../xx_district/2024.xlsx."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from junheng.data import read_input

FOLDER = Path(__file__).parent
LIBRARY = FOLDER.parents[2] / "src" / "junheng" / "planning" / "staff" / "library"
YEAR, YEARS = 2024, (2025, 2026, 2027, 2028)
RATIO = {"primary": 19, "junior": 13.5, "senior": 12.5}
STAGES = {"primary": "小学", "junior": "初中", "senior": "高中"}
CHANGE = {"primary": 0.955, "junior": 1.02, "senior": 1.01}  # pupils, year on year: the wave moves upwards
SCARCE = {"music", "art", "pe", "english", "science", "physics", "geography"}
NO_AGES, NO_MONTHS, NO_SUBJECTS = 11, 0, 13  # places of schools with something left blank, to be told as such
SUMS = (
    ("新增教职工编制（公开报告）", 2760, (("分项一", 559), ("分项二", 512), ("借用编制转为正式", 1689))),
    ("招聘教师（公开报告）", 1004, (("分项一", 215), ("分项二", 578), ("分项三", 116), ("分项四", 95))),
)
Sheets = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]


def draw(*name: object) -> float:
    """A number in [0, 1) that depends on ``name`` alone (SHA-256)."""
    text = "staff-example/" + "/".join(map(str, name))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64


def schools() -> list[dict[str, Any]]:
    """Public schools with a ratio, with their stages and classes by grade."""
    tables = read_input(FOLDER.parents[1] / "xx_district" / f"{YEAR}.xlsx").tables
    rows = {name: tables[name].to_pylist() for name in ("school", "stage", "class", "teacher_count")}
    found = []
    for row in sorted(rows["school"], key=lambda one: str(one["school_id"])):
        if row["ownership"] == "public" and row["kind"] != "special":
            key = row["school_id"]
            row["stages"] = [one for one in rows["stage"] if one["school_id"] == key]
            row["grades"] = [(one["stage"], one["grade"]) for one in rows["class"] if one["school_id"] == key]
            row["full_time"] = sum(
                one["full_time"] for one in rows["teacher_count"] if one["school_id"] == key
            )
            row["is_town"] = str(row["urban_rural_code"]).startswith("1")
            found.append(row)
    return found


def posts(row: dict[str, Any]) -> tuple[int, ...]:
    """Approved, on the quota, off post, outside the quota, borrowed, on post, not teaching."""
    due = sum(one["pupils"] / RATIO[one["stage"]] for one in row["stages"])
    off = 1 if draw("off", row["school_id"]) > 0.6 else 0
    not_teaching = int(due * 0.05 + 3 * draw("other", row["school_id"]))
    on_post = row["full_time"] + not_teaching
    outside = min(
        on_post // 3, int(on_post * (0.09 if row["is_town"] else 0.02) * draw("out", row["school_id"]) * 2)
    )
    return round(due), on_post - outside + off, off, outside, outside // 3, on_post, not_teaching


def subjects(row: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Teachers by subject: too many of the old subjects in town, too few of the scarce in the country."""
    periods = yaml.safe_load((LIBRARY / "curriculum_qingdao.yaml").read_text("utf-8"))
    loads = yaml.safe_load((LIBRARY / "general.yaml").read_text("utf-8"))["loads"]
    for stage in row["stages"]:
        for subject, hours in periods["periods"].items():
            load = loads.get(stage["stage"], {}).get(subject)
            taught = sum(hours.get(grade, 0) for level, grade in row["grades"] if level == stage["stage"])
            if load and taught:
                tilt = (-0.12 if row["is_town"] else -0.32) if subject in SCARCE else 0
                share = 0.92 + tilt + 0.24 * draw("subject", row["school_id"], stage["stage"], subject)
                need = taught / load * share
                yield (
                    row["school_id"],
                    STAGES[stage["stage"]],
                    periods["subjects"][subject]["zh"],
                    round(need),
                )


def ages(row: dict[str, Any], in_quota: int, months: bool) -> Iterator[tuple[Any, ...]]:
    """Persons by category, year and month of birth; ages lean to the young."""
    counts: dict[tuple[str, int, int | None], int] = {}
    for person in range(in_quota):
        key = (row["school_id"], person)
        is_woman = draw("sex", *key) < 0.68
        oldest = 55 if is_woman else 60
        age = 23 + int((oldest - 23) * draw("age", *key) ** 1.25)
        born = YEAR - age - (1 if draw("when", *key) > 0.7 else 0)
        born = max(born, YEAR - oldest)
        month = (
            9 + int(4 * draw("month", *key)) if born == YEAR - oldest else 1 + int(12 * draw("month", *key))
        )
        category = "原55周岁女职工" if is_woman else "男职工"
        where = (category, born, month if months else None)
        counts[where] = counts.get(where, 0) + 1
    for category, born, month in sorted(counts, key=lambda one: (one[0], one[1], one[2] or 0)):
        yield row["school_id"], category, born, month, counts[category, born, month]


def forecast(row: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Pupils and classes of each coming year."""
    for stage in row["stages"]:
        per_class = stage["pupils"] / stage["classes"] if stage["classes"] else 0
        for number, year in enumerate(YEARS, start=1):
            drift = 1 + 0.04 * (draw("drift", row["school_id"], stage["stage"]) - 0.5)
            pupils = round(stage["pupils"] * (CHANGE[stage["stage"]] * drift) ** number)
            classes = max(1, round(pupils / per_class)) if per_class else None
            yield row["school_id"], STAGES[stage["stage"]], year, pupils, classes


def titles(row: dict[str, Any], in_quota: int) -> tuple[int, ...]:
    """Full senior, senior, middle, junior, none."""
    top, senior, middle = in_quota // 400, in_quota * 14 // 100, in_quota * 42 // 100
    untitled = int(in_quota * 0.1 * draw("title", row["school_id"]))
    return top, senior, middle, in_quota - top - senior - middle - untitled, untitled


def training(row: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Hours so far in the third year of the cycle, in four groups."""
    left = row["full_time"]
    for hours, share in ((150, 0.1), (210, 0.2), (232.5, 0.3)):
        persons = int(row["full_time"] * share * 1.5 * draw("hours", row["school_id"], hours))
        left -= persons
        yield row["school_id"], 3, hours, persons
    yield row["school_id"], 3, 260, left


def sheets() -> Sheets:
    """Every sheet: headings and rows."""
    found: Sheets = {
        "编制": (("学校标识码", "学校名称", "片区", "核定编制数", "在编人数", "在编不在岗人数", "在岗不在编人数",
                "其中借用人数", "在岗教职工数", "其中非教学人员数"), []),
        "学科教师": (("学校标识码", "学段", "学科", "教师数"), []),
        "年龄": (("学校标识码", "退休类别", "出生年", "出生月", "人数"), []),
        "学生预测": (("学校标识码", "学段", "年份", "在校生数", "班数"), []),
        "职称": (("学校标识码", "正高级", "高级", "中级", "初级", "未定级"), []),
        "培训学时": (("学校标识码", "周期第几年", "累计学时", "人数"), []),
        "合计核对": (("名称", "合计", "分项", "数量"), [
            (name, total, part, number) for name, total, parts in SUMS for part, number in parts]),
    }  # fmt: skip
    for place, row in enumerate(schools()):
        filled = posts(row)
        found["编制"][1].append((row["school_id"], row["name"], row["group_id"], *filled))
        if place != NO_SUBJECTS:
            found["学科教师"][1].extend(subjects(row))
        if place != NO_AGES:
            found["年龄"][1].extend(ages(row, filled[1], place != NO_MONTHS))
        found["学生预测"][1].extend(forecast(row))
        found["职称"][1].append((row["school_id"], *titles(row, filled[1])))
        found["培训学时"][1].extend(training(row))
    return found


def main(path: Path = FOLDER / "staff.xlsx") -> None:
    """Write the workbook."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 1, 1)})  # noqa: DTZ001 # a fixed day, so that bytes stay equal
        for name, (headings, rows) in sheets().items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, headings)
            for at, row in enumerate(rows, start=1):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(at, column, value)
                    elif value is not None:
                        sheet.write_number(at, column, value)


if __name__ == "__main__":
    main()
