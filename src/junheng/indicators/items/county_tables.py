"""The rows of one year by county: each table is divided once, however many counties are asked for."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from junheng.data import load_dictionary
from junheng.indicators.items.lazy_row import ExactRow

Row = Mapping[str, Any]
_BY_COUNTY = frozenset({"school", "county", "survey", "monitoring"})
_OWNER = {"quota": "senior_school_id", "attestation": "scope_id"}
_NUMBERS = frozenset({"integer", "number"})


class CountyTables:
    """The tables of one input in ``year``; ``rows`` are a county's, numbers exact, absent columns None.

    A row belongs to the county it names, else to the county of its school (``quota``: of the senior school;
    ``attestation``: of the county or school it is about).
    """

    def __init__(self, tables: Mapping[str, pa.Table | Path], year: int) -> None:
        self.year = year
        self._tables = tables
        self._held: dict[str, tuple[pa.Table, Mapping[str, Sequence[int]]]] = {}

    def rows(self, name: str, county: str) -> list[Row]:
        """The rows of table ``name`` in ``county``, in the order of the input."""
        if self._tables.get(name) is None:
            return []
        if name not in self._held:
            self._held[name] = self._divided(name)
        table, places = self._held[name]
        specs = load_dictionary().tables[name].columns
        chosen = table.take(pa.array(places.get(county, ()), pa.int64())).to_pylist()
        numbers = {column: spec.type in _NUMBERS and column != "year" for column, spec in specs.items()}
        return [ExactRow(row, numbers) for row in chosen]

    def _divided(self, name: str) -> tuple[pa.Table, Mapping[str, Sequence[int]]]:
        table = self._of_year(name)
        codes = self._counties(name, table)
        order = np.argsort(codes, kind="stable")
        found, starts = np.unique(codes[order], return_index=True)
        ends = [*starts[1:], len(order)][: len(found)]
        return table, {
            str(code): order[start:end].tolist()
            for code, start, end in zip(found, starts, ends, strict=True)
            if code
        }

    def _of_year(self, name: str) -> pa.Table:
        table = self._tables.get(name)
        names = [*load_dictionary().tables[name].columns]
        if table is None:
            return pa.table({key: pa.array([], pa.string()) for key in names})
        if isinstance(table, Path):
            table = pq.read_table(table)
        held = table.select([key for key in names if key in table.column_names])
        return held.filter(pc.equal(held.column("year"), self.year))

    def _counties(self, name: str, table: pa.Table) -> "np.ndarray[Any, np.dtype[Any]]":
        if name in _BY_COUNTY:
            codes = table.column("county_code")
        else:
            owner = table.column(_OWNER.get(name, "school_id"))
            codes = self._county_of(owner)
            if name == "attestation":
                about_county = pc.equal(pc.fill_null(table.column("scope"), ""), "county")
                codes = pc.if_else(about_county, owner, codes)
        return np.asarray(pc.fill_null(codes, "").to_pylist(), dtype=np.str_)

    def _county_of(self, schools: pa.ChunkedArray) -> pa.ChunkedArray:
        school = self._held.setdefault("school", self._divided("school"))[0]
        places = pc.index_in(schools, value_set=school.column("school_id").combine_chunks())
        return school.column("county_code").take(places)
