"""The site as it is served: a gigabyte sent to it; a PostgreSQL stopped and started below it."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from tests.web.operated import (  # noqa: F401 # fixtures
    PATIENCE,
    PLACES,
    Make,
    Own,
    Visitor,
    facts_of,
    free_port,
    own_sites,
    served,
    session_of,
)

_ROOT = Path(__file__).resolve().parents[2]
_GIGABYTE, _CHUNK = 2**30, bytes(2**20)
_GROWTH = 64 * 2**20  # of the server's memory meanwhile
_COUNTY = PLACES + "told = county.pk"


def test_a_gigabyte_is_refused_before_it_is_read(bare: Make) -> None:
    own, port = bare("home", full=True), free_port()
    county = facts_of(own, _COUNTY)
    visitor = Visitor(port, session_of(own, "o"))
    with served(own, port) as server:
        visitor.wait()
        before = _memory(server.pid)
        head, sent = _send(visitor, f"/place/{county}/jobs/evaluate")
        assert head.startswith("HTTP/1.1 413"), head[:200]
        assert "文件过大" in head
        assert sent < _GIGABYTE / 4, "the rest need not be sent"
        assert _memory(server.pid) - before < _GROWTH
        assert _send(visitor, "/api/v1/organisations/1/evaluations")[0].count("application/problem+json") == 1
        assert visitor.ask("/health")[0] == 200
    assert not any(path.stat().st_size > 2**20 for path in own.home.rglob("*") if path.suffix == ".upload")


def _memory(pid: int) -> int:
    found = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    return sum(int(one.memory_info().rss) for one in found)


def _send(visitor: Visitor, path: str) -> tuple[str, int]:
    """What is answered to a gigabyte of nothing, and how much of it was sent by then."""
    host, _, port = visitor.address.rpartition("/")[2].partition(":")
    lines = (
        f"POST {path} HTTP/1.1", f"Host: {host}:{port}", f"Content-Length: {_GIGABYTE}",
        "Content-Type: multipart/form-data; boundary=b", f"Cookie: sessionid={visitor.session}", "", "",
    )  # fmt: skip
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as sender:
        sender.sendall("\r\n".join(lines).encode())
        sent, answer = 0, b""
        sender.settimeout(0.2)
        while sent < _GIGABYTE and not answer:
            try:
                sent += sender.send(_CHUNK)
            except TimeoutError:
                pass
            except OSError:  # nobody listens any more
                break
            answer = _heard(sender, answer)
        sender.settimeout(PATIENCE)
        while more := _heard(sender, b"", wait=True):
            answer += more
    return answer.decode(), sent


def _heard(sender: socket.socket, before: bytes, *, wait: bool = False) -> bytes:
    """What has come back by now; with ``wait``, the next of it, b"" at its end."""
    flags = 0 if wait else socket.MSG_DONTWAIT
    try:
        return before + sender.recv(2**16, flags)
    except BlockingIOError:
        return before
    except ConnectionResetError:
        return before


if os.environ.get("JUNHENG_DATABASE"):

    @pytest.fixture
    def folder() -> Iterator[Path]:
        """Of a PostgreSQL of this test's own: where the user it runs as may enter, and with a short name for its socket."""
        place = Path(tempfile.mkdtemp(prefix="junheng-pg-"))
        place.chmod(0o755)
        yield place
        _database("stop", place)
        shutil.rmtree(place)

    def test_the_site_answers_again_when_its_database_does(tmp_path: Path, folder: Path) -> None:
        own = Own(tmp_path / "home", _database("start", folder).strip())
        own.run("-m", "junheng.web", "migrate", "--verbosity", "0")
        county = facts_of(own, _COUNTY)
        visitor, page = Visitor(port := free_port(), session_of(own, "o")), f"/place/{county}"
        with served(own, port):
            visitor.wait()
            assert visitor.ask(page)[0] == 200
            _database("stop", folder)
            assert visitor.ask(page)[0] == 503
            visitor.wait(503)
            _database("again", folder)
            assert visitor.ask(page)[0] == 200, "the very next request"
            visitor.wait()

    def _database(what: str, folder: Path) -> str:
        script = _ROOT / "scripts" / "postgresql.sh"
        done = subprocess.run(["bash", script, what, folder], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout
