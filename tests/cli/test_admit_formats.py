"""`junheng admit` on forms in .ods: seats as from the .xlsx; what comes back marked is an .xlsx."""

import json
from pathlib import Path
from typing import Any

import openpyxl
from tests.admissions.forms import good_row
from tests.cli.conftest import Run
from tests.cli.made_forms import SEED, write_forms
from tests.office import write_ods


def _forms(folder: Path, **changes: dict[str, Any]) -> tuple[Path, Path]:
    """The same forms twice: .xlsx and .ods."""
    book = write_forms(folder, **changes)
    rows = [good_row(number, **changes.get(f"r{number}", {})) for number in range(8)]
    grid = [list(rows[0]), *[list(row.values()) for row in rows]]
    return book, write_ods(folder / "forms.ods", {"申请表": grid})


def test_the_same_seats(junheng: Run, tmp_path: Path) -> None:
    for forms in _forms(tmp_path):
        done = junheng(
            *("admit", forms, "--rules", tmp_path / "rules.yaml", "--seed", SEED),
            *("--out", tmp_path / forms.suffix[1:]),
        )
        assert done.code == 0, done.err
    lists = [
        [list(map(str, row)) for row in openpyxl.load_workbook(path)["录取名单"].iter_rows(values_only=True)]
        for path in (tmp_path / kind / "试算_录取名单.xlsx" for kind in ("xlsx", "ods"))
    ]
    assert lists[0] == lists[1]
    assert len(lists[0]) > 4


def test_a_folder_in_the_record(junheng: Run, tmp_path: Path) -> None:
    book, other = _forms(tmp_path)
    folder = tmp_path / "all"
    folder.mkdir()
    other.rename(folder / "forms.ods")
    done = junheng(
        "admit", folder, "--rules", tmp_path / "rules.yaml", "--seed", SEED, "--out", tmp_path / "o"
    )
    assert done.code == 0, done.err
    record = json.loads((tmp_path / "o" / "trial.json").read_text("utf-8"))
    assert list(record["inputs"]["applications"]) == ["forms.ods"]
    assert book.exists()


def test_what_comes_back_marked_is_an_xlsx(junheng: Run, tmp_path: Path) -> None:
    _, forms = _forms(tmp_path, r3={"监护人": ""})
    words = ("admit", forms, "--rules", tmp_path / "rules.yaml", "--check-only", "--annotate")
    done = junheng(*words, tmp_path / "marked.xlsx")
    assert done.code == 1
    assert "forms.ods [申请表] F5" in done.out
    cell = openpyxl.load_workbook(tmp_path / "marked.xlsx")["申请表"]["F5"]
    assert cell.fill.start_color.rgb == "FFFF9999"
    assert "没有填" in cell.comment.text
    refused = junheng(*words, tmp_path / "marked.ods")
    assert refused.code == 2
    assert "标注结果应保存为 .xlsx" in refused.err
    assert "must be an .xlsx" in refused.err
    assert not (tmp_path / "marked.ods").exists()
