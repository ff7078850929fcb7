"""A made-up city for races: pupils on a plane, wishes among the schools around, contested on purpose.

Choices are the best of quality, distance and taste among the 40 nearest schools; about 250 seats a school, seats for 98
pupils of 100; four classes: special 1 %, sibling 4 % of the schools listed, catchment (the nearest school), other.
"""

import hashlib
from typing import Any

import numpy as np
import numpy.typing as npt

from junheng.admissions import Market, parse_problem

Floats = npt.NDArray[np.float64]

SEATS, SHARE_OF_SEATS, WINDOW, NEAREST = 250, 0.98, 7, 40
_QUALITY, _TASTE = 1.0, 0.8  # weights beside a distance of one mesh
_CHUNK = 50_000


def make_market(pupils: int, choices: int, seed: int = 7, **rules: Any) -> Market:
    """``pupils`` singles with ``choices`` wishes each; ``rules`` replace those of deferred acceptance."""
    random = np.random.default_rng(seed)
    side = max(3, round((pupils * SHARE_OF_SEATS / SEATS) ** 0.5))
    school, klass = _wishes(random, pupils, choices, side)
    names = sorted(hashlib.sha256(f"{seed}/{number}".encode()).hexdigest() for number in range(pupils))
    return Market(
        problem=parse_problem(_problem(random, pupils, side, choices) | rules),
        pids=names,
        row_unit=np.arange(pupils),
        units=names,
        size=np.ones(pupils, dtype=np.int64),
        start=np.arange(pupils + 1) * choices,
        school=school.reshape(-1),
        klass=klass.reshape(-1),
        fallback_start=np.zeros(pupils + 1, dtype=np.int64),
        fallback=np.zeros(0, dtype=np.int32),
    )


def _problem(random: np.random.Generator, pupils: int, side: int, choices: int) -> dict[str, Any]:
    plans = random.multinomial(int(pupils * SHARE_OF_SEATS), np.full(side**2, 1 / side**2)).tolist()
    names = [f"s{number:04d}" for number in range(side**2)]
    classes = ["special", "sibling", "catchment", "other"]
    return {
        "band_width": choices,
        "classes": [{"code": code, "name": name} for code, name in enumerate(classes)],
        "schools": [
            {"id": name, "name": name, "plan": plan, "pools": [{"id": "all", "seats": plan}]}
            for name, plan in zip(names, plans, strict=True)
        ],
        "stages": [{"id": "main", "schools": names}],
    }


def _wishes(
    random: np.random.Generator, pupils: int, choices: int, side: int
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int16]]:
    """The schools listed and the class there [pupils, choices]; schools stand on a shaken grid."""
    x, y = np.meshgrid(np.arange(side), np.arange(side), indexing="ij")
    schools = np.stack([x.ravel(), y.ravel()], axis=1) + random.random((side**2, 2))
    quality = _QUALITY * random.standard_normal(side**2)
    listed = [
        _of_chunk(random, min(_CHUNK, pupils - first), choices, side, schools, quality)
        for first in range(0, pupils, _CHUNK)
    ]
    return np.concatenate([school for school, _ in listed]), np.concatenate([klass for _, klass in listed])


def _of_chunk(
    random: np.random.Generator, pupils: int, choices: int, side: int, schools: Floats, quality: Floats
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int16]]:
    home = random.random((pupils, 2)) * side
    window = min(WINDOW, side)
    corner = np.clip(home.astype(np.int64) - window // 2, 0, side - window)
    step = np.arange(window)
    around = (corner[:, 0, None] + step)[:, :, None] * side + (corner[:, 1, None] + step)[:, None, :]
    near = around.reshape(pupils, -1)
    distance = np.hypot(*(schools[near] - home[:, None]).transpose(2, 0, 1))
    nearest_known = min(NEAREST, distance.shape[1])
    closest = np.argpartition(distance, nearest_known - 1, axis=1)[:, :nearest_known]
    near, distance = np.take_along_axis(near, closest, 1), np.take_along_axis(distance, closest, 1)
    worth = quality[near] - distance + _TASTE * random.standard_normal(near.shape)
    best = np.argsort(-worth, axis=1)[:, :choices]
    school = np.take_along_axis(near, best, 1)
    nearest = np.take_along_axis(near, np.argmin(distance, axis=1)[:, None], 1)
    klass = np.where(school == nearest, 2, 3)
    klass[random.random(klass.shape) < 0.04] = 1
    klass[random.random(pupils) < 0.01] = 0
    return school.astype(np.int32), klass.astype(np.int16)
