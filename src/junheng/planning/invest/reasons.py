"""Reasons and prices in words: why something is bought, what one more yuan,
post or person would be worth."""

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json, exact
from junheng.planning.invest.county import WAN, County
from junheng.planning.invest.polish import Plan
from junheng.planning.invest.prices import Prices


def reason(plan: Plan, at: int, place: int) -> Text:
    """Why a row (or school) gets units of an offer: which line or floor it reaches, under which clause."""
    county, offer = plan.county, plan.county.offers[place]
    rows = [at] if offer.stage else [row for row, entry in enumerate(county.rows) if entry.school == at]
    told = []
    for key in offer.gives:
        indicator = next(one for one in county.indicators if one["id"] == key)
        place_of = county.indicators.index(indicator)
        for row in rows:
            if not plan.comply[row]:
                continue
            kind, zh, en = (
                ("floor", "底线", "floor") if plan.exempt[row, place_of] else ("line", "达标值", "line")
            )
            if county.rows[row].lack[key][kind == "floor"] > 0:
                value = indicator["lines"][county.rows[row].stage][kind]
                stage = stage_name(county.rows[row].stage)
                told.append(
                    Text(
                        f"{stage.zh}{indicator['zh']}到{zh} {value}",
                        f"{stage.en} {indicator['en']} to the {en} {value}",
                    )
                )
    if not told:
        return Text(
            "缩小校际差异，使差异系数达标",
            "narrows the gap between schools, for the limit on the coefficient of variation",
        )
    clause = f"{county.problem['standard']['id']} {'/'.join(offer.gives)}"
    return Text(
        f"{'；'.join(row.zh for row in told)}（{clause}）", f"{'; '.join(row.en for row in told)} ({clause})"
    )


def stage_name(stage: str) -> Text:
    """The stage in words."""
    return STAGE_NAMES[stage]


def priced(county: County, prices: Prices) -> list[Json]:
    """The certificate's rows as the outcome carries them, with what they mean."""
    found = []
    for row in prices.rows():
        told = _meaning(county, row["row"], float(exact(row["value"])), prices.counts_stages)
        found.append(
            row | {"for": "stages" if prices.counts_stages else "cost_yuan", "zh": told.zh, "en": told.en}
        )
    return found


def _meaning(county: County, row: str, value: float, counts_stages: bool) -> Text:
    kind, rest = row.split(":", 1)
    worth = _worth(value, counts_stages)
    if kind == "budget":
        each = _worth(value * WAN, counts_stages)
        return Text(
            f"{rest} 年预算每多 1 万元，{each.zh}", f"one more 10,000 yuan in the budget of {rest} {each.en}"
        )
    if kind == "ceiling":
        name, year = rest.rsplit(":", 1)
        offer = next(offer for offer in county.offers if offer.id == name)
        stage = stage_name(offer.stage).zh if offer.stage else ""
        return Text(
            f"{year} 年“{stage}{offer.zh}”名额每多 1 个，{worth.zh}",
            f"one more unit of {offer.en} ({name}) in {year} {worth.en}",
        )
    if kind == "balance":
        return Text(
            f"多一名可交流的教师（{rest}），{worth.zh}",
            f"one more teacher who could move ({rest}) {worth.en}",
        )
    if kind == "cv":
        stage, key = rest.split(":")[:2]
        return Text(
            f"{stage_name(stage).zh} {key} 的差异系数限值起约束作用", f"the CV limit of {key} ({stage}) binds"
        )
    return Text(
        f"再多一个校段达标，约需再花 {value / WAN:,.2f} 万元",
        f"one more complying school-stage costs about {value:,.0f} yuan",
    )


def _worth(value: float, counts_stages: bool) -> Text:
    if counts_stages:
        return Text(
            f"可多 {value:.4f} 个校段达标", f"would bring {value:.4f} more school-stages to the standard"
        )
    return Text(f"可省 {value / WAN:,.2f} 万元", f"would save {value:,.0f} yuan")


def binding(county: County, prices: list[Json]) -> list[Json]:
    """What keeps the plan from being better: money, posts and CV limits with a price, the dearest of each kind first."""
    kinds = ("budget", "cv", "ceiling")
    rows = [row for row in prices if row["row"].split(":")[0] in kinds]
    rows.sort(key=lambda row: (kinds.index(row["row"].split(":")[0]), -exact(row["value"]), row["row"]))
    return [{"row": row["row"], "zh": row["zh"], "en": row["en"]} for row in rows]
