import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from junheng.basics import Text, UserError, sha256_bytes, sha256_file
from junheng.verification import Made, VerifyResult, verify_finding

Make = Callable[..., Path]


def _forge(folder: Path) -> None:
    """Make the manifest agree again with tampered files, as a careful forger would."""
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["files"] = {name: sha256_file(folder / name) for name in manifest["files"]}
    parts = [(folder / name).read_bytes() for name in ("verdict.json", "values.parquet")]
    manifest["fingerprint"] = sha256_bytes(b"".join(parts))
    path.write_text(json.dumps(manifest), "utf-8")


@pytest.fixture
def copy(varied_finding: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(varied_finding, tmp_path / "copy"))


def _difference(folder: Path, given: Path) -> Text:
    result = verify_finding(folder, given)
    assert not result.ok
    assert result.difference is not None
    return result.difference


def test_an_honest_finding_is_confirmed(varied_finding: Path, varied_input: Path) -> None:
    steps: list[Text] = []
    result = verify_finding(varied_finding, varied_input, announce=steps.append)
    assert result.difference is None
    assert result.rules == ("quality-2017 · 2024-09-01 · –",)
    assert result == VerifyResult(
        True, 1, result.school_stages, result.figures, result.cells, result.rules, items=result.items
    )
    assert result.items == 33  # 15 of government, 9 of quality, 8 vetoes, recognition
    assert result.school_stages >= 10
    assert result.figures > 1000
    assert result.cells > 100
    assert len(steps) == 2


@pytest.mark.parametrize("standard", ["basic-2012", "quality-2017"])
def test_every_standard_of_the_library(
    standard: str, varied_input: Path, finding_of: Make, tmp_path: Path
) -> None:
    out = finding_of(varied_input, tmp_path / "out", [standard])
    assert verify_finding(out, varied_input).difference is None


def test_several_years_and_standards_are_walked(varied_input: Path, finding_of: Make, tmp_path: Path) -> None:
    out = finding_of(varied_input, tmp_path / "out", ["basic-2012", "quality-2017"], years=(2023, 2024))
    result = verify_finding(out, varied_input)
    assert (result.ok, result.findings) == (True, 4)
    shutil.rmtree(out / "basic-2012" / "2023")
    with pytest.raises(UserError):
        verify_finding(out, varied_input)


def test_an_overlay_is_taken_into_account(varied_input: Path, finding_of: Make, tmp_path: Path) -> None:
    out = finding_of(varied_input, tmp_path / "out", overlays=["liaoning"])
    assert verify_finding(out, varied_input, made=Made(overlays=["liaoning"])).ok
    assert "standard" in _difference(out, varied_input).en


def test_a_changed_file_is_noticed_by_its_fingerprint(copy: Path, varied_input: Path) -> None:
    path = copy / "problems.json"
    path.write_text(path.read_text("utf-8") + " ", "utf-8")
    assert "files / problems.json" in _difference(copy, varied_input).en


def test_another_input_is_noticed(copy: Path, varied_input: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(varied_input, tmp_path / "other"))
    text = (other / "stage.csv").read_text("utf-8").replace(",900,", ",901,")
    (other / "stage.csv").write_text(text, "utf-8")
    assert "inputs" in _difference(copy, other).en


def test_a_forged_verdict_is_noticed_by_computing(copy: Path, varied_input: Path) -> None:
    path = copy / "verdict.json"
    verdict = json.loads(path.read_text("utf-8"))
    school = next(school for school in verdict["schools"] if school["verdict"] == "not_met")
    school["verdict"] = "met"
    path.write_text(json.dumps(verdict), "utf-8")
    _forge(copy)
    difference = _difference(copy, varied_input)
    for part in ("verdict.json", school["school_id"], school["stage"], "'met'", "'not_met'"):
        assert part in difference.en
        assert part in difference.zh


