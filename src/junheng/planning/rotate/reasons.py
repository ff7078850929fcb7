"""Why somebody moves or cannot, and what binds: one wording for outcome, tables and summary."""

from collections.abc import Mapping
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.planning.frozen import Number, exact, number
from junheng.planning.rotate.people import People

Json = dict[str, Any]

BLOCKED = {
    "possible": Text(
        "年限、届数或年龄未填，按可能符合计入分母，不安排",
        "years, terms or age not given: counted as possibly eligible, not moved",
    ),
    "school": Text("所在学校学段缺数据，不参加交流", "the school-stage lacks data and takes no part"),
    "certificate_unknown": Text("教师资格证学段未填", "certificate not given"),
    "certificate": Text("没有适用于本学段的教师资格证", "no certificate for the stage"),
    "nowhere": Text("限距、居住地或可去学校之内没有学校", "no school within distance, home and list of schools"),
    "partner": Text("可去的学校中没有同学科的人可以交换", "nobody of the same post to change with in any permitted school"),
}  # fmt: skip
SHARES = {
    "moved_of_eligible": Text("交流教师占符合条件教师", "movers of those eligible"),
    "backbone_of_moved": Text("骨干教师占交流教师", "backbone teachers of the movers"),
    "graduating_of_eligible": Text(
        "毕业年级交流教师占符合条件者", "movers of the eligible in graduating grades"
    ),
    "principals_of_due": Text("交流校长占应交流者", "movers of the principals due"),
    "source_school_of_eligible": Text(
        "城镇、优质学校交流教师占符合条件者", "movers of the eligible at a town or good school"
    ),
}
_ROLES = {
    "teacher": Text("教师", "teacher"),
    "principal": Text("校长", "principal"),
    "deputy": Text("副校长", "deputy"),
}
_POSTS = {"principal": Text("校长", "principal"), "deputy": Text("副校长", "deputy")}
_BINDING = {
    "moved_low": Text(
        "交流比例下限：多要求 1 人，差距会变大",
        "the floor of movers: one more asked for makes the distance larger",
    ),
    "moved_high": Text(
        "交流比例上限：放宽 1 人，差距还能再小",
        "the ceiling of movers: one more allowed makes the distance smaller",
    ),
    "backbone": Text("骨干教师比例", "the backbone share"),
    "graduating": Text("毕业年级比例", "the share of graduating grades"),
    "principals": Text("校长交流比例", "the share of principals"),
}
_ROWS = {
    "moved": "moved_of_eligible", "backbone": "backbone_of_moved", "graduating": "graduating_of_eligible",
    "principals": "principals_of_due", "source": "source_school_of_eligible",
}  # fmt: skip


def school_names(problem: Json) -> Mapping[str, str]:
    """Names by id."""
    return {school["id"]: school["name"] for school in problem["schools"]}


def post_text(post: str) -> Text:
    """A subject as typed, or the office."""
    return _POSTS.get(post, Text(post, post))


def percent_text(share: Number) -> str:
    """A share as percent, exactly.

    >>> percent_text("0.125"), percent_text(1)
    ('12.5%', '100%')
    """
    return f"{number(exact(share) * 100)}%"


def move_reason(people: People, person: Json) -> Text:
    """Why this person: eligibility by the figure that made it, what the person brings, fairness."""
    rule, role = people.problem["rule"], _ROLES[person["role"]]
    if person["role"] == "teacher":
        zh = f"本校满 {person['years']} 年（≥{rule['years_at_school']}）"
        en = f"{person['years']} years at the school (≥ {rule['years_at_school']})"
    else:
        zh = f"{role.zh}任满 {person['terms']} 届（≥{rule['principal_terms']}）"
        en = f"{role.en}, {person['terms']} full terms (≥ {rule['principal_terms']})"
    last = person.get("last_rotation")
    names = [Text(a["zh"], a["en"]) for a in people.problem["attributes"] if a["id"] in person["has"]]
    more = [*names, *([Text("毕业年级", "graduating grade")] if person.get("graduating") == 1 else [])]
    more.append(
        Text("首次交流", "first rotation") if last == "never"
        else Text("以往交流未填", "earlier rotation not given") if last is None
        else Text(f"上次交流 {last} 年", f"last rotated in {last}")
    )  # fmt: skip
    return Text("；".join([zh, *(t.zh for t in more)]), "; ".join([en, *(t.en for t in more)]))


def row_text(problem: Json, row: str) -> Text:
    """What a row of the model is, for an officer."""
    kind, *rest = row.split(":")
    names = school_names(problem)
    if kind == "out":
        stage, name = STAGE_NAMES[rest[0]], names.get(rest[1], rest[1])
        return Text(f"{name}（{stage.zh}）交流出去的人数上限", f"most who may leave {name}, {stage.en}")
    if kind == "source":
        name = names.get(rest[0], rest[0])
        return Text(f"{name}应交流的人数", f"the movers asked of {name}")
    return SHARES[_ROWS[kind]]


def binding_rows(people: People, prices: Mapping[str, Number]) -> list[Json]:
    """The limits that cost something: rows on numbers with a price, dearest first."""
    priced = {row: exact(price) for row, price in prices.items() if not row.startswith(("balance:", "net:"))}
    rows = []
    for row in sorted(priced, key=lambda row: (-abs(priced[row]), row)):
        kind = row if row != "moved" else f"moved_{'low' if priced[row] > 0 else 'high'}"
        text = _BINDING.get(kind) or row_text(people.problem, row)
        rows.append({"row": row, "zh": text.zh, "en": text.en})
    return rows
