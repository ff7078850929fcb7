"""An admission draw as one pure function: spec, rows and seed in; leaves and public result out."""

from collections.abc import Mapping, Sequence
from typing import Any

from junheng.admissions.assign import assign
from junheng.admissions.certificate import certificate
from junheng.admissions.complaint import refuse
from junheng.admissions.engines import EngineName
from junheng.admissions.market import Market
from junheng.admissions.market_rows import market_from
from junheng.admissions.order import Order, order_of
from junheng.admissions.published import leaves, published_schools
from junheng.admissions.statistics import statistics
from junheng.basics import Text
from junheng.draws import Outcome


def run_draw(
    spec: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], seed: bytes, engine: EngineName = "auto"
) -> Outcome:
    """Decide the draw that ``spec`` (kind admission) describes over the roll's ``rows`` under ``seed`` (32 bytes).

    Every engine gives the same outcome. Raises UserError for a spec of another kind and for rows that do not fit it.
    """
    if spec.get("kind") != "admission":
        raise refuse(
            "spec.kind",
            f"这不是招生派位方案：{spec.get('kind')}",
            f"not the spec of an admission draw: {spec.get('kind')}",
            fix=Text("分班方案请用分班功能", "a spec of kind classes goes to class formation"),
        )
    market = market_from(spec["problem"], rows)
    _require_own_numbers(spec, market)
    return outcome_of(order_of(market, str(spec["hash"]), seed), engine)


def outcome_of(order: Order, engine: EngineName = "auto") -> Outcome:
    """The outcome of a market under an order already made."""
    market = order.market
    found = assign(market, order.ranks, engine)
    public = {
        "proposals": found.proposals,
        "schools": published_schools(order, certificate(market, order.ranks, found)),
        "statistics": statistics(market, found),
    }
    return Outcome(leaves=leaves(market, found), public=public)


def _require_own_numbers(spec: Mapping[str, Any], market: Market) -> None:
    """Numbers drawn in the hall are those of the whole roll; only a replay after striking off has fewer units."""
    if market.problem.ranking.numbers is None or spec.get("roll", {}).get("units") != len(market.units):
        return
    strange = sorted(set(market.problem.ranking.numbers) - set(market.units))
    if strange:
        raise refuse(
            f"problem.ranking.numbers.{strange[0]}",
            "名册中没有此号",
            "the roll has no such unit",
            why=Text("多出的号会改变环上的次序", "a number too many changes the order round the ring"),
            fix=Text("每个家庭单元恰好一个编号", "give each unit of the roll exactly one number"),
        )
