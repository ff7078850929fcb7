"""The independent check of a staffing plan: every figure again, in fractions.

Written from the rule text, without the producer's modules and without a solver.
"""

from collections.abc import Mapping
from typing import Any

from junheng.basics import Text
from junheng.planning.frozen import FORMAT, problem_hash
from junheng.planning.staff.check_people import check_people, check_recruitment
from junheng.planning.staff.check_quota import check_quotas
from junheng.planning.staff.check_rounding import Lack
from junheng.planning.staff.check_subjects import check_subjects, price_bound

__all__ = ["check", "price_bound"]
Json = Mapping[str, Any]
_NAMES = {
    "quotas": "编制核定", "staffing": "在编在岗", "totals": "合计", "subjects": "学科岗位", "subject_totals": "学科合计",
    "moves": "调整", "unmet": "缺岗", "objective": "目标", "bound": "下界", "gap": "差距", "needs": "各校各年",
    "recruitment": "补充需求", "education": "学历结构", "ages": "年龄结构", "titles": "职称结构", "training": "培训",
    "pay": "待遇比较", "sums": "合计核对", "cannot_tell": "无法判定清单",
}  # fmt: skip
_WORDS = {
    "too many leave": "调出多于超岗", "too many enter": "调入多于缺岗", "an entry is there twice": "同一条出现两次",
}  # fmt: skip
_KEYS = ("school_id", "stage", "subject", "year")  # what tells the entries of a list apart
_STATUS = {"optimal", "within_gap", "time_limit", "interrupted"}


def check(problem: dict[str, Any], outcome: dict[str, Any]) -> tuple[Text, ...]:
    """Everything in ``outcome`` that is not so; empty when it is right. A malformed outcome is told, not raised."""
    if outcome.get("problem_hash") != problem_hash(problem):
        return (Text("问题指纹不符：这不是该问题的结果", "the hash is of another problem"),)
    if (outcome.get("format"), outcome.get("kind")) != (FORMAT, "staff") or outcome.get(
        "status"
    ) not in _STATUS:
        return (Text("格式、种类或状态不对", "format, kind or status is not right"),)
    try:
        wrong = _wrong(problem, outcome)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        return (Text(f"结果缺少内容或格式不对：{error!r}", f"the outcome is malformed: {error!r}"),)
    return tuple(_said(one) for one in sorted(set(wrong)))


def _wrong(problem: Json, outcome: Json) -> list[str]:
    wrong = _doubled(outcome)
    lacks: set[Lack] = set()
    for part in (check_quotas, check_subjects, check_recruitment, check_people):
        found, lacking = part(problem, outcome)
        wrong += found
        lacks |= lacking
    stated = [
        (
            one["part"],
            one.get("school_id", ""),
            one.get("stage", ""),
            one.get("subject", ""),
            frozenset(one["missing"]),
        )
        for one in outcome["cannot_tell"]
    ]
    if set(stated) != lacks or len(stated) != len(set(stated)):
        wrong.append("cannot_tell")
    return wrong


def _doubled(outcome: Json) -> list[str]:
    """Lists in which an entry is there twice: it would count twice wherever they are added up."""
    lists = {
        name: outcome[name]
        for name in ("quotas", "staffing", "subjects", "subject_totals", "unmet", "needs", "recruitment")
    }
    lists |= {"training": outcome["training"]["schools"]}
    keys = {name: [tuple(one.get(key) for key in _KEYS) for one in rows] for name, rows in lists.items()}
    return [f"{name}: an entry is there twice" for name, rows in keys.items() if len(rows) != len(set(rows))]


def _said(wrong: str) -> Text:
    name, _, rest = wrong.partition(":")
    where = f"：{rest.strip()}" if rest else ""
    for english, chinese in _WORDS.items():
        where = where.replace(english, chinese)
    return Text(f"{_NAMES[name]}不对{where}", f"{wrong} is not right")
