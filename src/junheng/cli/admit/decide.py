"""One admission trial decided: the rooms asked in turn, every part of the answer kept for the papers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError
from junheng.cli.admit.asked import Asked
from junheng.cli.admit.rules import variant_of
from junheng.cli.trial import TrialRoll, trial_roll

if TYPE_CHECKING:
    from junheng.admissions import Assignment, Audit, Comparison, Market, Order, Problem
    from junheng.draws import Outcome

_TOLD = 5  # families named in a refusal


@dataclass(frozen=True)
class Lot:
    """Where the order comes from: a seed, and numbers drawn in the hall by document number where they were given."""

    seed: bytes
    hash_name: str
    numbers: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Decided:
    """Everything a trial found out."""

    asked: Asked
    lot: Lot
    problem: "Problem"
    roll: TrialRoll
    market: "Market"
    order: "Order"
    assignment: "Assignment"
    outcome: "Outcome"
    audit: "Audit"
    comparison: "Comparison | None"
    warning: Text | None


def decide(asked: Asked, lot: Lot, others: Sequence[str], engine: str) -> Decided:
    """Run the rule over the applications; ``others``: further rules to compare with.

    Raises UserError for numbers that are not one for each family, for an unknown engine, for rules that cannot
    be compared; RuntimeError when the cut-offs do not reproduce the result, which would be our own fault.
    """
    from junheng.admissions import (
        assign,
        audit,
        longest_list,
        market_from,
        order_of,
        outcome_of,
        strategic_warning,
    )

    roll = trial_roll(asked.entrants(), lot.hash_name, lot.seed)
    problem = with_numbers(asked.problem, roll, lot.numbers) if lot.numbers is not None else asked.problem
    market = market_from(problem, roll.rows)
    order = order_of(market, lot.hash_name, lot.seed)
    found = assign(market, order.ranks, engine)  # type: ignore[arg-type]  # the room checks the engine's name
    _check(market, order, found)
    audit_engine = "auto" if engine == "python" else engine
    return Decided(
        asked=asked,
        lot=lot,
        problem=problem,
        roll=roll,
        market=market,
        order=order,
        assignment=found,
        outcome=outcome_of(order, engine),  # type: ignore[arg-type]  # as above
        audit=audit(market, order.ranks, found, groups=_groups(asked, roll), engine=audit_engine),  # type: ignore[arg-type]  # as above
        comparison=_compared(problem, market, order, others, audit_engine),
        warning=strategic_warning(problem, longest_list(market)),
    )


def with_numbers(
    problem: "Problem", roll: TrialRoll, numbers: Mapping[str, str], where: str = "--numbers"
) -> "Problem":
    """``problem`` with the numbers drawn in the hall, by document number, given to the units of ``roll``.

    One child of a family is enough. Raises UserError for a family without a number or with two, a number that two
    families share, and numbers that are document numbers: they would be published. ``where``: the table's name.
    """
    from junheng.admissions import parse_problem
    from junheng.cli.admit.numbers import require_impersonal_numbers

    units = {
        unit: {number for pid in pids if (number := numbers.get(roll.names[pid].get("id_number", "")))}
        for unit, pids in roll.units.items()
    }
    wrong = [unit for unit, found in units.items() if len(found) != 1]
    if wrong:
        raise _not_one_each(roll, units, wrong, where)
    given = {unit: next(iter(found)) for unit, found in units.items()}
    require_impersonal_numbers(given.values(), roll.names.values(), where)
    _require_one_each(roll, given, where)
    method = problem.ranking.method
    ranking = problem.as_json().get("ranking", {}) | {
        "method": "external" if method == "hmac" else method,
        "numbers": given,
    }
    return parse_problem({**problem.as_json(), "ranking": ranking})


def _called(roll: TrialRoll, units: Sequence[str]) -> str:
    """The first child of each unit by name, five of them."""
    told = [roll.names[roll.units[unit][0]].get("name", unit) for unit in units[:_TOLD]]
    return "、".join(told) + ("……" if len(units) > _TOLD else "")


def _not_one_each(
    roll: TrialRoll, units: Mapping[str, set[str]], wrong: Sequence[str], where: str
) -> UserError:
    without, twice = [u for u in wrong if not units[u]], [u for u in wrong if units[u]]
    zh = [f"{len(without)} 个家庭没有号码：{_called(roll, without)}"] if without else []
    en = [f"{len(without)} families have no number: {_called(roll, without)}"] if without else []
    if twice:
        zh.append(f"{len(twice)} 个家庭有两个号码：{_called(roll, twice)}")
        en.append(f"{len(twice)} families have two: {_called(roll, twice)}")
    return UserError(
        Text("；".join(zh), "; ".join(en)),
        where=where,
        why=Text("每个家庭恰好一个号码，次序才成立", "an order needs exactly one number for each family"),
        fix=Text(
            "号码表每行一个证件号码和号码；双胞胎写同一号码",
            "one document number and number a row; twins the same",
        ),
    )


def _require_one_each(roll: TrialRoll, given: Mapping[str, str], where: str) -> None:
    """Refuse (UserError) a number that two families hold, naming them."""
    holders: dict[str, list[str]] = {}
    for unit, number in given.items():
        holders.setdefault(number, []).append(unit)
    for number, units in holders.items():
        if len(units) > 1:
            raise UserError(
                Text(
                    f"号码 {number} 给了 {len(units)} 个家庭：{_called(roll, units)}",
                    f"the number {number} is given to {len(units)} families: {_called(roll, units)}",
                ),
                where=where,
                why=Text("号码相同就分不出先后", "equal numbers put nobody first"),
                fix=Text("请对照现场记录改正号码表", "mend the table by the hall's record"),
            )


def _groups(asked: Asked, roll: TrialRoll) -> list[Any]:
    from junheng.admissions import flag_group

    labels: dict[str, dict[int | str, Text]] = {
        "sex": {1: Text("男", "boys"), 2: Text("女", "girls")},
        "residence": {r.code: Text(r.name, r.name) for r in asked.intake.residences},
    }
    names = {"sex": "性别", "residence": "户籍类别"}
    return [
        replace(flag_group(roll.rows, flag, labels[flag]), name=names[flag]) for flag in asked.intake.flags
    ]


def _check(market: "Market", order: "Order", found: "Assignment") -> None:
    """The cut-offs alone must give every result back; rules by rounds have no cut-offs that prove them."""
    from junheng.admissions import certificate, check_certificate

    if market.problem.is_by_rounds:
        return
    proof = certificate(market, order.ranks, found)
    if check_certificate(market, order.ranks, found, proof).size:
        raise RuntimeError("the cut-offs do not reproduce the assignment")


def _compared(
    problem: "Problem", market: "Market", order: "Order", others: Sequence[str], engine: str
) -> "Comparison | None":
    from junheng.admissions import compare_mechanisms

    if not others:
        return None
    variants = {name: variant_of(given, problem) for name, given in _named(others).items()}
    return compare_mechanisms(market, order.ranks, variants, engine=engine)  # type: ignore[arg-type]  # as above


def _named(others: Sequence[str]) -> dict[str, str]:
    """Rules by the stem of their file or their shipped name; in full where two would be called the same."""
    stems = [Path(given).stem for given in others]
    return {given if stems.count(Path(given).stem) > 1 else Path(given).stem: given for given in others}


def shown_numbers(decided: Decided) -> tuple[dict[str, str], dict[str, int]]:
    """The number shown of each child, and its place in the order by lot from 1.

    Where each school has its own numbers: those at the school that admitted the child, or at its first wish.
    """
    from junheng.reports.draws import shown

    market, problem = decided.market, decided.problem
    numbers, places = {}, {}
    for pid, unit in zip(market.pids, market.row_unit.tolist(), strict=True):
        at = _application(decided, unit)
        school = int(market.school[at]) if at is not None else None
        by_application = decided.order.ranks.by_application
        single = int(decided.order.ranks.single[unit])
        place = single if by_application is None or at is None else int(by_application[at])
        given = (problem.ranking.numbers or {}).get(market.units[unit])
        numbers[pid] = given or shown(decided.order.ticket_text(unit, school), problem.digits)
        places[pid] = place + 1
    return numbers, places


def _application(decided: Decided, unit: int) -> int | None:
    """The application whose number is told: the one granted, else the first; None without wishes."""
    granted = int(decided.assignment.application[unit])
    if granted >= 0:
        return granted
    first, last = int(decided.market.start[unit]), int(decided.market.start[unit + 1])
    return first if first < last else None
