"""What a school's own targets can be measured by: its verdict, its indicators, and nothing of others."""

from fractions import Fraction

from junheng.judgement.promises import school_facts

_VERDICT = {
    "schools": [
        {
            "school_id": "1", "stage": "primary", "verdict": "not_met", "met": 6,
            "indicators": {"R1": {"verdict": "met", "value": 4.15}, "R2": {"verdict": "cannot_tell", "value": None}},
        },
        {"school_id": "2", "stage": "primary", "verdict": "met", "met": 7, "indicators": {}},
    ]
}  # fmt: skip


def test_a_school_tells_its_own_figures() -> None:
    assert school_facts(_VERDICT, "1") == {
        "primary_verdict": False, "primary_met": Fraction(6), "primary_R1": True,
        "primary_R1_value": Fraction("4.15"), "primary_R2": None, "primary_R2_value": None,
    }  # fmt: skip


def test_a_school_that_was_not_judged_tells_nothing() -> None:
    assert school_facts(_VERDICT, "3") == {}
