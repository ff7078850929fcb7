"""Write site.xlsx: where XX District's children will be in three scenarios and where its primary
schools may be.

Made from examples/layout (blocks, births, estates, schools, candidate sites). Rates and unit costs are made up; a real
plan takes its children from ``junheng forecast`` and its costs from the bureau's own table.
"""

import csv
from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).parent
LAYOUT = FOLDER.parent.parent / "layout"
YEARS = (2026, 2027, 2028, 2029, 2030)
BASE = 2024
GRADES = ("一年级", "二年级", "三年级", "四年级", "五年级", "六年级")
ENTRANTS = {"低": Fraction(92, 100), "中": Fraction(1), "高": Fraction(110, 100)}
PER_HOUSEHOLD = {"低": Fraction(30, 100), "中": Fraction(45, 100), "高": Fraction(60, 100)}
SMALL = 150  # pupils below which the example asks whether a school should go on by itself
FREED = (("2199000004", 2027, 3, "附设学前班停办，腾出教室"), ("2199000009", 2028, 2, "教育局用房迁出"))
LATEST = {"滨河新苑配建小学": 2026, "南岸配建小学": 2027}
COSTS = {"现有每班": 60, "新建固定": 900, "小区每班": 130}
Sheet = tuple[Sequence[str], list[Sequence[object]]]


def rows_of(name: str) -> list[dict[str, str]]:
    """A table of the layout."""
    with (LAYOUT / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def children() -> dict[str, dict[int, dict[str, int]]]:
    """Children by block, year and scenario: cohorts move up, births enter at six, estates fill."""
    blocks = rows_of("blocks.csv")
    births = {(row["乡镇街道"], int(row["年"])): int(row["出生人数"]) for row in rows_of("births.csv")}
    estates = rows_of("estates.csv")
    return {
        row["片块编号"]: {
            year: {name: _round(_block(row, year, name, births, estates)) for name in ENTRANTS}
            for year in YEARS
        }
        for row in blocks
    }


def _block(
    row: dict[str, str],
    year: int,
    name: str,
    births: dict[tuple[str, int], int],
    estates: list[dict[str, str]],
) -> Fraction:
    town, total = row["乡镇街道"], Fraction(0)
    for grade in range(len(GRADES)):
        entered = year - grade
        if entered <= BASE:
            total += int(row[GRADES[BASE - entered]]) if BASE - entered < len(GRADES) else 0
        else:
            ratio = Fraction(births[town, entered - 6], max(1, births[town, BASE - 6]))
            total += int(row["一年级"]) * ratio * ENTRANTS[name]
    return total + sum(
        (_estate(estate, year, name) for estate in estates if estate["片块编号"] == row["片块编号"]),
        Fraction(0),
    )


def _estate(row: dict[str, str], year: int, name: str) -> Fraction:
    """Children that a new estate adds to those of today."""
    curve = [Fraction(0), *map(Fraction, row["建成曲线"].split())]

    def filled(at: int) -> Fraction:
        return curve[max(0, min(at - int(row["交付年"]) + 1, len(curve) - 1))]

    return int(row["户数"]) * PER_HOUSEHOLD[name] * (filled(year) - filled(BASE))


def _round(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


def sheets() -> dict[str, Sheet]:
    """Headings and rows of every sheet."""
    demand = children()
    return {
        "校址": (
            ("校址编号", "名称", "现有", "经度", "纬度", "现有教室数", "最多教室数", "可撤并", "最早年份",
             "建校固定投资（万元）", "每班投资（万元）", "配套小区", "须建成年份", "须建班数"),
            [*_schools(), *_candidates(), *_estate_schools()],
        ),
        "片块": (
            ("片块编号", "片块名称", "乡镇街道", "经度", "纬度"),
            [(row["片块编号"], row["片块名称"], row["乡镇街道"], row["经度"], row["纬度"]) for row in rows_of("blocks.csv")],
        ),
        "需求": (
            ("片块编号", "年份", *(f"{name}方案" for name in ENTRANTS)),
            [(block, year, *demand[block][year].values()) for block in sorted(demand) for year in YEARS],
        ),
        "腾出": (("校址编号", "年份", "班数", "说明"), [*FREED]),
    }  # fmt: skip


def _schools() -> list[Sequence[object]]:
    found = []
    for row in rows_of("schools.csv"):
        if row["学段"] == "小学" and row["办学性质"] == "公办":
            small = "是" if int(row["在校生"]) < SMALL else "否"
            found.append(
                (row["学校标识码"], row["学校名称"], "是", row["经度"], row["纬度"], int(row["教室数"]),
                 int(row["土地上限教室数"]), small, "", "", COSTS["现有每班"], "", "", "")
            )  # fmt: skip
    return found


def _candidates() -> list[Sequence[object]]:
    return [
        (row["校址编号"], row["校址名称"], "否", row["经度"], row["纬度"], "", int(row["最多教室数"]), "",
         int(row["最早可用年"]), int(row["土地费（元）"]) // 10000 + COSTS["新建固定"],
         int(row["每间教室造价（元）"]) // 10000, "", "", "")
        for row in rows_of("candidates.csv")
        if row["学段"] == "小学"
    ]  # fmt: skip


def _estate_schools() -> list[Sequence[object]]:
    """Schools that estates must bring, on land the developer gives."""
    return [
        (row["小区编号"], row["配建学校"], "否", row["经度"], row["纬度"], "", int(row["配建班数"]), "",
         LATEST[row["配建学校"]], COSTS["新建固定"], COSTS["小区每班"], row["小区名称"], LATEST[row["配建学校"]],
         int(row["配建班数"]))
        for row in rows_of("estates.csv")
        if row["配建学段"] == "小学"
    ]  # fmt: skip


def main() -> None:
    """Write site.xlsx beside this program."""
    book = xlsxwriter.Workbook(str(FOLDER / "site.xlsx"), {"strings_to_numbers": False})
    book.set_properties({"title": "XX区（虚构样例）小学校址", "created": datetime(2026, 1, 31)})  # noqa: DTZ001 - a workbook's day has no zone
    for name, (heading, rows) in sheets().items():
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, heading)
        for number, row in enumerate(rows, 1):
            sheet.write_row(number, 0, row)
    book.close()


if __name__ == "__main__":
    main()
