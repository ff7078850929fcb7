"""Which stages a kind of school teaches, and so when its shared premises must be split."""

from collections.abc import Mapping

from junheng.basics import Stage

# Kinds not named here (special, vocational) may teach any stage.
EXPECTED_STAGES: Mapping[str, tuple[Stage, ...]] = {
    "primary": ("primary",),
    "teaching_point": ("primary",),
    "junior": ("junior",),
    "senior": ("senior",),
    "nine_year": ("primary", "junior"),
    "complete_secondary": ("junior", "senior"),
    "twelve_year": ("primary", "junior", "senior"),
}
