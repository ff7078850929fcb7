"""What is wrong with a standard's files is told with file, line and key."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from junheng.basics import UserError
from junheng.standards import resolve

Write = Callable[..., Path]
DAY = date(2024, 9, 1)

SOURCE_1 = "document: 自拟1号, article: 第一条, certainty: local, last_checked_on: 2024-01-01"
VALUE_1 = "value: {text: 师生比}"
T1 = "indicators.T1.versions.1"
CASES = [
    # what is exchanged; the key complained about; words of the complaint; words of the remedy
    (VALUE_1, "value: {txt: 师生比}", f"{T1}.value.txt", "unknown key", "text"),
    ("indicator: teachers", "indicatr: teachers", "indicators.T1.indicatr", "unknown key", "indicator"),
    ("  - id: T2", "  - idd: T2", "indicators.2.idd", "unknown key", "id"),
    ("weights: pupils", "wieghts: pupils", "variation.versions.1.value.wieghts", "unknown key", "weights"),
    (SOURCE_1, f"{SOURCE_1}, page: 3", f"{T1}.source.page", "unknown key", ""),
    ("weights: pupils", "weights: 加权", "variation.versions.1.value.weights", "not allowed", "pupils"),
    ("stages: [primary]", "stages: [小学]", "standard.stages.1", "not allowed", "'primary'"),
    (SOURCE_1, SOURCE_1.replace("local", "sure"), f"{T1}.source.certainty", "not allowed", "found"),
    ("id: tiny", "id: 2017", "standard.id", "must be text", 'id: "2017"'),
    ("zh: 微型标准", 'zh: ""', "standard.name", "neither the Chinese", ""),
    (SOURCE_1, SOURCE_1.replace("1号", "2号"), f"{T1}.source.document", "not entered", "自拟1号"),
    ("1号\n  in_force", "9号\n  in_force", "standard.document", "not entered", "自拟1号"),
    (SOURCE_1, SOURCE_1.replace("local", "known"), f"{T1}.source.last_checked_on", "unchecked", ""),
    ("id: T2", "id: T1", "indicators.T1.id", "used twice", ""),
    (
        VALUE_1,
        "value: {text: 师生比, thresholds: {junior: 1}}",
        f"{T1}.value.thresholds",
        "lacks primary",
        "",
    ),
    (
        VALUE_1,
        "value: {text: 师生比, thresholds: {primary: 1, junior: 1}}",
        f"{T1}.value.thresholds.junior",
        "junior is not a stage of this standard",
        "",
    ),
    (
        VALUE_1,
        "value: {text: 师生比, thresholds: {primary: -1}}",
        f"{T1}.value.thresholds.primary",
        "does not fit",
        "",
    ),
    (VALUE_1, "value: {text: 比, floor_ratio: 0.85}", f"{T1}.value.floor_ratio", "without a threshold", ""),
    (VALUE_1, "value: {text: 比, floor_ratio: 85}", f"{T1}.value.floor_ratio", "does not fit", ""),
    (
        "per_indicator: false",
        "per_indicator: 也许",
        "variation.versions.1.value.per_indicator",
        "does not fit",
        "",
    ),
]


@pytest.mark.parametrize(("old", "new", "key", "words", "remedy"), CASES)
def test_a_complaint_names_file_line_and_key(
    write: Write, tiny: str, old: str, new: str, key: str, words: str, remedy: str
) -> None:
    path = write(tiny, (old, new))
    lines = zip(tiny.splitlines(), path.read_text("utf-8").splitlines(), strict=True)
    line = next(number for number, (before, after) in enumerate(lines, 1) if before != after)
    with pytest.raises(UserError) as caught:
        resolve(path, on=DAY)
    error = caught.value
    assert error.where == f"{path}:{line} → {key}"
    assert words in error.what.en
    assert remedy in (error.fix.en if error.fix else "")
    assert error.what.zh != error.what.en


def test_several_faults_are_counted(write: Write, tiny: str) -> None:
    path = write(tiny, ("id: T2", "idd: T2"), ("per_indicator: false", "per_indicator: 也许"))
    with pytest.raises(UserError) as caught:
        resolve(path, on=DAY)
    assert caught.value.why is not None
    assert "more in the same file" in caught.value.why.en


@pytest.mark.parametrize(
    ("section", "words"), [("variation", "variation is missing"), ("counting", "counting is missing")]
)
def test_required_sections(write: Write, tiny: str, section: str, words: str) -> None:
    head, _, rest = tiny.partition(f"{section}:\n")
    kept = head + (rest[rest.index("counting:") :] if section == "variation" else "")
    with pytest.raises(UserError, match=words):
        resolve(write(kept), on=DAY)


def test_a_section_given_in_two_files_names_both(tmp_path: Path, tiny: str) -> None:
    (tmp_path / "a.yaml").write_text(tiny, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(tiny[tiny.index("counting:") :], encoding="utf-8")
    with pytest.raises(UserError) as caught:
        resolve(tmp_path, on=DAY)
    assert "b.yaml:1 → counting" in caught.value.where
    assert "a.yaml:30 → counting" in caught.value.what.en


def test_a_document_entered_twice(tmp_path: Path, tiny: str) -> None:
    (tmp_path / "a.yaml").write_text(tiny, encoding="utf-8")
    (tmp_path / "b.yaml").write_text("documents:\n  自拟1号: {title: 又一次}\n", encoding="utf-8")
    with pytest.raises(UserError, match="entered twice"):
        resolve(tmp_path, on=DAY)


def test_folders_without_a_standard(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no YAML file"):
        resolve(tmp_path, on=DAY)
    (tmp_path / "a.yaml").write_text("", encoding="utf-8")
    with pytest.raises(UserError, match="`standard` section"):
        resolve(tmp_path, on=DAY)


def test_an_unknown_id_is_answered_with_the_nearest() -> None:
    with pytest.raises(UserError) as caught:
        resolve("quality-2018", on=DAY)
    assert caught.value.fix is not None
    assert "quality-2017" in caught.value.fix.zh


def test_split_and_items_are_held_to_the_standard(write: Write, tiny: str) -> None:
    source = "{document: 自拟1号, article: 第五条, certainty: local}"
    split = (
        "split:\n  versions:\n    - in_force_from: 2020-01-01\n"
        f"      source: {source}\n      value: {{weights: {{nine_year: {{primary: 1}}}}, columns: []}}\n"
    )
    with pytest.raises(UserError, match="weights of nine_year must be: junior, primary"):
        resolve(write(tiny + split), on=DAY)
    with pytest.raises(UserError, match="unknown kind of school nine"):
        resolve(write(tiny + split.replace("nine_year", "nine")), on=DAY)
    entry = (
        "items:\n  - id: G1\n    part: government\n    name: {zh: 条, en: Item}\n    versions:\n"
        f"      - {{in_force_from: 2020-01-01, source: {source}, value: {{text: 条, evidence: attested}}}}\n"
    )
    with pytest.raises(UserError, match="government is not a part"):
        resolve(write(tiny + entry), on=DAY)


def test_a_source_for_a_value_that_is_not_there(write: Write, tiny: str) -> None:
    more = (
        "        sources:\n"
        "          thresholds.primary: {document: 自拟1号, article: 附件, certainty: local}\n"
        "        value: {text: 师生比}"
    )
    with pytest.raises(UserError, match=r"thresholds\.primary is not a value of this version"):
        resolve(write(tiny, ("        value: {text: 师生比}", more)), on=DAY)
