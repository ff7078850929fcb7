"""Lessons by video: every limit worked by hand."""

from typing import Any

import pytest
from tests.planning.itinerant.instances import lesson, need, problem, school, teacher

from junheng.planning.itinerant import solve

Json = dict[str, Any]
SENDER = school("S", 6, live_rooms=2, mbps=100)


def shared(schools: list[Json], needs: list[Json], lessons: list[Json], **more: Any) -> Json:
    return solve(problem([SENDER, *schools], needs, more.pop("teachers", []), {}, lessons=lessons, **more))


def test_what_nobody_teaches_is_received() -> None:
    found = shared(
        [school("A", live_rooms=1, mbps=20)], [need("A", "music", 2)], [lesson("L1", "S", "music", "1", 1)]
    )
    assert found["objective"] == {"unmet_periods": 2, "travel": 0, "live": 1, "left": 1}
    assert [(row["lesson"], row["school"], row["period"]) for row in found["live"]] == [("L1", "A", 1)]


@pytest.mark.parametrize(
    ("receivers", "mbps", "wanted"),
    [(3, 100, 3), (2, 100, 2), (3, "11.9", 2), (3, 3, 0)],
    ids=["all", "receivers of the room", "line of 11.9 Mbps carries two streams of 4", "none"],
)
def test_a_sender_serves_so_many(receivers: int, mbps: Any, wanted: int) -> None:
    schools = [school(name, live_rooms=1, mbps=20) for name in "ABC"]
    needs = [need(name, "art", 1) for name in "ABC"]
    sender = school("S", 6, live_rooms=2, mbps=mbps)
    given = problem([sender, *schools], needs, [], {}, lessons=[lesson("L", "S", "art", "2", 1, receivers)])
    assert solve(given)["objective"]["live"] == wanted


def test_a_receiver_has_so_many_rooms_and_classes() -> None:
    """Two lessons at the same time, one receiving room: one is received."""
    lessons = [lesson("L1", "S", "art", "1", 1), lesson("L2", "S", "music", "1", 1)]
    needs = [need("A", "art", 1), need("A", "music", 1)]
    assert shared([school("A", live_rooms=1, mbps=20)], needs, lessons)["objective"]["live"] == 1
    assert shared([school("A", live_rooms=2, mbps=20)], needs, lessons)["objective"]["live"] == 2
    assert shared([school("A", 1, live_rooms=2, mbps=20)], needs, lessons)["objective"]["live"] == 1


def test_absent_rooms_are_not_none_but_unknown() -> None:
    found = shared([school("A", mbps=20)], [need("A", "music", 1)], [lesson("L1", "S", "music", "1", 1)])
    assert found["objective"]["live"] == 0
    assert "不能判断" in found["needs"][0]["zh"]


def test_a_visiting_teacher_makes_room_for_a_lesson_received() -> None:
    """One class; pe is given in person in the half-day of 2 periods, music comes by video in either of them."""
    for period in (1, 2):
        given = problem(
            [SENDER, school("A", 1, live_rooms=1, mbps=20)],
            [need("A", "pe", 1), need("A", "music", 1)],
            [teacher("T", "A", ["pe"], fixed=[{"day": "1", "half": "pm", "place": "away"}])],
            {},
            days=1,
            lessons=[lesson("L", "S", "music", "1", period)],
        )
        found = solve(given)
        assert found["objective"]["left"] == 0
        assert found["lessons"][0]["period"] == 3 - period


def test_fewest_sending_lessons_are_used() -> None:
    schools = [school(name, live_rooms=1, mbps=20) for name in "AB"]
    lessons = [lesson(f"L{n}", "S", "art", "1", n) for n in (1, 2, 3)]
    found = shared(schools, [need("A", "art", 1), need("B", "art", 1)], lessons)
    assert found["objective"]["live"] == 2
    assert len({row["lesson"] for row in found["live"]}) == 1


def test_another_grade_and_a_closed_school_do_not_receive() -> None:
    other = lesson("L", "S", "art", "1", 1) | {"grade": "4"}
    assert not shared([school("A", live_rooms=1, mbps=20)], [need("A", "art", 1)], [other])["live"]
    shut = school("A", live_rooms=1, mbps=20, closed=[{"day": "1", "half": "am"}])
    assert not shared([shut], [need("A", "art", 1)], [lesson("L", "S", "art", "1", 1)])["live"]
