"""The nation with Polars: lazy scans, one streaming query for the facts, one grouped query for the CVs."""

from pathlib import Path

import polars as pl

from benchmarks.nation.phases import main
from benchmarks.nation.rules import CANNOT_TELL, KEYS, MET, NOT_MET, PER_HUNDRED, STAGES, Rules

_SCHOOL = ["year", "school_id"]
_GROUP = ["year", "county_code", "stage"]


def facts(folder: Path, rules: Rules) -> tuple[pl.DataFrame, pl.DataFrame]:
    """School-stages with R1..R7, and per year, county and stage the means and CVs of all seven."""
    values = _values(folder, rules).collect(engine="streaming")
    return values, _variation(values)


def _values(folder: Path, rules: Rules) -> pl.LazyFrame:
    stage = pl.scan_parquet(folder / "stage.parquet").select(*_SCHOOL, "stage", "pupils")
    school = pl.scan_parquet(folder / "school.parquet")
    premises = pl.scan_parquet(folder / "premises.parquet")
    rows = stage.join(school, on=_SCHOOL, how="left")
    several = stage.group_by(_SCHOOL).len().filter(pl.col("len") > 1).select(_SCHOOL)
    weight = _weight(rules)
    totals = (
        rows.join(several, on=_SCHOOL, how="semi")
        .group_by(_SCHOOL)
        .agg((pl.col("pupils") * weight).sum().alias("total"))
    )
    share = (
        pl.when(pl.col("total").is_null())
        .then(1.0)
        .when(pl.col("total") > 0)
        .then(pl.col("pupils") * weight / pl.col("total"))
    )
    rows = rows.join(totals, on=_SCHOOL, how="left").with_columns(share=share)
    rows = rows.filter(pl.col("stage") != "senior").join(premises, on=_SCHOOL, how="left")
    rows = rows.join(_teachers(folder), on=[*_SCHOOL, "stage"], how="left")
    small = (pl.col("kind") == "teaching_point") & (pl.col("pupils") < rules.teaching_point_min_pupils)
    divisor = pl.when(pl.col("pupils") > 0).then(pl.col("pupils"))
    found = _numerators()
    return rows.select(
        *_SCHOOL,
        "county_code",
        "stage",
        "pupils",
        (~pl.col("kind").is_in(rules.exclude_kinds) & ~small).alias("counted"),
        *(expression.alias(f"{key}_num") for key, expression in found.items()),
        *((_scale(key) * expression / divisor).alias(key) for key, expression in found.items()),
    )


def _weight(rules: Rules) -> pl.Expr:
    expression = pl.lit(1.0)
    for kind, weights in rules.weights.items():
        for stage, weight in weights.items():
            mine = (pl.col("kind") == kind) & (pl.col("stage") == stage)
            expression = pl.when(mine).then(weight).otherwise(expression)
    return expression


def _scale(key: str) -> int:
    return 100 if key in PER_HUNDRED else 1


def _teachers(folder: Path) -> pl.LazyFrame:
    education, subjects = ("doctor", "master", "bachelor", "associate"), ("pe", "music", "art", "arts")
    backbone = pl.col("backbone_level").is_in(["county", "city", "province", "national"])
    names = (*education, "backbone", *subjects, "extra_pe_arts")
    register = (
        pl.scan_parquet(folder / "teacher.parquet")
        .group_by(*_SCHOOL, "stage")
        .agg(
            *((pl.col("education") == name).sum().cast(pl.Int64).alias(name) for name in education),
            backbone.sum().cast(pl.Int64).alias("backbone"),
            *((pl.col("subject") == name).sum().cast(pl.Int64).alias(name) for name in subjects),
            pl.col("extra_pe_arts").sum().cast(pl.Int64),
        )
    )
    counts = pl.scan_parquet(folder / "teacher_count.parquet").select(*_SCHOOL, "stage", *names)
    return pl.concat([counts, register.select(*_SCHOOL, "stage", *names)])


