"""Lists exactly the schools that a sum or count of sensitivity.json is made of."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.basics import Text
from junheng.judgement.explain_variation import explain_gap
from junheng.judgement.explain_words import quantity
from junheng.judgement.explanation import Explanation, number_text
from junheng.judgement.finding import Finding

Json = Mapping[str, Any]
SENSITIVITY = "sensitivity.json"
_SUMS = {  # what totals are made of: the figure, and the count of schools that have it
    "shortfall": "shortfall",
    "schools": "shortfall",
    "floor_shortfall": "floor_shortfall",
    "floor_schools": "floor_shortfall",
}


def explain_sum(finding: Finding, path: str) -> Explanation | None:
    """What stands behind ``path`` of sensitivity.json: shortfalls, or schools to raise; None for other paths.

    "totals.primary.R1.shortfall" lists every shortfall that adds up to it, the largest first;
    "raise_to_mean.primary.R2.schools" lists the schools to raise, and no others.
    """
    part, stage, key, field = [*path.split("."), "", "", "", ""][:4]
    if part == "totals" and field in _SUMS:
        return _shortfalls(finding, stage, key, _SUMS[field])
    gap = finding.sensitivity()["raise_to_mean"].get(stage, {}).get(key) if part == "raise_to_mean" else None
    return None if gap is None else explain_gap(gap)


def _shortfalls(finding: Finding, stage: str, key: str, field: str) -> Explanation:
    rows = [row for row in finding.verdict["schools"] if row["stage"] == stage and key in row["indicators"]]
    lacking = [(row, row["indicators"][key]) for row in rows if row["indicators"][key][field]]
    lacking.sort(key=lambda found: (-found[1][field], found[0]["school_id"]))
    undecided = sum(row["indicators"][key][field] is None for row in rows)
    return Explanation(
        Text(f"由这 {len(lacking)} 所学校的缺口相加", f"the sum over these {len(lacking)} schools"),
        (*_lines(lacking, field), *_left_out(undecided)),
    )


def _lines(lacking: Sequence[tuple[Json, Json]], field: str) -> list[Text]:
    lines, so_far = [], 0.0
    for row, found in lacking:
        so_far += found[field]
        amount = quantity(found[field], found["shortfall_unit"])
        total = number_text(so_far)
        lines.append(
            Text(
                f"{row['name']}：{amount.zh}（累计 {total}）", f"{row['name']}: {amount.en} (so far {total})"
            )
        )
    return lines


def _left_out(undecided: int) -> list[Text]:
    if not undecided:
        return []
    return [
        Text(
            f"另有 {undecided} 所缺数据，缺口无法计算，未计入",
            f"{undecided} more lack data: their shortfall cannot be told and is not in the sum",
        )
    ]
