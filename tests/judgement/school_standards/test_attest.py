"""A school's result as evidence: only of schools the other standard counts, only what can be told."""

from pathlib import Path

import pytest
from tests.judgement.school_standards.made import ON, county, judged, row, school, snapshot, standard

from junheng.basics import sha256_bytes
from junheng.judgement.school_standards import evidence_hash, school_attestations
from junheng.standards import resolve


def test_rows_of_evidence_say_what_the_schools_came_to(tmp_path: Path) -> None:
    held = snapshot(
        school(premises={"books": 9}), school("S2", premises={"books": 5}), school("S3"),
        school("S4", premises={"books": 9}, ownership="private"),
    )  # fmt: skip
    found = judged(standard(tmp_path, row("[{at_least: 9}]", bottom="1")), held)
    rows = school_attestations(found, resolve("basic-2012", on=ON), {"S1", "S2", "S3"})
    assert {one["scope_id"]: one["rating"] for one in rows} == {"S1": "达到", "S2": "未达到"}
    assert {(one["scope"], one["item"], one["year"], one["dated_on"]) for one in rows} == {
        ("school", "BS", "2024", "2025-01-10")
    }
    assert {one["evidence_hash"] for one in rows} == {evidence_hash(found)}


def test_the_evidence_is_the_hash_of_input_book_and_standard(tmp_path: Path) -> None:
    rules = standard(tmp_path, row("[{at_least: 9}]", bottom="1"))
    found = judged(rules, snapshot(school(premises={"books": 9})))
    assert evidence_hash(found) == sha256_bytes(f"{'0' * 64}\n\n{rules.sha256}".encode())
    other = judged(
        standard(tmp_path, row("[{at_least: 8}]", bottom="1")), snapshot(school(premises={"books": 9}))
    )
    assert evidence_hash(other) != evidence_hash(found)


@pytest.mark.parametrize("name", ["quality-2017"])
def test_another_standard_takes_nothing_from_it(tmp_path: Path, name: str) -> None:
    found = judged(
        standard(tmp_path, row("[{at_least: 9}]", bottom="1")), snapshot(school(premises={"books": 9}))
    )
    assert school_attestations(found, resolve(name, on=ON), {"S1"}) == []


def test_the_county_knows_its_schools() -> None:
    assert county(snapshot(school(), school("S2", county_code="999902"))).ids == {"S1"}
