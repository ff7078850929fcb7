"""What sources say of the same figures, and where they do not agree."""

from fractions import Fraction
from itertools import permutations
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.data import (
    Figure,
    Snapshot,
    Told,
    disagreements,
    figures_of,
    read_input,
    register_figures,
    same_value,
    shipped_mappings,
)

EXPORT = Path(__file__).resolve().parents[3] / "examples" / "statistics_export"
PUPILS = Figure("stage", "A", "primary", "pupils")
CLASSES = Figure("stage", "A", "primary", "classes")
WANTED = {"stage": ("pupils", "classes", "max_class_size"), "class": ("pupils",)}


def told(**said: str) -> dict[str, dict[Figure, Told]]:
    return {name: {PUPILS: Told(value)} for name, value in said.items()}


def test_three_sources_say_three_things() -> None:
    (found,) = disagreements(told(register="812", export="799", filed="805"))
    assert (found.figure, found.kind, found.silent) == (PUPILS, "differ", ())
    assert (found.spread, found.share) == (Fraction(13), Fraction(13, 812))
    assert {name: one.value for name, one in found.said.items()} == {
        "register": "812", "export": "799", "filed": "805"
    }  # fmt: skip


@pytest.mark.parametrize("other", ["812", "８１２", "812.0", "812人", " 812 "])
def test_one_value_written_in_two_ways_agrees(other: str) -> None:
    assert disagreements(told(one="812", two=other)) == ()
    assert same_value("stage", "pupils", "812", other)


def test_nothing_is_tolerated() -> None:
    area = Figure("premises", "A", "", "teaching_area_m2")
    (found,) = disagreements({"a": {area: Told("5000.1")}, "b": {area: Told("5000.10000001")}})
    assert found.spread == Fraction(1, 10**8)


def test_silence_is_its_own_kind_and_never_zero() -> None:
    silent = {PUPILS: Told("0")}
    (found,) = disagreements({"a": {**silent, CLASSES: Told("20")}, "b": {**silent, **_of_b("20")}})
    assert (found.figure.school_id, found.kind, found.silent) == ("B", "silent", ("a",))
    assert (found.spread, found.share) == (None, None)
    assert (
        disagreements({"a": {CLASSES: Told("20")}, "b": silent}) == ()
    )  # neither speaks of the other's column
    assert not same_value("stage", "pupils", "", "0")


def _of_b(value: str) -> dict[Figure, Told]:
    return {CLASSES: Told("20"), Figure("stage", "B", "primary", "classes"): Told(value)}


def test_a_word_for_missing_is_missing() -> None:
    (found,) = disagreements(told(one="812", two="未填"))
    assert (found.kind, list(found.said), found.silent) == ("silent", ["one"], ("two",))
    assert same_value("stage", "pupils", "无", "")


def test_the_largest_share_stands_first_then_words_then_silence() -> None:
    name, pupils = Figure("school", "A", "", "name"), Figure("stage", "B", "primary", "pupils")
    one = {PUPILS: Told("100"), pupils: Told("10"), name: Told("甲"), CLASSES: Told("3")}
    two = {PUPILS: Told("101"), pupils: Told("20"), name: Told("乙"), **_of_b("4")}
    three = {CLASSES: Told("3")}
    found = disagreements({"one": one, "two": {**two, CLASSES: Told("3")}, "three": three})
    assert [one.figure for one in found][:3] == [pupils, PUPILS, name]
    assert [one.kind for one in found] == ["differ", "differ", "differ", "silent"]


_VALUES = st.dictionaries(st.sampled_from("ABCDE"), st.sampled_from(["", "0", "1", "2", "1.0"]))


@settings(max_examples=examples(60), deadline=None)
@given(st.lists(_VALUES, min_size=2, max_size=3))
def test_the_order_of_sources_changes_nothing_and_a_plain_count_says_the_same(
    drawn: list[dict[str, str]],
) -> None:
    sources = {
        f"s{i}": {Figure("stage", school, "primary", "pupils"): Told(value) for school, value in one.items()}
        for i, one in enumerate(drawn)
    }
    answers = [
        [(one.figure, one.kind, set(one.silent), one.spread) for one in disagreements(dict(order))]
        for order in permutations(sources.items())
    ]
    assert all(answer == answers[0] for answer in answers)
    plain = {
        school for school in "ABCDE" if len({Fraction(one[school]) for one in drawn if one.get(school)}) > 1
    }
    assert {figure.school_id for figure, kind, _, _ in answers[0] if kind == "differ"} == plain


def test_a_register_counts_by_itself_whatever_is_reported_beside_it() -> None:
    key = {"year": 2024, "school_id": "A", "stage": "primary"}
    pupils = [{**key, "pupil_id": f"P{i}", "grade": 1, "class_no": "1"} for i in range(3)]
    tables = {
        "stage": pa.Table.from_pylist([{**key, "pupils": 5}]),
        "pupil": pa.Table.from_pylist(pupils).set_column(0, "year", pa.array([2024] * 3, pa.int32())),
    }
    snapshot = Snapshot(tables, (), ())
    counted = register_figures(snapshot, 2024, WANTED)
    assert {one.column: said.value for one, said in counted.items() if one.table == "stage"} == {
        "pupils": "3", "classes": "1", "max_class_size": "3"
    }  # fmt: skip
    assert counted[Figure("class", "A", "primary|1|1", "pupils")].value == "3"
    assert figures_of(snapshot, 2024, WANTED)[PUPILS].value == "5"
    assert register_figures(snapshot, 2023, WANTED) == {}


def test_the_export_is_read_by_the_mapping_that_comes_with_the_library() -> None:
    mapping = next(one for one in shipped_mappings() if one.name == "statistics_export")
    assert mapping.title.zh.startswith("县级教育事业统计导出")
    path = EXPORT / "county_export_2024.xlsx"
    read = read_input(path, mapping=mapping.path)
    own = read_input(path, mapping=EXPORT / "mapping.yaml")
    assert {name: table.to_pylist() for name, table in read.tables.items()} == {
        name: table.to_pylist() for name, table in own.tables.items()
    }
    said = figures_of(read, 2024, WANTED)[Figure("stage", "2115000002", "primary", "pupils")]
    assert (said.value, said.place) == ("860", "county_export_2024.xlsx 小学 J6")
