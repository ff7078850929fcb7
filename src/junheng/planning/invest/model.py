"""The strong model: years on county totals only, coefficients in whole units,
exempt indicators as switches.

A stage that complies (y) needs its line of every indicator but those switched to their floor (w):
bought ≥ D¹⁺·y - (D¹⁺ - D⁸⁺)·w, and, where persons may be given away, bought - given ≥ the same with what may be given free.
Purchases of different schools are interchangeable in time as long as only the target year is judged, so the years stand
on the totals; ``timing`` spreads them over the schools.
"""

from dataclasses import dataclass, field

import numpy as np

from junheng.planning.invest.closed_form import person_columns, plain_prices
from junheng.planning.invest.county import FLOOR, FULL, STEPS, WAN, County, Doubles, Places
from junheng.planning.invest.screen import Screen
from junheng.planning.solver import INFINITY, Block, Term


@dataclass
class Model:
    """The block and where everything stands in it; -1 where there is no such variable or row."""

    county: County
    screen: Screen
    block: Block
    comply: Places  # (row,)
    exempt: Places  # (row, indicator)
    bought: Places  # (row or school, offer): units bought, or persons received
    given: Places  # (row, offer)
    totals: Places  # (offer, year)
    budget: Places  # (year,) rows
    balance: Places  # (offer,) rows of transfers
    counts: dict[str, int] = field(default_factory=dict)  # rows "stages:N", "weak:W" as the prices name them
    cones: dict[tuple[str, str], "ConePlaces"] = field(default_factory=dict)

    def ask(self, kind: str, least: int) -> None:
        """At least so many complying stages ("stages"), or of weak schools ("weak")."""
        rows = self.comply[self.county.is_weak] if kind == "weak" else self.comply
        self.counts[f"{kind}:{least}"] = int(self.block.rows((), least, INFINITY, (rows, 1)))

    @property
    def cost_terms(self) -> list[Term]:
        """The money of the plan, 10,000 yuan."""
        return [(self.totals, self.county.money.sum(2))]


@dataclass
class ConePlaces:
    """One limit on a coefficient of variation: the lifted variables, the mean, its sum row, and the tangent rows so far."""

    rows: Places
    lifted: Places
    mean: int
    sum_row: int
    tangents: list[tuple[Places, Doubles]] = field(default_factory=list)  # rows of the block, points


def build(county: County, screen: Screen, *, is_loose: bool = False) -> Model:
    """Everything but the objective, the mode's own rows and the CV limits; ``is_loose``: no ceilings, no budgets."""
    rows, offers = len(county.rows), len(county.offers)
    block = Block()
    comply = block.var(rows, upper=screen.is_open.astype(float), whole=True)
    exempt = block.var(
        (rows, len(county.indicators)), upper=screen.is_open[:, None].astype(float), whole=True
    )
    none = np.full((max(rows, len(county.schools)), offers), -1, np.int64)
    model = Model(
        county,
        screen,
        block,
        comply,
        exempt,
        none,
        np.full((rows, offers), -1, np.int64),
        np.empty(0, np.int64),
        np.empty(0, np.int64),
        np.full(offers, -1, np.int64),
    )
    block.rows(rows, -INFINITY, 0, (exempt, 1), (comply, county.needed - len(county.indicators)))
    for stage in county.stages:
        _persons(model, stage)
    _shared(model)
    _forced(model)
    model.totals = _totals(model, is_loose=is_loose)
    if not is_loose:
        _money(model)
    return model


def _persons(model: Model, stage: str) -> None:
    """Hires, training and transfers of a stage, and the rows that ask for them."""
    county, block = model.county, model.block
    rows = county.rows_of(stage)
    everything = plain_prices(county)
    given = {place: 0.0 for place, offer in enumerate(county.offers) if offer.is_move}
    columns, places = person_columns(county, stage, type(everything)(everything.offers, given))
    lack = county.lack_persons[rows]
    caps = np.minimum(columns.caps, _useful(columns.vectors, lack, columns.caps, places))
    at = block.var((len(places), len(rows)), upper=caps.T, whole=True).T
    for column, place in enumerate(places):
        if place >= 0:
            model.bought[rows, place] = at[:, column]
        else:
            model.given[rows, -place - 1] = at[:, column]
    _once_trained(model, rows, at, places)
    for attribute, key in enumerate(county.persons):
        sign = columns.vectors[:, attribute]
        _ask_persons(model, rows, key, lack[:, :, attribute], (at, sign), caps)


def _once_trained(model: Model, rows: Places, at: Places, places: list[int]) -> None:
    """Where several trainings lead to the same attribute, all together take no more people than are there without it."""
    county = model.county
    for key in county.persons:
        ways = [
            column
            for column, place in enumerate(places)
            if place >= 0 and county.offers[place].is_training and key in county.offers[place].gives
        ]
        known = [n for n, row in enumerate(rows.tolist()) if "full_time" in county.rows[row].data]
        if len(ways) > 1 and known:
            entries = [county.rows[row] for row in rows[known].tolist()]
            left = [max(0.0, float(int(row.data["full_time"]) - row.stock[key])) for row in entries]
            model.block.rows(len(known), -INFINITY, np.array(left), (at[known][:, ways], 1))


