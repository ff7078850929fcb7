"""Teacher-training spending of a school against its operating budget; the limit is the standard's own (Q4)."""

from collections.abc import Sequence
from pathlib import Path

from junheng.funding.exact import Json, exact, spelled
from junheng.standards import resolve, school_year_start

STANDARD, ITEM = "quality-2017", "Q4"


def training_rule(region: str, year: int, overlays: Sequence[Path | str] = ()) -> Json:
    """The limit in force and its citation. Raises UserError where the standard cannot be resolved."""
    standard = resolve(STANDARD, on=school_year_start(year), region=region, overlays=overlays)
    item = next(item for item in standard.items if item.id == ITEM)
    citation = item.citation
    return {
        "id": item.id,
        "rate": str(item.limits["rate"].value),
        "text": item.text,
        "source": {
            "document": citation.document,
            "article": citation.article,
            "certainty": citation.certainty,
        },
    }


def training_verdict(budget: str | None, spent: str | None, rule: Json) -> Json:
    """met where ``spent`` ≥ rate × ``budget`` (exactly); cannot tell where either is absent or the budget is 0."""
    if budget is None or spent is None or exact(budget) <= 0:
        return {"verdict": "cannot_tell", "wanted_yuan": None}
    wanted = exact(budget) * exact(rule["rate"])
    return {"verdict": "met" if exact(spent) >= wanted else "not_met", "wanted_yuan": spelled(wanted)}
