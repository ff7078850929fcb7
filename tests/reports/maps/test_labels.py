"""Names never meet, never leave the frame, and the important come first."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.effort import examples

from junheng.reports.maps.labels import Name, Room, place
from junheng.reports.maps.names_by_scale import SCALES, Wish, _box, _name, names_by_scale
from junheng.reports.maps.scene import width_of, wrapped
from junheng.reports.maps.short_names import shared_start, without

FRAME = (0, 0, 5_000, 4_000)
spots = st.lists(
    st.tuples(st.integers(0, 5_000), st.integers(0, 4_000)), min_size=1, max_size=25, unique=True
)


def meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@settings(max_examples=examples(40))
@given(spots)
def test_names_do_not_meet(where: list[tuple[int, int]]) -> None:
    names = [Name(str(at), f"第{at}小学", x, y, 100, at, 165) for at, (x, y) in enumerate(where)]
    boxes = [found.box() for found in place(names, Room(FRAME))]
    assert [pair for pair in itertools.combinations(boxes, 2) if meet(*pair)] == []
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= 5_000 and box[3] <= 4_000 for box in boxes)


def test_a_name_alone_stands_to_the_right_and_the_heavier_wins() -> None:
    (alone,) = place([Name("a", "学校", 1000, 1000, 100, 1, 165)], Room(FRAME))
    assert (alone.anchor, alone.dx) == ("start", 100)
    crowd = [Name(str(n), "第一实验小学", 2500, 2000, 60, n, 165) for n in range(30)]
    placed = place(crowd, Room(FRAME))
    assert placed[0].name.weight == 29
    assert len(placed) < 30


@settings(max_examples=examples(20))
@given(spots)
def test_at_no_scale_of_the_list_two_new_names_meet(where: list[tuple[int, int]]) -> None:
    wishes = [Wish(str(at), f"第{at}小学", spot, at) for at, spot in enumerate(where)]
    shown = names_by_scale(wishes, 4_000)
    by_id = {wish.id: wish for wish in wishes}
    for scale in SCALES:
        new = [_box(_name(by_id[i], scale), one) for i, one in shown.items() if one.scale == scale]
        old = [_box(_name(by_id[i], scale), one) for i, one in shown.items() if one.scale < scale]
        assert not any(meet(a, b) for a, b in itertools.combinations(new, 2))
        assert not any(meet(a, b) for a in new for b in old)


def test_the_districts_name_is_said_once() -> None:
    names = ["XX区第一小学", "XX区第二小学", "滨河小学"]
    assert shared_start(names) == "XX区"
    assert [without(name, "XX区") for name in names] == ["第一小学", "第二小学", "滨河小学"]
    assert shared_start(["甲小学", "乙小学"]) == ""
    assert shared_start(["区小学", "XX区第一小学", "乙小学"]) == ""


def test_lines_are_broken_within_their_room() -> None:
    words = "本图未经审核，公开出版须使用经审核的底图（《地图管理条例》）。Not a reviewed map, for internal study only."
    lines = wrapped(words, 150, 2_000)
    assert "".join(lines).replace(" ", "") == words.replace(" ", "")
    assert all(width_of(line, 150) <= 2_000 + 150 for line in lines)
    assert not any(line[0] in "，。）》" for line in lines)
    assert wrapped("x" * 300, 150, 1_000) != []
