"""A small draw held from the frozen roll to the slips, by the commands an office types; its clock is ours."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from tests.cli.made_forms import write_forms

from junheng.cli import main

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "admission"
ROLES = ("bureau", "notary", "parents")
TITLE = "XX区2027年初中招生派位"
_CHILDREN = 24  # for few seats: somebody is placed, and somebody is not
_REVEALS_BY = datetime.fromisoformat("2027-07-10T09:00:00+08:00")  # the example's plan.yaml says so


def hold(base: Path) -> None:
    """Leave ``public`` and ``slips`` below ``base``."""
    forms = write_forms(base / "forms", _CHILDREN)
    folder, plan = base / "draw", _plan(forms.parent)
    with pytest.MonkeyPatch.context() as patch:
        _at(patch, _REVEALS_BY - timedelta(days=1))
        _say(patch, "freeze", forms, "--plan", plan, "--out", folder)
        for role in ROLES:
            _say(patch, "commit", folder, "--role", role, "--secret", base / f"{role}.txt")
        _say(patch, "spec", folder, "--plan", plan)
        for role in ROLES:
            _say(patch, "reveal", folder, "--role", role, "--secret", base / f"{role}.txt")
        _at(patch, _REVEALS_BY + timedelta(hours=1))
        _say(patch, "beacon", folder, "--observed", "hall=3 11 20 7 29 33")
        _say(patch, "seed", folder)
        _say(patch, "run", folder)
        _say(patch, "publish", folder, "--out", base / "public", "--slips", base / "slips")


def _plan(folder: Path) -> Path:
    """The example's plan over the small rules, where nobody is an exception."""
    told = yaml.safe_load((EXAMPLE / "plan.yaml").read_text(encoding="utf-8"))
    del told["exceptions"]
    path = folder / "plan.yaml"
    path.write_text(yaml.safe_dump({**told, "title": TITLE}, allow_unicode=True), encoding="utf-8")
    return path


def _say(patch: pytest.MonkeyPatch, *words: object) -> None:
    patch.setattr(sys, "argv", ["junheng", "draw", *(str(word) for word in words)])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert not stopped.value.code, words


def _at(patch: pytest.MonkeyPatch, moment: datetime) -> None:
    for module in ("declaring", "revealing", "observing", "folder", "ending"):
        patch.setattr(f"junheng.draws.ceremony.{module}.present", lambda: moment)
