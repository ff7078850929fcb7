"""Next year, or another rule: the same programs on changed inputs, and seat by seat what differs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from junheng.admissions.quota.allocate import Allocation, allocate
from junheng.admissions.quota.problem import Junior, QuotaInput, Senior
from junheng.admissions.quota.rules import Exact, MinimumRule, Rules, RuralRule, WholeSeats, Wording
from junheng.admissions.quota.rules_coherence import incoherences
from junheng.admissions.quota.rules_file import Located, validated
from junheng.basics import Text, UserError, nearest, system_words

_Seats = Annotated[int, Field(ge=0)]


class WhatIf(BaseModel):
    """What is different: only the keys given change. ``basis``: forecast graduates (or what the rules count) by junior
    school; ``plans`` by senior school; ``share``: of every plan, a school's own share included."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: Wording
    year: int | None = None
    share: Annotated[Exact, Field(gt=0, le=1)] | None = None
    rural_coefficient: Annotated[Exact, Field(ge=1)] | None = None
    minimum: MinimumRule | None = None
    schools: WholeSeats | None = None
    plans: Mapping[str, _Seats] = {}
    basis: Mapping[str, _Seats] = {}


@dataclass(frozen=True, slots=True)
class Difference:
    """One senior school at one receiver (``senior`` empty: all of them): seats now and then."""

    senior: str
    id: str
    name: str
    before: int
    after: int
    is_paradox: bool = False

    @property
    def change(self) -> int:
        """Seats more (or, negative, fewer)."""
        return self.after - self.before


def load_what_if(path: Path) -> tuple[WhatIf, Located]:
    """The changes in a YAML file. Raises UserError with file, line and key for whatever is amiss."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UserError(
            Text(f"无法读取：{system_words(error).zh}", f"cannot be read: {system_words(error).en}"),
            where=path.name,
        ) from error
    located = Located(path.name, content)
    return validated(WhatIf, located), located


def reallocate(before: Allocation, changes: WhatIf, located: Located) -> Allocation:
    """``before`` once more with ``changes``: same lot, same programs. Raises UserError at the line at fault."""
    given = before.given
    _require_known(changes.plans, {row.id for row in given.seniors}, "plans", located)
    _require_known(changes.basis, {row.id for row in given.juniors}, "basis", located)
    rules = _rules(before.rules, changes)
    for keys, what in incoherences(rules):
        raise located.fault(keys, what)
    seniors = tuple(_senior(row, changes) for row in given.seniors)
    juniors = tuple(_junior(row, rules, changes) for row in given.juniors)
    year = changes.year or given.year
    return allocate(QuotaInput(year, seniors, juniors, (), given.files), rules, before.lot)


def _require_known(told: Mapping[str, int], known: set[str], key: str, located: Located) -> None:
    for name in told:
        if name not in known:
            near = nearest(name, known)
            raise located.fault(
                (key, name),
                Text(f"{name} 不在数据中", f"{name} is not in the data"),
                Text(f"最接近的是 {near}", f"the nearest is {near}") if near else None,
            )


def _rules(rules: Rules, changes: WhatIf) -> Rules:
    updates: dict[str, object] = {}
    if changes.share is not None:
        versions = tuple(
            version.model_copy(update={"value": changes.share}) for version in rules.share.versions
        )
        updates["share"] = rules.share.model_copy(update={"versions": versions})
    if changes.rural_coefficient is not None:
        updates["rural"] = RuralRule(coefficient=changes.rural_coefficient)
    for name in ("minimum", "schools"):
        if getattr(changes, name) is not None:
            updates[name] = getattr(changes, name)
    return rules.model_copy(update=updates)


def _senior(row: Senior, changes: WhatIf) -> Senior:
    """A changed share or plan sets aside seats given outright: they belonged to the old ones."""
    touched = changes.share is not None or row.id in changes.plans
    return replace(
        row,
        plan=changes.plans.get(row.id, row.plan),
        share=row.share if changes.share is None else None,
        quota=None if touched and (row.plan is not None or row.id in changes.plans) else row.quota,
    )


def _junior(row: Junior, rules: Rules, changes: WhatIf) -> Junior:
    if row.id not in changes.basis:
        return row
    forecast = changes.basis[row.id]
    return replace(
        row,
        graduates=forecast if rules.basis == "graduates" else row.graduates,
        pupils=forecast if rules.basis == "pupils" else row.pupils,
        examinees=forecast if rules.basis == "examinees" else row.examinees,
    )


def differences(before: Allocation, after: Allocation) -> list[Difference]:
    """Every cell, then every receiver's total, in the order of the tables; receivers that exist in either.

    ``is_paradox`` (Alabama): the exact share of a receiver rose or stayed, and yet it lost a seat, because the order
    of the remainders changed. Methods of remainders can do that; it is no fault of the arithmetic.
    """
    old, new = (_cells(allocation) for allocation in (before, after))
    names = {row.id: row.name for allocation in (after, before) for row in allocation.seats}
    rows = [
        Difference(senior, id_, names[id_], old.get((senior, id_), 0), new.get((senior, id_), 0))
        for senior, id_ in dict.fromkeys([*old, *new])
    ]
    shares = [_exact_totals(allocation) for allocation in (before, after)]
    for id_ in dict.fromkeys(id_ for _, id_ in [*old, *new]):
        was, then = (
            sum(seats for (_, found), seats in cells.items() if found == id_) for cells in (old, new)
        )
        is_paradox = then < was and shares[1].get(id_, 0) >= shares[0].get(id_, 0)
        rows.append(Difference("", id_, names[id_], was, then, is_paradox))
    return rows


def _cells(allocation: Allocation) -> dict[tuple[str, str], int]:
    return {(row.senior, row.id): row.seats for row in allocation.seats}


def _exact_totals(allocation: Allocation) -> dict[str, Fraction]:
    """The exact share of every receiver, direct seats included."""
    found: dict[str, Fraction] = {}
    for row in allocation.direct:
        found[row.junior] = found.get(row.junior, Fraction(0)) + row.seats
    for table in allocation.tables:
        for place, unit in enumerate(table.task.units):
            if unit.kind != "district":
                found[unit.id] = found.get(unit.id, Fraction(0)) + table.task.column(place)
    return found
