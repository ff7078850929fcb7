"""The lists inside plan.yaml: parties, beacons, schedule. Found wrong now, not in the hall."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from junheng.basics import Text, UserError

_TIMES = {"reveals_by", "beacon_from"}


def fault_in_parts(content: Mapping[str, Any]) -> Text | None:
    """What is wrong with the parties, beacons or schedule of a plan, where it gives them; None when nothing is."""
    return _parties(content["parties"]) or _beacons(content["beacons"]) or _schedule(content["schedule"])


def _parties(parties: Sequence[Any]) -> Text | None:
    from junheng.draws import check_role

    roles = []
    for party in parties:
        if not isinstance(party, dict) or not set(party) <= {"role", "name"} or "role" not in party:
            return Text(
                "parties 的每一项应写 {role: 角色, name: 姓名或单位}",
                "every entry of parties is {role: …, name: …}",
            )
        if not all(isinstance(text, str) and text.strip() for text in party.values()):
            return Text("parties 的 role 和 name 应为文字", "role and name of parties are texts")
        if fault := _said(check_role, party["role"]):
            return Text(f"parties：{fault.zh}", f"parties: {fault.en}")
        roles.append(party["role"])
    if len(set(roles)) != len(roles):
        return Text("parties 中有角色写了两次", "a role stands twice in parties")
    return None


def _beacons(beacons: Sequence[Any]) -> Text | None:
    from junheng.draws import check_declared

    if not all(isinstance(beacon, dict) for beacon in beacons):
        return Text("beacons 每一项应写 kind、id 等", "every entry of beacons gives kind, id and so on")
    if fault := _said(check_declared, beacons):
        return Text(f"beacons：{fault.zh}", f"beacons: {fault.en}")
    return None


def _schedule(schedule: Mapping[str, Any]) -> Text | None:
    from junheng.draws import read_time

    if schedule and set(schedule) != _TIMES:
        return Text(
            "schedule 应写 reveals_by（揭示截止）和 beacon_from（信标起始）",
            "schedule gives reveals_by and beacon_from",
        )
    for name, value in schedule.items():
        if isinstance(value, datetime):
            return Text(
                f"schedule.{name} 要加引号，如 '2027-07-10T09:00:00+08:00'",
                f"put quotes around schedule.{name}: '2027-07-10T09:00:00+08:00'",
            )
        if fault := _said(read_time, str(value), name):
            return Text(f"schedule.{name}：{fault.zh}", f"schedule.{name}: {fault.en}")
    return None


def _said(check: Callable[..., object], *given: Any) -> Text | None:
    """What ``check`` refuses, in its own words; None where it lets pass."""
    try:
        check(*given)
    except UserError as error:
        return error.what
    return None
