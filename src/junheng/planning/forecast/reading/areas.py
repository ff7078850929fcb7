"""Areas of the county's input, split between stages as the standard does; limits of class size."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.planning.forecast.reading.settings import PAGE, Settings
from junheng.planning.frozen import Json, number
from junheng.planning.gathered import Gathered


def standard_of(settings: Settings, base: int) -> Any:
    """The standard in force on 1 September after ``base``, the first day forecast. Raises UserError where there is none."""
    from junheng.standards import resolve

    return resolve(settings["standard"], on=date(base + 1, 9, 1))


def class_limits(standard: Any, stages: Mapping[str, list[int]]) -> tuple[dict[str, int], str]:
    """Pupils a class may have by stage (0: the standard sets none), and the clause they rest on."""
    item = next((item for item in standard.items if "class_size" in item.limits), None)
    if item is None:
        raise Gathered(PAGE).ending(
            "standard", f"{standard.id} 没有班额", f"{standard.id} sets no class size"
        )
    values = item.limits["class_size"].value
    source = f"{item.citation.document} {item.citation.article}"
    return {stage: int(values.get(stage, 0)) for stage in stages}, source


def add_areas(
    capacity: Mapping[tuple[str, str], Json], settings: Settings, path: Path, base: int, standard: Any
) -> list[str]:
    """Fill ``areas`` of capacity rows from the county's input; the ids of the indicators asked for.

    Raises UserError where the input cannot be read or lacks the year. A blank area is left out: not known.
    """
    from junheng.data import check_snapshot, read_input

    snapshot = check_snapshot(read_input(path)).snapshot
    if base not in snapshot.years():
        raise Gathered(PAGE).ending(path.name, f"没有 {base} 年的数据", f"there are no data of {base}")
    tables = {
        name: [row for row in snapshot.tables[name].to_pylist() if row["year"] == base]
        for name in ("school", "stage", "premises")
    }
    kinds = {row["school_id"]: row["kind"] for row in tables["school"]}
    pupils: dict[str, dict[str, int | None]] = {}
    for row in tables["stage"]:
        pupils.setdefault(row["school_id"], {})[row["stage"]] = row["pupils"]
    premises = {row["school_id"]: row for row in tables["premises"]}
    for (school, stage), row in capacity.items():
        share = _share(standard, kinds.get(school, ""), pupils.get(school, {}), stage)
        if share is not None and school in premises:
            row["areas"] = _areas(premises[school], settings, standard, stage, share)
    return sorted(settings["area_indicators"])


def _share(standard: Any, kind: str, pupils: Mapping[str, int | None], stage: str) -> Fraction | None:
    """w·P of the stage over Σ w·P of the school; 1 where it has one stage; None where a count is missing."""
    weights = standard.split.weights.get(kind)
    if weights is None:
        return Fraction(1) if set(pupils) == {stage} else None
    parts = {s: Fraction(weights[s]) * n for s, n in pupils.items() if n is not None and s in weights}
    whole = sum(parts.values(), Fraction(0))
    return parts[stage] / whole if whole and stage in parts and len(parts) == len(pupils) else None


def _areas(
    row: Mapping[str, Any], settings: Settings, standard: Any, stage: str, share: Fraction
) -> list[Json]:
    found = []
    for key, columns in sorted(settings["area_indicators"].items()):
        parts = [row[column] for column in columns]
        per = standard.rule(key).thresholds.get(stage)
        if per is not None and None not in parts:
            area = sum((Fraction(str(part)) for part in parts), Fraction(0))
            found.append(
                {"id": key, "area": number(area), "per": number(Fraction(per)), "share": number(share)}
            )
    return found
