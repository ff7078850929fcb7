"""The county's input as the plan starts from it: checked, of the base year, of one county."""

from dataclasses import dataclass
from typing import Any

from junheng.basics import Text, UserError, nearest
from junheng.data import Checked, check_snapshot, read_input
from junheng.planning.invest.reading.problem_file import Asked
from junheng.planning.state_rows import Rows, county_rows


@dataclass(frozen=True, slots=True)
class Base:
    """``rows``: the county's tables of ``year``, impossible cells blank. ``inputs``: name and SHA-256 of each file.

    ``elsewhere``: schools of the input's other counties, whose lines in a table are none of the plan's business.
    """

    rows: Rows
    year: int
    county: str
    inputs: tuple[dict[str, Any], ...]
    elsewhere: frozenset[str]


def read_base(asked: Asked) -> Base:
    """The input that ``asked`` names. Raises UserError where it is unreadable, or the county or year is not in it."""
    checked = check_snapshot(read_input(asked.input, mapping=asked.mapping))
    years = [year for year in checked.snapshot.years() if not asked.years or year < asked.years[0]]
    if not years or asked.base_year not in (None, *years):
        raise _no_year(asked, checked)
    year = max(years) if asked.base_year is None else asked.base_year
    county = _county(asked, checked, year)
    inputs = tuple(
        {"name": file.name, "sha256": file.sha256}
        for file in sorted(checked.snapshot.inputs, key=lambda file: file.name)
    )
    rows = county_rows(checked.snapshot.tables, year, county)
    everywhere = checked.snapshot.tables["school"].column("school_id").to_pylist()
    elsewhere = frozenset(everywhere) - {row["school_id"] for row in rows["school"]}
    return Base(rows, year, county, inputs, elsewhere)


def _county(asked: Asked, checked: Checked, year: int) -> str:
    school = checked.snapshot.tables["school"]
    pairs = zip(school.column("year").to_pylist(), school.column("county_code").to_pylist(), strict=True)
    found = sorted({code for of, code in pairs if of == year and code})
    if asked.county in found:
        return asked.county
    if not asked.county and len(found) == 1:
        return str(found[0])
    told = "、".join(found)
    near = nearest(asked.county, found) if asked.county else None
    raise UserError(
        Text(f"没有这个县：{asked.county}", f"no such county: {asked.county}")
        if asked.county
        else Text("数据里有几个县，没有写明规划哪一个", "the input has several counties, none is named"),
        where=asked.file.where("county"),
        why=Text("规划以县为单位", "a plan is made for one county"),
        fix=Text(f"请写 county: {near or found[0]}（现有：{told}）", f"write county: one of {told}")
        if found
        else Text("请在学校表填写县级区划代码", "fill in the county codes of the schools"),
    )


def _no_year(asked: Asked, checked: Checked) -> UserError:
    told = "、".join(map(str, checked.snapshot.years())) or "—"
    return UserError(
        Text("数据中没有可作基年的年份", "the input has no year to start from"),
        where=asked.file.where("base_year" if asked.base_year is not None else "years"),
        why=Text("基年须早于规划的第一年", "the base year comes before the first year of the plan"),
        fix=Text(f"数据现有年份：{told}", f"years of the input: {told}"),
    )
