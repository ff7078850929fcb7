"""Names of standards of one's own: as the findings by them tell, kept beside the findings when one is entered."""

import json
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from django.conf import settings

from junheng.basics import Text


def remember(standard: str, folder: Path) -> None:
    """Keep the name a finding's folder tells of its standard, the first time one by it is entered."""
    place = _place(standard)
    if place.exists():
        return
    with suppress(OSError, ValueError, KeyError, TypeError):  # a finding stands without its standard's name
        name = json.loads((folder / "standard.json").read_bytes())["name"]
        place.parent.mkdir(exist_ok=True)
        place.write_text(json.dumps({"zh": name["zh"], "en": name["en"]}), encoding="utf-8")


def own_name(standard: str) -> Text | None:
    """The name of a standard as a finding told it; None where none did. No query."""
    try:
        told = json.loads(_place(standard).read_bytes())
        return Text(told["zh"], told["en"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _place(standard: str) -> Path:
    return Path(settings.HOME) / "own_standards" / f"{quote(standard, safe='')[:200]}.json"
