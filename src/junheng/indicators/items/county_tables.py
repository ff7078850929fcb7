"""The rows of one year by county: each table is divided once, however many counties are asked for."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from junheng.data import array_of, load_dictionary, numpy_of
from junheng.indicators.items.exact_row import ExactRow

Row = Mapping[str, Any]
_BY_COUNTY = frozenset({"school", "county", "survey", "monitoring"})
_OWNER = {"quota": "senior_school_id", "attestation": "scope_id"}
_NUMBERS = frozenset({"integer", "number"})


class CountyTables:
    """The tables of one input in ``year``.

    A row belongs to the county it names, else to the county of its school (``quota``: of the senior school;
    ``attestation``: of the county or school it is about).
    """

    def __init__(self, tables: Mapping[str, pa.Table | Path], year: int) -> None:
        self.year = year
        self._tables = tables
        self._years: dict[str, pa.Table] = {}
        self._held: dict[str, tuple[pa.Table, Mapping[str, tuple[int, int]]]] = {}

    def table(self, name: str, county: str) -> pa.Table | None:
        """The rows of table ``name`` in ``county``, in the order of the input, without columns the input has not."""
        if self._tables.get(name) is None:
            return None
        if name not in self._held:
            self._held[name] = self._divided(name)
        table, spans = self._held[name]
        return table.slice(*spans.get(county, (0, 0)))

    def rows(self, name: str, county: str) -> list[Row]:
        """The rows of ``table`` one by one: numbers exact, absent columns None."""
        table = self.table(name, county)
        if table is None:
            return []
        specs = load_dictionary().tables[name].columns
        numbers = {column: spec.type in _NUMBERS and column != "year" for column, spec in specs.items()}
        return [ExactRow(row, numbers) for row in table.to_pylist()]

    def _divided(self, name: str) -> tuple[pa.Table, Mapping[str, tuple[int, int]]]:
        """The table with each county's rows side by side, and where they lie: (offset, length)."""
        table = self._of_year(name)
        codes = pc.fill_null(self._counties(name, table), "").combine_chunks().dictionary_encode()
        counties, places = codes.dictionary.to_pylist(), numpy_of(codes.indices)
        if len(counties) > 1:
            table = table.take(array_of(np.argsort(places, kind="stable"))).combine_chunks()
        lengths = np.bincount(places, minlength=len(counties))
        spans = zip(counties, (np.cumsum(lengths) - lengths).tolist(), lengths.tolist(), strict=True)
        return table, {code: (start, length) for code, start, length in spans if code}

    def _of_year(self, name: str) -> pa.Table:
        if name not in self._years:
            self._years[name] = self._read(name)
        return self._years[name]

    def _read(self, name: str) -> pa.Table:
        table = self._tables.get(name)
        names = [*load_dictionary().tables[name].columns]
        if table is None:
            return pa.table({key: pa.array([], pa.string()) for key in names})
        if isinstance(table, Path):
            table = pq.read_table(table)
        held = table.select([key for key in names if key in table.column_names])
        return held.filter(pc.equal(held.column("year"), self.year))

    def _counties(self, name: str, table: pa.Table) -> pa.ChunkedArray:
        if name in _BY_COUNTY:
            return table.column("county_code")
        owner = table.column(_OWNER.get(name, "school_id"))
        codes = self._county_of(owner)
        if name == "attestation":
            about_county = pc.equal(pc.fill_null(table.column("scope"), ""), "county")
            codes = pc.if_else(about_county, owner, codes)
        return codes

    def _county_of(self, schools: pa.ChunkedArray) -> pa.ChunkedArray:
        school = self._of_year("school")
        places = pc.index_in(schools, value_set=school.column("school_id").combine_chunks())
        return school.column("county_code").take(places)
