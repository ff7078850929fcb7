"""Files that only their owner may read: a party's secret, a guardian's receipt or slip."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def write_private(path: Path, text: str) -> None:
    """Write a new file with mode 0600. Raises OSError, also where the file exists: nothing is overwritten."""
    with os.fdopen(
        os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as stream:
        stream.write(text)


def paper_text(paper: Mapping[str, Any]) -> str:
    """A receipt or slip as JSON that people can read too."""
    return json.dumps(paper, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
