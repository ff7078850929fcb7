"""The format document keeps its word: every test that it says plays a threat exists, and passes here."""

import re
from pathlib import Path

TESTS = Path(__file__).resolve().parent
DOCUMENT = TESTS.parents[1] / "docs" / "method" / "draws.md"


def test_the_tests_named_for_the_threats_exist() -> None:
    named = set(re.findall(r"`(test_\w+)`", DOCUMENT.read_text("utf-8")))
    written = "\n".join(path.read_text("utf-8") for path in TESTS.rglob("test_*.py"))
    assert len(named) > 15
    assert {name for name in named if f"def {name}(" not in written} == set()
