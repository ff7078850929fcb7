"""What if another scenario comes true: the schools of each plan against the children of the others.

With the plan's seats given, a least cut names blocks whose children exceed all seats within their reach: so many lack
one at least, however pupils are sent.
"""

from collections.abc import Mapping

import numpy as np

from junheng.planning.frozen import Json
from junheng.planning.site.case import Case, Whole
from junheng.planning.site.unavoidable import cut


def under_others(plans: list[Json], cases: Mapping[str, Case]) -> list[Json]:
    """Plan, scenario, year: blocks that are short together, and by how many children; only where any lack."""
    found = []
    for plan in plans:
        for name, case in cases.items():
            if name == plan["scenario"]:
                continue
            seats = _seats(case, plan)
            for at, year in enumerate(case.years):
                blocks = cut(case, seats[:, at], case.demand[:, at])
                reached = np.unique(case.site[np.isin(case.block, blocks)])
                lacking = int(case.demand[blocks, at].sum() - seats[reached, at].sum())
                if lacking > 0:
                    ids = [case.blocks[block] for block in blocks]
                    row = {
                        "plan": plan["scenario"],
                        "under": name,
                        "year": year,
                        "lacking": lacking,
                        "blocks": ids,
                    }
                    found.append(row)
    return found


def _seats(case: Case, plan: Json) -> Whole:
    """Seats of a plan by site and year."""
    classes = np.array([row["classes"] for row in plan["sites"]], np.int64).reshape(
        len(case.sites), len(case.years)
    )
    found: Whole = np.minimum(case.seats_per_class * classes, case.rooms.pupils_most[:, None])
    return found
