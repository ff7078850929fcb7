"""Rows of the variation table of one county with their judgement, by stage and indicator."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from junheng.judgement.school import VERDICTS
from junheng.judgement.verdict import Verdict


@dataclass(frozen=True, slots=True)
class VariationRow:
    """One indicator of one stage: its row ``index`` in ``evaluation.variation``, and what was compared.

    ``used`` is the coefficient the rule tests (None: cannot be told); ``verdict`` is None without a limit.
    """

    index: int
    cells: Mapping[str, object]
    used: float | None
    verdict: Verdict | None

    def number(self, name: str) -> float | None:
        """A numeric cell, None where it is absent."""
        value = self.cells[name]
        return float(value) if isinstance(value, int | float) else None


VariationRows = Mapping[tuple[str, str], VariationRow]


def variation_rows(variation: pa.Table, judged: pa.Table, rows: Sequence[int]) -> VariationRows:
    """The rows with these indices by (stage, indicator key); ``judged`` is of ``judge_variation``."""
    take = pa.array(rows, pa.int64())
    chosen = variation.take(take).to_pylist()
    used = judged.column("used_cv").take(take).to_pylist()
    codes = judged.column("code").take(take).to_pylist()
    return {
        (cells["stage"], cells["indicator"]): VariationRow(index, cells, _known(number), VERDICTS[code])
        for index, cells, number, code in zip(rows, chosen, used, codes, strict=True)
    }


def _known(number: float) -> float | None:
    return None if number != number else number  # NaN is the only number unlike itself
