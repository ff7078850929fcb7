"""Makes the book of further figures for the made-up district, as the example of a school standard asks for them.

Every figure is invented; one school has none, so that something cannot be told.
Run ``python examples/make_school_standards.py`` in the root of the repository.
"""

from datetime import date
from pathlib import Path
from random import Random

from junheng.data import check_snapshot, read_input
from junheng.judgement.school_standards import County, KnownSchool, figure_forms
from junheng.reports.workbook.plain_book import Sheet, plain_book
from junheng.reports.workbook.sheets import Column, Value
from junheng.standards import resolve
from junheng.standards.school_standards import school_standard

HERE = Path(__file__).parent
YEAR, COUNTY, DAY = 2024, "999901", date(2024, 9, 1)
SEED, SILENT = 2012, 40  # the school in this place tells nothing


def main() -> None:
    """Write examples/school_standards/补充数据.xlsx."""
    standard = school_standard(HERE / "school_standards" / "made_up_province.yaml", on=DAY, region=COUNTY)
    snapshot = check_snapshot(read_input(HERE / "xx_district" / "2024.xlsx")).snapshot
    county = County(snapshot, resolve("basic-2012", on=DAY, region=COUNTY), YEAR, COUNTY)
    headings = [one for one in figure_forms(standard)["figures"].headings.values() if one.name != "dated_on"]
    columns = [Column(one.title.zh, max(14, 2 * len(one.title.zh))) for one in headings]
    names = ("pupils", "boarders", "classes", "teaching_area_m2")
    draws = Random(SEED)  # reproducible, and not for anything secret
    rows = [row(school, draws) for school in county.schools(names)]
    del rows[SILENT]
    whole = {one.school_id for one in county.schools(names)}
    rows += [[code, name, "600", "0", "0"] for code, name in county.listed() if code not in whole]  # campuses
    target = HERE / "school_standards" / "补充数据.xlsx"
    target.write_bytes(plain_book([Sheet("补充数据", columns, rows)], "虚构样例：补充数据"))


def row(school: KnownSchool, draws: Random) -> list[Value]:
    """Building, dormitory and canteen of one school: a little over what its teaching rooms and boarders suggest."""
    facts = {name: float(value) for name, value in school.values().items() if value is not None}  # type: ignore[arg-type] # numbers
    building = facts.get("teaching_area_m2", 0) * draws.uniform(1.3, 1.7) + 40 * facts.get("classes", 0)
    boarders = facts.get("boarders", 0)
    dormitory, canteen = boarders * draws.uniform(2.9, 4.5), boarders * draws.uniform(1.45, 2.5)
    return [school.school_id, school.name, *(str(round(area)) for area in (building, dormitory, canteen))]


if __name__ == "__main__":
    main()
