"""The made-up county YY县, beside XX区 in the same city: fewer schools of the same design, numbers of its own."""

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from junheng.data.synthetic.design import Design, load_design
from junheng.data.synthetic.district import tables_of

NEIGHBOUR_CODE = "999903"  # unassigned, like every code of the made-up data
_SEED, _ONE_IN = 2103, 3
_EAST_DEGREES, _DECIMALS = 0.2, 4
_SCHOOL_CODE, _OWN_CODE = "^([0-9]{2})990([0-9]{5})$", r"\1993\2"


def make_neighbour(seed: int = _SEED, *, last: int | None = None) -> dict[str, pa.Table]:
    """Canonical tables of YY县 for three years, ending with ``last`` (default: as XX区's design does).

    Every third school of the design of XX区, under names and codes that XX区 has not.
    """
    design = load_design() if last is None else load_design().ending(last)
    tables = tables_of(_part(design), seed, design.years)
    return {name: _renamed(table, design.county_code) for name, table in tables.items()}


def _part(design: Design) -> Design:
    """A third of the schools, with their campuses."""
    main = [one for one in design.schools if one.is_counted or not one.parent_school_id]
    kept = {one.school_id for one in main[::_ONE_IN]}
    schools = (one for one in design.schools if one.school_id in kept or one.parent_school_id in kept)
    return replace(design, schools=tuple(schools))


def _renamed(table: pa.Table, county_code: str) -> pa.Table:
    """Names, codes and longitudes of XX区 replaced by the county's own, wherever they stand."""
    for place, field in enumerate(table.schema):
        if pa.types.is_string(field.type):
            told = pc.replace_substring(table.column(place), "XX区", "YY县")
            told = pc.replace_substring(told, county_code, NEIGHBOUR_CODE)
            told = pc.replace_substring_regex(told, _SCHOOL_CODE, _OWN_CODE)
            table = table.set_column(place, field, told)
        if field.name == "lon":
            east = pc.round(pc.add(table.column(place), _EAST_DEGREES), _DECIMALS)
            table = table.set_column(place, field, east)
    return table
