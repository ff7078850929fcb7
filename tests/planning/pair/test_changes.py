"""Members beside comparable schools: worked differences, the permutation interval by hand, and what may be compared."""

from fractions import Fraction
from itertools import combinations, permutations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples
from tests.planning.pair.scenes import problem, school, tie

from junheng.planning.pair import solve, summary
from junheng.planning.pair.permutation import permutation_test

Json = dict[str, Any]
LEVEL = Fraction(19, 20)


def _test(differences: list[int], level: Fraction = LEVEL, largest: int = 65536) -> Json:
    return permutation_test([[Fraction(d), Fraction(0)] for d in differences], level, largest, 999, "seed")


def test_six_pairs_by_hand() -> None:
    """64 arrangements: the interval at 95 % runs from the smallest to the largest mean of a subset (Hartigan)."""
    found = _test([1, 2, 3, 4, 5, 6])
    assert (found["effect"], found["arrangements"], found["method"]) == ("3.5", 64, "exact")
    assert found["p"] == "0.03125"  # 2/64: only the real arrangement is as large
    assert (found["low"], found["high"]) == (1, 6)


def test_five_pairs_are_too_few() -> None:
    found = _test([1, 2, 3, 4, 5])
    assert found["p"] == "0.0625"
    assert "low" not in found
    assert "low" in _test([1, 2, 3, 4, 5], Fraction(9, 10))


def test_pairs_are_hartigans_typical_values() -> None:
    differences = [-2, 1, 4, 4, 7, 9, 12]
    means = sorted(
        Fraction(sum(chosen), size) for size in range(1, 8) for chosen in combinations(differences, size)
    )
    place = 128 // 40  # 128 arrangements × 2.5 %, rounded down
    found = _test(differences)
    assert (Fraction(found["low"]), Fraction(found["high"])) == (means[place - 1], means[-place])


@settings(max_examples=examples(40))
@given(
    st.lists(st.lists(st.integers(-9, 9), min_size=2, max_size=3), min_size=2, max_size=6),
    st.sampled_from([Fraction(1, 2), Fraction(4, 5), LEVEL]),
)
def test_limits_are_where_the_arrangement_seen_becomes_extreme(
    sets: list[list[int]], level: Fraction
) -> None:
    found = permutation_test([[Fraction(v) for v in own] for own in sets], level, 65536, 99, "s")
    tail = (1 - level) / 2

    def above(shift: Fraction) -> Fraction:
        moved = [[own[0] - shift, *own[1:]] for own in sets]
        sums = [
            sum(own[c] - (sum(own) - own[c]) / (len(own) - 1) for own, c in zip(moved, choice, strict=True))
            for choice in product(*(range(len(own)) for own in moved))
        ]
        return Fraction(sum(total >= sums[0] for total in sums), len(sums))

    if "low" in found:
        low = Fraction(found["low"])
        assert above(low) > tail
        assert above(low - Fraction(1, 10**6)) <= tail


def test_many_sets_are_drawn_and_say_so() -> None:
    found = _test([3] * 10 + [5] * 10, largest=1024)
    assert (found["method"], found["arrangements"]) == ("sampled", 1000)
    assert found == _test([3] * 10 + [5] * 10, largest=1024)
    assert Fraction(found["low"]) > 0


def _district(gain: int, members: int = 6, outsiders: int = 8, **more: Any) -> Json:
    """Members a0… joined in 2023 and rose by ``gain``; outsiders b0… rose by 1. Starts 10, 11, …; all rural."""
    schools = [school(f"a{n}", "other", place="rural") for n in range(members)]
    schools += [school(f"b{n}", "other", place="rural") for n in range(outsiders)]
    schools.append(school("core", "strong"))
    register = [tie("D", "core", "core", "2020-09-01")]
    register += [tie("D", f"a{n}", "member", "2023-09-01") for n in range(members)]
    values = [
        {"indicator": "R2", "stage": "primary", "school": f"{side}{n}", "year": year, "value": value}
        for side, count, rise in (("a", members, gain), ("b", outsiders, 1))
        for n in range(count)
        for year, value in ((2021, 9 + n), (2022, 10 + n), (2024, 10 + n + rise))
    ]
    asked = {
        "before": 2022,
        "after": 2024,
        "level": "0.95",
        "controls": 1,
        "calliper": "0.5",
        "largest": 65536,
        "sampled": 99,
        "indicators": [{"id": "R2", "zh": "骨干", "en": "backbone"}],
    }
    return problem(schools, {}, register=register, values=values, changes=asked | more)


