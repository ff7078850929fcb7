"""公告以后参数不能改 After the announcement no parameter changes. 曾有地方把优先级别设错，或在摇号当天改计划数。"""

import re
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from tests.cases.failures.hall import AFTER, BEFORE, PASSED, REFUSED, REVEALS_BY, ROLES, Hall, lines


def _plan_seats(rules: dict[str, Any]) -> None:
    rules["schools"][1]["plan"] += 1


def _class_first(rules: dict[str, Any]) -> None:
    rules["is_class_first"] = True


def _more_classes(rules: dict[str, Any]) -> None:
    rules["classes"][0]["code"], rules["classes"][1]["code"] = 1, 0


def _tickets(rules: dict[str, Any]) -> None:
    rules["tickets"] = "per_school"


def _order(rules: dict[str, Any]) -> None:
    rules["order"] = "descending"


def _name_only(rules: dict[str, Any]) -> None:
    rules["name"]["zh"] += "（修订）"


@pytest.mark.parametrize(
    "change",
    [_plan_seats, _class_first, _more_classes, _tickets, _order, _name_only],
    ids=lambda f: f.__name__,
)
def test_the_rule_cannot_change_once_it_is_announced(
    hall: Hall, change: Callable[[dict[str, Any]], None]
) -> None:
    """曾经：优先级别设错，公布后才悄悄改回。现在：公告后规则文件改动一处，再公告即被拒绝，已公告的不变。

    Once: a wrong priority setting was quietly put right later. Now: any change is refused, the announced rule stands.
    """
    draw = hall.play("spec")
    announced = (draw / "spec.json").read_bytes()
    path = hall.folder / "rules.yaml"
    rules = yaml.safe_load(path.read_text("utf-8"))
    change(rules)
    path.write_text(yaml.safe_dump(rules, allow_unicode=True), encoding="utf-8")
    refused = hall.draw("spec", draw, "--plan", hall.folder)
    assert refused.code == REFUSED
    assert "已经封存" in refused.err
    assert (draw / "spec.json").read_bytes() == announced


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("schedule", {"reveals_by": "2027-07-10T09:00:00+08:00", "beacon_from": "2027-07-10T09:31:00+08:00"}),
        ("beacons", [{"kind": "pulse", "id": "hall", "name": "另一个", "pulse": "1"}]),
        ("latest_beacon_seen", {"id": "quicknet", "value": "00"}),
        ("title", "另一个名称"),
        ("draw_id", "另一个编号"),
        ("hash", "sm3"),
    ],
)
def test_neither_time_nor_beacon_nor_name_can_change(hall: Hall, key: str, value: Any) -> None:
    """曾经：临时改用另一期彩票、另一个时间。现在：时间、信标、名称、算法公告后都不能改。

    Once: another lottery issue or hour was taken at the last moment. Now: none of it can change once announced.
    """
    draw = hall.play("spec")
    announced = (draw / "spec.json").read_bytes()
    hall.change("plan.yaml", {key: value})
    assert hall.draw("spec", draw, "--plan", hall.folder).code == REFUSED
    assert (draw / "spec.json").read_bytes() == announced


def test_a_party_cannot_exchange_its_secret(hall: Hall) -> None:
    """曾经：参与方看过别人的数以后换自己的数。现在：承诺过的数不能换，公开时不符即拒绝。

    Once: a party exchanged its number after seeing the others'. Now: what was committed to is all that is accepted.
    """
    draw = hall.play("commit")
    other = hall.draw("commit", draw, "--role", "notary", "--secret", hall.desk / "另一个秘密数")
    assert other.code == REFUSED
    assert not (hall.desk / "另一个秘密数").exists()
    assert hall.draw("spec", draw, "--plan", hall.folder).code == PASSED
    wrong = hall.draw("reveal", draw, "--role", "notary", "--value", "0f" * 32)
    assert wrong.code == REFUSED
    assert "承诺不符" in wrong.err


@pytest.mark.parametrize("absent", ROLES)
def test_no_draw_without_every_party_of_the_plan(hall: Hall, absent: str) -> None:
    """曾经：家长代表没到场，照样开始。现在：方案写明的参与方少一个承诺，就不能公告。

    Once: it began without the parents. Now: it cannot be announced while a party of the plan has not committed.
    """
    draw = hall.play("freeze")
    for role in set(ROLES) - {absent}:
        assert hall.draw("commit", draw, "--role", role, "--secret", hall.desk / role).code == PASSED
    refused = hall.draw("spec", draw, "--plan", hall.folder)
    assert refused.code == REFUSED
    assert absent in refused.err


def test_steps_cannot_be_taken_out_of_order(hall: Hall) -> None:
    """曾经：先知道了随机数才定方案。现在：顺序固定，提前的一步一律拒绝。

    Once: the numbers were known before the rule. Now: a step before its turn is refused.
    """
    draw = hall.play("freeze")
    hall.clock(AFTER)
    balls = ("--observed", "hall=1 2 3 4 5 6")
    for words in (
        ("beacon", draw, *balls),
        ("seed", draw),
        ("run", draw),
        ("publish", draw, "--out", hall.desk / "x"),
    ):
        assert hall.draw(*words).code == REFUSED
    assert [entry["step"] for entry in lines(draw / "log.jsonl")] == ["freeze"]
    hall.clock(BEFORE)
    draw = hall.play("commit", name="second")
    for words in (("beacon", draw, *balls), ("seed", draw), ("run", draw)):
        assert hall.draw(*words).code == REFUSED


def test_a_late_announcement_is_refused(hall: Hall) -> None:
    """曾经：过了截止时间才补公告方案。现在：揭示截止以后不能再公告。

    Once: the rule was announced after the deadline. Now: it is refused.
    """
    draw = hall.play("commit")
    hall.clock(REVEALS_BY.replace(minute=1))
    refused = hall.draw("spec", draw, "--plan", hall.folder)
    assert refused.code == REFUSED
    assert re.search("截止", refused.err)