def _useful(vectors: Doubles, lack: Doubles, caps: Doubles, places: list[int]) -> Doubles:
    """(row, column): more than what lacks and may be given away is never of use; what may be given stays."""
    is_given = np.array([place < 0 for place in places])
    out = caps[:, is_given] @ (-vectors[is_given]).clip(min=0)
    most = (lack[:, FULL] + out).clip(min=0)
    needed = np.stack([(most * (vector > 0)).max(1) for vector in vectors], axis=1)
    return np.where(is_given, caps, needed)


def _ask_persons(model: Model, rows: Places, key: str, lack: Doubles, taken: Term, caps: Doubles) -> None:
    county, block = model.county, model.block
    at, sign = taken
    k = _place(county, key)
    full, floor = lack[:, FULL].clip(min=0), lack[:, FLOOR].clip(min=0)
    gets = np.where(sign > 0, sign, 0.0)
    need = np.flatnonzero(full > 0)
    block.rows(
        len(need),
        0,
        INFINITY,
        (at[need], gets),
        (model.comply[rows[need]], -full[need]),
        (model.exempt[rows[need], k], (full - floor)[need]),
    )
    stock = np.array([float(county.rows[row].stock[key]) for row in rows])
    free = np.minimum((caps * (sign < 0)).sum(1), stock)
    line, low = np.maximum(lack[:, FULL], -free), np.maximum(lack[:, FLOOR], -free)
    gives = np.flatnonzero((caps * (sign < 0)).sum(1) > 0)
    block.rows(
        len(gives),
        -free[gives],
        INFINITY,
        (at[gives], sign),
        (model.comply[rows[gives]], -(line + free)[gives]),
        (model.exempt[rows[gives], k], (line - low)[gives]),
    )
    idle = (line <= low) & (full <= floor)
    block.bound(model.exempt[rows[idle], k], upper=0)


def _place(county: County, key: str) -> int:
    return next(at for at, row in enumerate(county.indicators) if row["id"] == key)


def _shared(model: Model) -> None:
    """What is bought for the whole school: as much as the neediest of its stages asks for."""
    county, block = model.county, model.block
    schools = np.arange(len(county.schools))
    for at, key in enumerate(county.shared):
        makers = county.makers[key]
        lack, gives = _shared_lack(county, at, key)
        for place in makers:
            offer = county.offers[place]
            model.bought[schools, place] = block.var(
                len(schools), upper=county.caps[schools, place], whole=offer.is_whole
            )
        full, floor = lack[:, FULL].clip(min=0), lack[:, FLOOR].clip(min=0)
        k = _place(county, key)
        need = np.flatnonzero((full > 0) & np.isfinite(full))
        taken = model.bought[county.row_school[need]][:, list(makers)]
        if makers:
            low = np.where(np.isfinite(floor), floor, 0)
            block.rows(
                len(need),
                0,
                INFINITY,
                (taken, gives),
                (model.comply[need], -full[need]),
                (model.exempt[need, k], (full - low)[need]),
            )
        block.bound(model.exempt[np.flatnonzero(full <= floor), k], upper=0)


def _shared_lack(county: County, at: int, key: str) -> tuple[Doubles, Doubles]:
    """(row, full|floor) lacking in units of the one offer, rounded up; in numerators where there are several."""
    makers = county.makers[key]
    if len(makers) == 1:
        return county.lack_steps[:, :, at] / county.offers[makers[0]].steps, np.ones(1)
    return county.lack_shared[:, :, at], np.array(
        [float(county.offers[place].gives[key]) for place in makers]
    )


def _forced(model: Model) -> None:
    """Where the line is out of reach, a complying stage has no choice of its exempt indicator."""
    rows, which = np.nonzero(model.screen.short_of_line & model.screen.is_open[:, None])
    model.block.bound(model.exempt[rows, which], upper=1)
    model.block.rows(len(rows), 0, INFINITY, (model.exempt[rows, which], 1), (model.comply[rows], -1))


def _totals(model: Model, *, is_loose: bool) -> Places:
    """Units of every offer bought in each year, within its ceilings; they add up to what the schools get."""
    county, block = model.county, model.block
    ceilings = np.array(
        [[offer.ceilings.get(year, np.inf) for year in county.years] for offer in county.offers]
    )
    if is_loose:
        ceilings = np.full(ceilings.shape, np.inf)
    years = len(county.years)
    whole = np.array([offer.is_whole and bool(county.budgets) for offer in county.offers], bool)
    found = block.var((len(county.offers), years), upper=ceilings.reshape(-1, years), whole=whole[:, None])
    for place, offer in enumerate(county.offers):
        taken = model.bought[:, place][model.bought[:, place] >= 0]
        block.rows((), 0, 0, (found[place], 1), (taken, -1))
        if offer.is_move:
            given = model.given[:, place][model.given[:, place] >= 0]
            model.balance[place] = int(block.rows((), 0, 0, (taken, 1), (given, -1)))
    return found


def _money(model: Model) -> None:
    """What has been spent by each year (or in it) stays within what there is; a little is kept for rounding up."""
    county = model.county
    if not county.budgets:
        return
    counts, limits = county.budget_rows
    loads = np.einsum("ty,oby->tob", counts, county.money)
    divisible = [offer for offer in county.offers if not offer.is_whole]
    kept = len(county.schools) * sum(
        float(offer.once + offer.yearly * len(county.years)) / STEPS / WAN for offer in divisible
    )
    model.budget = model.block.rows(
        len(limits), -INFINITY, np.maximum(limits - kept, limits * (1 - 1e-4)), (model.totals[None], loads)
    )
