"""Versions by day: which one holds, where it ends, and what is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.basics import UserError
from junheng.standards import resolve, school_year_start
from junheng.standards.definition import Source, Version
from junheng.standards.in_force import index_on, last_day

Write = Callable[..., Path]
SOURCE = "{document: 自拟1号, article: 第一条, certainty: local}"


def _with(tiny: str, *versions: str) -> str:
    """The tiny standard with further versions of its first indicator."""
    head, _, rest = tiny.partition("  - id: T2")
    return head + "".join(versions) + "  - id: T2" + rest


def _version(day: str, value: str) -> str:
    return f"      - {{in_force_from: {day}, source: {SOURCE}, value: {value}}}\n"


def test_the_school_year_begins_on_1_september() -> None:
    assert school_year_start(2024) == date(2024, 9, 1)


def test_each_day_has_its_version(write: Write, tiny: str) -> None:
    path = write(
        _with(
            tiny,
            _version("2022-07-01", "{text: 提高, thresholds: {primary: 0.05}}"),
            _version("2024-01-01", "null"),
            _version("2025-01-01", "{text: 恢复, thresholds: {primary: 0.06}}"),
        )
    )
    seen = {}
    for day in ("2020-01-01", "2022-06-30", "2022-07-01", "2023-12-31", "2024-12-31", "2025-01-01"):
        rules = {rule.id: rule for rule in resolve(path, on=date.fromisoformat(day)).indicators}
        seen[day] = str(rules["T1"].thresholds.get("primary")) if "T1" in rules else "repealed"
        assert "T2" in rules
    assert seen == {
        "2020-01-01": "None",
        "2022-06-30": "None",
        "2022-07-01": "0.05",
        "2023-12-31": "0.05",
        "2024-12-31": "repealed",
        "2025-01-01": "0.06",
    }
    citation = resolve(path, on=date(2023, 1, 1)).rule("T1").citation
    assert (citation.in_force_from, citation.in_force_to) == (date(2022, 7, 1), date(2023, 12, 31))
    assert resolve(path, on=date(2026, 1, 1)).rule("T1").citation.in_force_to is None


@pytest.mark.parametrize(
    ("versions", "words"),
    [
        ([("2020-01-01", "{text: 又}")], "overlaps"),
        ([("2019-01-01", "{text: 又}")], "overlaps"),
        ([("2022-01-01", "{text: 一}"), ("2021-01-01", "{text: 二}")], "overlaps"),
    ],
)
def test_overlaps_are_refused(write: Write, tiny: str, versions: list[tuple[str, str]], words: str) -> None:
    path = write(_with(tiny, *(_version(*version) for version in versions)))
    with pytest.raises(UserError, match=words) as caught:
        resolve(path, on=date(2024, 9, 1))
    assert f"T1.versions.{len(versions) + 1}.in_force_from" in caught.value.where


def test_gaps_are_refused(write: Write, tiny: str) -> None:
    ended = (
        "      - in_force_from: 2020-01-01\n        source",
        "      - in_force_from: 2020-01-01\n        in_force_to: 2021-12-31\n        source",
    )
    text = _with(tiny, _version("2022-02-01", "{text: 又}")).replace(*ended, 1)
    with pytest.raises(UserError, match="gap from 2021-12-31 to 2022-02-01"):
        resolve(write(text), on=date(2024, 9, 1))
    path = write(text.replace("2022-02-01", "2022-01-01"))
    assert resolve(path, on=date(2024, 9, 1)).rule("T1").text == "又"
    reversed_days = text.replace("in_force_to: 2021-12-31", "in_force_to: 2019-12-31")
    with pytest.raises(UserError, match="before in_force_from"):
        resolve(write(reversed_days), on=date(2024, 9, 1))


def test_a_piece_that_has_ended_is_absent(write: Write, tiny: str) -> None:
    ended = "in_force_from: 2020-01-01\n        in_force_to: 2021-12-31\n        source"
    path = write(tiny.replace("in_force_from: 2020-01-01\n        source", ended, 1))
    assert [rule.id for rule in resolve(path, on=date(2021, 12, 31)).indicators] == ["T1", "T2"]
    assert [rule.id for rule in resolve(path, on=date(2022, 1, 1)).indicators] == ["T2"]


def test_the_first_version_is_no_repeal(write: Write, tiny: str) -> None:
    with pytest.raises(UserError, match="cannot be a repeal"):
        resolve(write(tiny, ("value: {text: 师生比}", "value: null")), on=date(2024, 9, 1))


@pytest.mark.parametrize(
    ("standard", "day", "holds"),
    [
        ("quality-2017", "2017-05-22", False),
        ("quality-2017", "2017-05-23", True),
        ("quality-2017", "2024-09-01", True),
        ("basic-2012", "2012-01-19", False),
        ("basic-2012", "2012-09-01", True),
    ],
)
def test_a_standard_is_not_in_force_before_its_day(standard: str, day: str, holds: bool) -> None:
    if holds:
        assert resolve(standard, on=date.fromisoformat(day)).id == standard
        return
    with pytest.raises(UserError) as caught:
        resolve(standard, on=date.fromisoformat(day))
    assert "not in force" in caught.value.what.en
    assert "standard.yaml" in caught.value.where


def _versions(steps: list[tuple[int, bool]]) -> list[Version[Any]]:
    """Versions that begin some days apart; some of them end on an early day of their own."""
    source = Source(document="d", article="a", certainty="local")
    begin = date(2020, 1, 1)
    found: list[Version[Any]] = []
    for days, ends in steps:
        end = begin + timedelta(days=days // 2) if ends else None
        found.append(Version[Any](in_force_from=begin, in_force_to=end, source=source, value=len(found)))
        begin += timedelta(days=days)
    return found


@given(st.lists(st.tuples(st.integers(2, 400), st.booleans()), min_size=1, max_size=6), st.integers(-50, 900))
def test_at_most_one_version_holds_on_a_day(steps: list[tuple[int, bool]], offset: int) -> None:
    versions = _versions(steps)
    on = date(2020, 1, 1) + timedelta(days=offset)
    holding = [
        number
        for number, version in enumerate(versions)
        if version.in_force_from <= on and ((end := last_day(versions, number)) is None or on <= end)
    ]
    found = index_on(versions, on)
    assert holding == ([] if found is None else [found])
