"""The exact columns of an evaluation, as evaluation.py describes them."""

from collections.abc import Sequence

import pyarrow as pa

_TEXT = (
    "county_code",
    "school_id",
    "school_name",
    "stage",
    "kind",
    "ownership",
    "urban_rural_code",
    "group_id",
)
_COUNTS = ("schools", "missing", "without_pupils", "unknown_pupils")
_FIGURES = ("sum_num", "sum_den", "mean", "sd", "cv", "cv_unweighted", "minimum", "maximum")


def values_schema(keys: Sequence[str]) -> pa.Schema:
    """The columns of ``values`` for measures ``keys``."""
    fields = [("year", pa.int32())] + [(name, pa.string()) for name in _TEXT]
    fields += [("pupils", pa.float64()), ("counted", pa.bool_()), ("not_counted", pa.string())]
    fields.append(("share", pa.float64()))
    for key in keys:
        fields += [(f"{key}_{part}", pa.float64()) for part in ("num", "den", "value")]
        fields.append((f"{key}_relaxed", pa.string()))
    return pa.schema(fields)


def variation_schema() -> pa.Schema:
    """The columns of ``variation``."""
    fields = [("year", pa.int32())] + [(name, pa.string()) for name in ("county_code", "stage", "indicator")]
    fields += [(name, pa.int64()) for name in _COUNTS]
    fields += [(name, pa.float64()) for name in _FIGURES]
    return pa.schema(fields)