def _numerators() -> dict[str, pl.Expr]:
    column, share = pl.col, pl.col("share")
    small = (
        column("urban_rural_code").is_in(["210", "220"]) & (column("pupils") >= 50) & (column("pupils") < 100)
    )
    near = pl.when((column("lease_walk_min") <= 10) & column("lease_id").is_not_null())
    leased = near.then(column("leased_sports_m2")).otherwise(0.0).fill_null(0.0)
    dense = pl.when(column("is_dense_core")).then(column("converted_sports_m2").fill_null(0.0) + leased)
    associate = pl.when(column("stage") == "primary").then(column("associate")).otherwise(0)
    visiting = pl.when(small).then(column("extra_pe_arts")).otherwise(0)
    sports = column("sports_ground_area_m2") + column("indoor_sports_area_m2") + dense.otherwise(0.0)
    return {
        "R1": column("doctor") + column("master") + column("bachelor") + associate,
        "R2": column("backbone"),
        "R3": column("pe") + column("music") + column("art") + column("arts") + visiting,
        "R4": (column("teaching_area_m2") - column("indoor_sports_area_m2")) * share,
        "R5": sports * share,
        "R6": column("equipment_value_yuan") * share,
        "R7": column("multimedia_rooms") * share,
    }


def _variation(values: pl.DataFrame) -> pl.DataFrame:
    counted = values.lazy().filter(pl.col("counted") & (pl.col("pupils") > 0))
    means = counted.group_by(_GROUP).agg(
        pl.col("pupils").sum().alias("total"),
        *(
            (_scale(key) * pl.col(f"{key}_num").sum() / pl.col("pupils").sum()).alias(f"{key}_mean")
            for key in KEYS
        ),
        *(pl.col(key).null_count().alias(f"{key}_missing") for key in KEYS),
    )
    spread = (
        counted.join(means, on=_GROUP)
        .group_by(_GROUP)
        .agg(
            *(
                (pl.col("pupils") * (pl.col(key) - pl.col(f"{key}_mean")) ** 2).sum().alias(f"{key}_squares")
                for key in KEYS
            )
        )
    )
    joined = means.join(spread, on=_GROUP)
    for key in KEYS:
        whole = pl.col(f"{key}_missing") == 0
        joined = joined.with_columns(
            pl.when(whole).then(pl.col(f"{key}_mean")).alias(f"{key}_mean"),
            pl.when(whole).then((pl.col(f"{key}_squares") / pl.col("total")).sqrt()).alias(f"{key}_sd"),
        ).with_columns((pl.col(f"{key}_sd") / pl.col(f"{key}_mean")).alias(f"{key}_cv"))
    wanted = [f"{key}_{part}" for key in KEYS for part in ("mean", "sd", "cv")]
    return joined.select(*_GROUP, *wanted).collect(engine="streaming")


def verdicts(found: tuple[pl.DataFrame, pl.DataFrame], rules: Rules) -> pl.DataFrame:
    """The school rule in three values, and how many indicators reach their line."""

    def line(given: dict[str, dict[str, float]], key: str) -> pl.Expr:
        primary, junior = (given[stage][key] for stage in STAGES)
        return pl.when(pl.col("stage") == "primary").then(primary).otherwise(junior)

    reached = [pl.col(key) >= line(rules.thresholds, key) for key in KEYS]
    unmet = pl.sum_horizontal((~flag).cast(pl.Int8).fill_null(0) for flag in reached)
    below = pl.any_horizontal((pl.col(key) < line(rules.floors, key)).fill_null(False) for key in KEYS)
    unknown = pl.any_horizontal(pl.col(key).is_null() for key in KEYS)
    verdict = (
        pl.when((unmet > len(KEYS) - rules.min_met) | below).then(NOT_MET).when(unknown).then(CANNOT_TELL)
    ).otherwise(MET)
    judged = pl.col("counted") & (pl.col("pupils") > 0)
    met = pl.sum_horizontal(flag.cast(pl.Int8).fill_null(0) for flag in reached)
    return found[0].select(
        pl.when(judged).then(met).otherwise(0).alias("met"),
        pl.when(judged).then(verdict).otherwise(0).alias("verdict"),
    )


def write(found: tuple[pl.DataFrame, pl.DataFrame], judged: pl.DataFrame, folder: Path) -> None:
    """The answers in the common form, for comparison."""
    values = found[0].select("year", "stage", *KEYS, pl.col("school_id").cast(pl.Int64)).hstack(judged)
    values.write_parquet(folder / "values.parquet")
    found[1].write_parquet(folder / "variation.parquet")


if __name__ == "__main__":
    main(facts, verdicts, write)
