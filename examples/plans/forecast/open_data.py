"""Turn three open tables of ../shared into forecast problems: Toronto, Hamilton, register 114.

Nothing of those tables is shipped: python open_data.py SHARED_DATA OUT writes a folder with problem.yaml per table.
"""

import csv
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

Row = Mapping[str, str]
SCHOOLS = ("学校标识码", "学校名称", "学段", "片区", "学位数")


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table of ours."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([heading, *rows])


def toronto(shared: Path, out: Path) -> None:
    """One real year (2020) and the board's own projections; grades and past years are not in the table."""
    kept = [
        r for r in rows_of(shared / "toronto" / "tdsb_schools_2020.csv") if r["panel"] in {"E", "S", "ES"}
    ]
    stage = {"E": "小学", "ES": "小学", "S": "高中"}
    write(
        out / "schools.csv",
        SCHOOLS,
        [
            (r["school"], r["school"], stage[r["panel"]], f"W{r['ward']:0>2}", r["capacity_2020"])
            for r in kept
        ],
    )
    counts = [(2020, r["school"], stage[r["panel"]], r["total_hc"]) for r in kept if r["total_hc"]]
    write(out / "history.csv", ("年", "学校标识码", "学段", "在校生"), counts)
    write(
        out / "given.csv",
        ("学校标识码", "学段", "年", "预测在校生"),
        [
            (r["school"], stage[r["panel"]], year, r[f"proj_{year}"])
            for r in kept
            for year in (2020, 2025, 2030, 2035, 2040)
        ],
    )
    (out / "problem.yaml").write_text(
        'kind: forecast\nname: Toronto 2025–2040\ncounty: {code: "000000", name: Toronto}\nmode: given\nbase_year: 2020\n'
        "years: [2025, 2030, 2035, 2040]\ntables: [schools.csv, history.csv, given.csv]\n"
        'stages: {primary: ["1", "2", "3", "4", "5", "6", "7", "8"], senior: ["9", "10", "11", "12"]}\n'
        "warnings: {ahead: 5}\nyields: {}\n",
        encoding="utf-8",
    )


def hamilton(shared: Path, out: Path) -> None:
    """Two years, five apart, pupils in all: too little for any forecast, and the program must say so."""
    kept = rows_of(shared / "hamilton" / "hamilton_schools_2011_2016.csv")
    stage = {"Elementary": "小学", "High": "高中"}
    last: dict[str, Row] = {r["SchoolID"]: r for r in kept if "2011" in r["Year"]}
    last |= {r["SchoolID"]: r for r in kept if "2016" in r["Year"]}
    write(
        out / "schools.csv",
        (*SCHOOLS, "停办年"),
        [
            (
                *(key, r["Name"], stage[r["Level"]], r["System"]),
                *(_whole(r["OTGC2016"]), "" if "2016" in r["Year"] else 2016),
            )
            for key, r in sorted(last.items())
        ],
    )
    counts = [
        (year, r["SchoolID"], stage[r["Level"]], _whole(r[f"ON_Enrol_{year}"]))
        for r in kept
        for year in (2011, 2016)
        if str(year) in r["Year"] and r[f"ON_Enrol_{year}"]
    ]
    write(out / "history.csv", ("年", "学校标识码", "学段", "在校生"), sorted(counts))
    (out / "problem.yaml").write_text(
        'kind: forecast\nname: Hamilton\ncounty: {code: "000000", name: Hamilton}\nlast_year: 2021\n'
        "tables: [schools.csv, history.csv]\nyields: {}\n"
        'stages: {primary: ["1", "2", "3", "4", "5", "6", "7", "8"], senior: ["9", "10", "11", "12"]}\n',
        encoding="utf-8",
    )


def _whole(text: str) -> str:
    return str(int(float(text))) if text and text != "NA" else ""


def register(shared: Path, out: Path, areas: Iterable[str] = ()) -> None:
    """One year by grade, and children by age of every village: first grades ahead, upper grades by an assumed ratio.

    Villages of a town without a school are left out: the tables do not tell where their children go.
    """
    folder, asked = shared / "open_schools_114", set(areas)
    kept = [r for r in rows_of(folder / "114_basec.csv") if not asked or _plain(r["縣市名稱"]) in asked]
    write(
        out / "schools.csv",
        SCHOOLS,
        [(r["學校代碼"], r["學校名稱"], "小学", _plain(r["縣市名稱"] + r["鄉鎮市區"]), "") for r in kept],
    )
    sexes = ("男", "女")
    counts = [
        (2025, r["學校代碼"], f"{g}年级", sum(int(r[f"{g}年級{sex}學生數"]) for sex in sexes))
        for r in kept
        for g in range(1, 7)
    ]
    write(out / "history.csv", ("年", "学校标识码", "年级", "在校生"), counts)
    children: dict[tuple[str, int], int] = {}
    towns = {_plain(r["縣市名稱"] + r["鄉鎮市區"]) for r in kept}
    for r in rows_of(folder / "villages_age0_17_202512.csv"):
        if _plain(r["county"] + r["town"]) in towns and (not asked or _plain(r["county"]) in asked):
            for age in range(18):
                key = (_plain(r["county"] + r["town"]), 2025 - age)
                children[key] = children.get(key, 0) + int(r[f"age{age}"])
    rows = [(year, zone, n) for (zone, year), n in sorted(children.items())]
    write(out / "births.csv", ("年", "片区", "儿童数"), rows)
    (out / "problem.yaml").write_text(
        'kind: forecast\nname: register 114\ncounty: {code: "000000", name: register}\nlast_year: 2031\n'
        "tables: [schools.csv, history.csv, births.csv]\n"
        'stages: {primary: ["1", "2", "3", "4", "5", "6"]}\nyields: {}\n'
        "survival: 1    # residents by age: those who live there now\n"
        "method: {progression: 1}    # assumed: one year tells no ratio\n",
        encoding="utf-8",
    )


def _plain(name: str) -> str:
    return name.replace("臺", "台")


TABLES: Mapping[str, Callable[[Path, Path], None]] = {
    "toronto": toronto,
    "hamilton": hamilton,
    "register": register,
}


def main(shared: Path, out: Path) -> None:
    """Write all three."""
    for name, make in TABLES.items():
        (out / name).mkdir(parents=True, exist_ok=True)
        make(shared, out / name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
