from fractions import Fraction
from types import SimpleNamespace

import pytest

from junheng.verification.merging import merged


def _campus(**cells: object) -> dict[str, object]:
    return {"is_counted": False, "parent_school_id": "P", **cells}


def test_a_campus_not_counted_joins_its_parent(build: SimpleNamespace) -> None:
    world = build.year(
        build.school("P") | build.school("C", **_campus()),
        build.stages("P", primary=300) | build.stages("C", primary=40),
        {
            "P": build.row("premises", school_id="P", teaching_area_m2=1000.5),
            "C": build.row("premises", school_id="C", teaching_area_m2=10),
        },
    )
    found = merged(world, build.counting())
    assert set(found.schools) == {"P"}
    assert found.stages["P", "primary"]["pupils"] == 340
    assert found.premises["P"]["teaching_area_m2"] == Fraction(2021, 2)


def test_a_quantity_absent_in_one_part_is_absent_in_the_sum(build: SimpleNamespace) -> None:
    world = build.year(
        build.school("P") | build.school("C", **_campus()),
        build.stages("P", primary=300) | build.stages("C", primary=None),
    )
    assert merged(world, build.counting()).stages["P", "primary"]["pupils"] is None


def test_the_largest_class_is_the_larger_one(build: SimpleNamespace) -> None:
    reported = build.stages("P", primary=300) | build.stages("C", primary=40)
    reported["P", "primary"]["max_class_size"] = Fraction(38)
    reported["C", "primary"]["max_class_size"] = Fraction(45)
    found = merged(build.year(build.school("P") | build.school("C", **_campus()), reported), build.counting())
    assert found.stages["P", "primary"]["max_class_size"] == 45


def test_a_parent_without_that_stage_receives_it(build: SimpleNamespace) -> None:
    world = build.year(
        build.school("P") | build.school("C", **_campus()),
        build.stages("P", primary=300) | build.stages("C", junior=40),
    )
    assert merged(world, build.counting()).stages["P", "junior"]["pupils"] == 40


@pytest.mark.parametrize(
    ("policy", "stays"), [("separate_if_ge_min", True), ("merge_into_parent", False), ("exclude", False)]
)
def test_a_teaching_point_follows_the_policy(build: SimpleNamespace, policy: str, stays: bool) -> None:
    world = build.year(
        build.school("P") | build.school("C", "teaching_point", **_campus()),
        build.stages("P", primary=300) | build.stages("C", primary=40),
    )
    assert ("C" in merged(world, build.counting(policy)).schools) is stays


def test_a_chain_of_campuses_ends_at_the_school_that_counts(build: SimpleNamespace) -> None:
    world = build.year(
        build.school("P")
        | build.school("C", **_campus())
        | build.school("D", is_counted=False, parent_school_id="C"),
        build.stages("P", primary=300) | build.stages("C", primary=40) | build.stages("D", primary=2),
    )
    found = merged(world, build.counting())
    assert (set(found.schools), found.stages["P", "primary"]["pupils"]) == ({"P"}, 342)


def test_a_parent_that_was_not_reported_receives_nothing(build: SimpleNamespace) -> None:
    world = build.year(build.school("C", **_campus()), build.stages("C", primary=40))
    assert set(merged(world, build.counting()).schools) == {"C"}


def test_the_fourth_parent_is_not_followed(build: SimpleNamespace) -> None:
    """As the engines: a chain so long is a slip; its last row stays where it is and is named by the checks."""
    chain = build.school("P") | build.school("C", **_campus())
    for child, parent in (("D", "C"), ("E", "D"), ("F", "E")):
        chain |= build.school(child, is_counted=False, parent_school_id=parent)
    found = merged(build.year(chain, build.stages("P", primary=300)), build.counting())
    assert set(found.schools) == {"P", "F"}
