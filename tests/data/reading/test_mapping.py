"""Mapping files: what they can say, and how a wrong one is refused with file, line and key."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from junheng.basics import UserError
from junheng.data import ROW_COLUMN, Snapshot, read_input
from junheng.data.reading.mapping import load_mapping, mapping_schema

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = ROOT / "src" / "junheng" / "data" / "reading" / "mapping.schema.json"
MakeBook = Callable[..., Path]

HEAD = """
sources:
  - file: "*"
    year: {heading: 学年度, offset: 1911}
    tables:
      - table: school
        columns: {school_id: 代码, name: 校名, kind: {constant: primary}, county_code: {heading: 县, values: {"01": "150102"}}}
"""
STAGE = """
      - table: stage
        columns:
          school_id: 代码
          stage: {constant: primary}
          pupils: {sum: ["?年级*"]}
"""
ROWS = [
    ["学年度", "代码", "校名", "县", "1年级男", "1年级女", "面积(亩)"],
    ["113", "A1", "甲", "01", "10", "12", "3"],
    ["113", "A2", "乙", "02", "7", "", "1.5"],
]


def read(tmp_path: Path, mapping: str, rows: list[list[Any]] | None = None) -> Snapshot:
    lines = [",".join(map(str, row)) for row in rows or ROWS]
    (tmp_path / "table.csv").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "mapping.yaml").write_text(mapping, encoding="utf-8")
    return read_input(tmp_path)


def test_sums_constants_words_and_another_calendar(tmp_path: Path) -> None:
    snapshot = read(tmp_path, HEAD + STAGE)
    assert snapshot.years() == (2024,)
    assert snapshot.tables["school"].column("county_code").to_pylist() == ["150102", "02"]
    assert snapshot.tables["stage"].column("pupils").to_pylist() == [22, None]  # one blank: no sum
    assert snapshot.raw["stage"].column("pupils").to_pylist() == ["10 + 12", "7 + （空）"]
    assert "stage" not in snapshot.raw["stage"].column_names  # a constant has no cell
    columns = snapshot.sources[1].columns
    assert [column.letter for column in columns["pupils"]] == ["E", "F"]
    assert columns["stage"] == ()
    assert [problem.check for problem in snapshot.problems] == ["read.unmapped_columns"]


def test_units_of_the_heading_and_of_the_mapping(tmp_path: Path) -> None:
    premises = """
      - table: premises
        columns: {school_id: 代码, site_area_m2: 面积(亩), teaching_area_m2: {letter: G, unit: ft2}}
"""
    found = read(tmp_path, HEAD + STAGE + premises).tables["premises"]
    assert found.column("site_area_m2").to_pylist() == [2000.0, 1000.0]
    assert found.column("teaching_area_m2").to_pylist() == [0.27870912, 0.13935456]


def test_conditions_and_one_row_for_several_stages(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["代码", "类", "小学", "初中"],
        ["A", "x", 5, 7],
        ["B", "x", 6, ""],
        ["合计", "t", 11, 7],
    ]
    mapping = """
sources:
  - year: {constant: 2024}
    where: [{heading: 类, among: [x]}]
    tables:
      - table: school
        columns: {school_id: 代码, kind: {constant: nine_year}, county_code: {constant: 150102}}
      - table: stage
        where: [{heading: 小学, present: true}]
        columns: {school_id: 代码, stage: {constant: primary}, pupils: 小学}
      - table: stage
        where: [{letter: D, present: true}]
        columns: {school_id: 代码, stage: {constant: 初中}, pupils: 初中}
"""
    stage = read(tmp_path, mapping, rows).tables["stage"]
    assert stage.column("stage").to_pylist() == ["primary", "primary", "junior"]
    assert stage.column("pupils").to_pylist() == [5, 6, 7]
    assert stage.column(ROW_COLUMN).to_pylist() == [2, 3, 2]


def test_joined_codes_first_characters_and_optional_columns(tmp_path: Path) -> None:
    rows = [["镇", "号", "地域", "人"], ["03", "7", "150102001002", "9"]]
    mapping = """
sources:
  - year: {constant: 2024}
    tables:
      - table: school
        columns:
          school_id: {join: [镇, 号], separator: "-"}
          kind: {constant: primary}
          county_code: {heading: 地域, first: 6}
          name: {heading: 没有这列, optional: true}
      - table: stage
        columns: {school_id: {join: [镇, 号], separator: "-"}, stage: {constant: primary}, pupils: 人}