def test_a_forged_value_is_noticed_by_computing(copy: Path, varied_input: Path) -> None:
    table = pq.read_table(copy / "values.parquet")
    numerators = table.column("numerator").to_pylist()
    place = next(i for i, number in enumerate(numerators) if number)
    numerators[place] *= 1 + 1e-8
    column = table.schema.get_field_index("numerator")
    pq.write_table(
        table.set_column(column, "numerator", pa.array(numerators, pa.float64())), copy / "values.parquet"
    )
    _forge(copy)
    difference = _difference(copy, varied_input)
    assert "values.parquet" in difference.en
    assert "numerator" in difference.en


def test_forged_evidence_is_noticed(copy: Path, varied_input: Path) -> None:
    table = pq.read_table(copy / "cells.parquet")
    values = [None if v is None else v + 1 for v in table.column("value").to_pylist()]
    column = table.schema.get_field_index("value")
    pq.write_table(table.set_column(column, "value", pa.array(values, pa.float64())), copy / "cells.parquet")
    _forge(copy)
    assert "cells.parquet" in _difference(copy, varied_input).en


def test_printed_doubles_may_differ_by_a_billionth(copy: Path, varied_input: Path) -> None:
    path = copy / "verdict.json"
    verdict = json.loads(path.read_text("utf-8"))
    verdict["schools"][0]["indicators"]["R4"]["value"] *= 1 + 1e-12
    path.write_text(json.dumps(verdict), "utf-8")
    _forge(copy)
    assert verify_finding(copy, varied_input).ok


@pytest.mark.parametrize("name", ["verdict.json", "values.parquet", "manifest.json"])
def test_a_broken_file_is_refused_with_its_name(copy: Path, varied_input: Path, name: str) -> None:
    (copy / name).write_bytes(b"{")
    _forge(copy) if name != "manifest.json" else None
    with pytest.raises(UserError) as error:
        verify_finding(copy, varied_input)
    assert name in error.value.where


@pytest.mark.parametrize(
    ("key", "value"),
    [("year", 10**9), ("year", "2024"), ("year", None), ("county", None), ("county", {"code": 1})],
)
def test_a_manifest_that_makes_no_sense(copy: Path, varied_input: Path, key: str, value: object) -> None:
    path = copy / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**manifest, key: value}), "utf-8")
    assert f"manifest.json / {key}" in _difference(copy, varied_input).en


@pytest.mark.parametrize("head", [None, [], {"id": "unheard-of"}, {"id": "quality-2017", "on": "autumn"}])
def test_a_manifest_without_a_standard_is_refused(copy: Path, varied_input: Path, head: object) -> None:
    path = copy / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**manifest, "standard": head}), "utf-8")
    with pytest.raises(UserError):
        verify_finding(copy, varied_input)


def test_another_day_of_judgement_is_noticed(copy: Path, varied_input: Path) -> None:
    """A day on which weaker rules held must not pass, even if everything agrees with it."""
    path = copy / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    manifest["standard"]["on"] = "2018-09-01"
    path.write_text(json.dumps(manifest), "utf-8")
    assert "standard / on" in _difference(copy, varied_input).en


@pytest.mark.parametrize("listing", ["[]", "{}", '{"findings": 3}', '{"findings": ["x"]}'])
def test_a_broken_listing_is_refused(copy: Path, varied_input: Path, listing: str) -> None:
    (copy / "findings.json").write_text(listing, "utf-8")
    with pytest.raises(UserError):
        verify_finding(copy, varied_input)


def test_a_folder_without_a_finding_is_refused(varied_input: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        verify_finding(tmp_path, varied_input)


def test_a_single_school(build: SimpleNamespace, finding_of: Make, tmp_path: Path) -> None:
    tables = {name: rows[:1] for name, rows in build.varied_county([2024]).items()}
    given = build.write_csv(tmp_path / "input", **tables)
    assert verify_finding(finding_of(given, tmp_path / "out"), given).difference is None
