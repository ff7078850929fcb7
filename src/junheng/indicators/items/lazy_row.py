"""Rows whose cells are made exact, or added up, only when an expression asks for them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from junheng.indicators.reference.rows import exact


class LazyRow(Mapping[str, Any]):
    """A row of ``names``; each cell is what ``load`` makes of its name, once."""

    __slots__ = ("_cells", "_load", "_names")

    def __init__(self, names: Mapping[str, Any], load: Callable[[str], Any]) -> None:
        self._names = names
        self._load = load
        self._cells: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._cells:
            if name not in self._names:
                raise KeyError(name)
            self._cells[name] = self._load(name)
        return self._cells[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


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
