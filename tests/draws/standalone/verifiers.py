"""The two verifiers as the tests run them: verify_draw.py loaded from its file, verify.html's script in node."""

import base64
import importlib.util
import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from junheng.draws import STANDALONE

Case = dict[str, Any]  # "transcript", "slip", "rows", "results": text or bytes, or absent
Checks = list[tuple[str, str, str, str]]  # Chinese name, English name, state, detail
_RUNNER = Path(__file__).with_name("run_verifier.js")
UNUSABLE = "unusable"


@cache
def python_verifier() -> ModuleType:
    """verify_draw.py, loaded by its path as a notary's Python would."""
    spec = importlib.util.spec_from_file_location("verify_draw_under_test", STANDALONE / "verify_draw.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def html() -> str:
    """verify.html as shipped."""
    return (STANDALONE / "verify.html").read_text(encoding="utf-8")


def script() -> str:
    """The one script block of verify.html."""
    blocks = re.findall(r"<script>(.*?)</script>", html(), re.DOTALL)
    assert len(blocks) == 1
    return str(blocks[0])


def by_python(case: Case) -> Checks:
    """The checks of verify_draw.py; one entry ``unusable`` where it refuses the input."""
    module = python_verifier()
    given = {name: given if isinstance(given, bytes) else given.encode() for name, given in case.items()}
    try:
        return [tuple(check) for check in module.verify(**given)]
    except module.Unusable:
        return [("", "", UNUSABLE, "")]


def node() -> str:
    """The node command; the test skips, visibly, where there is none."""
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is absent: the script of verify.html cannot be run")
    return found


def by_javascript(cases: Sequence[Case], folder: Path) -> list[Checks]:
    """The checks of verify.html for all ``cases``, in one node process."""
    (folder / "verifier.js").write_text(script(), encoding="utf-8")
    lines = [json.dumps(case, ensure_ascii=True, default=_in_base64) for case in cases]
    (folder / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    command = [node(), str(_RUNNER), str(folder / "verifier.js"), str(folder / "cases.jsonl")]
    answer = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert answer.returncode == 0, answer.stderr[-3000:]
    return [_read(line) for line in answer.stdout.splitlines()]


def _in_base64(given: bytes) -> dict[str, str]:
    return {"base64": base64.b64encode(given).decode()}


def _read(line: str) -> Checks:
    found = json.loads(line)
    if "unusable" in found:
        return [("", "", UNUSABLE, "")]
    return [(c["zh"], c["en"], c["state"], " | ".join(c["detail"])) for c in found["checks"]]


def states(checks: Checks) -> dict[str, str]:
    """State by English name."""
    return {en: state for _, en, state, _ in checks}


def failed(checks: Checks) -> list[str]:
    """The English names of the checks that failed; ["unusable"] for refused input."""
    return [en or state for _, en, state, _ in checks if state in ("failed", UNUSABLE)]
