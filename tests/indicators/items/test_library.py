"""The library of item facts fits the standards' tests, and its language."""

import pytest

from junheng.indicators import expressions_of, item_entries, item_facts
from junheng.standards import list_standards, resolve, school_year_start


@pytest.mark.parametrize("fact", item_facts().values(), ids=lambda fact: fact.id)
def test_a_fact_is_whole(fact: object) -> None:
    from junheng.indicators import ItemFact

    assert isinstance(fact, ItemFact)
    assert list(expressions_of(fact))
    assert fact.name.zh
    assert fact.name.en
    assert bool(fact.size and fact.need) == (fact.gives == "enough")
    assert bool(fact.numerator) != (fact.gives == "enough")
    assert bool(fact.otherwise) == (fact.over == "class")


def test_every_test_of_a_standard_names_a_fact_a_limit_and_filters_that_are_there() -> None:
    used = set()
    for head in list_standards():
        standard = resolve(head.id, on=school_year_start(2024))
        for item in standard.items:
            for test in item.tests:
                if test.fact:
                    used.add(test.fact)
                    fact = item_facts()[test.fact]
                    assert set(test.only) == set(test.only) & set(fact.filters), item.id
                    assert set(test.only.values()) | set(test.when) <= set(item.limits), item.id
                    assert test.limit in item.limits or test.limit in {"", "provincial_base"}, item.id
    assert used == set(item_entries())
