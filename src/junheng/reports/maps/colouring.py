"""Colours of zones: eight print-safe hues, neighbours always different ones.

The eight differ in lightness (CIE L* 95 to 56, steps of 5.5), so that grey print and all kinds of colour blindness
tell neighbours apart; hues were chosen to stay as far apart as possible under simulated protanopia and deuteranopia
(matrices of Machado, Oliveira and Fernandes 2009). Zones are coloured greedily by saturation (Brélaz 1979, DSATUR).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from junheng.planning import MapArea, MapGroup, Number

# The order of use: a map mostly needs the first four or five, so those differ most in lightness.
HUES = ("#e9f7c5", "#98dbfb", "#d6a99a", "#bc86a2", "#dac07b", "#71a8e8", "#b5ece0", "#a68152")
# Of values, light = little; green, since the marks of schools are blue.
SHADES = ("#f0f8f1", "#c7e5ce", "#8fc9a1", "#4f9f71", "#1f6b45")
TONES = {
    "red": "#b3261e",
    "orange": "#ee9336",
    "yellow": "#fbe58a",
    "green": "#b9dfc0",
    "blue": "#7fb2dc",
    "grey": "#d3d6da",
}
NO_GROUP = "#f4f4f1"


def hues_of(groups: Iterable[MapGroup], touching: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """A colour for every group; ``touching``: pairs of ids that share a border (others are ignored)."""
    named = {group.id: group for group in groups}
    free = sorted(group for group in named if not named[group].tone)
    place = {group: at for at, group in enumerate(free)}
    near: dict[str, set[str]] = defaultdict(set)
    for pair in touching:
        if len(pair) == 2 and pair[0] != pair[1]:
            near[pair[0]].add(pair[1])
            near[pair[1]].add(pair[0])
    chosen: dict[str, int] = {}
    while len(chosen) < len(free):
        group = max(
            (one for one in free if one not in chosen),
            key=lambda one: (_saturation(one, near, chosen), len(near[one]), -place[one]),
        )
        taken = [chosen[other] for other in near[group] if other in chosen]
        chosen[group] = min(range(len(HUES)), key=lambda hue: (taken.count(hue), hue))
    found = {group: HUES[hue] for group, hue in chosen.items()}
    return found | {group: TONES[named[group].tone] for group in named if named[group].tone}


def _saturation(group: str, near: Mapping[str, set[str]], chosen: Mapping[str, int]) -> int:
    return len({chosen[other] for other in near[group] if other in chosen})


def classes(areas: Sequence[MapArea]) -> list[Number]:
    """Upper limits of at most five classes, each of as many different values; exact, none where all are unknown."""
    known = sorted({area.value for area in areas if area.value is not None})
    if not known:
        return []
    most = min(len(SHADES), len(known))
    return [known[(len(known) * (part + 1)) // most - 1] for part in range(most)]


def shade(area: MapArea, limits: Sequence[Number]) -> str | None:
    """The shade of an area's value; None where it is unknown."""
    if area.value is None or not limits:
        return None
    place = next(at for at, limit in enumerate(limits) if area.value <= limit)
    return SHADES[place * (len(SHADES) - 1) // max(1, len(limits) - 1)]
