"""The school rule against its definition: try every completion of what is unknown."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from junheng.judgement.school import CANNOT_TELL, MET, NONE, NOT_MET, school_codes, school_verdict
from junheng.judgement.verdict import Verdict

# One indicator: (verdict against the threshold, verdict against the floor).
KNOWN = ((Verdict.MET, Verdict.MET), (Verdict.NOT_MET, Verdict.MET), (Verdict.NOT_MET, Verdict.NOT_MET))
UNKNOWN = (Verdict.CANNOT_TELL, Verdict.CANNOT_TELL)


def _passes(indicators: tuple[tuple[Verdict, Verdict], ...], need: int) -> bool:
    met = sum(reached is Verdict.MET for reached, _ in indicators)
    rest_holds = all(floor is Verdict.MET for reached, floor in indicators if reached is not Verdict.MET)
    return met >= need and rest_holds


def _by_enumeration(indicators: tuple[tuple[Verdict, Verdict], ...], need: int) -> Verdict:
    choices = [KNOWN if indicator == UNKNOWN else (indicator,) for indicator in indicators]
    found = {_passes(completion, need) for completion in product(*choices)}
    if len(found) == 2:
        return Verdict.CANNOT_TELL
    return Verdict.MET if found.pop() else Verdict.NOT_MET


@given(st.lists(st.sampled_from([*KNOWN, UNKNOWN]), min_size=1, max_size=7), st.integers(0, 8))
def test_three_values_are_exact(indicators: list[tuple[Verdict, Verdict]], need: int) -> None:
    reached, floors = zip(*indicators, strict=True)
    assert school_verdict(reached, floors, need) is _by_enumeration(tuple(indicators), need)


@pytest.mark.parametrize(
    ("met", "at_floor", "below", "unknown", "expected"),
    [
        (7, 0, 0, 0, Verdict.MET),
        (6, 1, 0, 0, Verdict.MET),
        (6, 0, 1, 0, Verdict.NOT_MET),
        (5, 2, 0, 0, Verdict.NOT_MET),
        (6, 0, 0, 1, Verdict.CANNOT_TELL),
        (5, 1, 0, 1, Verdict.CANNOT_TELL),
        (5, 0, 1, 1, Verdict.NOT_MET),
        (4, 2, 0, 1, Verdict.NOT_MET),
        (0, 0, 0, 7, Verdict.CANNOT_TELL),
    ],
)
def test_six_of_seven(met: int, at_floor: int, below: int, unknown: int, expected: Verdict) -> None:
    rows = [KNOWN[0]] * met + [KNOWN[1]] * at_floor + [KNOWN[2]] * below + [UNKNOWN] * unknown
    reached, floors = zip(*rows, strict=True)
    assert school_verdict(reached, floors, 6) is expected


def test_without_floors_enough_met_is_enough() -> None:
    reached = [Verdict.MET] * 6 + [Verdict.CANNOT_TELL]
    assert school_verdict(reached, [None] * 7, 6) is Verdict.MET


def test_a_row_without_any_threshold_is_not_judged() -> None:
    levels = [np.array([NONE, MET], np.int8), np.array([NONE, CANNOT_TELL], np.int8)]
    floors = [np.array([NONE, MET], np.int8), np.array([NONE, CANNOT_TELL], np.int8)]
    assert school_codes(levels, floors, 1).tolist() == [NONE, CANNOT_TELL]
    assert school_codes(levels, floors, 3).tolist() == [NONE, NOT_MET]
