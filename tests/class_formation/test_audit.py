"""Random enough? Seeds by the dozen on one small grade."""

import random

from tests.class_formation.small import Json, plan, row

from junheng.class_formation import audit_randomness, groups_from

SEEDS = 150


def grade(n: int = 48) -> list[Json]:
    dice = random.Random(3)
    rows = [row(i, marks={"数学": round(dice.gauss(140, 25))}) for i in range(n)]
    rows[0]["unit"] = rows[1]["unit"] = "a" * 64
    rows[2]["apart"] = rows[3]["apart"] = ["x"]
    return rows


def audited(method: str) -> tuple[float, int, float]:
    rules = plan(4, method)
    found = audit_randomness(rules, groups_from(rules, grade())[0], seeds=SEEDS, base=b"audit of tests")
    assert found.pairs == 48 * 47 // 2 - 2  # without the twins, without the two to be apart
    return found.pair_variance, found.always, found.label_chi2


def test_swaps_meet_about_as_chance_does() -> None:
    variance, always, labels = audited("swaps")
    assert 0.7 < variance < 2.5
    assert always == 0
    assert 0.6 < labels < 1.5


def test_a_stratified_deal_is_chance_itself() -> None:
    variance, always, labels = audited("stratified")
    assert 0.7 < variance < 1.4
    assert always == 0
    assert 0.6 < labels < 1.5


def test_a_serpentine_always_puts_the_same_children_together() -> None:
    variance, always, labels = audited("serpentine")
    assert variance > 50
    assert always > 100
    assert 0.6 < labels < 1.5  # only its class numbers are drawn


def test_the_same_base_gives_the_same_audit() -> None:
    assert audited("stratified") == audited("stratified")
