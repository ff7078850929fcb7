"""The command that asks for known weaknesses of the locked versions."""

import importlib.util
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_FOUND, _NOT_REACHED = 1, 2


@pytest.fixture
def command() -> ModuleType:
    spec = importlib.util.spec_from_file_location("advisories", _ROOT / "scripts" / "advisories.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class _Feed(BaseHTTPRequestHandler):
    """Knows of one weak version."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        weak = {"name": "weak", "ecosystem": "PyPI"}
        told = [
            {"vulns": [{"id": "PYSEC-1"}]} if one["package"] == weak and one["version"] == "1.0" else {}
            for one in asked
        ]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"results": told}).encode())

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    server = HTTPServer(("127.0.0.1", 0), _Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("JUNHENG_ADVISORIES", f"http://127.0.0.1:{server.server_port}/")
    yield
    server.shutdown()


def test_a_weak_version_is_told(
    command: ModuleType, feed: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weak, sound = tmp_path / "a.lock", tmp_path / "b.lock"
    weak.write_text("weak==1.0 \\\n    --hash=sha256:0\nsound==2.0\n")
    sound.write_text("weak==1.1\n")
    assert command.main([str(weak), str(sound)]) == _FOUND
    assert "weak 1.0: PYSEC-1" in capsys.readouterr().out
    assert command.main([str(sound)]) == 0


def test_a_feed_that_is_away_is_no_clean_bill(
    command: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JUNHENG_ADVISORIES", "http://127.0.0.1:9/")
    assert command.main([]) == _NOT_REACHED
    assert "not checked" in capsys.readouterr().err


def test_every_line_of_the_locks_is_read(command: ModuleType) -> None:
    for path in sorted(_ROOT.glob("requirements-*.lock")):
        text = path.read_text(encoding="utf-8")
        pins = [line for line in text.splitlines() if "==" in line and not line.startswith((" ", "#", "-"))]
        assert len(command.locked(text)) == len(pins) > 10, path.name


def test_no_locked_version_has_a_known_weakness(
    command: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    status = command.main([])
    if status == _NOT_REACHED:
        pytest.skip("联系不上漏洞库，没有查 | the advisory feed was not reached: NOTHING WAS CHECKED")
    assert status == 0, capsys.readouterr().out
