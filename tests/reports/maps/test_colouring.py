"""Colours: neighbours differ, for colour-blind readers and in grey print too; classes are exact."""

import itertools
import math
import random
from fractions import Fraction

import numpy as np
import numpy.typing as npt
import pytest
from tests.reports.maps.made_maps import made_layers

from junheng.planning import MapArea, MapGroup
from junheng.reports.maps.colouring import HUES, SHADES, TONES, classes, hues_of, shade

# Machado, Oliveira, Fernandes (2009), severity 1.0, on linear RGB.
SIGHT = {
    "full": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip


def lab(colour: str, sight: str = "full") -> npt.NDArray[np.float64]:
    """CIE L*a*b* (D65) of a colour as someone of that sight sees it."""
    given = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(given <= 0.04045, given / 12.92, ((given + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.asarray(SIGHT[sight]) @ linear, 0, 1)
    x, y, z = np.where(
        (xyz := TO_XYZ @ seen / np.array([0.95047, 1, 1.08883])) > 0.008856,
        np.cbrt(xyz),
        7.787 * xyz + 16 / 116,
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("sight", ["full", "protan", "deutan"])
def test_hues_are_told_apart(sight: str) -> None:
    pairs = itertools.combinations(HUES, 2)
    assert min(float(np.linalg.norm(lab(a, sight) - lab(b, sight))) for a, b in pairs) > 15


def test_grey_print_tells_hues_apart() -> None:
    light = sorted(float(lab(hue)[0]) for hue in HUES)
    assert min(b - a for a, b in itertools.pairwise(light)) > 4.5
    first = sorted(float(lab(hue)[0]) for hue in HUES[:4])
    assert min(b - a for a, b in itertools.pairwise(first)) > 10


def test_shades_and_warnings_are_ordered_by_lightness() -> None:
    light = [float(lab(one)[0]) for one in SHADES]
    assert light == sorted(light, reverse=True)
    assert float(lab(TONES["red"])[0]) + 20 < float(lab(TONES["orange"])[0])
    assert float(lab(TONES["orange"])[0]) + 15 < float(lab(TONES["yellow"])[0])


@pytest.mark.parametrize("seed", range(5))
def test_neighbours_never_share_a_colour(seed: int) -> None:
    chance, side = random.Random(seed), 16
    seeds = [(chance.random() * side, chance.random() * side) for _ in range(50)]
    zone = {
        (i, j): f"z{min(range(50), key=lambda at: math.dist(seeds[at], (i, j)))}"
        for i in range(side)
        for j in range(side)
    }
    touching = [
        (zone[i, j], zone[i + di, j + dj])
        for i, j in zone
        for di, dj in ((0, 1), (1, 0))
        if (i + di, j + dj) in zone
    ]
    hues = hues_of([MapGroup(name, name) for name in set(zone.values())], touching)
    assert [pair for pair in touching if pair[0] != pair[1] and hues[pair[0]] == hues[pair[1]]] == []


def test_tones_are_kept_and_the_order_of_input_is_not_seen() -> None:
    groups = [MapGroup("a", "红色预警", "red"), MapGroup("b", "b"), MapGroup("c", "c")]
    hues = hues_of(groups, [("b", "c"), ("a", "b")])
    assert hues["a"] == TONES["red"]
    assert hues["b"] != hues["c"]
    assert hues == hues_of(groups[::-1], [("b", "a"), ("c", "b")])


def test_classes_are_exact_and_unknown_is_none() -> None:
    values = [None, 0, Fraction(1, 3), Fraction(1, 3), 2, 5, 9, 40]
    areas = [MapArea(str(at), "", value=value) for at, value in enumerate(values)]
    limits = classes(areas)
    assert len(limits) == 5
    assert limits[-1] == 40
    assert shade(areas[0], limits) is None
    assert shade(areas[1], limits) == SHADES[0]
    assert shade(areas[2], limits) == shade(areas[3], limits)
    assert shade(areas[-1], limits) == SHADES[-1]
    assert classes(areas[:1]) == []
    assert [area.group for area in made_layers(2).areas] == ["z00", "z10", "z01", "z11"]
