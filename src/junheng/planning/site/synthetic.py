"""Made-up counties for tests and benchmarks: zones on a square,
schools that stand and sites that may be built.

Everything is invented but the shape of the question: five years, classes of 45, ways within 3 km, at most 12 sites
for a zone. Nothing here is a norm.
"""

from typing import Any

import numpy as np

from junheng.planning.frozen import FORMAT, Json

YEARS = (2026, 2027, 2028, 2029, 2030)
_ZONES_PER_SCHOOL = 17
_REACH, _MOST_SITES = 3000, 12
_METRES_OF_ZONE = 1150  # a zone's share of the square: side of a square of this area, by zone


def synthetic_problem(
    seed: int, zones: int, existing: int, candidates: int, *, years: int = 5, scenarios: int = 1
) -> Json:
    """A frozen problem of ``zones`` blocks, ``existing`` schools and ``candidates`` sites."""
    chance = np.random.default_rng(seed)
    side = _METRES_OF_ZONE * zones**0.5 / 2
    homes = chance.random((zones, 2)) * side
    places = chance.random((existing + candidates, 2)) * side
    now = chance.integers(15, 70, zones)
    trend = chance.normal(1.0, 0.09, zones)
    span = list(YEARS[:years])
    names = ["mid", "low", "high"][:scenarios]
    return {
        "format": FORMAT, "kind": "site", "model": "schools", "name": f"made up {seed}",
        "county": {"code": "999900", "name": "made up"}, "stage": "primary", "years": span, "class_pupils": 45,
        "unmet": "priced", "unmet_yuan": 60000, "unit": "metre", "reach": _REACH, "way_yuan": "0.1",
        "basis": {"zh": "虚构", "en": "made up"}, "scenarios": sorted(names), "lead": "mid",
        "blocks": [_block(at, homes, places, now, trend, names, years) for at in range(zones)],
        "sites": [_site(at, existing, places, chance, years, now.sum() / max(1, existing)) for at in range(existing + candidates)],
        "empty": [], "cannot_tell": [], "defaults": [], "inputs": [],
    }  # fmt: skip


def _block(at: int, homes: Any, places: Any, now: Any, trend: Any, names: list[str], years: int) -> Json:
    metres = np.ceil(np.hypot(*(places - homes[at]).T) * 1.3).astype(int)
    near = [int(site) for site in np.argsort(metres, kind="stable")[:_MOST_SITES] if metres[site] <= _REACH]
    growth = {"mid": 0.0, "low": -0.03, "high": 0.03}
    return {
        "id": f"z{at:05d}", "name": f"z{at}",
        "pupils": {
            name: [round(int(now[at]) * float(trend[at] + growth[name]) ** (year + 1)) for year in range(years)]
            for name in names
        },
        "ways": {f"s{site:03d}": int(metres[site]) for site in sorted(near)},
    }  # fmt: skip


def _site(at: int, existing: int, places: Any, chance: Any, years: int, share: float) -> Json:
    is_existing = at < existing
    classes = max(6, round(share / 45 * float(chance.uniform(0.7, 1.05)))) if is_existing else 0
    return {
        "id": f"s{at:03d}", "name": f"s{at}", "existing": int(is_existing),
        "classes": [classes] * years, "step": 1 if is_existing else 6, "least": 0 if is_existing else 2,
        "most": int(chance.integers(0, 9)) if is_existing else 5, "may_close": int(is_existing and at % 4 == 0),
        "from": YEARS[0] if is_existing else YEARS[int(chance.integers(0, min(2, years)))],
        "fixed_yuan": 0 if is_existing else int(chance.integers(1500, 3500)) * 10000,
        "step_yuan": int(chance.integers(160, 260)) * 10000 * (1 if is_existing else 6),
        "close_yuan": 500000 if is_existing else 0, "yearly_yuan": 1200000, "class_yearly_yuan": 250000,
        "pupils_least": 100, "pupils_most": 2000,
    }  # fmt: skip
