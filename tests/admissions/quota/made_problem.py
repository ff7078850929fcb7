"""Small quota problems for the tests: rules with few words, schools by number, hypothesis strategies."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from junheng.admissions import (
    QuotaAllocation,
    QuotaInput,
    QuotaLot,
    QuotaRules,
    allocate_quota,
    quota_seed_lot,
)
from junheng.admissions.quota.document import allocation_document
from junheng.admissions.quota.norms import check_norms
from junheng.admissions.quota.problem import Junior, Senior

SEED = "5a" * 32
LOT = quota_seed_lot(SEED)
YEAR = 2027
CONTROLLED = {"totals": "largest_remainder", "cells": "controlled"}


def rules(share: str = "60%", rounding: str = "down", **parts: Any) -> QuotaRules:
    """Rules with a share from 2000 on and, unless told otherwise, largest remainder in a controlled table."""
    content = {
        "id": "test",
        "name": {"zh": "测试", "en": "test"},
        "source": {"document": "虚构", "certainty": "known"},
        "share": {"rounding": rounding, "versions": [{"in_force_from": "2000-01-01", "value": share}]},
        "schools": CONTROLLED,
        **parts,
    }
    return QuotaRules.model_validate(content)


def senior(number: int, seats: int, **facts: Any) -> Senior:
    """A senior school whose quota seats are given outright."""
    return Senior(f"S{number:03}", f"高中{number}", quota=seats, **facts)


def junior(number: int, graduates: int, **facts: Any) -> Junior:
    """A junior school."""
    facts = {"district": "甲区", "is_rural": False, **facts}
    return Junior(f"J{number:03}", f"初中{number}", graduates=graduates, **facts)


def problem(seats: Sequence[int], graduates: Sequence[int]) -> QuotaInput:
    """Senior schools with these seats, junior schools with these graduates."""
    return QuotaInput(
        YEAR,
        tuple(senior(number, count) for number, count in enumerate(seats, 1)),
        tuple(junior(number, count) for number, count in enumerate(graduates, 1)),
    )


def table(allocation: QuotaAllocation) -> list[list[int]]:
    """Seats by senior school and junior school, in the order of the input."""
    found = {(row.senior, row.id): row.seats for row in allocation.seats}
    return [
        [found.get((senior.id, junior.id), 0) for junior in allocation.given.juniors]
        for senior in allocation.given.seniors
    ]


def one_row(seats: int, graduates: Sequence[int], lot: QuotaLot = LOT, **parts: Any) -> list[int]:
    """The seats of a single senior school shared out."""
    return table(allocate_quota(problem([seats], graduates), rules(**parts), lot))[0]


def document(allocation: QuotaAllocation) -> dict[str, Any]:
    """The published JSON of an allocation, as it comes back from a file."""
    read: dict[str, Any] = json.loads(json.dumps(allocation_document(allocation, check_norms(allocation))))
    return read


@st.composite
def whole_seats(draw: st.DrawFn) -> dict[str, str]:
    """Any way to make seats whole."""
    totals = draw(st.sampled_from(["largest_remainder", "lot", "rounding"]))
    cells = draw(st.sampled_from(["controlled", "separate", "deal", "floor_then_deal"]))
    way = {"totals": totals, "cells": cells}
    if totals == "rounding":
        way["correction"] = draw(st.sampled_from(["remainder", "most_graduates", "lot"]))
    return way


@st.composite
def any_rules(draw: st.DrawFn) -> QuotaRules:
    """Any rules that are coherent and can be kept by any input."""
    way = draw(whole_seats())
    parts: dict[str, Any] = {
        "schools": way,
        "packs": {"inside": draw(st.sampled_from(["open", "largest_remainder"]))},
    }
    if draw(st.booleans()):
        parts |= {"levels": 2, "districts": draw(whole_seats())}
    if draw(st.booleans()):
        parts["rural"] = {"coefficient": draw(st.sampled_from(["1.1", "5/4", "2"]))}
    parts["ties"] = draw(st.sampled_from([[], ["graduates"], ["rural", "graduates"]]))
    rounding = draw(st.sampled_from(["down", "up", "half_up"]))
    return rules(draw(st.sampled_from(["50%", "60%", "1/3", "100%"])), rounding, **parts)


@st.composite
def any_input(draw: st.DrawFn) -> QuotaInput:
    """Up to four senior and nine junior schools in three districts, with ties on purpose."""
    names = ("甲区", "乙县", "丙县")
    count = draw(st.integers(3, 9))
    juniors = tuple(
        junior(
            number,
            draw(st.one_of(st.integers(1, 400), st.sampled_from([50, 100]))),
            district=names[number % 3],
            is_rural=draw(st.booleans()),
            pack=draw(st.sampled_from(["", "", "", f"组{names[number % 3]}"])),
        )
        for number in range(1, count + 1)
    )
    seniors = tuple(
        Senior(
            f"S{number:03}",
            f"高中{number}",
            plan=draw(st.integers(0, 700)),
            level=draw(st.sampled_from(["city", "district"])),
            districts=draw(st.sampled_from([(), ("甲区",), ("甲区", "丙县")])),
        )
        for number in range(1, draw(st.integers(1, 4)) + 1)
    )
    return QuotaInput(YEAR, seniors, juniors)


def seats_of(found: Mapping[str, Any]) -> dict[tuple[str, str], int]:
    """Seats by senior and junior school as published."""
    return {(row["senior"], row["id"]): row["seats"] for row in found["seats"]}
