"""Runs the cases of ``tests/cases/figures/*.yaml``: shares and sums as official documents print them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from junheng.reports import format_share, lint_text

FOLDER = Path(__file__).parent / "figures"


def _cases() -> list[Any]:
    loaded = [
        case for path in sorted(FOLDER.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))
    ]
    return [pytest.param(case, id=case["id"]) for case in loaded]


@pytest.mark.parametrize("case", _cases())
def test_case(case: Mapping[str, Any]) -> None:
    assert case.get("shares") or case.get("sums"), "a case needs shares or sums"
    for part, whole, printed in case.get("shares", []):
        assert format_share(part, whole, mode=case["percent"], digits=case["digits"]) == printed
    if "sums" in case:
        assert len(lint_text(case["text"], case["sums"])) == case.get("problems", 0)
