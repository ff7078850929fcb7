"""Write the tables of the made-up investment problem of XX区: unit costs, limits and forecast, all invented.

Costs are round numbers that serve to show the plan; they are no estimate of any real place. Run again, the same bytes.
"""

from pathlib import Path

from junheng.basics import STAGE_NAMES, sha256_bytes
from junheng.data import make_district
from junheng.planning.invest.reading.lines import lines_of
from junheng.planning.invest.reading.measures import possible_measures
from junheng.planning.invest.reading.workbook import write_tables
from junheng.standards import resolve, school_year_start

FOLDER = Path(__file__).parent
YEARS = (2025, 2026, 2027, 2028)
MADE_UP = "虚构，仅作演示 | made up, to show the plan"

# measure: once, each year (None: none), low and high of the first year, in yuan
COSTS: dict[str, tuple[int, int | None, int, int]] = {
    "hire:primary:R1": (8_000, 86_000, 80_000, 110_000),
    "hire:primary:R1+R2": (60_000, 104_000, 140_000, 210_000),
    "hire:primary:R1+R3": (10_000, 88_000, 84_000, 115_000),
    "hire:primary:R1+R2+R3": (70_000, 106_000, 150_000, 220_000),
    "hire:junior:R1": (8_000, 92_000, 85_000, 118_000),
    "hire:junior:R1+R2": (60_000, 112_000, 148_000, 220_000),
    "hire:junior:R1+R3": (10_000, 94_000, 90_000, 124_000),
    "hire:junior:R1+R2+R3": (70_000, 114_000, 158_000, 230_000),
    "train:primary:R1": (18_000, None, 12_000, 25_000),
    "train:primary:R2": (36_000, None, 20_000, 60_000),
    "train:primary:R3": (24_000, None, 15_000, 40_000),
    "train:junior:R1": (26_000, None, 18_000, 36_000),
    "train:junior:R2": (36_000, None, 20_000, 60_000),
    "train:junior:R3": (24_000, None, 15_000, 40_000),
    "build:R4": (3_900, None, 3_200, 4_800),
    "build:R5": (620, None, 400, 900),
    "equip:R6": (10_300, None, 10_000, 11_500),
    "equip:R7": (46_000, 1_500, 30_000, 70_000),
}
# a measure in all years: the county can do no more of it in one year
CEILINGS = {
    "hire:primary:R1+R2": 15,
    "hire:primary:R1+R3": 60,
    "hire:junior:R1+R2": 12,
    "hire:junior:R1+R3": 50,
    "train:primary:R2": 90,
    "train:junior:R2": 45,
    "train:primary:R3": 40,
    "train:junior:R3": 25,
}
GROWTH = {
    "primary": (-12, -18, -25, -25),
    "junior": (14, 10, 4, -6),
    "senior": (8, 8, 6, 4),
}  # ‰ of each year
LANDLOCKED = 7  # every seventh school can add little ground
GROUND = 1_500  # m²
SMALL = 100  # pupils; schools below are forecast unchanged


def main() -> None:
    """Write costs.xlsx, limits.xlsx and forecast.xlsx."""
    tables = {
        name: table.to_pylist() for name, table in make_district().items() if name in ("school", "stage")
    }
    names = {row["school_id"]: row["name"] for row in tables["school"] if row["year"] == YEARS[0] - 1}
    stages = [row for row in tables["stage"] if row["year"] == YEARS[0] - 1]
    write_tables(FOLDER / "costs.xlsx", {"costs": costs()})
    write_tables(FOLDER / "limits.xlsx", {"ceilings": ceilings(), "limits": limits(names, stages)})
    write_tables(FOLDER / "forecast.xlsx", {"forecast": forecast(names, stages)})


def costs() -> list[dict[str, object]]:
    """Rows of the table of unit costs."""
    standard = resolve("quality-2017", on=school_year_start(YEARS[-1]))
    known = possible_measures(lines_of(standard, has_cv=True))
    return [
        {"measure": key, "name": known[key]["zh"], "unit": known[key]["unit"], "source": MADE_UP}
        | {"cost": once, "yearly": yearly, "low": low, "high": high}
        for key, (once, yearly, low, high) in COSTS.items()
    ]


def ceilings() -> list[dict[str, object]]:
    """What the county can do in a year, the same each year."""
    return [{"measure": key, "year": year, "most": most} for key, most in CEILINGS.items() for year in YEARS]


def limits(names: dict[str, str], stages: list[dict[str, object]]) -> list[dict[str, object]]:
    """Ground that some schools can still add."""
    schools = sorted({str(row["school_id"]) for row in stages if row["stage"] != "senior"})
    return [
        {"school_id": key, "name": names[key], "measure": "build:R5", "most": GROUND}
        for key in schools[3::LANDLOCKED]
    ]


def forecast(names: dict[str, str], stages: list[dict[str, object]]) -> list[dict[str, object]]:
    """Pupils of each year: the stage's growth, and up to ±2 % a year of the school's own by a hash; small ones stay."""
    rows: list[dict[str, object]] = []
    for row in stages:
        key, stage = str(row["school_id"]), str(row["stage"])
        own = int(sha256_bytes(f"{key} {stage}".encode())[:4], 16) % 41 - 20
        pupils = int(str(row["pupils"]))
        for year, growth in zip(YEARS, GROWTH[stage], strict=True):
            pupils = pupils if pupils < SMALL else pupils * (1000 + growth + own) // 1000
            words = STAGE_NAMES[row["stage"]].zh  # type: ignore[index] # a stage of the input
            rows.append(
                {"year": year, "school_id": key, "name": names[key], "stage": words, "pupils": pupils}
            )
    return rows


if __name__ == "__main__":
    main()
