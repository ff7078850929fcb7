"""A county of seven schools as CSV tables, to be worked out by hand, and a problem file beside it."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from junheng.planning.invest.reading.workbook import write_tables

A, CAMPUS, NINE, TWELVE, POINT, GAP, CLOSING = (
    "2199000001",
    "2199000002",
    "3129900001",
    "3459900001",
    "2199000003",
    "2199000004",
    "2199000005",
)
_SCHOOLS = [
    (A, "甲小学", "primary", "111", "", "true"),
    (CAMPUS, "甲小学东校区", "primary", "111", A, "false"),
    (NINE, "乙九年一贯制学校", "nine_year", "121", "", "true"),
    (TWELVE, "丙十二年一贯制学校", "twelve_year", "111", "", "true"),
    (POINT, "丁教学点", "teaching_point", "220", "", "true"),
    (GAP, "戊小学", "primary", "210", "", "true"),
    (CLOSING, "己小学", "primary", "220", "", "true"),
]
_STAGES = [
    (A, "primary", 500, 12, 45),
    (CAMPUS, "primary", 100, 3, 40),
    (NINE, "primary", 300, 7, 45),
    (NINE, "junior", 200, 4, 50),
    (TWELVE, "primary", 100, 3, 40),
    (TWELVE, "junior", 100, 2, 50),
    (TWELVE, "senior", 100, 2, 50),
    (POINT, "primary", 80, 2, 40),
    (GAP, "primary", 200, 5, 45),
    (CLOSING, "primary", 60, 2, 30),
]
# full_time, doctor, master, bachelor, associate, secondary_or_below, backbone, pe, music, art, arts, extra_pe_arts
_TEACHERS = [
    (A, "primary", 30, 0, 1, 14, 8, 7, 6, 2, 1, 1, 0, 0),
    (CAMPUS, "primary", 6, 0, 0, 2, 2, 2, 1, 1, 0, 0, 0, 0),
    (NINE, "primary", 18, 0, 0, 10, 5, 3, 2, 1, 1, 0, 0, 0),
    (NINE, "junior", 16, 0, 1, 12, 3, 0, 3, 1, 0, 1, 0, 0),
    (TWELVE, "primary", 8, 0, 0, 6, 2, 0, 1, 1, 0, 0, 0, 0),
    (TWELVE, "junior", 9, 0, 1, 8, 0, 0, 1, 0, 1, 0, 0, 0),
    (TWELVE, "senior", 10, 0, 4, 6, 0, 0, 4, 1, 0, 0, 0, 0),
    (POINT, "primary", 6, 0, 0, 2, 2, 2, 0, 0, 0, 0, 0, 1),
    (GAP, "primary", 12, 0, 0, 8, 3, 1, 2, 1, 1, 0, 0, 0),
    (CLOSING, "primary", 5, 0, 0, 1, 2, 2, 0, 0, 0, 0, 0, 0),
]
# teaching, indoor sports, grounds, equipment, rooms
_PREMISES = [
    (A, 2400.5, 200, 4000, 900000, 12),
    (CAMPUS, 500, 0, 600.25, 100000, 2),
    (NINE, 2600, 100, 3600, 1100000, 11),
    (TWELVE, 2000, 300, 2900, 800000, 8),
    (POINT, 300, 0, 700, 90000, 1),
    (GAP, 900, 0, 1500, "", 4),
    (CLOSING, 200, 0, 400, 40000, 1),
]
_HEADS = {
    "school": "school_id name kind urban_rural_code parent_school_id is_counted county_code ownership run_by",
    "stage": "school_id stage pupils classes max_class_size",
    "teacher_count": "school_id stage full_time doctor master bachelor associate secondary_or_below backbone pe music art"
    " arts extra_pe_arts",
    "premises": "school_id teaching_area_m2 indoor_sports_area_m2 sports_ground_area_m2 equipment_value_yuan"
    " multimedia_rooms",
}
COSTS: list[dict[str, object]] = [
    {"measure": key, "cost": cost, "yearly": yearly, "low": 1, "high": 900000, "source": "虚构"}
    for key, cost, yearly in [
        *(
            (f"hire:{stage}:{kinds}", 10000, 90000)
            for stage in ("primary", "junior")
            for kinds in ("R1", "R1+R2", "R1+R3")
        ),
        *(
            (f"train:{stage}:{kind}", 20000, None)
            for stage in ("primary", "junior")
            for kind in ("R1", "R2", "R3")
        ),
        ("build:R4", 4000, None),
        ("build:R5", 600, None),
        ("equip:R6", 10000, None),
        ("equip:R7", 50000, None),
    ]
]
FORECAST: dict[tuple[str, str], int] = {
    (school, stage): pupils for school, stage, pupils, _, _ in _STAGES
} | {
    (POINT, "primary"): 120,
    (CLOSING, "primary"): 0,
}
YAML = """\
kind: invest
name: 小县
input: input
years: 2025-2026
target: 2026
forecast: forecast.xlsx
costs: costs.xlsx
mode: all_by
"""


def write_small(folder: Path, yaml: str = YAML, **tables: Sequence[Mapping[str, object]]) -> Path:
    """The county's input, costs.xlsx, forecast.xlsx (limits.xlsx where given) and the problem file; its path."""
    rows: dict[str, Sequence[tuple[object, ...]]] = {
        "school": [(*row, "999901", "public", "county") for row in _SCHOOLS],
        "stage": _STAGES,
        "teacher_count": _TEACHERS,
        "premises": _PREMISES,
    }
    (folder / "input").mkdir(parents=True)
    for name, table in rows.items():
        with (folder / "input" / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(["year", *_HEADS[name].split()])
            writer.writerows([2024, *row] for row in table)
    forecast = [
        {"year": 2026, "school_id": school, "stage": stage, "pupils": pupils}
        for (school, stage), pupils in FORECAST.items()
    ]
    write_tables(folder / "costs.xlsx", {"costs": tables.get("costs", COSTS)})
    write_tables(folder / "forecast.xlsx", {"forecast": tables.get("forecast", forecast)})
    given: tuple[str, ...] = ("ceilings", "limits")
    limits = {name: tables[name] for name in given if name in tables}
    if limits:
        write_tables(folder / "limits.xlsx", limits)
    (folder / "problem.yaml").write_text(yaml, encoding="utf-8")
    return folder / "problem.yaml"
