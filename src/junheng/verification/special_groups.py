"""A report of special groups checked: files, shares and both retentions reckoned again from its counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from junheng.basics import Text, sha256_file
from junheng.verification.enrolment_files import Json, read_json

REPORT = "special_groups.json"
_SHARES = {
    "migrant": ("migrant.all", "pupils"),
    "migrant_public": ("migrant.public", "migrant.all"),
    "migrant_purchased": ("migrant.purchased", "migrant.all"),
    "left_behind_one": ("left_behind.1", "pupils"),
    "left_behind_both": ("left_behind.2", "pupils"),
}


@dataclass(frozen=True, slots=True)
class SpecialCheck:
    """How many figures were reckoned again, and the first difference (None: all agrees)."""

    figures: int
    difference: Text | None


def verify_special(folder: Path) -> SpecialCheck:
    """Check a folder of ``junheng enrolment report``. Raises UserError where its file is absent or damaged."""
    found = read_json(folder / REPORT)
    try:
        difference = (
            _altered(folder, found) or _wrong_share(found) or _wrong_retention(found) or _shown_small(found)
        )
    except (KeyError, TypeError, ValueError) as error:
        said = f"{type(error).__name__} {error}"
        difference = Text(f"内容不合格式：{said}", f"the content is not as agreed: {said}")
    return SpecialCheck(len(found.get("shares", ())) + 2 * len(found.get("retention", ())), difference)


def _altered(folder: Path, found: Json) -> Text | None:
    told = found["manifest"]["files"]
    there = {path.name: sha256_file(path) for path in folder.iterdir() if path.name != REPORT}
    return None if there == told else Text("文书改动过", "a document was altered")


def _wrong_share(found: Json) -> Text | None:
    for name, share in found["shares"].items():
        part, whole = (found["counts"].get(key, {}).get("value") for key in _SHARES[name])
        right = None if part is None or not whole else Fraction(part, whole)
        if not _is_told(right, share["value"], share["percent"]):
            return Text(f"比例不符：{name}", f"a share differs: {name}")
    return None


def _wrong_retention(found: Json) -> Text | None:
    for row in found["retention"]:
        a, b = _retention(row["cells"])
        if not _is_told(a, row["a"], row["a_percent"]) or not _is_told(b, row["b"], row["b_percent"]):
            return Text(f"巩固率不符：{row['name']}", f"a retention differs: {row['name']}")
    rows = found["retention"][:-1]
    for column, total in (found["retention"][-1]["cells"] if rows else {}).items():
        cells = [row["cells"][column] for row in rows]
        if total != (None if None in cells else sum(cells)):
            return Text(f"合计不符：{column}", f"a total differs: {column}")
    return None


def _shown_small(found: Json) -> Text | None:
    """The public counts: each the count itself or hidden, none of them small, no small one left to be subtracted."""
    public, counts = found.get("public"), found["counts"]
    if public is None:  # written before these were
        return None
    small = public["small_cell"]
    for name, value in public["counts"].items():
        if value is not None and (value != counts[name]["value"] or 0 < value < small):
            return Text(f"可公开的人数不符：{name}", f"a public count differs: {name}")
    for group in {name.partition(".")[0] for name in counts if "." in name}:
        parts = [name for name in counts if name.startswith(f"{group}.") and not name.endswith(".all")]
        hidden = [counts[name]["value"] for name in parts if public["counts"][name] is None]
        least = sum(value for value in hidden if value is not None)
        others = any(counts[name]["value"] for name in parts if public["counts"][name] is not None)
        if 0 < least < small and others:
            return Text(f"可公开的人数可推出：{group}", f"a hidden count could be told: {group}")
    return None


def _retention(cells: Mapping[str, Any]) -> tuple[Fraction | None, Fraction | None]:
    if None in cells.values():
        return None, None
    net = cells["transferred_in"] - cells["transferred_out"]
    below_a, below_b = cells["initial"] - cells["deaths"], cells["initial"] + net
    a = Fraction(cells["graduates"] - net, below_a) if below_a > 0 else None
    b = Fraction(cells["graduates"], below_b) if below_b > 0 else None
    return a, None if b is None else min(b, Fraction(1))


def _is_told(value: Fraction | None, exact: str | None, percent: str | None) -> bool:
    """Whether the exact text is the value, and the printed one no more than half a hundredth of a per cent off."""
    if value is None or exact is None or percent is None:
        return value is None and exact is None and percent is None
    return Fraction(exact) == value and abs(Fraction(percent) / 100 - value) <= Fraction(1, 20000)
