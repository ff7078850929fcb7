"""Made-up zoning problems of any size, by seed: blocks on a map, schools, seats, today's zones."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from junheng.planning.frozen import FORMAT

Json = dict[str, Any]
Doubles = npt.NDArray[np.float64]
_SIDE_M = 250.0  # of a block
_DETOUR = 1.3
_WIDE = 2.5  # reach: so many times the distance schools would have on a regular map
_NEAREST = 4  # zones always within reach
_EMPTY = 0.04  # share of blocks without pupils
_NEEDY = 0.3


@dataclass(frozen=True, slots=True)
class Wish:
    """What the made-up place is like; ``slack``: seats above pupils, ``moved``: metres a re-zoned pupil counts as."""

    graph: Literal["grid", "irregular"] = "grid"
    contiguity: Literal["closer", "connected", "off"] = "closer"
    slack: float = 0.08
    moved: int = 0
    needy: int = 0


def synthetic_problem(seed: int, blocks: int, schools: int, wish: Wish | None = None) -> Json:
    """A frozen problem with ``blocks`` blocks and ``schools`` zones of one school; the same for the same arguments."""
    asked = wish or Wish()
    random = np.random.default_rng([seed, blocks, schools])
    spots = _spots(random, blocks, asked.graph)
    pupils = np.where(random.random(blocks) < _EMPTY, 0, np.rint(random.lognormal(3.2, 0.5, blocks)))
    pupils = pupils.astype(np.int64)
    seeds = np.sort(_spread(random, spots, schools))
    metres = np.ceil(_DETOUR * np.hypot(*(spots[:, None] - spots[seeds][None]).transpose(2, 0, 1)))
    metres = metres.astype(np.int64) + 50
    seats = _seats(random, metres, pupils, asked.slack)
    names, zones = _names("B", blocks), _names("Z", schools)
    reach = int(_WIDE * _SIDE_M * _DETOUR * (blocks / schools) ** 0.5)
    today = _today(random, metres) if asked.moved else None
    return {
        "format": FORMAT, "kind": "zone", "name": f"made up {seed}", "county": {"code": "000000", "name": "made up"},
        "stage": "primary", "from": "2025-09-01", "mode": "plan",
        "blocks": [_block(random, names, zones, at, spots, pupils, today, asked) for at in range(blocks)],
        "neighbours": [[names[a], names[b]] for a, b in _neighbours(spots, blocks, asked.graph)],
        "zones": [
            {"id": z, "name": z, "schools": [f"S{z}"], "capacity": int(seats[at]), "seed": names[seeds[at]]}
            for at, z in enumerate(zones)
        ],
        "schools": [{"id": f"S{z}", "name": z, "capacity": int(seats[at])} for at, z in enumerate(zones)],
        "metres": {names[at]: _within(metres[at], zones, reach) for at in range(blocks)},
        "limits": {"reach_m": reach}, "islands": [],
        "weights": {"metre": 1, "moved": asked.moved} | ({"needy": asked.needy} if asked.needy else {}),
        "contiguity": asked.contiguity, "inputs": [], "sources": {},
    }  # fmt: skip


def _names(letter: str, count: int) -> list[str]:
    digits = len(str(count))
    return [f"{letter}{at:0{digits}d}" for at in range(count)]


def _spots(random: np.random.Generator, blocks: int, graph: str) -> Doubles:
    """Middles of blocks in metres: a grid row by row, or points nowhere too near each other."""
    side = int(np.ceil(blocks**0.5))
    row, column = np.divmod(np.arange(blocks), side)
    regular = np.stack((column, row), 1) * _SIDE_M
    if graph == "grid":
        return regular.astype(np.float64)
    return np.asarray(np.rint(regular + random.uniform(-0.42, 0.42, (blocks, 2)) * _SIDE_M), np.float64)


def _spread(random: np.random.Generator, spots: Doubles, schools: int) -> npt.NDArray[np.int64]:
    """Blocks where schools stand: of a few drawn each time the one farthest from the others, so none crowd."""
    chosen = [int(random.integers(len(spots)))]
    while len(chosen) < schools:
        drawn = np.setdiff1d(random.choice(len(spots), min(len(spots), 6 + len(chosen)), False), chosen)
        if len(drawn):
            away = np.hypot(*(spots[drawn][:, None] - spots[chosen][None]).transpose(2, 0, 1)).min(1)
            order = np.lexsort((drawn, -away))
            chosen.append(int(drawn[order[min(len(order) - 1, int(random.integers(4)))]]))
    return np.array(chosen, np.int64)


def _seats(random: np.random.Generator, metres: Any, pupils: Any, slack: float) -> npt.NDArray[np.int64]:
    """Seats by school: between what its surroundings ask for and the mean, uneven, in all pupils × (1 + slack)."""
    schools = metres.shape[1]
    near = np.bincount(metres.argmin(1), pupils, schools)
    wanted = (0.7 * near + 0.3 * near.mean()) * random.uniform(0.85, 1.15, schools)
    return np.asarray(np.ceil(wanted * (pupils.sum() * (1 + slack) / wanted.sum())), np.int64)


def _today(random: np.random.Generator, metres: Any) -> npt.NDArray[np.int64]:
    """Today's zones: nearest schools, with schools that once were stronger than others."""
    pull = random.normal(0, 0.35 * _SIDE_M, metres.shape[1])
    return np.asarray((metres + pull).argmin(1), np.int64)


def _block(
    random: Any, names: list[str], zones: list[str], at: int, spots: Any, pupils: Any, today: Any, asked: Wish
) -> Json:
    count = int(pupils[at])
    found: Json = {"id": names[at], "name": names[at], "pupils": count, "addresses": []}
    if today is not None:
        found["now"] = [zones[today[at]]]
    if asked.needy:
        found["needy"] = int(random.binomial(count, _NEEDY * (0.4 + 1.2 * spots[at, 0] / spots[:, 0].max())))
    return found


def _neighbours(spots: Doubles, blocks: int, graph: str) -> list[tuple[int, int]]:
    if graph == "grid":
        side = int(np.ceil(blocks**0.5))
        pairs = [(at, at + 1) for at in range(blocks - 1) if (at + 1) % side]
        return sorted(pairs + [(at, at + side) for at in range(blocks - side)])
    from scipy.spatial import Delaunay

    corners = Delaunay(spots).simplices
    edges = {
        (min(a, b), max(a, b))
        for one in corners.tolist()
        for a, b in ((one[0], one[1]), (one[1], one[2]), (one[0], one[2]))
    }
    return sorted((a, b) for a, b in edges if np.hypot(*(spots[a] - spots[b])) <= 2 * _SIDE_M)


def _within(row: Any, zones: list[str], reach: int) -> dict[str, int]:
    near = set(np.argsort(row, kind="stable")[:_NEAREST].tolist())
    return {zone: int(row[at]) for at, zone in enumerate(zones) if row[at] <= reach or at in near}
