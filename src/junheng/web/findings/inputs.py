"""Inputs that findings of many counties were made from: kept once, found again by what a finding's manifest states."""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings

from junheng.basics import sha256_bytes
from junheng.web.findings.models import Finding


def _home() -> Path:
    return Path(settings.HOME) / "judged_inputs"


@contextmanager
def copied(source: Path) -> Iterator[Path]:
    """A copy of an input, of the same name, beside those kept; gone at the end unless ``keep_input`` took it."""
    home = _home()
    home.mkdir(exist_ok=True, mode=0o700)
    stage = Path(mkdtemp(prefix="stage-", dir=home))
    try:
        copy = stage / source.name
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            shutil.copyfile(source, copy)
        yield copy
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def keep_input(copy: Path, hashes: Iterable[str]) -> Path:
    """Give a copy its place under the hashes of its files; where the same is kept already, that stays."""
    place = _home() / _digest(hashes)
    if not place.exists():
        copy.parent.rename(place)
    return place / copy.name


def kept_input(finding: Finding) -> Path | None:
    """The input a finding's manifest states, where it was kept; None where it was not, or its files are gone."""
    try:
        stated = json.loads((finding.folder / "manifest.json").read_bytes())["inputs"]
        place = _home() / _digest(one["sha256"] for one in stated)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return next(iter(place.iterdir()), None) if place.is_dir() else None


def _digest(hashes: Iterable[str]) -> str:
    return sha256_bytes("\n".join(sorted(hashes)).encode())
