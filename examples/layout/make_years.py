"""Write history.csv, births.csv, estates.csv and candidates.csv of examples/layout; all made up.

History: grades of 2022 to 2024 are the example district's; earlier years go back along the cohorts, those that left
before 2022 follow the births. Births of a town fit the entrants six years later, later ones follow a falling shape.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from make_layout import DIGITS, GRADES, REACH, SEATS, STAGES, draw, schools, town_name, write_csv
from make_roads import rows

from junheng.data import make_district

YEARS = range(2014, 2025)
KNOWN = (2022, 2023, 2024)
STAY = 0.985  # pupils of a grade the year after, per pupil of the grade below
GROWTH = {"0": 0.022, "1": -0.004, "2": -0.045}  # entrants a year: the city grows, townships empty
SETTLE = {"0": 1.14, "1": 0.93, "2": 0.74}  # entrants per birth six years before
SHAPE = {  # births of a year, 2018 = 1: after the second child of 2016 they fall
    2008: 0.99, 2009: 1.0, 2010: 0.99, 2011: 1.0, 2012: 1.03, 2013: 1.03, 2014: 1.07, 2015: 1.06, 2016: 1.15, 2017: 1.12,
    2018: 1.0, 2019: 0.96, 2020: 0.82, 2021: 0.74, 2022: 0.67, 2023: 0.64, 2024: 0.66,
}  # fmt: skip
ESTATES = (  # name, school whose surroundings it stands in, households, delivered, school it must bring, its stage, classes
    ("滨河新苑", "3199000002", 1850, 2025, "滨河新苑配建小学", "小学", 24),
    ("新城一期", "3199000001", 2400, 2024, "", "", ""),
    ("新城二期", "3199000001", 2900, 2026, "新城配建初级中学", "初中", 18),
    ("北园小区", "2199000007", 1200, 2025, "", "", ""),
    ("东湖家园", "3499000001", 960, 2026, "", "", ""),
    ("南岸花园", "2199000016", 1500, 2027, "南岸配建小学", "小学", 18),
    ("A镇安居苑", "2199000022", 620, 2025, "", "", ""),
    ("C镇移民新村", "2199000024", 480, 2024, "", "", ""),
)
SITES = (  # name, school whose surroundings it lies in, stage, land in m², most classrooms, land price in yuan a m²
    ("滨河地块", "3199000002", "小学", 26000, 30, 2600), ("新城东地块", "3199000001", "初中", 34000, 30, 2400),
    ("新城西地块", "3199000001", "小学", 24000, 24, 2400), ("北园地块", "2199000007", "小学", 20000, 18, 2900),
    ("东湖地块", "3499000001", "小学", 22000, 24, 2200), ("南岸地块", "2199000016", "小学", 25000, 24, 1800),
    ("南岸二号地块", "3199000012", "初中", 30000, 24, 1700), ("西郊地块", "2199000017", "初中", 32000, 24, 1500),
    ("A镇北地块", "2199000022", "小学", 18000, 18, 600), ("C镇西地块", "2199000024", "小学", 16000, 12, 500),
    ("F乡寄宿地块", "2199000037", "小学", 15000, 12, 200), ("G乡寄宿地块", "2199000038", "小学", 14000, 12, 200),
)  # fmt: skip
ROOM_YUAN = {"小学": 1_350_000, "初中": 1_650_000}  # per classroom with all that belongs to it; made up
Key = tuple[str, int]  # school, grade


def known() -> dict[int, dict[Key, int]]:
    """Pupils by year, school and grade, of the example district."""
    found: dict[int, dict[Key, int]] = {year: defaultdict(int) for year in KNOWN}
    for row in make_district(years=list(KNOWN))["class"].to_pylist():
        if row["school_id"] in schools() and row["grade"] <= 9:
            found[row["year"]][row["school_id"], row["grade"]] += row["pupils"]
    return found


def history() -> dict[int, dict[Key, int]]:
    """Every year from 2014: back along the cohorts; a school without pupils in 2022 has no years before."""
    found = known()
    for year in reversed(YEARS[: -len(KNOWN)]):
        later = found[year + 1]
        found[year] = {
            (school, grade): _before(later, school, grade, year)
            for school, grade in later
            if grade in _taught(later, school)
        }
    return found


def _taught(later: Mapping[Key, int], school: str) -> set[int]:
    return {grade for grade in range(1, 10) if later.get((school, grade), 0)}


def _before(later: Mapping[Key, int], school: str, grade: int, year: int) -> int:
    """The cohort of a year later, one grade up; for the last grade the shape of births and the growth of its town."""
    if grade + 1 in _taught(later, school) and grade != GRADES["primary"][-1]:
        return max(
            1, round(later[school, grade + 1] / (STAY + 0.03 * (draw("stay", school, grade, year) - 0.5)))
        )
    kind, born = schools()[school]["town_code"][6], max(year - grade - 5, 2008)
    shape = SHAPE[born] / SHAPE[min(born + 1, 2024)] / (1 + GROWTH[kind])
    return max(
        1, round(later[school, grade] * shape * (1 + 0.06 * (draw("cohort", school, grade, year) - 0.5)))
    )


def births(past: Mapping[int, Mapping[Key, int]]) -> Iterable[Sequence[object]]:
    """A row per year and town, 2008 to 2024."""
    entrants: dict[tuple[int, str], int] = defaultdict(int)
    for year, cells in past.items():
        for (school, grade), pupils in cells.items():
            if grade == 1:
                entrants[year, schools()[school]["town_code"]] += pupils
    for year in range(2008, 2025):
        for town in sorted({row["town_code"] for row in schools().values()}):
            of = min(year + 6, YEARS[-1])
            change = SHAPE[year] / SHAPE[of - 6] * (1 + GROWTH[town[6]]) ** (year + 6 - of)
            number = (
                entrants[of, town] / SETTLE[town[6]] * change * (0.98 + 0.04 * draw("births", town, year))
            )
            yield year, town, town_name(town), round(number)


def near(school: str, *name: object) -> tuple[str, str, str]:
    """A place about a school: the block whose middle is nearest to a point drawn there, and that point."""
    at, reach = schools()[school]["at"], 0.6 * REACH[schools()[school]["town_code"][6]]
    point = tuple(round(x + reach * (2 * draw(*name, axis) - 1), 6) for axis, x in enumerate(at))
    block = min(
        rows("blocks.csv"),
        key=lambda row: sum(
            (float(row[k]) - x) ** 2 * w for k, x, w in zip(("经度", "纬度"), point, (0.587, 1), strict=True)
        ),
    )
    return block["片块编号"], f"{point[0]:.6f}", f"{point[1]:.6f}"


HEADINGS = {
    "history.csv": ("年", "学校标识码", "学校名称", "学段", "年级", "在校生"),
    "births.csv": ("年", "乡镇街道代码", "乡镇街道", "出生人数"),
    "estates.csv": ("小区编号", "小区名称", "片块编号", "经度", "纬度", "户数", "交付年", "建成曲线", "配建学校",
                    "配建学段", "配建班数"),
    "candidates.csv": ("校址编号", "校址名称", "片块编号", "经度", "纬度", "学段", "用地面积（平方米）", "最多教室数",
                       "班额标准", "土地费（元）", "每间教室造价（元）", "最早可用年"),
}  # fmt: skip


def pupil_rows(past: Mapping[int, Mapping[Key, int]]) -> Iterable[Sequence[object]]:
    """A row per year, school and grade with pupils."""
    for year in YEARS:
        for (school, grade), pupils in sorted(past[year].items()):
            if pupils:
                stage = STAGES["primary" if grade < 7 else "junior"]
                yield year, school, schools()[school]["name"], stage, f"{DIGITS[grade - 1]}年级", pupils


def estate_rows() -> Iterable[Sequence[object]]:
    """A row per new estate; households move in over five years."""
    for number, (name, school, homes, year, bring, stage, classes) in enumerate(ESTATES, 1):
        where = near(school, "estate", number)
        yield f"X{number:02d}", name, *where, homes, year, "0.3 0.6 0.8 0.9 1", bring, stage, classes


def site_rows() -> Iterable[Sequence[object]]:
    """A row per place a school may be built on."""
    seats = {zh: SEATS[stage] for stage, zh in STAGES.items()}
    for number, (name, school, stage, land, most, price) in enumerate(SITES, 1):
        where, ready = near(school, "site", number), 2026 + int(3 * draw("ready", number))
        money = (land * price, ROOM_YUAN[stage])
        yield f"C{number:02d}", name, *where, stage, land, most, seats[stage], *money, ready


def main() -> None:
    """Write the four tables."""
    past = history()
    found = {
        "history.csv": pupil_rows(past),
        "births.csv": births(past),
        "estates.csv": estate_rows(),
        "candidates.csv": site_rows(),
    }
    for name, lines in found.items():
        write_csv(name, HEADINGS[name], lines)


if __name__ == "__main__":
    main()
