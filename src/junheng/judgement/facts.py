"""Facts beside the standard they are judged by, and the exact figures behind a double."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from junheng.indicators import Evaluation, Indicator, exact_value
from junheng.judgement.results import SchoolResult
from junheng.standards import Standard


@dataclass(frozen=True, slots=True)
class Facts:
    """One evaluation and one standard."""

    evaluation: Evaluation
    standard: Standard

    def indicator(self, key: str) -> Indicator:
        """The indicator measured under ``key``."""
        return next(m.indicator for m in self.evaluation.measures if m.key == key)

    def exact(self, key: str, row: Mapping[str, object]) -> tuple[Fraction, Fraction] | None:
        """Numerator and denominator of one school-stage as fractions, None where they cannot be told.

        ``row``: year, school_id and stage; with the columns of ``figures`` it is answered faster.
        """
        return exact_value(self.evaluation, key, row)

    def exact_of(self, key: str, year: int, school: SchoolResult) -> tuple[Fraction, Fraction] | None:
        """The same for a judged school-stage."""
        found = school.indicators[key]
        row: dict[str, object] = {"year": year, "school_id": school.school_id, "stage": school.stage}
        row |= {f"{key}_num": found.numerator, f"{key}_den": found.denominator}
        row[f"{key}_relaxed"] = ",".join(found.relaxed) or None
        return self.exact(key, row)


def figures(key: str) -> list[str]:
    """The columns of ``evaluation.values`` from which an exact figure can often be taken at once."""
    return ["year", "school_id", "stage", "share", f"{key}_num", f"{key}_den", f"{key}_relaxed"]
