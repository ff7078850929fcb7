"""What stands beside an allocation is held against it: admission, the list of pupils, the what-if."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from junheng.admissions import (
    check_quota_folder,
    quota_not_checked,
    quota_seed_lot,
    share_out_quota,
    write_quota,
)

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "quota"
PUPILS = "内部_指标生录取名单.csv"
Json = Any


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with packs, admission and a what-if, as written."""
    out = tmp_path_factory.mktemp("quota") / "out"
    lot = quota_seed_lot("0123456789abcdef" * 4)
    found = share_out_quota(
        EXAMPLE / "quota_2027.xlsx", EXAMPLE / "rules_two_levels.yaml", lot, EXAMPLE / "what_if.yaml"
    )
    write_quota(found, out)
    return out


def test_what_is_written_agrees_and_what_is_not_checked_is_told(result: Path, tmp_path: Path) -> None:
    assert check_quota_folder(result) == []
    told = [line.zh for line in quota_not_checked(result)]
    assert [words for words in ("谁先谁后", "没有重新推算") if any(words in line for line in told)] == [
        "谁先谁后",
        "没有重新推算",
    ]
    public = Path(shutil.copytree(result, tmp_path / "public"))
    (public / PUPILS).unlink()
    assert check_quota_folder(public) == []
    assert any("录取名单不在文件夹里" in line.zh for line in quota_not_checked(public))


TAMPERED: dict[str, tuple[str, Callable[[Json], object]]] = {
    "a pupil more": (
        "admission.json",
        lambda told: told["filled"][0].update(pupils=told["filled"][0]["pupils"] + 1),
    ),
    "more than seats": ("admission.json", lambda told: told["filled"][0].update(pupils=9999)),
    "a seat returned": ("admission.json", lambda told: told["returned_to_open_admission"][0].update(seats=0)),
    "an outcome": ("admission.json", lambda told: told["outcomes"].update(no_seat=0)),
    "the admitted": ("admission.json", lambda told: told["outcomes"].update(admitted=1)),
    "a part absent": ("admission.json", lambda told: told.pop("filled")),
    "seats before": ("what_if.json", lambda told: told["differences"][0].update(before=9999)),
    "a change": ("what_if.json", lambda told: told["differences"][0].update(change=77)),
    "seats after": ("what_if.json", lambda told: told["checks"]["overall"].update(seats=1)),
    "a rate": ("what_if.json", lambda told: told["checks"]["seniors"][0].update(rate="1/3")),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_change_is_found(result: Path, tmp_path: Path, what: str) -> None:
    name, change = TAMPERED[what]
    folder = Path(shutil.copytree(result, tmp_path / "out"))
    told = json.loads((folder / name).read_text("utf-8"))
    change(told)
    (folder / name).write_text(json.dumps(told), encoding="utf-8")
    assert check_quota_folder(folder)


def test_a_changed_list_of_pupils_is_found(result: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(result, tmp_path / "out"))
    lines = (folder / PUPILS).read_text("utf-8-sig").splitlines()
    at = next(number for number, line in enumerate(lines) if ",录取," in line)
    lines[at] = lines[at].replace(",录取,", ",名额已满,")
    (folder / PUPILS).write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    assert len(check_quota_folder(folder)) == 2  # the outcomes, and the school that admitted