"""
    school = read(tmp_path, mapping, rows).tables["school"].to_pylist()[0]
    assert (school["school_id"], school["county_code"], school["name"]) == ("03-7", "150102", None)


def test_rows_that_repeat_one_thing_must_agree(tmp_path: Path) -> None:
    county = """
      - table: county
        distinct: true
        columns: {county_code: {constant: 150102}, county_name: 县}
"""
    with pytest.raises(UserError, match="填得不一样"):
        read(tmp_path, HEAD + STAGE + county)
    rows: list[list[Any]] = [ROWS[0], ROWS[1], [*ROWS[2][:3], "01", *ROWS[2][4:]]]
    assert read(tmp_path, HEAD + STAGE + county, rows).tables["county"].num_rows == 1


def test_several_heading_rows_without_merged_cells(tmp_path: Path) -> None:
    rows = [
        ["表", "", "", ""],
        ["代码", "在校生数", "", "班数"],
        ["", "合计", "#女", ""],
        ["A", "9", "4", "1"],
    ]
    mapping = """
sources:
  - year: {constant: 2024}
    header_rows: [2, 3]
    tables:
      - table: school
        columns: {school_id: 代码, kind: {constant: primary}, county_code: {constant: 150102}}
      - table: stage
        columns: {school_id: 代码, stage: {constant: primary}, pupils: 在校生数/合计, classes: 班数}
"""
    stage = read(tmp_path, mapping, rows).tables["stage"].to_pylist()[0]
    assert (stage["pupils"], stage["classes"]) == (9, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("pupils: {sum", "pupil: {sum"), "pupils"),
        (("table: stage", "table: stages"), "stage"),
        (("stage: {constant: primary}", "stage: {constant: primary, heading: 学段}"), "exactly one"),
        (('sum: ["?年级*"]', "sum: [没有]"), "没有"),
        (("stage: {constant: primary}", "stage: {constant: 幼儿园}"), "幼儿园"),
        (("offset: 1911", "ofset: 1911"), "ofset"),
        (("pupils: {sum", "pupils: {unit: 亩, sum"), "亩"),
        (("          stage: {constant: primary}\n", ""), "stage needs"),
        (("name: 校名", "name: 学校名"), "校名"),
        (('values: {"01"', "values: {no"), "quotes"),
        (('["?年级*"]', '["1年级男", "?年级*"]'), "两次"),
    ],
)
def test_a_wrong_mapping_is_refused(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    text = HEAD + STAGE
    assert change[0] in text
    with pytest.raises(UserError) as caught:
        read(tmp_path, text.replace(*change))
    assert said in f"{caught.value.what} {caught.value.where}"


def test_a_wrong_key_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    path.write_text((HEAD + STAGE).replace("offset: 1911", "ofset: 1911"), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        load_mapping(path)
    assert caught.value.where == f"{path}:4 (sources.0.year.ofset)"
    path.write_text("sources: [", encoding="utf-8")
    with pytest.raises(UserError, match="映射文件有误"):
        load_mapping(path)


def test_a_heading_on_two_columns_needs_a_letter(tmp_path: Path) -> None:
    rows = [[*ROWS[0], "校名"], [*ROWS[1], "x"]]
    with pytest.raises(UserError, match="C, H"):
        read(tmp_path, HEAD + STAGE, rows)


def test_no_file_for_the_mapping(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有文件符合"):
        read(tmp_path, (HEAD + STAGE).replace('file: "*"', 'file: "*.xlsx"'))


def test_the_shipped_schema_is_that_of_the_models() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == mapping_schema()


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("examples/*/mapping.yaml")), ids=lambda path: path.parent.name
)
def test_the_shipped_mappings_fit_the_schema(path: Path) -> None:
    load_mapping(path)
    jsonschema.validate(yaml.safe_load(path.read_text(encoding="utf-8")), mapping_schema())


def test_the_examples_of_the_recipe_are_good() -> None:
    recipe = (ROOT / "docs" / "recipes" / "write_a_mapping.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", recipe, re.DOTALL)
    whole = [yaml.safe_load(block) for block in blocks if block.startswith("title")]
    assert whole
    for mapping in whole:
        jsonschema.validate(mapping, mapping_schema())
