"""What a report tells of declared items: figures, lines and verdicts as rows, and which schools miss what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from junheng.basics import STAGE_NAMES
from junheng.reports.facts import Facts
from junheng.reports.number_text import short
from junheng.reports.read_facts import chinese

Json = Mapping[str, Any]
_SIGNS = {"不低于": "≥", "不超过": "≤", "小于": "<", "大于": ">"}
_OTHER = {"attested": "佐证", "score": "得分"}


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One test of one item, in words."""

    key: str
    part: str
    name: str
    test: str
    value: str
    line: str
    verdict: str | None
    shortfall: float | None
    unit: str
    reason: str


@dataclass(frozen=True, slots=True)
class MissRow:
    """One school that misses an item, or cannot be told."""

    key: str
    name: str
    fact: str
    school_id: str
    school: str
    stage: str
    verdict: str
    value: float | None
    line: float | None
    shortfall: float | None
    unit: str
    relaxed: str
    reason: str


def has_items(facts: Facts) -> bool:
    """Whether the finding tells its items test by test; one of an earlier version does not."""
    return any("tests" in item for item in (facts.verdict.get("items") or {}).values())


def item_rows(facts: Facts) -> Iterator[ItemRow]:
    """Every test of every item, in the standard's order; an item without a test as one row."""
    names = {item["id"]: chinese(item.get("name")) for item in facts.standard.get("items") or []}
    fact_names = {
        key: chinese(found["name"]) for key, found in (facts.standard.get("item_facts") or {}).items()
    }
    for key, item in (facts.verdict.get("items") or {}).items():
        for test in item.get("tests") or [{}]:
            yield _item_row(key, item, test, names.get(key, key), fact_names)


def _item_row(key: str, item: Json, test: Json, name: str, fact_names: Mapping[str, str]) -> ItemRow:
    fact = test.get("fact", "")
    limit = item["limit"].get(test.get("limit") or "") or {}
    stage = test.get("stage")
    named = str(fact_names.get(fact) or _OTHER.get(fact, fact))
    title = named + (f"（{STAGE_NAMES[stage].zh}）" if stage else "")
    reason = chinese(test.get("reason")) or (chinese(item.get("reason")) if not test else "")
    return ItemRow(
        key,
        str(item["part"]),
        name,
        title,
        _value(item, test, limit),
        _line(test, limit) + ("即否决" if item["part"] == "veto" and test.get("line") is not None else ""),
        test.get("verdict") if test else item["verdict"],
        test.get("shortfall"),
        chinese(test.get("shortfall_unit")),
        "只列数" if test.get("role") == "reported" and not reason else reason,
    )


def _value(item: Json, test: Json, limit: Json) -> str:
    if counts := test.get("schools"):
        return f"{counts['met']}/{counts['of']}"
    if test.get("fact") == "attested":
        used = [row["rating"] for row in item.get("attestations", []) if row["state"] == "used"]
        return "、".join(dict.fromkeys(used)) or "—"
    return _figure(test.get("value"), limit)


def _line(test: Json, limit: Json) -> str:
    if test.get("fact") == "attested":
        value = limit.get("value")
        return str(value) if value is not None else "—"
    if test.get("schools"):
        return "每校达到"
    if test.get("line") is None:
        return "—"
    sign = _SIGNS.get(str(test.get("comparison")), "")
    return f"{sign} {_figure(test['line'], limit)}"


def _figure(value: float | None, limit: Json) -> str:
    """A ratio as a percentage cut off after two digits: never rounded up to its line."""
    if value is None:
        return "—"
    if limit.get("unit", "ratio") != "ratio":
        return short(value)
    percent = Decimal(repr(value)) * 100
    return f"{percent.quantize(Decimal('0.01'), ROUND_FLOOR).normalize():f}%"


def miss_rows(facts: Facts) -> Iterator[MissRow]:
    """Every school that misses an item or cannot be told, by item; a school with two stages once."""
    names = {item["id"]: chinese(item.get("name")) for item in facts.standard.get("items") or []}
    rows = [*facts.verdict.get("schools", []), *facts.verdict.get("skipped", [])]
    for key in facts.verdict.get("items") or {}:
        seen = set()
        for row in rows:
            found = (row.get("items") or {}).get(key)
            if not found or found["verdict"] == "met":
                continue
            whole = found["per"] == "school"
            place = (row["school_id"], "" if whole else row["stage"])
            if place not in seen:
                seen.add(place)
                yield from _misses(key, names.get(key, key), row, found, "" if whole else row["stage"])


def _misses(key: str, name: str, row: Json, found: Json, stage: str) -> Iterator[MissRow]:
    for test in found["tests"]:
        if test["verdict"] != "met":
            yield MissRow(
                key,
                name,
                test["fact"],
                row["school_id"],
                row["name"],
                STAGE_NAMES[stage].zh if stage in STAGE_NAMES else "",
                test["verdict"],
                test["value"],
                test["line"],
                test["shortfall"],
                chinese(test["shortfall_unit"]),
                "、".join(found["relaxed"]),
                chinese(test["reason"]),
            )
