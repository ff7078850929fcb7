"""A family's chances before the numbers are drawn, with an honest interval."""

from junheng.admissions.chance.by_place import PlaceChance, chances_by_place
from junheng.admissions.chance.estimate import (
    Chances,
    ChoiceChance,
    Share,
    chance,
    chances_of,
    family_market,
    one_school_chance,
)
from junheng.admissions.chance.interval import clopper_pearson
from junheng.admissions.chance.mean import MEAN_INTERVAL, MeanShare
from junheng.admissions.chance.simulation import Simulation, simulated_chances

__all__ = [
    "MEAN_INTERVAL",
    "Chances",
    "ChoiceChance",
    "MeanShare",
    "PlaceChance",
    "Share",
    "Simulation",
    "chance",
    "chances_by_place",
    "chances_of",
    "clopper_pearson",
    "family_market",
    "one_school_chance",
    "simulated_chances",
]
