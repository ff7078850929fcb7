"""From a problem file, its tables and the county's input to the frozen problem of a plan."""

import unicodedata
from pathlib import Path
from typing import Any

from junheng.planning.frozen import FORMAT
from junheng.planning.gathered import Gathered
from junheng.planning.invest.library_files import PAGE
from junheng.planning.invest.reading.county import Found, untouched
from junheng.planning.invest.reading.forecast import Forecast
from junheng.planning.invest.reading.gathered import Parts, gather
from junheng.planning.invest.reading.limits import Limits
from junheng.planning.invest.reading.problem_file import read_asked
from junheng.planning.invest.reading.schools import schools_of

Json = dict[str, Any]


def read_problem(path: Path) -> Json:
    """The frozen problem that the YAML file at ``path`` states with the tables it names and the county's input.

    The facts are those of the state of the target year in which nothing is bought, from the engine that judges.
    Raises UserError: what is wrong with the file first, then everything wrong with its tables at once.
    """
    faults = Gathered(PAGE)
    asked = read_asked(path, faults)
    faults.refuse()
    if asked is None:
        raise RuntimeError("a problem without faults was not read")
    read = gather(asked, faults)
    faults.refuse()
    found = untouched(read.base.rows, read.lines, asked.target, read.forecast.pupils[asked.target])
    problem: Json = _composed(_frozen(read, found, faults))
    faults.refuse()
    return problem


def _composed(value: Any) -> Any:
    """All text in NFC, as frozen bytes have it, however a system spelt it."""
    if isinstance(value, dict):
        return {unicodedata.normalize("NFC", key): _composed(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_composed(part) for part in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _frozen(read: Parts, found: Found, faults: Gathered) -> Json:
    asked, lines, base = read.asked, read.lines, read.base
    schools, cannot = schools_of(read, found, faults)
    written = asked.file.content
    standard: Json = {"id": lines.standard.id, "hash": lines.standard.sha256, "region": lines.standard.region}
    standard |= {
        "asked": written.get("standard", lines.standard.id),
        "asked_overlays": written.get("overlays", []),
    }
    return {
        "format": FORMAT,
        "kind": "invest",
        "name": asked.name,
        "county": {"code": base.county, "name": found.name},
        "standard": standard | {"overlays": list(lines.standard.overlays)},
        "base_year": base.year,
        "years": list(asked.years),
        "target": asked.target,
        "mode": dict(asked.mode),
        "rule": {"needed": lines.needed},
        "indicators": [dict(row) for row in lines.indicators],
        "weights": dict(lines.weights),
        "measures": [_with_ceilings(measure, read.limits) for measure in read.measures],
        "transfers": [dict(row) for row in read.transfers.rows],
        **read.money,
        "schools": schools,
        "cannot_tell": cannot,
        "skipped": sorted(found.skipped, key=lambda row: (row["school_id"], row["stage"])),
        "cv": lines.cv,
        "inputs": list(base.inputs),
        "forecast": {**read.forecast.how, "rows": _forecast_rows(read.forecast)},
    }


def _with_ceilings(measure: Json, limits: Limits) -> Json:
    ceilings = limits.ceilings.get(measure["id"])
    return measure | ({"ceilings": dict(ceilings)} if ceilings else {})


def _forecast_rows(forecast: Forecast) -> list[Json]:
    """Pupils row by row, merged campuses apart: what a planned state is written from."""
    keys = sorted({key for pupils in forecast.pupils.values() for key in pupils})
    return [
        {
            "school_id": school,
            "stage": stage,
            "pupils": {
                str(year): pupils[school, stage]
                for year, pupils in forecast.pupils.items()
                if (school, stage) in pupils
            },
        }
        for school, stage in keys
    ]
