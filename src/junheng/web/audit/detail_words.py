"""What an entry of the trail says beside who and when, in words: each datum under its name, old → new as such.

The raw detail is what the hashes rest on; it is only read here, never changed.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.data import load_dictionary
from junheng.standards import list_standards
from junheng.web.front.words import both, half

_NAMES: Mapping[str, Text] = {
    "name": Text("名称", "name"),
    "code": Text("代码", "code"),
    "kind": Text("种类", "kind"),
    "role": Text("岗位", "post"),
    "section": Text("科室", "section"),
    "account": Text("账号", "account"),
    "first_year": Text("起用年份", "first year"),
    "last_year": Text("停用年份", "last year"),
    "places": Text("随同移动的机构", "places moved along"),
    "row": Text("行", "row"),
    "standard": Text("标准", "standard"),
    "year": Text("年份", "year"),
    "finding": Text("结论", "finding"),
    "format": Text("格式", "format"),
    "work": Text("任务", "work"),
    "state": Text("状态", "state"),
    "try": Text("第几次", "try"),
    "why": Text("原因", "why"),
    "because": Text("理由", "because"),
    "reason": Text("理由", "reason"),
    "reasons": Text("理由", "reasons"),
    "words": Text("说明", "words"),
    "ledger": Text("台账", "ledger"),
    "item": Text("项目", "item"),
    "dated_on": Text("日期", "dated on"),
    "entries": Text("条目", "entries"),
    "shown": Text("显示条数", "shown"),
    "result": Text("结果", "result"),
    "check": Text("核对项", "check"),
    "rule": Text("规则", "rule"),
    "line": Text("界线", "line"),
    "value": Text("取值", "value"),
    "until": Text("至", "until"),
    "since": Text("自", "since"),
    "from": Text("自", "from"),
    "due_on": Text("期限", "due on"),
    "returns": Text("报表", "returns"),
    "evidence": Text("佐证", "evidence"),
    "figures": Text("数字", "figures"),
    "cells": Text("单元格", "cells"),
    "foreign": Text("不属本县的行", "rows of others"),
    "order": Text("次序", "order"),
    "number": Text("期号", "number"),
    "days": Text("时段", "days"),
    "fired": Text("预警", "alerts"),
    "new": Text("新增", "new"),
    "gone": Text("已消除", "gone"),
    "stage": Text("学段", "stage"),
    "draw_id": Text("抽签编号", "draw"),
    "schools": Text("含分校数据", "with school figures"),
    "count": Text("清理", "cleared"),
    "sessions": Text("登录", "sessions"),
    "scopes": Text("权限", "scopes"),
    "expires": Text("到期", "expires"),
    "prefix": Text("令牌开头", "begins with"),
    "address": Text("地址", "address"),
    "events": Text("事件", "events"),
    "days_after_return": Text("退回后天数", "days after a return"),
    "days_to_review": Text("审核天数", "days to review"),
    "table": Text("表", "table"),
    "bytes": Text("字节", "bytes"),
    "files": Text("文件", "files"),
    "taken": Text("清除", "taken off"),
    "codes": Text("作答码", "codes"),
    "papers": Text("答卷", "papers"),
    "valid": Text("有效", "valid"),
    "refused": Text("未收", "not taken"),
    "opens_on": Text("开放", "opens"),
    "closes_on": Text("截止", "closes"),
    "inputs": Text("所用文件", "inputs"),
    "sources": Text("来源", "sources"),
    "round": Text("轮次", "round"),
    "system": Text("指标体系", "index system"),
    "veto": Text("否决项", "veto"),
    "marks": Text("评分", "marks"),
    "role_word": Text("角色", "role"),
    "sha256": Text("指纹", "hash"),
}
_UNTOLD = frozenset(
    {"rules_sha256", "snapshot_sha256", "english_sha256", "worker", "revision", "key", "made_of"}
)
_HASH = 12  # digits of a hash that are shown
_CHANGED = (("from", "to"), ("was", "value"))  # old and new of one datum
REFERS: Mapping[tuple[str, str], str] = {  # data that are numbers of objects, and of which kind
    ("organisation.move", "from"): "organisation",
    ("organisation.move", "to"): "organisation",
    ("", "account"): "account",
    ("", "finding"): "finding",
}
Json = Mapping[str, Any]
Names = Mapping[tuple[str, str], str]


def told_detail(action: str, detail: str, names: Names) -> str:
    """The detail of an entry in a sentence of the reader's language; "" where it holds nothing to tell.

    ``names``: of the objects it refers to, by kind and id (``object_names``).
    """
    told = {key: value for key, value in read_detail(detail).items() if key not in _UNTOLD}
    told = {key: _named(action, key, value, names) for key, value in told.items()}
    blank = half(Text("规则自身的值", "the rule's own"))
    parts = [
        f"{told.pop(old) or blank} → {told.pop(new) or blank}"
        for old, new in _CHANGED
        if old in told and new in told
    ]
    parts += [_part(action, key, value) for key, value in told.items() if value not in ("", [], {})]
    return half(Text("；", "; ")).join(parts)


def _named(action: str, key: str, value: Any, names: Names) -> Any:
    """A number that stands for an object gives way to that object's name, where it is known."""
    kind = REFERS.get((action, key)) or REFERS.get(("", key))
    return names.get((kind, str(value)), value) if kind else value


