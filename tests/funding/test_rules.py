"""Which amounts are in force where and when; what is no rule is refused with its place."""

from datetime import date
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.funding import repair_yuan, rules_for

ENTRY = """
overlay: {id: mine, name: {zh: 我县, en: mine}, region: "15"}
rules:
  - id: MINE
    role: ROLE
    name: {zh: 名, en: name}
    in_force_from: 2020-01-01
    source: {document: 文件, article: 第一条, certainty: CERTAINTY}
    values: VALUES
"""


def _overlay(folder: Path, role: str, values: str, certainty: str = "local") -> Path:
    path = folder / "mine.yaml"
    text = ENTRY.replace("ROLE", role).replace("VALUES", values).replace("CERTAINTY", certainty)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("region", "day", "primary", "junior"),
    [
        ("410999", date(2016, 1, 1), "600", "800"),  # centre
        ("150999", date(2019, 12, 31), "600", "800"),  # west
        ("110999", date(2016, 1, 1), "650", "850"),  # east
        ("150999", date(2020, 1, 1), "650", "850"),
        ("150999", date(2022, 12, 31), "650", "850"),
        ("150999", date(2023, 1, 1), "720", "940"),
        ("210999", date(2024, 1, 1), "935", "1155"),  # the province's own
        ("210199", date(2024, 1, 1), "1150", "1350"),  # the city's own, on top
        ("210199", date(2023, 12, 31), "720", "940"),
    ],
)
def test_the_base_of_a_place_and_day(region: str, day: date, primary: str, junior: str) -> None:
    base = rules_for(region, day).held["base"]
    assert base.values == {"primary": primary, "junior": junior}


def test_no_base_before_the_first_rule() -> None:
    assert rules_for("150999", date(2015, 12, 31)).get("base") is None


@pytest.mark.parametrize(
    ("year", "boarding", "special"), [(2016, "200", "6000"), (2022, "200", "6000"), (2023, "300", "7000")]
)
def test_boarders_and_special_education(year: int, boarding: str, special: str) -> None:
    held = rules_for("150999", date(year, 6, 1)).held
    assert (held["boarding"].values["amount"], held["special"].values["amount"]) == (boarding, special)


@pytest.mark.parametrize(
    ("region", "tier", "share"),
    [("150999", "t1", "0.8"), ("460999", "t2", "0.6"), ("440999", "other", "0.5")],
)
def test_the_centre_bears_by_tier(region: str, tier: str, share: str) -> None:
    found = rules_for(region, date(2024, 1, 1))
    assert (found.tier, found.held["share"].values[found.tier]) == (tier, share)


def test_bilingual_teaching_is_paid_for_in_hohhot_alone() -> None:
    assert rules_for("150102", date(2024, 1, 1)).held["bilingual"].overlay == "hohhot"
    assert rules_for("150202", date(2024, 1, 1)).get("bilingual") is None


def test_repairs_by_place_and_year() -> None:
    day = date(2024, 1, 1)
    assert [repair_yuan("10.5", region, day) for region in ("150999", "410999", "110999")] == [
        "12600",
        "11550",
        "11550",
    ]
    assert repair_yuan("10", "150999", date(2023, 12, 31)) == "9000"
    assert repair_yuan("10", "110999", date(2023, 12, 31)) == "8000"


def test_every_rule_says_where_it_stands_and_how_sure_it_is() -> None:
    for rule in rules_for("210199", date(2024, 6, 1)).held.values():
        assert rule.source["document"]
        assert rule.source["certainty"] != "known" or "last_checked_on" not in rule.source, rule.id


def test_an_overlay_changes_its_region_alone(tmp_path: Path) -> None:
    mine = _overlay(tmp_path, "base", "{primary: 800, junior: 1000}")
    found = rules_for("150999", date(2024, 1, 1), [mine])
    assert found.held["base"].values["primary"] == "800"
    assert found.as_json()["national"]["base"]["id"] == "FUND-2023"
    with pytest.raises(UserError, match="15"):
        rules_for("410999", date(2024, 1, 1), [mine])


@pytest.mark.parametrize(
    ("role", "values", "certainty", "told"),
    [
        ("bass", "{primary: 1, junior: 2}", "local", "base"),
        ("base", "{primary: 1}", "local", "junior"),
        ("base", "{primary: -1, junior: 2}", "local", "primary"),
        ("base", "{primary: x, junior: 2}", "local", "primary"),
        ("bilingual", "{rate: 1.5}", "local", "rate"),
        (
            "small_school",
            "{pupils_lt: 100, count_as: 100, base: mean, rural: true, kinds: []}",
            "local",
            "base",
        ),
        ("boarding", "{amount: 1, amont: 2}", "local", "amont"),
        ("boarding", "{amount: 1}", "sure", "certainty"),
        ("boarding", "{amount: 1, amount: 2}", "local", "amount"),
        ("local_share", "{province: 0.5, city: 0.2, county: 0.2}", "local", "1"),
    ],
)
def test_what_is_no_rule_is_refused(
    tmp_path: Path, role: str, values: str, certainty: str, told: str
) -> None:
    with pytest.raises(UserError, match=told) as refused:
        rules_for("150999", date(2024, 1, 1), [_overlay(tmp_path, role, values, certainty)])
    assert "mine.yaml" in str(refused.value.where)
