import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from noto_cjk_sans_otc import FONT_PATH
from PIL import Image, ImageFont
from tests.reports.made_finding import make_finding

from junheng.reports.charts.areas import areas_chart
from junheng.reports.charts.axes import Scale
from junheng.reports.charts.canvas import BELOW, FAMILY, MET, Canvas, face_index, font
from junheng.reports.charts.distribution import distribution_chart
from junheng.reports.charts.heat import heat_chart
from junheng.reports.charts.trend import trend_chart
from junheng.reports.charts.variation import variation_chart
from junheng.reports.read_facts import read_facts
from junheng.reports.word.blocks import Picture


def shape(face: ImageFont.FreeTypeFont, letter: str) -> bytes:
    return bytes(face.getmask(letter))


@pytest.mark.parametrize("letter", ["直", "骨"])
def test_glyphs_are_the_simplified_chinese_ones(letter: str) -> None:
    """Face 0 of the file is Japanese and draws these two differently."""
    japanese = ImageFont.truetype(str(FONT_PATH), 96, index=0)
    named = next(
        face
        for index in range(10)
        if (face := ImageFont.truetype(str(FONT_PATH), 96, index=index)).getname()[0] == FAMILY
    )
    assert shape(font(96), letter) == shape(named, letter)
    assert shape(font(96), letter) != shape(japanese, letter)


def test_the_face_is_chosen_by_name() -> None:
    assert ImageFont.truetype(str(FONT_PATH), 10, index=face_index()).getname()[0] == "Noto Sans CJK SC"


def pixels(picture: Picture) -> npt.NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(picture.png)).convert("RGB"))


def has_colour(picture: Picture, colour: str) -> bool:
    wanted = [int(colour[place : place + 2], 16) for place in (1, 3, 5)]
    return bool((pixels(picture) == wanted).all(axis=2).any())


def charts(folder: Path) -> Sequence[Picture | None]:
    facts = read_facts(folder)
    stage = facts.stages[0]
    return [
        distribution_chart(facts, stage), heat_chart(facts, stage), variation_chart(facts), areas_chart(facts),
        trend_chart(facts),
    ]  # fmt: skip


def test_all_charts_are_drawn_to_size(finding: Path) -> None:
    for picture in charts(finding):
        assert picture is not None
        height, width, _ = pixels(picture).shape
        assert width / height == pytest.approx(picture.width_mm / picture.height_mm, rel=0.02)
        assert picture.description


def test_states_show_by_colour(finding: Path) -> None:
    heat = charts(finding)[1]
    assert heat is not None
    assert has_colour(heat, MET)
    assert has_colour(heat, BELOW)


def test_charts_that_have_nothing_to_show_are_left_out(tmp_path: Path) -> None:
    folder = make_finding(tmp_path / "f", thresholds=False, years=())
    distribution, heat, variation, _, trend = charts(folder)
    assert heat is None
    assert trend is None
    assert distribution is not None
    assert "全县平均值" in distribution.caption
    assert variation is not None
    assert "限值" not in variation.caption


def test_many_schools_are_drawn_without_names(tmp_path: Path) -> None:
    few, many = (
        charts(make_finding(tmp_path / str(count), schools={"primary": count}))[1] for count in (60, 200)
    )
    assert few is not None
    assert many is not None
    assert few.height_mm > 100 > many.height_mm


def test_charts_are_the_same_bytes_at_every_run(finding: Path) -> None:
    assert [p and p.png for p in charts(finding)] == [p and p.png for p in charts(finding)]


@pytest.mark.parametrize(("low", "high"), [(0.0, 0.56), (0.0, 105.0), (0.0, 3.0e6), (0.0, 1e-3)])
def test_ticks_are_few_round_and_inside(low: float, high: float) -> None:
    ticks = Scale(low, high, 0, 100).ticks()
    assert 3 <= len(ticks) <= 11
    assert all(low <= tick <= high * (1 + 1e-9) for tick in ticks)


def test_hatch_stays_inside_its_box() -> None:
    canvas = Canvas(20, 20)
    canvas.hatch(5, 5, 15, 15, colour="#000000")
    drawn = np.argwhere(np.asarray(Image.open(io.BytesIO(canvas.png())).convert("L")) < 200) / (180 / 25.4)
    assert len(drawn) > 0
    assert drawn.min() >= 4.7
    assert drawn.max() <= 15.3
