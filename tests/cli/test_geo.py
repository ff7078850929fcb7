import json
import sys
from pathlib import Path

import pytest
from tests.planning.geo.shapes import table
from typer.testing import CliRunner

from junheng.basics import UserError
from junheng.cli.geo import app

run = CliRunner().invoke


def test_check_of_the_example(example_district: Path, tmp_path: Path) -> None:
    result = run(
        app, ["check", str(example_district.parent / "layout"), "--json", str(tmp_path / "list.json")]
    )
    assert result.exit_code == 0, result.output
    for words in ("348 片", "370 个结点", "必须改正 0 处", "审图号"):
        assert words in result.output
    found = json.loads((tmp_path / "list.json").read_text("utf-8"))["findings"]
    assert {finding["code"] for finding in found} == {"off_network", "no_children"}
    assert {"what_zh", "what_en", "effect_zh", "fix_en", "lon", "where"} <= set(found[0])


def test_check_exits_1_on_what_must_be_mended(tmp_path: Path, example_district: Path) -> None:
    path = table(
        tmp_path,
        "学校标识码,学校名称,经度,纬度\n1,甲校,40.0533,110.0188\n2,乙校,,\n3,丙校,110.01,40.0512\n",
        "s.csv",
    )
    boundary = example_district.parent / "layout" / "boundary.geojson"
    result = run(app, ["check", str(path), "--boundary", str(boundary)])
    assert result.exit_code == 1
    assert "写反了" in result.output
    assert "没有经纬度" in result.output
    assert "甲校" in result.output


def test_check_in_another_system(tmp_path: Path) -> None:
    rows = "".join(f"{n},416276.{n},4435908.{n}\n" for n in range(1, 4))
    path = table(tmp_path, f"编号,东坐标,北坐标\n{rows}", "s.csv")
    result = run(app, ["check", str(path), "--system", "gk:111"])
    assert result.exit_code == 0, result.output
    assert "小数" not in result.output
    zones = table(tmp_path, "编号,东坐标,北坐标\na,37416276,4435908\nb,4435908,37416276\n", "z.csv")
    result = run(app, ["check", str(zones), "--system", "gk"])
    assert result.exit_code == 1
    assert "不是经纬度" in result.output
    assert isinstance(run(app, ["check", str(path), "--system", "mars"]).exception, UserError)


def test_convert(tmp_path: Path) -> None:
    source = table(tmp_path, "编号,经度,纬度\n1,116.38404722455657,39.91334545536069\n2,,\n", "a.csv")
    result = run(app, ["convert", str(source), str(tmp_path / "b.csv"), "--from", "gcj02"])
    assert result.exit_code == 0, result.output
    assert "已转换 1 个点" in result.output
    assert "1 行没有坐标" in result.output
    assert "116.3778170" in (tmp_path / "b.csv").read_text("utf-8-sig")
    assert run(app, ["convert", str(source), str(tmp_path / "b.csv")]).exit_code == 2


def test_osm_refuses_a_wrong_box(tmp_path: Path) -> None:
    (tmp_path / "a.osm.pbf").write_bytes(b"x")
    for box in ("1,2,3", "3,2,1,4", "a,b,c,d"):
        result = run(app, ["osm", str(tmp_path / "a.osm.pbf"), "--out", str(tmp_path / "o"), "--box", box])
        assert isinstance(result.exception, UserError), box
        assert box in result.exception.what.zh
        assert "西,南,东,北" in (result.exception.fix.zh if result.exception.fix else "")


def test_an_absent_extra_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = table(tmp_path, "编号,经度,纬度\n1,110.0511,40.0512\n2,110.0611,40.0612\n", "s.csv")
    monkeypatch.setitem(sys.modules, "scipy.spatial", None)
    error = run(app, ["check", str(path)]).exception
    assert isinstance(error, UserError)
    assert "附加包" in error.what.zh
