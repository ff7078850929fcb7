"""What print styles take away is never a table: paper keeps the data."""

import re
from pathlib import Path

from junheng.web import front

_FRONT = Path(front.__file__).parent
_PRINT = re.compile(r"@media print\s*\{((?:[^{}]*\{[^{}]*\})*)\s*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_OF_A_PAGE = {"survey.css"}  # the paper questionnaire, linked by its own page alone


def hidden_classes() -> set[str]:
    """Classes that a print style of any page hides, whatever element bears them."""
    found: set[str] = set()
    for path in sorted((_FRONT / "static" / "front").glob("*.css")):
        if path.name in _OF_A_PAGE:
            continue
        for block in _PRINT.findall(path.read_text(encoding="utf-8")):
            for selectors, body in _RULE.findall(block):
                if "display: none" in body:
                    alone = (re.fullmatch(r"\.([\w-]+)", one.strip()) for one in selectors.split(","))
                    found |= {one[1] for one in alone if one}
    return found


def test_no_table_is_hidden_in_print() -> None:
    hidden = hidden_classes()
    assert {"tour", "parts"} <= hidden
    for path in sorted((_FRONT / "templates").rglob("*.html")):
        for tag in re.findall(r'<table class="([\w\s-]*)"', path.read_text(encoding="utf-8")):
            assert not hidden & set(tag.split()), (path.name, tag)
