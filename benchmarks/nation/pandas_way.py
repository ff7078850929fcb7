"""The nation with pandas, wide: pruned reads, integer keys, categories, one grouped sum, no apply."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.nation.phases import main
from benchmarks.nation.rules import CANNOT_TELL, KEYS, MET, NOT_MET, PER_HUNDRED, STAGES, Rules

_TEACHERS = (
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
)
_PREMISES = (
    "teaching_area_m2",
    "indoor_sports_area_m2",
    "sports_ground_area_m2",
    "converted_sports_m2",
    "leased_sports_m2",
    "lease_walk_min",
    "equipment_value_yuan",
    "multimedia_rooms",
)
_GROUP = ["year", "county_code", "stage"]
_YEAR = 10**10  # a school code has ten digits: year and school in one integer


def facts(folder: Path, rules: Rules) -> tuple[pd.DataFrame, pd.DataFrame]:
    """School-stages with R1..R7, and per year, county and stage the means and CVs of all seven."""
    rows = _stages(folder, rules)
    rows = rows.merge(_teachers(folder, rules), on=["key", "stage"], how="left")
    values = _values(rows)
    return values, _variation(values)


def _read(path: Path, columns: tuple[str, ...], categories: tuple[str, ...] = ()) -> pd.DataFrame:
    """Pruned columns of one file, year and school folded into the integer ``key``."""
    table = pq.read_table(path, columns=["year", "school_id", *columns], read_dictionary=list(categories))
    key = pc.add(pc.multiply(table["year"].cast(pa.int64()), _YEAR), table["school_id"].cast(pa.int64()))
    table = table.drop_columns(["school_id"]).append_column("key", key)
    return table.to_pandas(self_destruct=True, split_blocks=True)


def _stages(folder: Path, rules: Rules) -> pd.DataFrame:
    """Stage rows with their school and premises, and the share of the premises that is theirs."""
    stage = _read(folder / "stage.parquet", ("stage", "pupils"), ("stage",))
    stage["stage"] = stage["stage"].cat.set_categories([*STAGES, "senior"])
    kinds = ("county_code", "kind", "urban_rural_code", "is_dense_core")
    school = _read(folder / "school.parquet", kinds, kinds[:3]).drop(columns="year")
    rows = stage.merge(school, on="key", how="left")
    rows["share"] = _shares(rows, rules)
    rows = rows[rows["stage"] != "senior"]
    small = (rows["kind"] == "teaching_point") & (rows["pupils"] < rules.teaching_point_min_pupils)
    rows["counted"] = ~rows["kind"].isin(rules.exclude_kinds) & ~small
    premises = _read(folder / "premises.parquet", _PREMISES).drop(columns="year")
    leased = _read_lease(folder)
    premises.loc[~leased, "leased_sports_m2"] = 0.0
    return rows.merge(premises, on="key", how="left")


def _shares(rows: pd.DataFrame, rules: Rules) -> pd.Series:
    """Each stage's share of what the stages of one school use together; 1 where there is one stage."""
    kinds, stages = rows["kind"].cat, rows["stage"].cat
    grid = np.ones((len(kinds.categories), len(stages.categories)))
    for kind, weights in rules.weights.items():
        if kind in kinds.categories:
            for stage, weight in weights.items():
                grid[kinds.categories.get_loc(kind), stages.categories.get_loc(stage)] = weight
    weighted = rows["pupils"] * grid[kinds.codes, stages.codes]
    several = rows["key"].duplicated(keep=False)
    total = weighted[several].groupby(rows["key"], sort=False).transform("sum")
    share = (weighted[several] / total.where(total > 0)).reindex(rows.index)
    return share.where(several, 1.0)


def _read_lease(folder: Path) -> np.ndarray:
    return pq.read_table(folder / "premises.parquet", columns=["lease_id"])["lease_id"].is_valid().to_numpy()


def _teachers(folder: Path, rules: Rules) -> pd.DataFrame:
    counts = _read(folder / "teacher_count.parquet", ("stage", *_TEACHERS), ("stage",)).drop(columns="year")
    counts["stage"] = counts["stage"].cat.set_categories([*STAGES, "senior"])
    return pd.concat([counts, _register(folder)], ignore_index=True)


def _register(folder: Path) -> pd.DataFrame:
    """The register rolled up to counts by school and stage."""
    words = ("stage", "education", "subject", "backbone_level")
    people = _read(folder / "teacher.parquet", (*words, "extra_pe_arts"), words)
    people["stage"] = people["stage"].cat.set_categories([*STAGES, "senior"])
    flags: dict[str, Any] = {
        name: (people["education"] == name).astype(np.int8)
        for name in ("doctor", "master", "bachelor", "associate")
    }
    flags["backbone"] = (
        people["backbone_level"].isin(["county", "city", "province", "national"]).astype(np.int8)
    )
    flags |= {name: (people["subject"] == name).astype(np.int8) for name in ("pe", "music", "art", "arts")}
    flags["extra_pe_arts"] = people["extra_pe_arts"].astype(np.int8)
    frame = pd.DataFrame({"key": people["key"], "stage": people["stage"], **flags})
    return frame.groupby(["key", "stage"], observed=True, sort=False).sum().reset_index()


