"""A site of its own for a measurement: database, server of two workers, and what is needed to ask it."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from junheng.cli import serve

PORT = 8477
WORKERS = 2
THREADS = int(os.environ.get("JUNHENG_THREADS") or serve.THREADS)
_START_SECONDS = 60.0


@dataclass(frozen=True)
class Running:
    """A server that answers, its environment, and what the seed told."""

    environment: Mapping[str, str]
    told: dict[str, Any]
    server: psutil.Process

    def cpu_seconds(self) -> float:
        """The processor time that the server and its workers have used so far."""
        found = [self.server, *self.server.children(recursive=True)]
        return sum(one.cpu_times().user + one.cpu_times().system for one in found)


@contextmanager
def database(name: str) -> Iterator[str]:
    """The address of an empty database: "" for SQLite, a PostgreSQL of its own for ``postgresql``."""
    if name == "sqlite":
        yield ""
        return
    script = Path(__file__).parents[1] / "scripts" / "postgresql.sh"
    folder = tempfile.mkdtemp(prefix="junheng-pg-")
    started = subprocess.run(["bash", script, "start", folder], capture_output=True, text=True, check=True)
    try:
        yield started.stdout.strip()
    finally:
        subprocess.run(["bash", script, "stop", folder], check=True)


@contextmanager
def running(seed: str, size: int, address: str) -> Iterator[Running]:
    """A site filled by ``benchmarks.web_seed`` and served on loopback while the block lasts."""
    _require_free()
    with tempfile.TemporaryDirectory(prefix="junheng-web-") as home:
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"JUNHENG_HOME": home, "JUNHENG_DATABASE": address, "JUNHENG_TWO_FACTOR": ""}
        _do(["-m", "junheng.web", "migrate", "--verbosity", "0"], environment)
        told = json.loads(_do(["-m", "benchmarks.web_seed", seed, str(size)], environment).splitlines()[-1])
        server = [*serve.server_arguments("127.0.0.1", PORT, WORKERS, THREADS), "--log-level", "error"]
        with (Path(home) / "server.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, *server], env=environment, stdout=log, stderr=log, start_new_session=True
            )
        try:
            _wait()
            yield Running(environment, told, psutil.Process(process.pid))
        finally:
            _stop(process)


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the server and its workers, politely at first: one left behind would share the port with the next."""
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _do(arguments: list[str], environment: Mapping[str, str]) -> str:
    ran = subprocess.run(
        [sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return ran.stdout


def ask(running_site: Running, question: str) -> Any:
    """What the database says after the load, by ``benchmarks.web_seed``."""
    return json.loads(
        _do(["-m", "benchmarks.web_seed", question, "0"], running_site.environment).splitlines()[-1]
    )


def _require_free() -> None:
    """Raise RuntimeError where something already answers on the port: Granian would share it without a word."""
    with socket.socket() as asked:
        if asked.connect_ex(("127.0.0.1", PORT)) == 0:
            raise RuntimeError(f"port {PORT} is in use")


def _wait() -> None:
    until = time.monotonic() + _START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health", timeout=5):
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
