"""Which stages no money can bring in, and by which indicators: told before anything is solved."""

from dataclasses import dataclass

import numpy as np

from junheng.basics import Text
from junheng.planning.frozen import Json
from junheng.planning.invest.county import FLOOR, FULL, County, Doubles, Flags

_WHY = Text(
    "受场地、编制或人员上限所限，投入多少都达不到；只能改扩建、调整生源或合并",
    "out of reach within the limits of land, posts or people, whatever is spent: rebuild, move pupils or merge",
)


@dataclass(frozen=True)
class Screen:
    """By row and indicator (in the problem's order): what its limits allow. ``is_open``: the stage can be brought in."""

    short_of_line: Flags  # the line is out of reach: the indicator has to be an exempt one
    short_of_floor: Flags
    is_open: Flags

    def blocking(self, county: County, row: int) -> list[str]:
        """Indicators to blame: too many out of reach of their line, else those out of reach of their floor."""
        too_many = self.short_of_line[row].sum() > len(county.indicators) - county.needed
        flags = self.short_of_line[row] if too_many else self.short_of_floor[row]
        return [indicator["id"] for indicator, flag in zip(county.indicators, flags, strict=True) if flag]


def screen(county: County) -> Screen:
    """Compare what is lacking with what each school may buy at most (land, posts, people there to train)."""
    most = _most(county)
    lack = np.stack([_lack(county, kind) for kind in (FULL, FLOOR)], axis=1)
    beyond = lack > most[:, None] * (1 + 1e-12) + 1e-9
    line, floor = beyond[:, FULL], beyond[:, FLOOR]
    allowed = len(county.indicators) - county.needed
    return Screen(line, floor, ~floor.any(1) & (line.sum(1) <= allowed))


def _lack(county: County, kind: int) -> Doubles:
    """(row, indicator) in numerators, persons in whole ones."""
    own, shared = iter(range(len(county.persons))), iter(range(len(county.shared)))
    return np.stack(
        [
            county.lack_shared[:, kind, next(shared)]
            if row["shared"]
            else county.lack_persons[:, kind, next(own)]
            for row in county.indicators
        ],
        axis=1,
    )


def _most(county: County) -> Doubles:
    """(row, indicator) the most that all offers together can add."""
    found = np.zeros((len(county.rows), len(county.indicators)))
    for place, offer in enumerate(county.offers):
        caps = (
            county.caps[: len(county.rows), place] if offer.stage else county.caps[county.row_school, place]
        )
        for at, row in enumerate(county.indicators):
            if row["id"] in offer.gives:
                found[:, at] += caps * float(offer.gives[row["id"]])
    return found


def unreachable(county: County, found: Screen) -> list[Json]:
    """The outcome's list, with the reason in words."""
    names = {row["id"]: (row["zh"], row["en"]) for row in county.indicators}
    rows = []
    for at in np.flatnonzero(~found.is_open):
        row, blocking = county.rows[at], found.blocking(county, int(at))
        rows.append(
            {
                "school_id": county.schools[row.school]["id"],
                "stage": row.stage,
                "indicators": blocking,
                "zh": f"{'、'.join(names[key][0] for key in blocking)}{_WHY.zh}",
                "en": f"{', '.join(names[key][1] for key in blocking)} {_WHY.en}",
            }
        )
    return rows