def read_detail(detail: str) -> Json:
    """The detail as recorded; empty where it is none."""
    try:
        found = json.loads(detail)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _part(action: str, key: str, value: Any) -> str:
    name = half(_NAMES.get(key, Text(key, key)))
    return half(Text(f"{name}：{_value(action, key, value)}", f"{name}: {_value(action, key, value)}"))


def _value(action: str, key: str, value: Any) -> str:
    if isinstance(value, list):
        return half(Text("、", ", ")).join(_value(action, key, one) for one in value)
    if isinstance(value, dict):
        return half(Text("、", ", ")).join(str(one) for one in value)
    if key == "sha256":
        return f"{str(value)[:_HASH]}…"
    known = _labels(action, key).get(str(value))
    return half(known) if known else str(value)


def _labels(action: str, key: str) -> Mapping[str, Text]:
    """What the codes of a datum stand for."""
    subject = action.partition(".")[0]
    made = _CODES.get((subject, key)) or _CODES.get(("", key))
    return made() if made else {}


def _choices(load: Callable[[], Any]) -> Callable[[], Mapping[str, Text]]:
    @lru_cache(maxsize=1)
    def labels() -> Mapping[str, Text]:
        return {str(value): both(label) for value, label in load().choices}

    return labels


def _roles() -> Any:
    from junheng.web.people.roles import Role

    return Role


def _sections() -> Any:
    from junheng.web.people.roles import Section

    return Section


def _kinds() -> Any:
    from junheng.web.people.roles import Kind

    return Kind


def _works() -> Any:
    from junheng.web.jobs.states import Work

    return Work


def _job_states() -> Any:
    from junheng.web.jobs.states import State

    return State


def _gap_states() -> Any:
    from junheng.web.monitoring.states import State

    return State


def _paper_kinds() -> Any:
    from junheng.web.monitoring.models import PaperKind

    return PaperKind


def _notice_kinds() -> Mapping[str, Text]:
    from junheng.web.public.models import NOTICE_KINDS

    return {str(value): both(label) for value, label in NOTICE_KINDS}


def _given_kinds() -> Any:
    from junheng.web.monitoring.models import GivenKind

    return GivenKind


def _appeal_states() -> Any:
    from junheng.web.appraisal.models.marks import AppealState

    return AppealState


def _child_states() -> Mapping[str, Text]:
    from junheng.web.ledgers.words import child_states

    return child_states()


def _ledgers() -> Mapping[str, Text]:
    from junheng.judgement.ledgers import ledgers

    return {key: one.name for key, one in ledgers().items()}


_CODES: Mapping[tuple[str, str], Callable[[], Mapping[str, Text]]] = {
    ("", "role"): _choices(_roles),
    ("", "section"): _choices(_sections),
    ("organisation", "kind"): _choices(_kinds),
    ("import", "kind"): _choices(_kinds),
    ("notice", "kind"): _notice_kinds,
    ("paper", "kind"): _choices(_paper_kinds),
    ("monitoring", "kind"): _choices(_given_kinds),
    ("", "work"): _choices(_works),
    ("job", "state"): _choices(_job_states),
    ("gap", "state"): _choices(_gap_states),
    ("child", "state"): _child_states,
    ("appraisal", "state"): _choices(_appeal_states),
    ("", "ledger"): _ledgers,
    ("", "standard"): lambda: {one.id: one.name for one in list_standards()},
    ("", "stage"): lambda: {str(stage): name for stage, name in STAGE_NAMES.items()},
    ("", "table"): lambda: {name: table.sheet for name, table in load_dictionary().tables.items()},
    ("data", "schools"): lambda: {"0": Text("否", "no"), "1": Text("是", "yes")},
}
