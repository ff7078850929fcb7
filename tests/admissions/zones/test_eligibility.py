"""Eligibility: first category met, every step with its reason, undecided where an address or date is."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.admissions.zones.rows import DAY, road, table

from junheng.admissions import EligibilityRule, Evidence, assess, read_eligibility_rule
from junheng.basics import UserError

TABLE = table(road("A", "北街", 1, 99), road("B", "南街", 1, 99))
CONTENT: dict[str, Any] = {
    "format": "junheng/eligibility/1",
    "id": "test",
    "name": {"zh": "测试", "en": "test"},
    "source": {"document": "made up"},
    "in_force_from": date(2027, 1, 1),
    "in_force_to": date(2027, 12, 31),
    "kinds": {
        "hukou": {"zh": "户籍", "en": "register"},
        "property": {"zh": "房产", "en": "property"},
        "permit": {"zh": "居住证", "en": "permit"},
    },
    "holders": {"child": {"zh": "儿童", "en": "child"}, "parent": {"zh": "父母", "en": "parent"}},
    "categories": [
        {
            "code": 1,
            "name": {"zh": "房户一致", "en": "both"},
            "needs": [
                {"kind": "hukou", "holders": ["child"], "dated_by": date(2027, 4, 30)},
                {"kind": "property", "holders": ["parent"], "dated_by": date(2027, 4, 30)},
            ],
        },
        {
            "code": 2,
            "name": {"zh": "户籍", "en": "register"},
            "needs": [{"kind": "hukou", "holders": ["child"]}],
        },
        {
            "code": 3,
            "name": {"zh": "随迁", "en": "migrant"},
            "needs": [{"kind": "permit", "holders": ["parent"], "in_zone": False}],
        },
    ],
}
RULE = EligibilityRule.model_validate(CONTENT)
EARLY = date(2026, 1, 1)


def hukou(address: str = "北街3号", dated: date | None = EARLY, **others: Any) -> Evidence:
    return Evidence("hukou", "child", address, dated, **others)


def house(address: str = "北街5号", dated: date | None = EARLY) -> Evidence:
    return Evidence("property", "parent", address, dated)


def state(*evidence: Evidence, school: str = "SA") -> tuple[str, int | None]:
    found = assess(RULE, TABLE, evidence, school, DAY)
    assert found.reasons
    return found.state, found.code


def test_the_first_category_met_decides() -> None:
    assert state(hukou(), house()) == ("eligible", 1)
    assert state(hukou()) == ("eligible", 2)
    assert state(Evidence("permit", "parent", "")) == ("eligible", 3)
    assert state() == ("not_eligible", None)


def test_other_zones_dates_and_holders_do_not_count() -> None:
    assert state(hukou(), house("南街5号")) == ("eligible", 2)
    assert state(hukou(), house(dated=date(2027, 5, 1))) == ("eligible", 2)
    assert state(hukou(), Evidence("property", "child", "北街5号", EARLY)) == ("eligible", 2)
    assert state(hukou("南街3号"), school="SA") == ("not_eligible", None)
    assert state(hukou("南街3号"), school="SB") == ("eligible", 2)
    assert state(hukou(valid_to=date(2027, 5, 31))) == ("not_eligible", None)


@pytest.mark.parametrize("unclear", [house(dated=None), house("北街甲5号"), house("某路5号")])
def test_an_unclear_document_leaves_the_class_undecided(unclear: Evidence) -> None:
    assert state(hukou(), unclear) == ("cannot_tell", None)
    assert state(hukou(), unclear, house()) == ("eligible", 1)


def test_reasons_name_every_step() -> None:
    found = assess(RULE, TABLE, [hukou(), house("南街5号")], "SA", DAY)
    told = [reason.zh for reason in found.reasons]
    assert told[0].startswith("不符合“房户一致”")
    assert "不在片区内" in told[0]
    assert told[1].startswith("符合“户籍”")


def test_a_rule_out_of_force_cannot_tell() -> None:
    assert assess(RULE, TABLE, [hukou()], "SA", date(2028, 1, 1)).state == "cannot_tell"


@pytest.mark.parametrize(
    "changes",
    [
        {"kinds": {}},
        {"holders": {}},
        {"categories": [CONTENT["categories"][1], CONTENT["categories"][1]]},
        {"format": "x"},
    ],
)
def test_rules_that_make_no_sense_are_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    import yaml

    path = tmp_path / "e.yaml"
    path.write_text(yaml.safe_dump({**CONTENT, **changes}, allow_unicode=True), encoding="utf-8")
    with pytest.raises(UserError):
        read_eligibility_rule(path)
