"""Overlays: what they change, in which region, from which day, and under whose citation."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from junheng.basics import UserError
from junheng.standards import Item, Standard, changes, list_overlays, resolve

Write = Callable[..., Path]
DAY = date(2024, 9, 1)
VALUE = "value: 5.00"
PATH = "indicators.R4.thresholds.primary"


def _item(standard: Standard, name: str) -> Item:
    return next(item for item in standard.items if item.id == name)


def _base(standard: Standard) -> Any:
    limit = _item(standard, "G2").limits.get("provincial_base")
    return None if limit is None else dict(limit.value)  # type: ignore[arg-type]  # by stage here


@pytest.mark.parametrize(
    ("region", "on", "overlays", "base", "special", "quota"),
    [
        ("", DAY, (), None, 6000, "0.5"),
        ("110101", DAY, (), None, 6000, "0.5"),
        ("21", DAY, ("liaoning",), (935, 1155), 6000, "0.5"),
        ("210204", DAY, ("liaoning",), (935, 1155), 6000, "0.5"),
        ("2101", DAY, ("liaoning", "shenyang"), (1150, 1350), 8000, "0.5"),
        ("210102", DAY, ("liaoning", "shenyang"), (1150, 1350), 8000, "0.5"),
        ("210102", date(2023, 12, 31), (), None, 6000, "0.5"),
        ("150203", DAY, ("baotou",), None, 6000, "0.60"),
        ("150203", date(2017, 12, 31), (), None, 6000, "0.5"),
        ("152", DAY, (), None, 6000, "0.5"),
    ],
)
def test_the_built_in_overlays_by_region_and_day(
    region: str, on: date, overlays: tuple[str, ...], base: tuple[int, int] | None, special: int, quota: str
) -> None:
    found = resolve("quality-2017", on=on, region=region)
    assert found.overlays == overlays
    assert found.region == region
    assert _base(found) == (None if base is None else {"primary": base[0], "junior": base[1]})
    assert _item(found, "G7").limits["amount"].value == special
    assert _item(found, "G14").limits["quota_rate"].value == Decimal(quota)


def test_each_value_says_which_overlay_set_it() -> None:
    found = resolve("quality-2017", on=DAY, region="210102")
    base = _item(found, "G2")
    assert base.citation_of("limits.provincial_base.value.primary").overlay == "shenyang"
    assert base.citation_of("limits.provincial_base.unit").overlay == "liaoning"
    assert base.citation_of("limits.base_to_provincial").overlay == ""
    assert base.citation.overlay == "shenyang"  # nobody can miss that something was changed
    special = _item(found, "G7").citation_of("limits.amount.value")
    assert (special.overlay, special.certainty) == ("shenyang", "local")
    assert _item(found, "G7").citation_of("limits.national_base.value").document.startswith("特殊教育")
    assert _item(found, "G5").citation.overlay == ""


def test_overlays_of_another_standard_stay_away() -> None:
    assert resolve("basic-2012", on=DAY, region="210102").overlays == ()


def test_the_library_lists_wider_regions_first() -> None:
    assert [(head.id, head.region) for head in list_overlays()] == [
        ("liaoning", "21"),
        ("baotou", "1502"),
        ("shenyang", "2101"),
    ]


def test_a_what_if_changes_one_threshold(write: Write, trial: str, quality: Standard) -> None:
    found = resolve("quality-2017", on=DAY, overlays=[write(trial)])
    rule = found.rule("R4")
    assert rule.thresholds == {"primary": Decimal("5.00"), "junior": Decimal("5.8")}
    assert rule.floor("primary") == Decimal("4.25")
    assert str(rule.thresholds["primary"]) == "5.00"
    assert rule.citation.overlay == rule.citation_of(PATH.partition("R4.")[2]).overlay == "trial"
    assert rule.citation_of("thresholds.junior") == quality.rule("R4").citation
    assert rule.cv_citation == quality.rule("R4").cv_citation
    assert [(change.rule, change.field) for change in changes(quality, found)] == [
        ("R4", "thresholds.primary")
    ]
    assert quality.rule("R4").thresholds["primary"] == Decimal("4.5")  # an overlay never edits the standard
    assert found.sha256 != quality.sha256
    assert found.overlays == ("trial",)


@pytest.mark.parametrize("path", ["variation.cv_limits.primary", "indicators.*.cv_limits.primary"])
def test_one_path_for_all_indicators(write: Write, trial: str, quality: Standard, path: str) -> None:
    found = resolve("quality-2017", on=DAY, overlays=[write(trial, (PATH, path), (VALUE, "value: 0.40"))])
    for rule in found.indicators:
        assert rule.cv_limits == {"primary": Decimal("0.40"), "junior": Decimal("0.45")}
        assert rule.cv_citation is not None
        assert rule.cv_citation.overlay == "trial"
        assert rule.citation == quality.rule(rule.id).citation


@pytest.mark.parametrize(
    ("path", "value", "holds"),
    [
        ("school_rule.min_met", "7", lambda s: s.school_rule.min_met == 7),
        (
            "county_rule.school_pass_share",
            "0.95",
            lambda s: s.county_rule.school_pass_share == Decimal("0.95"),
        ),
        ("variation.weights", "none", lambda s: s.variation.weights == "none"),
        ("variation.compare_decimals", "3", lambda s: s.variation.compare_decimals == 3),
        (
            "counting.teaching_point_policy",
            "exclude",
            lambda s: s.counting.teaching_point_policy == "exclude",
        ),
        (
            "split.weights.nine_year.junior",
            "1.2",
            lambda s: s.split.weights["nine_year"]["junior"] == Decimal("1.2"),
        ),
        (
            "indicators.*.floor_ratio",
            "0.9",
            lambda s: {r.floor_ratio for r in s.indicators} == {Decimal("0.9")},
        ),
        ("indicators.R1.floor_ratio", "null", lambda s: s.rule("R1").floor("primary") is None),
        ("relaxations.R3s", "null", lambda s: [r.id for r in s.relaxations] == ["R5d", "R5l"]),
        ("relaxations.R3s.when", "pupils < 200", lambda s: s.relaxations[0].when == "pupils < 200"),
        ("items.G9", "null", lambda s: "G9" not in [i.id for i in s.items]),
        (
            "items.G3.relaxations.G3a.limits.art_room_area.value",
            "70",
            lambda s: _item(s, "G3").relaxations[0].limits["art_room_area"].value == 70,
        ),
        ("items.G3.relaxations.G3b", "null", lambda s: [r.id for r in _item(s, "G3").relaxations] == ["G3a"]),
    ],
)
def test_any_value_can_be_changed(
    write: Write, trial: str, path: str, value: str, holds: Callable[[Standard], bool]
) -> None:
    found = resolve("quality-2017", on=DAY, overlays=[write(trial, (PATH, path), (VALUE, f"value: {value}"))])
    assert holds(found)


def test_an_item_can_be_added(write: Write, trial: str) -> None:
    added = "\n    add: true\n    versions:"
    value = "value: {part: quality, name: {zh: 体质, en: Fitness}, text: 体质健康, evidence: computed}"
    path = write(trial, (PATH, "items.X1"), ("\n    versions:", added), (VALUE, value))
    found = _item(resolve("quality-2017", on=DAY, overlays=[path]), "X1")
    assert (found.text, found.citation.overlay, found.citation.document) == ("体质健康", "trial", "试算")


@pytest.mark.parametrize(
    ("path", "value", "what", "fix"),
    [
        ("indicators.R4.treshold.primary", "5", "has no indicators.R4.treshold", "thresholds"),
        ("indicators.R9.thresholds.primary", "5", "has no indicators.R9", "R7"),
        ("items.G2.limits.provincial_bsae.value", "5", "has no items.G2.limits.provincial_bsae", ""),
        ("indicator.R4.thresholds.primary", "5", "has no indicator", "indicators"),
        ("indicators.R4.thresholds.primary.deep", "5", "has no indicators.R4.thresholds.primary", ""),
    ],
)
def test_a_path_that_leads_nowhere(
    write: Write, trial: str, path: str, value: str, what: str, fix: str
) -> None:
    file = write(trial, (PATH, path), (VALUE, f"value: {value}"))
    with pytest.raises(UserError) as caught:
        resolve("quality-2017", on=DAY, overlays=[file])
    assert caught.value.where == f"{file}:8 → patches.1.path"
    assert what in caught.value.what.en
    assert fix in (caught.value.fix.en if caught.value.fix else "")


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (PATH, "-5", "does not fit"),
        (PATH, "高", "does not fit"),
        (PATH, "null", "lacks primary"),
        ("school_rule.of", "null", "required key of is missing"),
        ("school_rule.min_met", "8", "6 of"),
        ("school_rule.of", "8", "7 indicators have thresholds"),
        ("counting.teaching_point_policy", "maybe", "not allowed"),
        ("indicators.R4.comparison", "以上", "not allowed"),
        ("indicators.R3", "null", "not an indicator here"),
    ],
)
def test_a_value_that_does_not_fit(write: Write, trial: str, path: str, value: str, words: str) -> None:
    file = write(trial, (PATH, path), (VALUE, f"value: {value}"))
    with pytest.raises(UserError) as caught:
        resolve("quality-2017", on=DAY, overlays=[file])
    words = words.replace("6 of", "asks 8 of 7")
    assert words in caught.value.what.en
    assert "trial" in caught.value.where or f"{file}:12" in caught.value.where


@pytest.mark.parametrize(
    ("exchange", "region", "words"),
    [
        (("standard: quality-2017", "standard: basic-2012"), "", "changes basic-2012"),
        (("standard: quality-2017", 'standard: quality-2017\n  region: "21"'), "150203", "holds in 21"),
        (("id: trial", "id: shenyang"), "210102", "already applies"),
        (("document: 试算,", "document: 试装,"), "", "not entered"),
        (("standard: quality-2017", "standard: quality-2017\n  region: 21"), "", "must be text"),
        (("certainty: local", "certainty: known, last_checked_on: 2024-01-01"), "", "unchecked"),
    ],
)
def test_overlays_that_do_not_apply_are_refused(
    write: Write, trial: str, exchange: tuple[str, str], region: str, words: str
) -> None:
    with pytest.raises(UserError, match=words) as caught:
        resolve("quality-2017", on=DAY, region=region, overlays=[write(trial, exchange)])
    assert "file.yaml:" in caught.value.where


def test_a_patch_holds_between_its_days(write: Write, trial: str) -> None:
    dated = ("in_force_from: 2024-01-01", "in_force_from: 2024-01-01\n        in_force_to: 2024-12-31")
    file = write(trial, dated)
    values = {
        day: resolve("quality-2017", on=date.fromisoformat(day), overlays=[file])
        for day in ("2023-12-31", "2024-01-01", "2024-12-31", "2025-01-01")
    }
    assert [str(s.rule("R4").thresholds["primary"]) for s in values.values()] == [
        "4.5",
        "5.00",
        "5.00",
        "4.5",
    ]
    assert [s.overlays for s in values.values()] == [(), ("trial",), ("trial",), ()]


def test_later_overlays_win_and_ids_name_built_in_ones(write: Write, trial: str) -> None:
    first = write(trial, name="first.yaml")
    second = write(trial, ("id: trial", "id: second"), (VALUE, "value: 6"), name="second.yaml")
    found = resolve("quality-2017", on=DAY, region="21", overlays=[first, second, "liaoning"])
    assert found.rule("R4").thresholds["primary"] == 6
    assert found.rule("R4").citation_of("thresholds.primary").overlay == "second"
    assert found.overlays == ("liaoning", "trial", "second")
    with pytest.raises(UserError) as caught:
        resolve("quality-2017", on=DAY, overlays=["shenyan"])
    assert caught.value.fix is not None
    assert "shenyang" in caught.value.fix.en


def test_one_path_twice_in_a_file(write: Write, trial: str) -> None:
    text = trial + trial[trial.index("  - path") :]
    with pytest.raises(UserError, match="given twice"):
        resolve("quality-2017", on=DAY, overlays=[write(text)])
