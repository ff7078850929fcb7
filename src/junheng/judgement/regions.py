"""Which rules hold where: each county of an input is judged by the overlays of its own region."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from junheng.data import Checked
from junheng.indicators import Indicator
from junheng.judgement.assess import Assessment, assess
from junheng.standards import list_overlays, overlay_head, resolve, school_year_start


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an input: a standard (id or path) for a year, with what-if overlays in their order.

    ``region``: the code whose built-in overlays apply to all counties; None: each county's own.
    """

    standard: str | Path
    year: int
    overlays: tuple[Path | str, ...] = ()
    region: str | None = None


def assess_regions(
    checked: Checked,
    question: Question,
    *,
    engine: str = "duckdb",
    catalogue: Mapping[str, Indicator] | None = None,
) -> tuple[Assessment, ...]:
    """Judge every county of ``checked`` by the rules in force there on 1 September of the year.

    Counties to which the same overlays apply share one assessment. Raises UserError as ``resolve`` and
    ``assess`` do.
    """
    found = []
    for region, counties in _regions(checked, question).items():
        standard = resolve(
            question.standard,
            on=school_year_start(question.year),
            region=region,
            overlays=question.overlays,
        )
        whole = assess(checked, standard, year=question.year, engine=engine, catalogue=catalogue)
        mine = tuple(county for county in whole.counties if counties is None or county.code in counties)
        if mine:
            found.append(replace(whole, counties=mine, by_own_region=question.region is None))
    return tuple(found)


def _regions(checked: Checked, question: Question) -> Mapping[str, frozenset[str] | None]:
    """Region code to resolve by → the counties judged by it (None: all of them).

    Where no region was asked for it is the code of a county: the same overlays apply to all counties of its group,
    and one that was asked for and does not fit them is refused.
    """
    if question.region is not None:
        return {question.region: None}
    given = [overlay_head(overlay).region for overlay in question.overlays]
    overlaid = [region for region in (*(head.region for head in list_overlays()), *given) if region]
    grouped: dict[tuple[str, ...], list[str]] = {}
    for code in county_codes(checked, question.year):
        grouped.setdefault(tuple(found for found in overlaid if code.startswith(found)), []).append(code)
    if len(grouped) <= 1:
        return {next((members[0] for members in grouped.values()), ""): None}
    return {members[0]: frozenset(members) for members in grouped.values()}


def county_codes(checked: Checked, year: int) -> Sequence[str]:
    """The county codes of the schools of ``year``, sorted; absent codes are left out."""
    table = checked.snapshot.tables["school"]
    pairs = zip(table.column("year").to_pylist(), table.column("county_code").to_pylist(), strict=True)
    return sorted({code for found, code in pairs if found == year and code is not None})
