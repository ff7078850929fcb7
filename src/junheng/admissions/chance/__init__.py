"""A family's chances before the numbers are drawn, with an honest interval."""

from junheng.admissions.chance.estimate import (
    Chances,
    ChoiceChance,
    Share,
    chance,
    chances_of,
    one_school_chance,
)
from junheng.admissions.chance.interval import clopper_pearson

__all__ = ["Chances", "ChoiceChance", "Share", "chance", "chances_of", "clopper_pearson", "one_school_chance"]
