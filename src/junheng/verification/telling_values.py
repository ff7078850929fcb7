"""What ``values.parquet`` should hold: one row per school-stage and indicator, counted or not."""

from collections.abc import Iterator, Mapping, Sequence

from junheng.standards import Standard
from junheng.verification.absence import why_absent
from junheng.verification.cells import Year
from junheng.verification.facts import Fact, Formula, SchoolStage
from junheng.verification.telling import Told, printed


def tell_values(
    rows: Sequence[SchoolStage], reported: Year, standard: Standard, formulas: Mapping[str, Formula]
) -> list[Told]:
    """The rows of the table as mappings by column, in its order."""
    return [_tell(row, key, formula, reported, standard) for row in rows for key, formula in formulas.items()]


def _tell(row: SchoolStage, key: str, formula: Formula, reported: Year, standard: Standard) -> Told:
    fact = row.facts[key]
    state, code = _state(row, formula, fact, reported)
    return {
        "standard": standard.id,
        "year": reported.year,
        "county_code": row.county,
        "school_id": row.school_id,
        "stage": row.stage,
        "indicator": key,
        "numerator": printed(fact.numerator),
        "denominator": printed(fact.denominator),
        "value": printed(fact.value),
        "state": state,
        "reason": code,
        "share": printed(row.share.part),
        "relaxed": ",".join(fact.relaxed) or None,
    }


def _state(row: SchoolStage, formula: Formula, fact: Fact, reported: Year) -> tuple[str, str | None]:
    if row.left_out is not None:
        return "not_counted", row.left_out
    if row.pupils == 0:
        return "no_pupils", "no_pupils"
    if fact.value is None:
        return "missing", why_absent(row, formula, reported)
    return "ok", None


def rows_as_told(table: Mapping[str, Sequence[object]]) -> Iterator[dict[str, object]]:
    """The rows of a table given by columns."""
    names = list(table)
    for cells in zip(*table.values(), strict=True):
        yield dict(zip(names, cells, strict=True))
