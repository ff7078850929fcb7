"""No limit goes without two sides: each item, veto and relaxation has a case that holds and one that fails."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from junheng.standards import Standard, resolve

Case = Mapping[str, Any]
FOLDER = Path(__file__).parent / "judgement"


def _cases(standard: str) -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.yaml")):
        yield from (case for case in yaml.safe_load(path.read_text("utf-8")) if case["standard"] == standard)


def _places(case: Case) -> Iterator[Mapping[str, Any]]:
    """What a case expects of items: of the county, and of each school."""
    expect = case.get("expect", {})
    schools = [*expect.get("schools", {}).values(), *expect.get("skipped", [])]
    yield from (place.get("items", {}) for place in (expect, *schools))
    yield from (place.get("indicators", {}) for place in schools)


@pytest.fixture(scope="module", params=["quality-2017", "basic-2012"])
def standard(request: pytest.FixtureRequest) -> Standard:
    return resolve(request.param, on=date(2024, 9, 1))


def test_every_item_has_a_case_that_is_met_and_one_that_is_not(standard: Standard) -> None:
    verdicts: dict[str, set[str]] = {item.id: set() for item in standard.items}
    for case in _cases(standard.id):
        for place in _places(case):
            for key, told in place.items():
                verdicts.setdefault(key, set()).add(str(told.get("verdict")))
    assert [item.id for item in standard.items if not {"met", "not_met"} <= verdicts[item.id]] == []


def test_every_relaxation_has_a_case_that_uses_it_and_one_that_may_not(standard: Standard) -> None:
    owners = {offer.id: item.id for item in standard.items for offer in item.relaxations}
    owners |= {offer.id: str(offer.indicator) for offer in standard.relaxations}
    used: set[str] = set()
    refused: set[str] = set()
    for case in _cases(standard.id):
        for place in _places(case):
            for key, told in place.items():
                if told.get("relaxed") and told.get("verdict") == "met":
                    used |= set(told["relaxed"])
                elif told.get("relaxed") == [] and told.get("verdict") == "not_met":
                    refused |= {name for name, owner in owners.items() if owner == key}
    assert set(owners) <= used
    assert set(owners) <= refused
