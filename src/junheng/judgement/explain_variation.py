"""Opens one coefficient of variation: its arithmetic, who moves it, what would bring it down."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from junheng.basics import Text
from junheng.judgement.compare import sign
from junheng.judgement.explain_words import (
    citation_words,
    clause,
    quantity,
    reason_words,
    stage_words,
    verdict_words,
)
from junheng.judgement.explanation import Explanation, number_text
from junheng.judgement.finding import Finding
from junheng.standards import IndicatorRule

Json = Mapping[str, Any]
SHOWN = 5


def explain_variation(finding: Finding, rule: IndicatorRule, stage: str) -> Explanation:
    """How unequal the schools of ``stage`` are by one indicator, and how many of them meet it."""
    result = finding.verdict["stages"][stage]
    found = result["indicators"][rule.id]
    name = stage_words(stage)
    cv, verdict = number_text(found["cv_compared"]), verdict_words(found["cv_verdict"])
    return Explanation(
        Text(
            f"{name.zh} {rule.id} {rule.name.zh}：差异系数 {cv}，{verdict.zh}",
            f"{name.en} {rule.id} {rule.name.en}: CV {cv}, {verdict.en}",
        ),
        (
            *reason_words(found["reason"]),
            Text(
                f"{result['schools']} 所中 {found['met']} 所达标、{found['not_met']} 所未达标、"
                f"{found['undecided']} 所无法判定；低于底线 {found['floor_missed']} 所",
                f"of {result['schools']}: {found['met']} met, {found['not_met']} not met, "
                f"{found['undecided']} cannot be told; {found['floor_missed']} below the floor",
            ),
        ),
        children=tuple(_arithmetic(finding, rule, stage, found)),
    )


def _arithmetic(finding: Finding, rule: IndicatorRule, stage: str, found: Json) -> Iterator[Explanation]:
    if found["mean"] is not None:
        yield _formula(finding, rule, stage, found)
    shares = finding.sensitivity()["contributions"].get(stage, {}).get(rule.id, [])
    if shares:
        yield _contributions(shares)
    gap = finding.sensitivity()["raise_to_mean"].get(stage, {}).get(rule.id)
    if gap is not None:
        yield explain_gap(gap)
    variation = finding.standard.variation
    source = citation_words(variation.citation_of("weights"))
    yield Explanation(Text("差异系数算法的依据", "where the way of forming the CV stands"), source)
    if found["cv_limit"] is not None:
        limit = rule.citation_of(f"cv_limits.{stage}") if rule.cv_citation is None else rule.cv_citation
        yield clause(Text("上限的依据", "where the limit stands"), variation.text, limit)
    for flag in finding.verdict["rounding"]:
        if (flag["indicator"], flag["stage"], flag["school_id"]) == (rule.id, stage, ""):
            yield _flag(flag)


def _formula(finding: Finding, rule: IndicatorRule, stage: str, found: Json) -> Explanation:
    numerator, denominator = _sums(finding, rule.id, stage)
    scale = finding.measures[rule.id].scale
    factor = "" if scale == 1 else f"{scale} × "
    mean, sd = number_text(found["mean"]), number_text(found["sd"])
    lines = [
        Text(
            f"均值 = ΣX / ΣP = {factor}{number_text(numerator)} / {number_text(denominator)} = {mean}",
            f"mean = ΣX / ΣP = {factor}{number_text(numerator)} / {number_text(denominator)} = {mean}",
        ),
        Text(
            f"标准差 S = √(Σ(P_i/ΣP)(x_i - 均值)²) = {sd}（按学生数加权，总体形式）",
            f"S = √(Σ(P_i/ΣP)(x_i - mean)²) = {sd} (weighted by pupils, population form)",
        ),
        Text(
            f"差异系数 = S / 均值 = {number_text(found['cv'])}", f"CV = S / mean = {number_text(found['cv'])}"
        ),
        Text(
            f"不加权的差异系数 {number_text(found['cv_unweighted'])}（仅供对照，不是规则）",
            f"unweighted CV {number_text(found['cv_unweighted'])} (beside it, not the rule)",
        ),
    ]
    if finding.standard.variation.weights == "none":
        lines[-1] = Text(
            f"不加权的差异系数 {number_text(found['cv_unweighted'])}（本标准采用）",
            f"unweighted CV {number_text(found['cv_unweighted'])} (the one this standard uses)",
        )
    if found["cv_limit"] is not None:
        word = sign(finding.standard.variation.comparison)
        verdict = verdict_words(found["cv_verdict"])
        compared = f"{number_text(found['cv_compared'])} {word} {number_text(found['cv_limit'])}"
        lines.append(Text(f"上限：{compared}？{verdict.zh}", f"limit: {compared}? {verdict.en}"))
    return Explanation(Text("算式", "formula"), tuple(lines))


def _sums(finding: Finding, key: str, stage: str) -> tuple[float, float]:
    values = finding.values()
    mask = pc.and_(pc.equal(values.column("indicator"), key), pc.equal(values.column("stage"), stage))
    chosen = values.filter(pc.and_(mask, pc.equal(values.column("state"), "ok")))
    return pc.sum(chosen.column("numerator")).as_py() or 0.0, pc.sum(
        chosen.column("denominator")
    ).as_py() or 0.0


def _contributions(shares: Sequence[Json]) -> Explanation:
    lines = []
    for place, share in enumerate(shares[:SHOWN], 1):
        percent = f"{100 * share['share']:.1f} %"
        side = (
            Text("高于均值", "above the mean") if share["above_mean"] else Text("低于均值", "below the mean")
        )
        lines.append(
            Text(
                f"{place}. {share['name']}：{percent}（{side.zh}）",
                f"{place}. {share['name']}: {percent} ({side.en})",
            )
        )
    top = shares[0]["name"]
    return Explanation(
        Text(
            f"对差异影响最大的学校：{top}（占加权方差的份额）",
            f"moves it most: {top} (share of the variance)",
        ),
        tuple(lines),
    )


def explain_gap(gap: Json) -> Explanation:
    """The fewest schools to raise (an entry of ``raise_to_mean``), each with what it lacks."""
    if gap["schools"] is None:
        return Explanation(
            Text(
                f"即使把低于均值的 {gap['below_mean']} 所全部提高到均值，仍超过上限",
                f"raising all {gap['below_mean']} schools below the mean to it would not be enough",
            )
        )
    lines = []
    for school in gap["raises"]:
        amount = quantity(school["raise"], school["unit"])
        lines.append(
            Text(
                f"{school['name']}：现为 {number_text(school['value'])}，需增加 {amount.zh}",
                f"{school['name']}: now {number_text(school['value'])}, lacks {amount.en}",
            )
        )
    return Explanation(
        Text(
            f"最少把 {len(lines)} 所提高到现有均值 {number_text(gap['mean'])}，即可降到上限以内（精确解）",
            f"the fewest schools to raise to the present mean {number_text(gap['mean'])}: {len(lines)} (exact)",
        ),
        tuple(lines),
    )


def _flag(flag: Json) -> Explanation:
    would = verdict_words(flag["would_be"])
    if flag["kind"] == "unweighted_cv":
        return Explanation(
            Text(f"注意：若不加权计算，会变为{would.zh}", f"note: without weights it would be: {would.en}")
        )
    return Explanation(
        Text(
            f"注意：若先取 {flag['decimals']} 位小数再比较，会变为{would.zh}",
            f"note: rounding to {flag['decimals']} decimals before comparing would give: {would.en}",
        )
    )
