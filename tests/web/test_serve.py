"""``junheng serve`` whole: the site answers, a worker does jobs beside it, and a polite kill ends everything."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil

_PATIENCE = 60.0


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _answer(address: str) -> dict[str, str]:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return dict(json.load(answer))
        except OSError:
            assert time.monotonic() < until, "the site did not answer"
            time.sleep(0.2)


def test_the_site_with_its_worker_starts_and_ends(tmp_path: Path) -> None:
    port = _free_port()
    command = ["serve", "--home", str(tmp_path / "home"), "--port", str(port), "--no-demo"]
    site = subprocess.Popen(
        [sys.executable, "-c", "from junheng.cli import main; main()", *command],
        env=os.environ | {"JUNHENG_DATABASE": ""}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert _answer(f"http://127.0.0.1:{port}/health")["status"] == "ok"
        started = psutil.Process(site.pid).children(recursive=True)
        workers = [one for one in started if "worker" in one.cmdline() and "--attached" in one.cmdline()]
        assert len(workers) == 1
        workers[0].kill()
        assert _another(site.pid, workers[0].pid), "a dead worker is started again"
        started += psutil.Process(site.pid).children(recursive=True)
    finally:
        site.terminate()
    assert site.wait(_PATIENCE) == 130
    assert not psutil.wait_procs(started, timeout=_PATIENCE)[1]


def _another(site: int, dead: int) -> bool:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        for one in psutil.Process(site).children():
            if one.pid != dead and one.is_running() and "--attached" in one.cmdline():
                return True
        time.sleep(0.1)
    return False
