"""A small district made by rule, written as tables: births with a wave, two zones, steady ratios."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

HEAD = 'kind: forecast\ncounty: {code: "999901", name: 试验县}\n'
SCHOOLS = (  # id, name, stage, zone, rooms
    ("p1", "一小", "小学", "Z1", 12),
    ("p2", "二小", "小学", "Z1", 6),
    ("p3", "三小", "小学", "Z2", 6),
    ("j1", "一中", "初中", "Z1", 12),
)
SHARES = {"p1": ("Z1", 60), "p2": ("Z1", 40), "p3": ("Z2", 100)}
GRADES = "一二三四五六七八九"


def births(zone: str, year: int) -> int:
    """Whole hundreds, so that shares of 60 % and 40 % are whole, with a wave about 2016."""
    wave = {2014: 2, 2015: 2, 2016: 4, 2017: 3, 2018: 1}.get(year, 1)
    return 100 * wave if zone == "Z1" else 50 * wave


def pupils(year: int) -> dict[tuple[str, int], int]:
    """Everybody stays: a child enters in birth year + 6 and moves up; junior takes all leavers."""
    found: dict[tuple[str, int], int] = {}
    for school, (zone, share) in SHARES.items():
        for grade in range(1, 7):
            found[school, grade] = births(zone, year - 5 - grade) * share // 100
    for grade in (7, 8, 9):
        found["j1", grade] = sum(births(zone, year - 5 - grade) for zone in ("Z1", "Z2"))
    return found


def write(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([heading, *rows])


def write_county(
    folder: Path,
    years: Iterable[int] = range(2014, 2021),
    *,
    born: Iterable[int] = range(2000, 2021),
    more: str = "last_year: 2025\n",
    tables: Mapping[str, Sequence[Sequence[Any]]] | None = None,
    schools: Sequence[Sequence[Any]] = SCHOOLS,
) -> Path:
    """problem.yaml and its tables; ``tables`` are further ones, heading first."""
    write(folder / "schools.csv", ("学校标识码", "学校名称", "学段", "片区", "教室数"), schools)
    write(
        folder / "history.csv",
        ("年", "学校标识码", "年级", "在校生"),
        [
            (year, school, f"{GRADES[grade - 1]}年级", n)
            for year in years
            for (school, grade), n in sorted(pupils(year).items())
        ],
    )
    write(
        folder / "births.csv",
        ("年", "片区", "出生人数"),
        [(year, zone, births(zone, year)) for year in born for zone in ("Z1", "Z2")],
    )
    names = ["schools.csv", "history.csv", "births.csv"]
    for name, rows in (tables or {}).items():
        write(folder / f"{name}.csv", rows[0], rows[1:])
        names.append(f"{name}.csv")
    path = folder / "problem.yaml"
    lags = "" if "lags" in more else 'method: {lags: {"6": 1}}\n'
    path.write_text(f"{HEAD}tables: [{', '.join(names)}]\n{lags}{more}", encoding="utf-8")
    return path
