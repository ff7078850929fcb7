"""Two judges of a county government's work, on the same input: the same points, the same conclusion."""

from fractions import Fraction
from pathlib import Path

import pytest
from tests.judgement.scoring.two_judges import (
    COUNTY,
    DAY,
    ITEMS,
    OVERLAY,
    WEIGHTS,
    found_by_items,
    found_by_scores,
    given,
)

from junheng.basics import UserError
from junheng.judgement import Verdict
from junheng.judgement.scoring import beside_finding
from junheng.standards.scoring import index_system


@pytest.fixture
def weighed(tmp_path: Path) -> list[Path]:
    path = tmp_path / "weights.yaml"
    path.write_text(OVERLAY, encoding="utf-8")
    return [path]


@pytest.mark.parametrize("is_weighed", [False, True])
@pytest.mark.parametrize(
    ("met", "unknown", "verdict"), [(17, 0, Verdict.MET), (15, 0, None), (13, 2, None), (9, 8, None)]
)
def test_the_same_input_gives_the_same_points(
    weighed: list[Path], tmp_path: Path, is_weighed: bool, met: int, unknown: int, verdict: Verdict | None
) -> None:
    overlays = weighed if is_weighed else []
    told = given(met, unknown)
    both = beside_finding(found_by_scores(told, overlays, tmp_path), found_by_items(told, overlays))
    assert [one.item for one in both.items] == ITEMS
    assert {one.state for one in (*both.items, both.whole)} == {"same"}
    assert both.scored is both.found
    assert both.agrees is True
    assert verdict in (None, both.found)
    weights = WEIGHTS if is_weighed else dict.fromkeys(ITEMS, Fraction(100, 17))
    assert both.whole.scored[0] == sum(weights[name] for name, is_met in told.items() if is_met)


def test_part_points_and_open_items_are_told_apart(tmp_path: Path) -> None:
    """All rated 良好: 85 points by the scorers; the finding has no half-met item and says 100."""
    both = beside_finding(
        found_by_scores(given(17), [], tmp_path, full="良好"), found_by_items(given(17), [])
    )
    assert both.whole.scored[0] == 85
    assert both.whole.state == "different"
    assert both.agrees is True  # 85 passes as well
    half = found_by_items(given(8, 9), [])
    assert beside_finding(found_by_scores(given(17), [], tmp_path), half).agrees is None
    worse = beside_finding(found_by_scores(given(17), [], tmp_path), found_by_items(given(10), []))
    assert worse.agrees is False
    assert [one.state for one in worse.items].count("different") == 7


def test_what_cannot_be_compared_is_refused(tmp_path: Path) -> None:
    scores, verdict = found_by_scores(given(17), [], tmp_path), found_by_items(given(17), [])
    with pytest.raises(UserError, match="评分里没有 999901"):
        beside_finding(scores, {**verdict, "county": {**verdict["county"], "code": "999901"}})
    with pytest.raises(UserError, match="没有这些条款的总分"):
        beside_finding(scores, {**verdict, "items": {"BG1": verdict["items"]["BG1"]}})


def test_weights_that_do_not_make_up_full_marks_are_refused(weighed: list[Path]) -> None:
    weighed[0].write_text(OVERLAY.replace("BG1: 8", "BG1: 9"), encoding="utf-8")
    with pytest.raises(UserError, match="权重之和是 101"):
        index_system("basic-2012-government", on=DAY, region=COUNTY, overlays=weighed)
