"""Rows of the input whose cells are made exact only when somebody asks for them."""

from collections.abc import Iterator, Mapping
from typing import Any

from junheng.indicators.reference.rows import exact


class ExactRow(Mapping[str, Any]):
    """One row of the input: numbers as fractions, absent columns None. ``specs``: column → whether it is a number."""

    __slots__ = ("_cells", "_raw", "_specs")

    def __init__(self, raw: Mapping[str, Any], specs: Mapping[str, bool]) -> None:
        self._raw = raw
        self._specs = specs
        self._cells: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._cells:
            value = self._raw.get(name)
            self._cells[name] = exact(value) if self._specs[name] else value
        return self._cells[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._specs)

    def __len__(self) -> int:
        return len(self._specs)
