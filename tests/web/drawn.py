"""Draws of the examples as far as their beacons, the ceremony's clock ours; and zips of folders."""

import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.conftest import DISTRICT

from junheng.cli import main

ADMISSION, CLASSES = DISTRICT.parent / "admission", DISTRICT.parent / "classes"
_ROLES = ("bureau", "notary", "parents")
_CLOCKS = ("declaring", "revealing", "observing", "folder", "ending", "supplementing")


def say(patch: pytest.MonkeyPatch, *words: object) -> None:
    """A command, in this process; it must end well."""
    patch.setattr(sys, "argv", ["junheng", *(str(word) for word in words)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert not stopped.value.code, words


def observed(base: Path, example: Path, roll: str, by: str) -> Path:
    """An official draw of an example whose beacons are in. ``by``: when its secrets are due."""
    folder, plan, due = base / "draw", example / "plan.yaml", datetime.fromisoformat(by)
    with pytest.MonkeyPatch.context() as patch:
        _at(patch, due - timedelta(days=1))
        say(patch, "draw", "freeze", example / roll, "--plan", plan, "--out", folder)
        for role in _ROLES:
            say(patch, "draw", "commit", folder, "--role", role, "--secret", base / f"{role}.txt")
        more = ("--intake", example / roll) if roll == "intake.xlsx" else ()
        say(patch, "draw", "spec", folder, "--plan", plan, *more)
        for role in _ROLES:
            say(patch, "draw", "reveal", folder, "--role", role, "--secret", base / f"{role}.txt")
        _at(patch, due + timedelta(hours=1))
        say(patch, "draw", "beacon", folder, "--observed", "hall=3 11 20 7 29 33")
    return folder


def _at(patch: pytest.MonkeyPatch, moment: datetime) -> None:
    for module in _CLOCKS:
        patch.setattr(f"junheng.draws.ceremony.{module}.present", lambda: moment)


def folder_zip(folder: Path, more: Mapping[str, bytes] | None = None) -> SimpleUploadedFile:
    """A folder as somebody would pack it, with ``more`` beside."""
    content = BytesIO()
    with ZipFile(content, "w") as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            packed.write(path, f"{folder.name}/{path.relative_to(folder).as_posix()}")
        for name, part in (more or {}).items():
            packed.writestr(name, part)
    return SimpleUploadedFile("张三等人的申请.zip", content.getvalue())
