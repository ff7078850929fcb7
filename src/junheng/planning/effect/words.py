"""What a plan does to the verdict, in sentences: nothing that gets worse stays in a table alone."""

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Json

_NAMED = 5  # schools named in a sentence


def effect_words(before: Json, after: Json) -> tuple[Text, ...]:
    """Coefficients that newly exceed their limit or no longer do, indicators that fewer schools reach, schools that
    are judged on one side only. Two sides as ``side_of`` gives them.
    """
    return (*_coefficients(before, after), *_fewer(before, after), *_judged(before, after))


def _indicators(before: Json, after: Json) -> list[tuple[str, str, Json, Json]]:
    """(stage, indicator, before, after) where both sides have it."""
    return [
        (stage, key, found, after["stages"][stage]["indicators"][key])
        for stage, told in before["stages"].items()
        if stage in after["stages"]
        for key, found in told["indicators"].items()
        if key in after["stages"][stage]["indicators"]
    ]


def _coefficients(before: Json, after: Json) -> list[Text]:
    found = []
    for was, now, zh, en in (
        (
            "met",
            "not_met",
            "差异系数由不超变为超过上限",
            "coefficients of variation that newly exceed their limit",
        ),
        (
            "not_met",
            "met",
            "差异系数由超过变为不超上限",
            "coefficients of variation that come within their limit",
        ),
    ):
        rows = [
            (stage, key, f"{float(one['cv']):.4f}→{float(other['cv']):.4f}")
            for stage, key, one, other in _indicators(before, after)
            if (one.get("cv_verdict"), other.get("cv_verdict")) == (was, now)
            and "cv" in one
            and "cv" in other
        ]
        found += _listed(rows, zh, en)
    return found


def _fewer(before: Json, after: Json) -> list[Text]:
    rows = [
        (stage, key, f"{one['met']}→{other['met']}")
        for stage, key, one, other in _indicators(before, after)
        if other["met"] < one["met"]
    ]
    return _listed(rows, "达标校减少的指标", "indicators that fewer schools reach")


def _listed(rows: list[tuple[str, str, str]], zh: str, en: str) -> list[Text]:
    if not rows:
        return []
    chinese = "、".join(f"{STAGE_NAMES[stage].zh} {key} {change}" for stage, key, change in rows)
    english = ", ".join(f"{stage} {key} {change}" for stage, key, change in rows)
    return [Text(f"{zh}：{chinese}。", f"{en}: {english}.")]


def _judged(before: Json, after: Json) -> list[Text]:
    """School-stages that only one side judges: opened, closed, or grown past or below what is counted."""
    found = []
    for one, other, zh, en in (
        (after, before, "方案后才判定的学校（学段）", "school-stages judged only after the plan"),
        (before, after, "方案后不再判定的学校（学段）", "school-stages no longer judged after the plan"),
    ):
        keys = sorted(set(one["schools"]) - set(other["schools"]))
        if keys:
            names = "、".join(one["schools"][key]["name"] for key in keys[:_NAMED])
            more = "等" if len(keys) > _NAMED else ""
            why = "（新设、停办，或学生数使其计入、不计入）"
            found.append(
                Text(
                    f"{zh} {len(keys)} 个：{names}{more}{why}。",
                    f"{en}: {len(keys)} ({names}{' …' if more else ''}).",
                )
            )
    return found
