"""Today's way as a workbook: one row per school-stage, every figure a formula an officer would write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

DATA, COUNTIES, LINES = "数据", "差异系数", "标准"
GIVEN = (
    "county_code",
    "school_id",
    "stage",
    "kind",
    "urban_rural_code",
    "is_dense_core",
    "pupils",
    "doctor",
    "master",
    "bachelor",
    "associate",
    "backbone",
    "pe",
    "music",
    "art",
    "arts",
    "extra_pe_arts",
    "teaching_area_m2",
    "indoor_sports_area_m2",
    "sports_ground_area_m2",
    "converted_sports_m2",
    "leased_sports_m2",
    "lease_walk_min",
    "equipment_value_yuan",
    "multimedia_rooms",
)
KEYS = ("R1", "R2", "R3", "R4", "R5", "R6", "R7")
DERIVED = (
    "counted",
    "weight",
    "weighted",
    "share",
    *(f"{key}_num" for key in KEYS),
    *KEYS,
    *(f"{key}_met" for key in KEYS),
    "floors",
    "passes",
)
COLUMN = {name: xl_col_to_name(place) for place, name in enumerate((*GIVEN, *DERIVED))}
_STAGE_LINE = {"primary": 2, "junior": 3}


@dataclass(frozen=True, slots=True)
class Lines:
    """Thresholds and floors of the standard, stage → seven numbers, and the weights of the split."""

    thresholds: Mapping[str, Sequence[float]]
    floors: Mapping[str, Sequence[float]]
    weights: Mapping[str, Mapping[str, float]]
    min_met: int


def write_book(path: Path, rows: Sequence[Mapping[str, Any]], lines: Lines) -> None:
    """Write ``rows`` (GIVEN columns) and all formulas to ``path``; nothing is calculated here."""
    book = xlsxwriter.Workbook(path, {"constant_memory": False})
    try:
        data, counties = book.add_worksheet(DATA), book.add_worksheet(COUNTIES)
        _write_lines(book.add_worksheet(LINES), lines)
        data.write_row(0, 0, [*GIVEN, *DERIVED])
        for place, row in enumerate(rows, start=1):
            for column, name in enumerate(GIVEN):
                data.write(place, column, row[name])
            for column, formula in enumerate(
                _row_formulas(place + 1, len(rows) + 1, lines), start=len(GIVEN)
            ):
                data.write_formula(place, column, formula)
        _write_counties(counties, sorted({row["county_code"] for row in rows}), len(rows) + 1)
    finally:
        book.close()


def _write_lines(sheet: Any, lines: Lines) -> None:
    """Row 2 primary and row 3 junior; columns B–H thresholds, I–O floors."""
    sheet.write_row(0, 0, ["stage", *KEYS, *(f"{key}_floor" for key in KEYS)])
    for stage, row in _STAGE_LINE.items():
        sheet.write_row(row - 1, 0, [stage, *lines.thresholds[stage], *lines.floors[stage]])


def _row_formulas(row: int, last: int, lines: Lines) -> list[str]:
    """The DERIVED cells of one row."""
    cell = {name: f"${letter}{row}" for name, letter in COLUMN.items()}
    whole = {name: f"${letter}$2:${letter}${last}" for name, letter in COLUMN.items()}
    line = f'IF({cell["stage"]}="primary",2,3)'
    counted = (
        f'IF(OR({cell["kind"]}="special",{cell["stage"]}="senior",'
        f'AND({cell["kind"]}="teaching_point",{cell["pupils"]}<50)),0,1)'
    )
    total = f"SUMIFS({whole['weighted']},{whole['school_id']},{cell['school_id']})"
    formulas = [
        counted,
        _weight(cell, lines),
        f"{cell['pupils']}*{cell['weight']}",
        f"{cell['weighted']}/{total}",
    ]
    formulas += _numerators(cell)
    for place, key in enumerate(KEYS):
        scale = "100*" if place in (0, 1, 2, 6) else ""
        formulas.append(f"{scale}{cell[f'{key}_num']}/{cell['pupils']}")
    for place, key in enumerate(KEYS):
        letter = xl_col_to_name(place + 1)
        formulas.append(f"IF({cell[key]}>=INDEX({LINES}!${letter}$1:${letter}$3,{line}),1,0)")
    floors = [
        f"{cell[key]}>=INDEX({LINES}!${xl_col_to_name(place + 8)}$1:${xl_col_to_name(place + 8)}$3,{line})"
        for place, key in enumerate(KEYS)
    ]
    formulas.append(f"IF(AND({','.join(floors)}),1,0)")
    met = f"SUM({cell['R1_met']}:{cell['R7_met']})"
    formulas.append(f"IF(AND({met}>={lines.min_met},{cell['floors']}=1),1,0)")
    return [f"={formula}" for formula in formulas]


def _weight(cell: Mapping[str, str], lines: Lines) -> str:
    formula = "1"
    for kind, weights in lines.weights.items():
        for stage, weight in weights.items():
            formula = f'IF(AND({cell["kind"]}="{kind}",{cell["stage"]}="{stage}"),{weight},{formula})'
    return formula


def _numerators(cell: Mapping[str, str]) -> list[str]:
    zone, pupils = cell["urban_rural_code"], cell["pupils"]
    small = f'AND(OR({zone}="210",{zone}="220"),{pupils}>=50,{pupils}<100)'
    near = f"IF({cell['lease_walk_min']}<=10,{cell['leased_sports_m2']},0)"
    dense = f"IF({cell['is_dense_core']},{cell['converted_sports_m2']}+{near},0)"
    return [
        f'{cell["doctor"]}+{cell["master"]}+{cell["bachelor"]}+IF({cell["stage"]}="primary",{cell["associate"]},0)',
        cell["backbone"],
        f"{cell['pe']}+{cell['music']}+{cell['art']}+{cell['arts']}+IF({small},{cell['extra_pe_arts']},0)",
        f"({cell['teaching_area_m2']}-{cell['indoor_sports_area_m2']})*{cell['share']}",
        f"({cell['sports_ground_area_m2']}+{cell['indoor_sports_area_m2']}+{dense})*{cell['share']}",
        f"{cell['equipment_value_yuan']}*{cell['share']}",
        f"{cell['multimedia_rooms']}*{cell['share']}",
    ]


def _write_counties(sheet: Any, codes: Sequence[str], last: int) -> None:
    """One row per county, stage and indicator: sums by SUMIFS, the weighted deviation by SUMPRODUCT."""
    sheet.write_row(0, 0, ["county_code", "stage", "indicator", "pupils", "mean", "sd", "cv"])
    row = 1
    for code in codes:
        for stage in _STAGE_LINE:
            for key in KEYS:
                sheet.write_row(row, 0, [code, stage, key])
                for column, formula in enumerate(_county_formulas(row + 1, last, key), start=3):
                    sheet.write_formula(row, column, formula)
                row += 1


def _county_formulas(row: int, last: int, key: str) -> list[str]:
    whole = {name: f"{DATA}!${letter}$2:${letter}${last}" for name, letter in COLUMN.items()}
    wanted = f"{whole['county_code']},$A{row},{whole['stage']},$B{row},{whole['counted']},1"
    scale = "100*" if key in ("R1", "R2", "R3", "R7") else ""
    rows = f"({whole['county_code']}=$A{row})*({whole['stage']}=$B{row})*{whole['counted']}*{whole['pupils']}"
    return [
        f"=SUMIFS({whole['pupils']},{wanted})",
        f"={scale}SUMIFS({whole[f'{key}_num']},{wanted})/D{row}",
        f"=SQRT(SUMPRODUCT({rows}*({whole[key]}-E{row})^2)/D{row})",
        f"=F{row}/E{row}",
    ]
