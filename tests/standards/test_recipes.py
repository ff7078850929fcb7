"""What the manual tells people to write is accepted as it stands."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from junheng.standards import resolve
from junheng.standards.load import library_ids

DOCS = Path(__file__).resolve().parents[2] / "docs"
DAY = date(2024, 9, 1)


def _block(page: str, tmp_path: Path) -> Path:
    found = re.search(r"```yaml\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)
    assert found is not None
    path = tmp_path / "block.yaml"
    path.write_text(found[1], encoding="utf-8")
    return path


def test_the_standard_of_the_recipe(tmp_path: Path) -> None:
    own = resolve(_block("recipes/add_a_standard.md", tmp_path), on=DAY)
    assert [rule.cv_limits["primary"] for rule in own.indicators] == [Decimal("0.30")] * 2


def test_the_overlay_of_the_recipe(tmp_path: Path) -> None:
    found = resolve("quality-2017", on=DAY, overlays=[_block("recipes/add_an_overlay.md", tmp_path)])
    assert found.rule("R4").thresholds["primary"] == 5
    assert {rule.cv_limits["primary"] for rule in found.indicators} == {Decimal("0.45")}


def _paths() -> list[str]:
    table = (DOCS / "recipes" / "add_an_overlay.md").read_text("utf-8")
    return re.findall(r"^\|[^|]+\| `([^`]+)` \|$", table, re.MULTILINE)


@pytest.mark.parametrize("path", _paths())
def test_every_path_of_the_recipe_exists(path: str, tmp_path: Path, trial: str) -> None:
    value = "exclude" if path.endswith("policy") else "1"
    file = tmp_path / "overlay.yaml"
    changed = trial.replace("indicators.R4.thresholds.primary", path).replace("5.00", value)
    file.write_text(changed, encoding="utf-8")
    assert resolve("quality-2017", on=DAY, overlays=[file]).overlays == ("trial",)


def test_the_table_of_paths_is_read() -> None:
    assert len(_paths()) == 9


def test_the_manual_names_every_built_in_standard() -> None:
    text = (DOCS / "method" / "standards.md").read_text("utf-8")
    assert [name for name in library_ids() if f"`{name}`" not in text] == []
