"""Made-up problems: shaped like OR-Library's capa, capb, capc; and small ones of every model.

Beasley (1988, Eur. J. Opl Res. 33, 314–325) and the generator of the package geco: sites and customers on a 1000 × 1000
square, demands uniform in 1–100, cost of serving = distance × demand × a draw from 1–1.25. Read off capa itself: fixed
costs from 1.37 to 2.25 million, so that 5–8 of 100 sites are open. Assumed: demands scaled to a total near 58,268.
"""

from typing import Any

import numpy as np

from junheng.planning.frozen import FORMAT

Json = dict[str, Any]
_SQUARE, _SHARE = 1000, 58.268  # demand per customer
_FIXED = (1_370_000, 2_254_000)
CAPACITIES = (8_000, 10_000, 12_000, 14_000)  # of capa; capb 5,000–8,000, capc 5,000–7,250


def capa_like(
    seed: int, capacity: int, sites: int = 100, customers: int = 1000, *, spread: float = 0.0
) -> Json:
    """A capacitated problem like capa. ``spread``: share by which single capacities differ from ``capacity``."""
    draw = np.random.default_rng(seed)
    homes, places = (draw.integers(0, _SQUARE + 1, (count, 2)) for count in (customers, sites))
    demand = draw.integers(1, 101, customers)
    demand = np.maximum(1, np.rint(demand * (_SHARE * customers / demand.sum()))).astype(int)
    lengths = np.hypot(*(homes[:, None] - places[None]).transpose(2, 0, 1))
    costs = np.rint(lengths * draw.uniform(1, 1.25, lengths.shape) * demand[:, None]).astype(int)
    fixed = draw.integers(*_FIXED, sites) * customers // 1000
    rooms = np.rint(capacity * draw.uniform(1 - spread, 1 + spread, sites)).astype(int)
    return {
        **_frame("capacitated"),
        "demand": _named(demand.tolist(), "weight"),
        "sites": [
            row | {"capacity": int(room)}
            for row, room in zip(_named(fixed.tolist(), "cost"), rooms.tolist(), strict=True)
        ],
        "ways": costs.tolist(),
    }


def random_problem(model: str, seed: int, demand: int, sites: int, *, gaps: float = 0.0) -> Json:
    """A small problem of any model on a square of 100; ``gaps``: share of pairs without a way."""
    draw = np.random.default_rng(seed)
    lengths = draw.integers(0, 100, (demand, sites))
    missing = draw.random(lengths.shape) < gaps
    ways = [
        ["" if is_missing else int(way) for way, is_missing in zip(row, holes, strict=True)]
        for row, holes in zip(lengths.tolist(), missing.tolist(), strict=True)
    ]
    weight = draw.integers(1, 20, demand)
    found = {**_frame(model), "demand": _named(weight.tolist(), "weight"), "sites": _named([0] * sites, "")}
    if model in ("set_covering", "capacitated"):
        found["sites"] = _named(draw.integers(1, 60, sites).tolist(), "cost")
    if model == "capacitated":
        rooms = draw.integers(max(1, int(weight.sum()) // sites), int(weight.sum()) + 1, sites)
        for site, room in zip(found["sites"], rooms.tolist(), strict=True):
            site["capacity"] = room
    if model in ("p_median", "p_centre", "maximal_covering"):
        found["count"] = int(draw.integers(1, sites + 1))
    if model in ("set_covering", "maximal_covering"):
        found["radius"] = int(draw.integers(20, 80))
    return found | {"ways": ways}


def _frame(model: str) -> Json:
    unit = {"zh": "费用", "en": "cost"} if model == "capacitated" else {"zh": "米", "en": "m"}
    return {
        "format": FORMAT,
        "kind": "site",
        "model": model,
        "name": "made up",
        "unit": unit,
        "sources": {},
        "inputs": [],
        "cannot_tell": [],
    }


def _named(values: list[int], key: str) -> list[Json]:
    width = len(str(len(values)))
    rows: list[Json] = []
    for place, value in enumerate(values, 1):
        name = f"{place:0{width}d}"
        rows.append({"id": name, "name": name} | ({key: int(value)} if key else {}))
    return rows
