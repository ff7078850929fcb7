"""Items that rest on evidence: which attestations hold, and what they come to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from junheng.basics import Text
from junheng.indicators import Scene
from junheng.judgement.items.words import schools_failed, schools_undecided
from junheng.judgement.results import AttestationResult, ItemTestResult, Reason
from junheng.judgement.verdict import Verdict
from junheng.standards import Item

SCALE, RATING = "scale", "rating"
_FAULTS: Mapping[str, Text] = {
    "undated": Text("佐证没有日期", "evidence without a date"),
    "unrated": Text("佐证没有评定结果", "evidence without a rating"),
    "off_scale": Text("评定结果不在等级之内", "a rating outside its scale"),
}


def attestations_of(item: Item, scene: Scene, on: date) -> tuple[AttestationResult, ...]:
    """The rows of evidence for ``item``: those of the county, then those of its schools, each with its state."""
    rows = scene.evidence.get(item.id, [])
    mine = [row for row in rows if row["scope"] == "county" and row["scope_id"] == scene.county]
    schools = [row for row in rows if row["scope"] == "school" and row["scope_id"] in scene.names]
    ordered = [*mine, *sorted(schools, key=lambda row: str(row["scope_id"]))]
    return tuple(_attestation(row, item, on) for row in ordered)


def _attestation(row: Mapping[str, Any], item: Item, on: date) -> AttestationResult:
    return AttestationResult(
        row["scope"],
        row["scope_id"],
        row["rating"],
        row["dated_on"],
        row["expires_on"],
        row["evidence_hash"],
        attestation_state(item, on, row["rating"], row["dated_on"], row["expires_on"]),
    )


def attestation_state(
    item: Item, on: date, rating: str | None, dated_on: date | None, expires_on: date | None
) -> str:
    """How a row of evidence is taken by a standard of the day ``on``: undated, expired, unrated, off_scale or used."""
    if dated_on is None:
        return "undated"
    if expires_on is not None and expires_on < on:
        return "expired"
    if rating is None:
        return "unrated"
    return "used" if rating in scale_of(item) else "off_scale"


def scale_of(item: Item) -> tuple[str, ...]:
    """The ratings there are, best first; empty where the standard names none."""
    limit = item.limits.get(SCALE)
    return limit.value if limit is not None and isinstance(limit.value, tuple) else ()


def attested_test(
    item: Item,
    rows: Sequence[AttestationResult],
    schools: Sequence[str],
    homes: Mapping[str, str],
    role: str = "test",
) -> ItemTestResult:
    """What the evidence comes to. ``schools``: those the standard counts, asked for where the county has none."""
    verdict, why = _verdict(item, rows, schools, homes)
    return ItemTestResult("attested", RATING, None, role, verdict, reason=why)


def _verdict(
    item: Item, rows: Sequence[AttestationResult], schools: Sequence[str], homes: Mapping[str, str]
) -> tuple[Verdict, Reason | None]:
    bad = next((row for row in rows if row.state in _FAULTS), None)
    if bad is not None:
        return Verdict.CANNOT_TELL, _fault(item, bad)
    used = [row for row in rows if row.state == "used"]
    county = next((row for row in used if row.scope == "county"), None)
    failing = [row for row in used if row.scope == "school" and not _reaches(item, row)]
    if county is not None:
        if not _reaches(item, county):
            return Verdict.NOT_MET, _below(item, county)
        return (Verdict.CANNOT_TELL, _contradiction(item, failing)) if failing else (Verdict.MET, None)
    if used:
        return _each_school(used, failing, schools, homes)
    return Verdict.CANNOT_TELL, _none_used(item, rows)


def _each_school(
    used: Sequence[AttestationResult],
    failing: Sequence[AttestationResult],
    schools: Sequence[str],
    homes: Mapping[str, str],
) -> tuple[Verdict, Reason | None]:
    if failing:
        return Verdict.NOT_MET, schools_failed(len(failing), max(len(schools), len(used)))
    told = {homes.get(row.scope_id, row.scope_id) for row in used}
    left = [school for school in schools if school not in told]
    if left or not schools:
        return Verdict.CANNOT_TELL, schools_undecided(len(left), len(schools))
    return Verdict.MET, None


def _reaches(item: Item, row: AttestationResult) -> bool:
    """Whether the rating stands no lower than the one required."""
    scale, asked = scale_of(item), item.limits[RATING].value
    return isinstance(asked, str) and asked in scale and scale.index(str(row.rating)) <= scale.index(asked)


def _fault(item: Item, row: AttestationResult) -> Reason:
    words = _FAULTS[row.state]
    detail = f":{row.rating}" if row.state == "off_scale" else ""
    shown = f"（{row.scope_id} {row.rating}）" if row.rating else f"（{row.scope_id}）"
    return Reason(
        f"{row.state}:{item.id}{detail}",
        Text(f"{words.zh}{shown}", f"{words.en} ({row.scope_id} {row.rating or ''})"),
    )


def _below(item: Item, row: AttestationResult) -> Reason:
    if item.part == "veto":
        return Reason(
            f"below_rating:{item.id}:{row.rating}",
            Text(f"佐证评定为“{row.rating}”", f"the evidence finds “{row.rating}”"),
        )
    asked = item.limits[RATING].value
    return Reason(
        f"below_rating:{item.id}:{row.rating}",
        Text(f"评定为“{row.rating}”，要求“{asked}”以上", f"rated “{row.rating}”, asked “{asked}” or better"),
    )


def _contradiction(item: Item, failing: Sequence[AttestationResult]) -> Reason:
    first = "、".join(row.scope_id for row in failing[:3])
    return Reason(
        f"contradiction:{item.id}:{len(failing)}",
        Text(
            f"佐证相互矛盾：县级达到，而 {len(failing)} 所学校未达到（{first}）",
            f"the evidence contradicts itself: the county's reaches it, that of {len(failing)} schools does not ({first})",
        ),
    )


def _none_used(item: Item, rows: Sequence[AttestationResult]) -> Reason:
    expired = [row for row in rows if row.state == "expired" and row.expires_on is not None]
    if not expired:
        return Reason(
            f"no_attestation:{item.id}",
            Text("没有佐证材料", "no evidence"),
        )
    last = max(expired, key=lambda row: (row.expires_on or date.min, row.scope_id)).expires_on
    return Reason(
        f"expired:{item.id}:{last}", Text(f"佐证已于 {last} 失效", f"the evidence expired on {last}")
    )
