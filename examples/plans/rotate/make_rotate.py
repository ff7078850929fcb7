"""Write the made-up list of teachers and places of this folder; it fits examples/xx_district, the same on every machine."""

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.data import make_district

FOLDER = Path(__file__).parent
YEAR = 2024
SUBJECTS = {
    "primary": (("语文", 30), ("数学", 24), ("英语", 10), ("科学", 6), ("道德与法治", 6), ("信息科技", 4), ("劳动", 3)),
    "junior": (("语文", 18), ("数学", 17), ("英语", 16), ("物理", 8), ("化学", 5), ("道德与法治", 7), ("历史", 7),
               ("地理", 6), ("生物", 6), ("信息科技", 3)),
}  # fmt: skip
ARTS = (("pe", "体育与健康"), ("music", "音乐"), ("art", "美术"), ("arts", "艺术"))
REASONS = ("哺乳期", "重大疾病", "距退休不满五年")
STAGES = {"primary": "小学", "junior": "初中"}
OLD = {"primary": "2199000001", "junior": "3199000001"}  # where some who moved are still paid
NAMED = {
    "primary": "2199000002、2199000003、2199000010",
    "junior": "3199000002、3199000003",
}  # schools a few persons name
CENTRE = (150.0, 20.0)  # in the open ocean: no school stands there
HEADINGS = (
    "教师编号", "学校标识码", "学段", "任教学科", "职务", "在本校连续任教年限", "连续任满届数", "年龄", "县级以上骨干教师",
    "高于规定学历", "教师资格证学段", "毕业年级", "上次交流年份", "不交流原因", "家庭所在地", "可去学校", "发放工资学校", "排课学校",
)  # fmt: skip
Row = Mapping[str, Any]


def draw(*name: object) -> float:
    """A number in [0, 1) that depends on ``name`` alone (SHA-256)."""
    text = "rotate-example/" + "/".join(map(str, name))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") / 2**64


def main() -> None:
    """Write teachers.csv, schools.csv and places.csv."""
    tables = {name: table.to_pylist() for name, table in make_district(years=[YEAR]).items()}
    schools = [
        row
        for row in tables["school"]
        if row["ownership"] == "public" and row["kind"] not in {"senior", "special"}
    ]
    towns = sorted({row["town_code"] for row in schools})
    places = {
        town: _around(CENTRE, 0.22 * (number / len(towns)) ** 0.5, town) for number, town in enumerate(towns)
    }
    _write(
        "places.csv",
        ("地点", "经度", "纬度"),
        [(town, *map(_degrees, place)) for town, place in places.items()],
    )
    located = {row["school_id"]: _around(places[row["town_code"]], 0.04, row["school_id"]) for row in schools}
    _write(
        "schools.csv",
        ("学校标识码", "城镇或优质学校", "经度", "纬度"),
        [
            (
                row["school_id"],
                "是" if row["urban_rural_code"].startswith("11") else "否",
                *map(_degrees, located[row["school_id"]]),
            )
            for row in schools
            if row["is_counted"]
        ],
    )
    counts = {(row["school_id"], row["stage"]): row for row in tables["teacher_count"]}
    _write("teachers.csv", HEADINGS, _teachers(schools, counts, towns))


def _around(centre: tuple[float, float], radius: float, name: str) -> tuple[float, float]:
    lon, lat = (2 * draw(axis, name) - 1 for axis in ("lon", "lat"))
    return centre[0] + radius * lon, centre[1] + radius * lat


def _degrees(value: float) -> str:
    return f"{value:.4f}"


def _teachers(
    schools: Iterable[Row], counts: Mapping[tuple[str, str], Row], towns: Sequence[str]
) -> list[list[object]]:
    rows: list[list[object]] = []
    for school in schools:
        for stage in STAGES:
            if (count := counts.get((school["school_id"], stage))) is not None:
                rows += _school_rows(school, stage, count, towns)
    order = sorted(range(len(rows)), key=lambda place: draw("pseudonym", place))
    for number, place in enumerate(order, 1):  # ids in an order that tells nothing of the school
        rows[place][0] = f"T{number:05d}"
    return sorted(rows, key=lambda row: str(row[0]))


def _school_rows(school: Row, stage: str, count: Row, towns: Sequence[str]) -> list[list[object]]:
    subjects = [zh for column, zh in ARTS for _ in range(count[column])]
    rest = count["full_time"] - len(subjects)
    total = sum(weight for _, weight in SUBJECTS[stage])
    for place in range(rest):
        at, below = (place + 0.5) * total / rest, 0
        for zh, weight in SUBJECTS[stage]:
            below += weight
            if at < below:
                subjects.append(zh)
                break
    people = sorted(range(count["full_time"]), key=lambda n: draw("backbone", school["school_id"], stage, n))
    backbone = set(people[: count["backbone"]])
    high = (
        count["doctor"]
        + count["master"]
        + count["bachelor"]
        + (count["associate"] if stage == "primary" else 0)
    )
    educated = set(sorted(people, key=lambda n: draw("education", school["school_id"], stage, n))[:high])
    return [
        _row(school, stage, n, subject, n in backbone, n in educated, towns)
        for n, subject in enumerate(subjects)
    ]


def _row(
    school: Row,
    stage: str,
    number: int,
    subject: str,
    is_backbone: bool,
    is_educated: bool,
    towns: Sequence[str],
) -> list[object]:
    def at(name: str) -> float:
        return draw(name, school["school_id"], stage, number)

    age = 24 + int(36 * at("age"))
    years = min(age - 23, int(22 * at("years") ** 1.6))
    is_head, is_deputy = number == 0, number in {1, 2}
    has_moved = years < 5 and age > 32 and at("moved") < 0.5
    paper = has_moved and at("paper") < 0.06
    far = towns[int(len(towns) * at("far"))]
    home = school["town_code"] if at("home") < 0.6 else far
    return [
        "", school["school_id"], STAGES[stage], subject, "校长" if is_head else "副校长" if is_deputy else "教师", years,
        int(years / 4) if is_head or is_deputy else "", age, _yes(is_backbone), _yes(is_educated),
        _certificate(stage, at("certificate")), _yes(at("graduating") < (0.17 if stage == "primary" else 0.34)),
        YEAR - years if has_moved else "从未", REASONS[int(3 * at("reason"))] if at("exempt") < 0.05 else "",
        home if at("gives home") < 0.9 else "", NAMED[stage] if at("names") < 0.01 else "",
        (OLD[stage] if paper else school["school_id"]) if has_moved else "", school["school_id"] if has_moved else "",
    ]  # fmt: skip


def _certificate(stage: str, at: float) -> str:
    own, above = STAGES[stage], "初中" if stage == "primary" else "高中"
    return "无" if at < 0.004 else above if at < 0.25 else own


def _yes(value: bool) -> str:
    return "是" if value else "否"


def _write(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (FOLDER / name).open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(headings)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
