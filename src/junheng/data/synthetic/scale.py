"""Made-up schools in any number, drawn in whole columns: to measure speed, not to tell a story."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from junheng.data.dictionary import load_dictionary
from junheng.data.synthetic.tables import arrow_type

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Columns = dict[str, Any]

_KINDS = np.array(["primary", "junior", "nine_year", "teaching_point", "complete_secondary", "special"])
_KIND_SHARES = (0.66, 0.19, 0.08, 0.04, 0.02, 0.01)
_CODE_TYPES = {"primary": "21", "teaching_point": "21", "special": "51", "complete_secondary": "34"}
_STAGES_OF = {
    "primary": ("primary", "nine_year", "teaching_point", "special"),
    "junior": ("junior", "nine_year", "complete_secondary"),
    "senior": ("complete_secondary",),
}
_ZONES = np.array(["111", "112", "121", "122", "210", "220"])
_ZONE_SHARES = (0.22, 0.08, 0.2, 0.1, 0.15, 0.25)
_SMALL_SCHOOL = 100  # below it some schools have visiting teachers
_DENSE_SHARE = 0.1
_MISSING_SHARE = 0.004
_EMPTY_SHARE = 0.002


@dataclass(frozen=True, slots=True)
class ScaleSchools:
    """The schools of all years: one array element per school."""

    ids: npt.NDArray[np.str_]
    kinds: npt.NDArray[np.str_]
    counties: npt.NDArray[np.str_]
    zones: npt.NDArray[np.str_]
    level: Floats  # how large the school is beside the usual one of its zone


def draw_schools(
    count: int, county_codes: npt.NDArray[np.str_], generator: np.random.Generator, first: int = 1
) -> ScaleSchools:
    """``count`` schools spread evenly over the counties in order, their codes from the number ``first`` on."""
    kinds = generator.choice(_KINDS, size=count, p=_KIND_SHARES)
    types = np.array([_CODE_TYPES.get(kind, "31") for kind in _KINDS])[_places(kinds)]
    numbers = np.char.zfill(np.arange(first, first + count).astype(str), 6)
    zones = generator.choice(_ZONES, size=count, p=_ZONE_SHARES)
    rural = np.isin(zones, ["210", "220"])
    level = np.where(rural, 0.35, 1.3) * generator.lognormal(0, 0.45, count)
    level = np.where(kinds == "teaching_point", level * 0.12, level)
    return ScaleSchools(
        ids=np.char.add(np.char.add(types, "99"), numbers),
        kinds=kinds,
        counties=county_codes[np.arange(count) * len(county_codes) // count],
        zones=zones,
        level=level,
    )


def _places(kinds: npt.NDArray[np.str_]) -> Integers:
    order = np.argsort(_KINDS)
    return order[np.searchsorted(_KINDS[order], kinds)]


def school_columns(schools: ScaleSchools, generator: np.random.Generator) -> Columns:
    """Columns of ``school``."""
    count = len(schools.ids)
    return {
        "school_id": schools.ids,
        "name": np.char.add("样例学校", np.char.zfill(np.arange(1, count + 1).astype(str), 6)),
        "kind": schools.kinds,
        "ownership": np.where(generator.random(count) < 0.05, "private", "public"),
        "run_by": np.full(count, "county"),
        "county_code": schools.counties,
        "urban_rural_code": schools.zones,
        "is_counted": np.ones(count, dtype=bool),
        "built_year": generator.integers(1955, 2020, count),
        "is_dense_core": (schools.zones == "111") & (generator.random(count) < _DENSE_SHARE),
    }


def stage_columns(schools: ScaleSchools, generator: np.random.Generator) -> tuple[Columns, Integers]:
    """Columns of ``stage`` (all stages, school by school) and, for each row, the place of its school."""
    stages, places = [], []
    for stage, kinds in _STAGES_OF.items():
        found = np.flatnonzero(np.isin(schools.kinds, kinds))
        stages.append(np.full(len(found), stage))
        places.append(found)
    place, stage_names = np.concatenate(places), np.concatenate(stages)
    order = np.argsort(place, kind="stable")
    place, stage_names = place[order], stage_names[order]
    pupils = np.maximum(6, 620 * schools.level[place] * generator.lognormal(0, 0.08, len(place)))
    pupils = np.where(generator.random(len(place)) < _EMPTY_SHARE, 0, pupils).astype(np.int64)
    classes = np.maximum(1, np.rint(pupils / generator.uniform(34, 48, len(place)))).astype(np.int64)
    columns: Columns = {
        "school_id": schools.ids[place],
        "stage": stage_names,
        "pupils": pupils,
        "classes": classes,
        "max_class_size": np.minimum(pupils, np.ceil(pupils / classes * 1.05)).astype(np.int64),
        "boarders": (pupils * generator.uniform(0, 0.2, len(place))).astype(np.int64),
    }
    return columns, place


def teacher_columns(stage: Columns, generator: np.random.Generator) -> Columns:
    """Columns of ``teacher_count`` for the rows of ``stage``; education adds up to full-time."""
    pupils = stage["pupils"]
    full = np.maximum(1, np.rint(pupils * generator.lognormal(-2.78, 0.28, len(pupils)))).astype(np.int64)
    columns: Columns = {"school_id": stage["school_id"], "stage": stage["stage"], "full_time": full}
    rest = full
    shares = {"doctor": 0.001, "master": 0.06, "bachelor": 0.78, "associate": 0.9}
    for name, share in shares.items():
        columns[name] = generator.binomial(rest, share)
        rest = rest - columns[name]
    columns["secondary_or_below"] = rest
    for name, share in {"backbone": 0.16, "pe": 0.07, "music": 0.04, "art": 0.04, "arts": 0.004}.items():
        columns[name] = generator.binomial(full, share)
    for name, share in {"mid_or_senior_title": 0.5, "certified": 0.99, "trained_360h": 0.97}.items():
        columns[name] = generator.binomial(full, share)
    columns["extra_pe_arts"] = np.where(pupils < _SMALL_SCHOOL, generator.binomial(2, 0.3, len(full)), 0)
    return columns


def premises_columns(
    schools: ScaleSchools, stage: Columns, place: Integers, generator: np.random.Generator
) -> Columns:
    """Columns of ``premises``; a few cells are absent, as in life."""
    count = len(schools.ids)
    pupils = np.bincount(place, weights=stage["pupils"], minlength=count)

    def per_pupil(usual: float, spread: float) -> Floats:
        return np.round(np.maximum(pupils, 20) * usual * generator.lognormal(0, spread, count), 1)

    indoor = np.where(pupils > 500, per_pupil(0.5, 0.3), 0.0)
    urban = schools.zones == "111"
    return {
        "school_id": schools.ids,
        "site_area_m2": per_pupil(22, 0.4),
        "teaching_area_m2": _with_gaps(indoor + per_pupil(5.2, 0.3), generator),
        "indoor_sports_area_m2": indoor,
        "sports_ground_area_m2": _with_gaps(per_pupil(8.4, 0.4), generator),
        "converted_sports_m2": np.where(urban, per_pupil(0.4, 0.3), 0.0),
        "leased_sports_m2": np.where(urban, per_pupil(0.6, 0.3), 0.0),
        "lease_walk_min": pa.array(generator.integers(4, 16, count).astype(float), mask=~urban),
        "lease_id": pa.array(np.char.add("ZL-", schools.ids), mask=~urban),
        "equipment_value_yuan": _with_gaps(per_pupil(2400, 0.35), generator),
        "multimedia_rooms": np.rint(per_pupil(0.028, 0.35)).astype(np.int64),
        "computers": np.rint(per_pupil(0.14, 0.3)).astype(np.int64),
        "books": np.rint(per_pupil(26, 0.3)).astype(np.int64),
    }


def _with_gaps(values: Floats, generator: np.random.Generator) -> pa.Array:
    """The same values, one decimal, a small share of them absent."""
    return pa.array(np.round(values, 1), mask=generator.random(len(values)) < _MISSING_SHARE)


def table_from_columns(name: str, year: int, columns: Columns) -> pa.Table:
    """``columns`` of one year as an Arrow table with the dictionary's types; only the columns given."""
    specs = load_dictionary().tables[name].columns
    rows = len(next(iter(columns.values())))
    arrays = {"year": pa.array(np.full(rows, year, dtype=np.int32))}
    arrays |= {key: pa.array(values).cast(arrow_type(specs[key])) for key, values in columns.items()}
    return pa.table({key: arrays[key] for key in specs if key in arrays})