def _values(rows: pd.DataFrame) -> pd.DataFrame:
    share, pupils = rows["share"], rows["pupils"]
    above = rows["doctor"] + rows["master"] + rows["bachelor"]
    small = rows["urban_rural_code"].isin(["210", "220"]) & (pupils >= 50) & (pupils < 100)
    near = np.where(rows["lease_walk_min"] <= 10, rows["leased_sports_m2"], 0)
    dense = np.where(rows["is_dense_core"], rows["converted_sports_m2"].fillna(0) + near, 0)
    numerators = {
        "R1": above + rows["associate"].where(rows["stage"] == "primary", 0),
        "R2": rows["backbone"],
        "R3": rows["pe"] + rows["music"] + rows["art"] + rows["arts"] + rows["extra_pe_arts"].where(small, 0),
        "R4": (rows["teaching_area_m2"] - rows["indoor_sports_area_m2"]) * share,
        "R5": (rows["sports_ground_area_m2"] + rows["indoor_sports_area_m2"] + dense) * share,
        "R6": rows["equipment_value_yuan"] * share,
        "R7": rows["multimedia_rooms"] * share,
    }
    values = rows[["year", "key", "county_code", "stage", "counted", "pupils"]].copy()
    divisor = pupils.where(pupils > 0)
    for key, numerator in numerators.items():
        values[f"{key}_num"] = numerator
        values[key] = (100 if key in PER_HUNDRED else 1) * numerator / divisor
    return values


def _variation(values: pd.DataFrame) -> pd.DataFrame:
    """Two passes, as a careful user would write it: the mean, then the weighted squares around it."""
    counted = values[values["counted"] & (values["pupils"] > 0)]
    numerators = [f"{key}_num" for key in KEYS]
    sums = counted.groupby(_GROUP, observed=True)[["pupils", *numerators]].sum()
    known = counted.groupby(_GROUP, observed=True)[list(KEYS)].count()
    size = counted.groupby(_GROUP, observed=True).size()
    scale = np.array([100 if key in PER_HUNDRED else 1 for key in KEYS])
    means = sums[numerators].to_numpy() * scale / sums[["pupils"]].to_numpy()
    means = pd.DataFrame(means, index=sums.index, columns=[f"{key}_mean" for key in KEYS])
    joined = counted.merge(means, left_on=_GROUP, right_index=True)
    squares = pd.DataFrame({name: joined[name] for name in _GROUP})
    for key in KEYS:
        squares[key] = joined["pupils"] * (joined[key] - joined[f"{key}_mean"]) ** 2
    spread = np.sqrt(squares.groupby(_GROUP, observed=True)[list(KEYS)].sum().div(sums["pupils"], axis=0))
    whole = known.eq(size, axis=0).to_numpy()
    found = means.where(whole)
    for key in KEYS:
        found[f"{key}_sd"] = spread[key].where(known[key] == size)
        found[f"{key}_cv"] = found[f"{key}_sd"] / found[f"{key}_mean"]
    return found.reset_index()


def verdicts(found: tuple[pd.DataFrame, pd.DataFrame], rules: Rules) -> pd.DataFrame:
    """The school rule in three values, and how many indicators reach their line."""
    values = found[0]
    is_primary = (values["stage"] == "primary").to_numpy()
    met = np.zeros(len(values), dtype=np.int8)
    unmet, below, unknown = met.copy(), met.copy(), met.copy()
    for key in KEYS:
        value = values[key].to_numpy()
        line = np.where(is_primary, *(rules.thresholds[stage][key] for stage in STAGES))
        floor = np.where(is_primary, *(rules.floors[stage][key] for stage in STAGES))
        missing = np.isnan(value)
        met += value >= line
        unmet += value < line
        below += value < floor
        unknown += missing
    fails = (unmet > len(KEYS) - rules.min_met) | (below > 0)
    verdict = np.where(fails, NOT_MET, np.where(unknown > 0, CANNOT_TELL, MET))
    judged = values["counted"].to_numpy() & (values["pupils"].to_numpy() > 0)
    return pd.DataFrame({"met": np.where(judged, met, 0), "verdict": np.where(judged, verdict, 0)})


def write(found: tuple[pd.DataFrame, pd.DataFrame], judged: pd.DataFrame, folder: Path) -> None:
    """The answers in the common form, for comparison."""
    values, variation = found
    answers = values[["year", "stage", *KEYS]].assign(
        school_id=values["key"] % _YEAR, met=judged["met"].to_numpy(), verdict=judged["verdict"].to_numpy()
    )
    answers.astype({"stage": str}).to_parquet(folder / "values.parquet", index=False)
    variation.astype({"stage": str, "county_code": str}).to_parquet(folder / "variation.parquet", index=False)


if __name__ == "__main__":
    main(facts, verdicts, write)
