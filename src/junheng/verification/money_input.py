"""The frozen problem of funds or aid held against the files it was read from."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.data import read_input
from junheng.verification.money_sheets import sheet_differences

Json = Mapping[str, Any]
Cells = Mapping[tuple[str, str, int, str], Mapping[str, Any]]  # table, school, year, stage → row
_COUNTS = {
    "pupils": "pupils",
    "boarders": "boarders",
    "bilingual": "bilingual_pupils",
    "inclusive": "inclusive_pupils",
    "home_taught": "home_taught_pupils",
}
_MONEY = {
    "budget_yuan": "operating_budget_yuan",
    "final_yuan": "operating_final_yuan",
    "reported_received_yuan": "operating_received_yuan",
    "training_yuan": "training_spending_yuan",
}


def input_differences(problem: Json, given: Path) -> Iterator[Text]:
    """Files below ``given`` that are not those read then; counts and sums that their cells do not hold.

    Payments, county money and the archive are read again wherever their sheets are among these files. Raises
    UserError for an input that cannot be read.
    """
    stated = {one["name"]: one["sha256"] for one in problem["inputs"]}
    known = known_files(problem, given)
    if not known:
        yield Text("这里没有当时读的文件", "none of the files read then is here")
    for path in known:
        if sha256(path.read_bytes()).hexdigest() != stated[path.name]:
            yield Text(f"{path.name} 与当时读的不同", f"{path.name} is not the file read then")
    yield from sheet_differences(problem, known)
    if "schools" in problem:
        yield from _cells(problem, _rows(given))


def known_files(problem: Json, given: Path) -> list[Path]:
    """The files at or below ``given`` that have the name of one that was read."""
    stated = {one["name"] for one in problem["inputs"]}
    files = [given] if given.is_file() else sorted(path for path in given.rglob("*") if path.is_file())
    return [path for path in files if path.name in stated]


def _rows(given: Path) -> Cells:
    tables = read_input(given).tables
    return {
        (name, row["school_id"], row["year"], row.get("stage") or ""): row
        for name in ("school", "stage", "premises", "finance")
        if name in tables
        for row in tables[name].to_pylist()
    }


def _cells(problem: Json, rows: Cells) -> Iterator[Text]:
    for school in problem["schools"]:
        name, year = school["school_id"], problem["counties"][school["county_code"]]["pupils_year"]
        own = rows.get(("school", name, year, ""), {})
        told = {key: school[key] for key in ("kind", "ownership", "county_code")}
        yield from _unlike(name, told, {key: own.get(key) for key in told})
        for stage in school["stages"]:
            cells = rows.get(("stage", name, year, stage["stage"]), {})
            counts = {key: stage[key] for key in _COUNTS}
            yield from _unlike(name, counts, {key: cells.get(column) for key, column in _COUNTS.items()})
        money = rows.get(("finance", name, problem["year"], ""), {})
        sums = {key: _exact(school[key]) for key in _MONEY}
        yield from _unlike(name, sums, {key: _exact(money.get(column)) for key, column in _MONEY.items()})
        area = rows.get(("premises", name, year, ""), {}).get("heated_area_m2")
        yield from _unlike(name, {"area": _exact(school["heated_area_m2"])}, {"area": _exact(area)})


def _exact(value: Any) -> Fraction | None:
    return None if value is None else Fraction(str(value))


def _unlike(name: str, told: Mapping[str, Any], cells: Mapping[str, Any]) -> Iterator[Text]:
    for key, value in told.items():
        if value != cells[key]:
            yield Text(
                f"{name} 的 {key}：{value}，原表为 {cells[key]}",
                f"{key} of {name}: {value}, not {cells[key]}",
            )
