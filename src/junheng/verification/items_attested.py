"""Items that rest on evidence: the state of every attestation, and what they come to (items.md, 5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from junheng.standards import Item, Standard
from junheng.verification.cells import Cells
from junheng.verification.items_scene import Scene
from junheng.verification.judging import CANNOT_TELL, MET, NOT_MET

_OPEN = ("undated", "unrated", "off_scale")
Outcome = tuple[str, str]  # verdict, code of its reason ("" if met)


@dataclass(frozen=True, slots=True)
class Attestation:
    """One attestation. ``reaches``: whether its rating is as good as required, where it may be used."""

    cells: Cells
    state: str
    reaches: bool

    @property
    def whose(self) -> str:
        """The county or school it speaks of."""
        return str(self.cells.get("scope_id"))


def attestations(item: Item, scene: Scene, standard: Standard) -> list[Attestation]:
    """Those of the county, then of its schools by code."""
    asked = [("county", scene.code), *(("school", school) for school in sorted(scene.reported.schools))]
    return [
        _attestation(row, item, standard.on.isoformat())
        for scope, whose in asked
        for row in scene.tables.of("attestation", whose)
        if row.get("scope") == scope and row.get("item") == item.id
    ]


def _attestation(row: Cells, item: Item, on: str) -> Attestation:
    scale, required = _words(item, "scale"), _words(item, "rating")
    rating, expires = row.get("rating"), row.get("expires_on")
    state = "used"
    if row.get("dated_on") is None:
        state = "undated"
    elif expires is not None and str(expires) < on:
        state = "expired"
    elif rating is None:
        state = "unrated"
    elif rating not in scale:
        state = "off_scale"
    reaches = state == "used" and bool(required) and scale.index(str(rating)) <= scale.index(required[0])
    return Attestation(row, state, reaches)


def _words(item: Item, key: str) -> tuple[str, ...]:
    limit = item.limits.get(key)
    if limit is None:
        return ()
    return limit.value if isinstance(limit.value, tuple) else (str(limit.value),)


def attested(
    item: Item, found: Sequence[Attestation], homes: Mapping[str, str], counted: set[str]
) -> Outcome:
    """What ``found`` come to. ``homes``: the school a campus is added to; ``counted``: the schools judged."""
    unclear = [one for one in found if one.state in _OPEN]
    if unclear:
        return CANNOT_TELL, _unclear(unclear[0], item)
    used = [one for one in found if one.state == "used"]
    county = [one for one in used if one.cells.get("scope") == "county"]
    schools = [one for one in used if one.cells.get("scope") == "school"]
    failed = sum(not one.reaches for one in schools)
    if county and county[0].reaches and failed:
        return CANNOT_TELL, f"contradiction:{item.id}:{failed}"
    if county:
        rating = county[0].cells.get("rating")
        return (MET, "") if county[0].reaches else (NOT_MET, f"below_rating:{item.id}:{rating}")
    if schools:
        return _by_schools(schools, failed, homes, counted)
    if found:
        return CANNOT_TELL, f"expired:{item.id}:{max(str(one.cells['expires_on']) for one in found)}"
    return CANNOT_TELL, f"no_attestation:{item.id}"


def _unclear(found: Attestation, item: Item) -> str:
    word = f":{found.cells.get('rating')}" if found.state == "off_scale" else ""
    return f"{found.state}:{item.id}{word}"


def _by_schools(
    schools: Sequence[Attestation], failed: int, homes: Mapping[str, str], counted: set[str]
) -> Outcome:
    if failed:
        return NOT_MET, f"schools_failed:{failed}/{max(len(counted), len(schools))}"
    lacking = counted - {homes.get(one.whose, one.whose) for one in schools}
    if lacking:
        return CANNOT_TELL, f"schools_undecided:{len(lacking)}/{len(counted)}"
    return MET, ""
