"""A standard of one's own needs no Python; the library is read as data."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from junheng.standards import Standard, list_standards, resolve
from junheng.standards.load import LIBRARY

Write = Callable[..., Path]
DAY = date(2024, 9, 1)


@pytest.fixture
def own(write: Write, tiny: str) -> Standard:
    return resolve(write(tiny), on=DAY)


def test_a_tiny_standard_in_one_file(own: Standard) -> None:
    assert own.id == "tiny"
    assert [(rule.id, rule.indicator) for rule in own.indicators] == [
        ("T1", "teachers_per_pupil"),
        ("T2", "classes_per_100_pupils"),
    ]
    assert all(not rule.thresholds and not rule.cv_limits for rule in own.indicators)
    assert all(rule.cv_citation is None for rule in own.indicators)
    assert (own.school_rule, own.county_rule) == (None, None)
    assert [own.items, own.relaxations, own.declarations] == [(), (), ()]
    assert (own.variation.per_indicator, own.variation.composite_limits) == (False, {})
    assert (own.split.weights, own.split.columns) == ({}, ())
    assert own.counting.teaching_point_policy == "exclude"
    assert (own.stages, own.parts, own.overlays) == (("primary",), ("resource",), ())


def test_the_same_standard_in_a_folder_of_topics(tmp_path: Path, tiny: str, own: Standard) -> None:
    at = tiny.index("variation:")
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.yaml").write_text(tiny[:at], encoding="utf-8")
    (tmp_path / "one" / "b.yml").write_text(tiny[at:], encoding="utf-8")
    (tmp_path / "one" / "notes.txt").write_text("not YAML: [", encoding="utf-8")
    found = resolve(tmp_path / "one", on=DAY)
    assert found.model_copy(update={"sha256": ""}) == own.model_copy(update={"sha256": ""})
    assert resolve(str(tmp_path / "one"), on=DAY) == found


def test_an_indicator_may_have_its_own_cv_limit(write: Write, tiny: str) -> None:
    exchanges = (
        ("value: {text: 师生比}", "value: {text: 师生比, cv_limits: {primary: 0.3}}"),
        ("per_indicator: false", "per_indicator: true, cv_limits: {primary: 0.5}"),
    )
    found = resolve(write(tiny, *exchanges), on=DAY)
    assert found.rule("T1").cv_limits == {"primary": Decimal("0.3")}
    assert found.rule("T2").cv_limits == {"primary": Decimal("0.5")}
    articles = [rule.cv_citation.article for rule in found.indicators if rule.cv_citation]
    assert articles == ["第一条", "第三条"]


def test_a_copy_of_a_built_in_standard_is_a_standard(tmp_path: Path) -> None:
    for path in (LIBRARY / "basic-2012").glob("*.yaml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    built_in = resolve("basic-2012", on=DAY)
    assert resolve(tmp_path, on=DAY) == built_in


def test_the_library_is_listed() -> None:
    heads = {head.id: head for head in list_standards()}
    assert set(heads) == {"quality-2017", "basic-2012"}
    quality = heads["quality-2017"]
    assert (quality.document, quality.in_force_from) == ("教督\u30142017\u30156号", date(2017, 5, 23))
    assert quality.title == "县域义务教育优质均衡发展督导评估办法"
    assert len(quality.sha256) == 64


def test_resolving_twice_gives_equal_standards_that_share_nothing() -> None:
    first, second = (resolve("quality-2017", on=DAY, region="210102") for _ in range(2))
    assert first == second
    assert first.rule("R1").thresholds is not second.rule("R1").thresholds


def test_an_unknown_rule_is_a_key_error(own: Standard) -> None:
    assert own.rule("T2").indicator == "classes_per_100_pupils"
    with pytest.raises(KeyError):
        own.rule("R1")
