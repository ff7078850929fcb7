from collections.abc import Callable
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from junheng.standards import Standard, changes, resolve

Write = Callable[..., Path]
DAY = date(2024, 9, 1)


def test_nothing_differs_from_itself(quality: Standard, basic: Standard) -> None:
    assert changes(quality, quality) == changes(basic, basic) == ()


def test_what_a_region_changes(quality: Standard) -> None:
    found = changes(quality, resolve("quality-2017", on=DAY, region="210102"))
    assert [(c.rule, c.field, c.old, c.new, c.citation.overlay) for c in found] == [
        ("G2", "limits.provincial_base.value.primary", None, 1150, "shenyang"),
        ("G2", "limits.provincial_base.value.junior", None, 1350, "shenyang"),
        ("G7", "limits.amount.value", 6000, 8000, "shenyang"),
    ]


def test_what_a_day_changes(quality: Standard) -> None:
    found = changes(resolve("quality-2017", on=date(2022, 9, 1)), quality)
    assert [(c.rule, c.field) for c in found] == [("G7", "limits.national_base.value"), ("V8", "")]
    assert (found[0].old, found[0].new) == (6000, 7000)
    assert found[1].old is None
    assert found[1].new == "校外培训治理不力，课后负担未有效减轻"


def test_whole_pieces_come_and_go(quality: Standard, basic: Standard) -> None:
    found = changes(quality, basic)
    gone = {c.rule for c in found if c.new is None and not c.field}
    come = {c.rule for c in found if c.old is None and not c.field}
    assert {"R1", "R7", "G15", "Q9", "V1", "school_rule", "county_rule", "R3s", "ENTRY"} <= gone
    assert {"B1", "B8", "BG", "SAT"} <= come
    single = {(c.rule, c.field): (c.old, c.new) for c in found if c.field}
    assert single["variation", "per_indicator"] == (True, False)
    assert single["counting", "private_counted"] == (True, False)


def test_an_equal_number_written_otherwise_is_no_change(write: Write, trial: str, quality: Standard) -> None:
    same = write(trial, ("value: 5.00", "value: 4.500"))
    assert changes(quality, resolve("quality-2017", on=DAY, overlays=[same])) == ()


PATHS = ["indicators.R1.thresholds.primary", "indicators.R6.thresholds.junior", "items.G9.limits.hours.value"]


@given(value=st.decimals(0, 5000, places=3), path=st.sampled_from(PATHS))
def test_a_change_there_and_back(write_text: Callable[[str], Path], value: object, path: str) -> None:
    overlay = write_text(
        "overlay: {id: t, name: {zh: 试, en: Trial}, standard: quality-2017}\ndocuments: {试: {title: 试}}\n"
        f"patches:\n  - path: {path}\n    versions:\n      - in_force_from: 2024-01-01\n"
        f"        source: {{document: 试, article: 一, certainty: local}}\n        value: {value}\n"
    )
    before = resolve("quality-2017", on=DAY)
    after = resolve("quality-2017", on=DAY, overlays=[overlay])
    there, back = changes(before, after), changes(after, before)
    assert [(c.rule, c.field, c.old, c.new) for c in there] == [(c.rule, c.field, c.new, c.old) for c in back]
    assert len(there) <= 1
    assert all(c.field == path.split(".", 2)[2] and c.new == value for c in there)