def _result(found: Json) -> Json:
    return solve(found)["changes"][0]


def test_members_rise_more_than_their_matches() -> None:
    row = _result(_district(4))
    assert [(s["member"], s["others"]) for s in row["sets"]] == [(f"a{n}", [f"b{n}"]) for n in range(6)]
    assert (row["effect"], row["start_gap"], row["verdict"]) == (3, 0, "more")
    assert (row["low"], row["high"], row["p"]) == (3, 3, "0.03125")
    assert row["path"] == [
        {"year": 2021, "members": -1, "others": -1},
        {"year": 2022, "members": 0, "others": 0},
        {"year": 2024, "members": 4, "others": 1},
    ]


def test_too_few_schools_cannot_tell() -> None:
    row = _result(_district(40, members=5))
    assert (row["verdict"], row["effect"]) == ("cannot_tell", 39)
    assert "low" not in row
    assert _result(_district(4, members=0))["verdict"] == "cannot_tell"


def test_words_claim_no_cause() -> None:
    found = _district(4)
    line = next(line for line in summary(found, solve(found)) if "可比学校" in line.zh)
    assert "不等于" in line.zh
    assert "not an effect" in line.en


@pytest.mark.parametrize("spoil", ["place", "member", "value", "start"])
def test_only_comparable_schools_are_taken(spoil: str) -> None:
    found = _district(4)
    if spoil == "place":
        next(s for s in found["schools"] if s["id"] == "b0")["place"] = "town"
    if spoil == "member":
        found["register"].append(tie("D", "b0", "member", "2021-09-01", left="2023-01-01"))
    if spoil == "value":
        found["values"] = [v for v in found["values"] if (v["school"], v["year"]) != ("b0", 2022)]
    if spoil == "start":
        next(v for v in found["values"] if (v["school"], v["year"]) == ("b0", 2022))["value"] = 900
    row = _result(found)
    assert "b0" not in {other for own in row["sets"] for other in own["others"]}


def test_a_member_without_a_value_is_listed() -> None:
    found = _district(4)
    found["values"] = [v for v in found["values"] if (v["school"], v["year"]) != ("a3", 2024)]
    row = _result(found)
    assert (row["no_value"], row["joined"], len(row["sets"])) == (["a3"], 6, 5)


def test_two_matches_each_are_nearest_round_by_round() -> None:
    row = _result(_district(4, members=3, outsiders=8, controls=2))
    assert [len(own["others"]) for own in row["sets"]] == [2, 2, 2]
    assert [own["others"][0] for own in row["sets"]] == ["b0", "b1", "b2"]
    assert row["arrangements"] == 27


@settings(max_examples=examples(25))
@given(st.data())
def test_matching_is_the_nearest(data: st.DataObject) -> None:
    found = _district(2, members=3, outsiders=4)
    for row in found["values"]:
        if row["year"] == 2022:
            row["value"] = data.draw(st.integers(5, 30))
    asked = {v["school"]: Fraction(v["value"]) for v in found["values"] if v["year"] == 2022}
    mean = sum(asked.values()) / len(asked)

    def apart(member: str, other: str) -> int | None:
        share = abs(asked[member] - asked[other]) / mean
        return None if share > Fraction(1, 2) else int(share * 10**6)

    best = (0, 0)
    for chosen in permutations([None, None, None, "b0", "b1", "b2", "b3"], 3):
        costs = [apart(f"a{n}", other) for n, other in enumerate(chosen) if other]
        if None not in costs:
            best = max(best, (len(costs), -sum(cost for cost in costs if cost is not None)))
    sets = _result(found)["sets"]
    costs = [apart(own["member"], own["others"][0]) for own in sets]
    assert (len(sets), -sum(cost or 0 for cost in costs)) == best
