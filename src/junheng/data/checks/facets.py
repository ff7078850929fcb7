"""Checks made from the data dictionary: bounds, lists of values, whole numbers, required cells."""

from collections.abc import Callable, Iterator, Mapping

from junheng.data.checks.definition import Facet
from junheng.data.dictionary import ColumnSpec, Dictionary

_LISTED = {"enum"}
_NUMERIC = {"integer", "number"}

_HAS: Mapping[Facet, Callable[[ColumnSpec], bool]] = {
    "required": lambda spec: spec.required,
    "finite": lambda spec: spec.type == "number",
    "minimum": lambda spec: spec.type in _NUMERIC and spec.minimum is not None,
    "maximum": lambda spec: spec.type in _NUMERIC and spec.maximum is not None,
    "whole": lambda spec: spec.type in _NUMERIC and spec.whole,
    "values": lambda spec: spec.type in _LISTED and bool(spec.values),
}


def with_facet(facet: Facet, dictionary: Dictionary) -> Iterator[tuple[str, str]]:
    """(table, column) of every dictionary column that has ``facet``, in dictionary order."""
    for table, spec in dictionary.tables.items():
        for name, column in spec.columns.items():
            if _HAS[facet](column):
                yield table, name


def facet_terms(spec: ColumnSpec) -> dict[str, str]:
    """SQL of the terms a rule with a facet may use beyond the grammar of rules.

    ``minimum`` and ``maximum`` are the dictionary's bounds, ``allowed_values`` its list,
    ``whole_part`` the value without its fraction.
    """
    words = ", ".join("'" + value.replace("'", "''") + "'" for value in spec.values)
    return {
        "minimum": repr(spec.minimum),
        "maximum": repr(spec.maximum),
        "allowed_values": words or "NULL",
        "whole_part": f'FLOOR("{spec.name}")',
    }
