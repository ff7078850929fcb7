"""Sites of their own, driven from outside: made, served, asked over HTTP, killed."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.web.test_jobs_processes import _PLACES, _SETUP, Own

PLACES = _PLACES
PATIENCE = 120.0


@pytest.fixture(scope="session", name="template")
def ready_database(tmp_path_factory: Any) -> Iterator[str]:
    """A database that is up to date, to be copied: a file, or the name of one of PostgreSQL."""
    url = os.environ.get("JUNHENG_DATABASE", "")
    folder = tmp_path_factory.mktemp("template")
    database = f"own_{uuid4().hex[:12]}"
    if url:
        _statement(url, f"CREATE DATABASE {database}")
    code, said = command(Own(folder, url.replace("/junheng?", f"/{database}?")), "migrate", "-v0")
    assert code == 0, said
    yield database if url else str(folder / "junheng.sqlite3")
    if url:
        _statement(url, f"DROP DATABASE {database} WITH (FORCE)")


Make = Callable[..., Own]


@pytest.fixture(name="bare")
def own_sites(tmp_path: Path, template: str) -> Iterator[Make]:
    """Makes sites by name: with an empty database, or (``full=True``) with one that is up to date."""
    url = os.environ.get("JUNHENG_DATABASE", "")
    made: list[str] = []

    def make(name: str, *, full: bool = False) -> Own:
        database = f"own_{uuid4().hex[:12]}"
        own = Own(tmp_path / name, url.replace("/junheng?", f"/{database}?"))
        if url:
            _statement(url, f"CREATE DATABASE {database}" + (f" TEMPLATE {template}" if full else ""))
            made.append(database)
        if full:
            own.home.mkdir(mode=0o700)
            if not url:
                shutil.copyfile(template, own.home / "junheng.sqlite3")
        return own

    yield make
    for database in made:
        _statement(url, f"DROP DATABASE {database} WITH (FORCE)")


def _statement(url: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        server.execute(statement)  # type: ignore[arg-type] # names of our own making


def command(own: Own, *arguments: str) -> tuple[int, str]:
    """A command of the site, its exit code and all it said."""
    process = own.start("-m", "junheng.web", *arguments)
    out, wrong = process.communicate(timeout=PATIENCE)
    return process.returncode, out + wrong


def session_of(own: Own, username: str) -> str:
    """The cookie of a session of this account."""
    return own.python(
        "from django.contrib.sessions.backends.db import SessionStore\n"
        "from junheng.web.people.models import Account\n"
        f"account = Account.objects.get(username={username!r}); store = SessionStore()\n"
        "store['_auth_user_id'] = str(account.pk); store['_auth_user_hash'] = account.get_session_auth_hash()\n"
        "store['_auth_user_backend'] = 'allauth.account.auth_backends.AuthenticationBackend'\n"
        "store.create(); print(store.session_key)"
    )


class Visitor:
    """Somebody who asks a served site; signed in by a session made beforehand."""

    def __init__(self, port: int, session: str = "") -> None:
        self.address, self.session = f"http://127.0.0.1:{port}", session
        self.token = "t" * 32

    def ask(self, path: str, data: dict[str, str] | None = None, timeout: float = 30.0) -> tuple[int, str]:
        """Status and body; raises OSError where nobody answers."""
        cookies = f"csrftoken={self.token}" + (f"; sessionid={self.session}" if self.session else "")
        body = urllib.parse.urlencode(data | {"csrfmiddlewaretoken": self.token}).encode() if data else None
        asked = urllib.request.Request(self.address + path, body, {"Cookie": cookies})
        try:
            with urllib.request.urlopen(asked, timeout=timeout) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def wait(self, status: int = 200) -> None:
        """Until /health answers so."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                if self.ask("/health", timeout=5)[0] == status:
                    return
            except OSError:
                pass
            assert time.monotonic() < until, f"the site did not answer {status}"
            time.sleep(0.1)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(own: Own, port: int) -> Iterator[subprocess.Popen[str]]:
    """The site on ``port`` by one Granian worker; whatever is left of it is killed at the end."""
    import psutil

    log = (own.home / "log").open("a")
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws",
         "junheng.web.wsgi:application"],
        env=own.environment, stdout=log, stderr=log, text=True,
    )  # fmt: skip
    try:
        yield server
    finally:
        kill(psutil.Process(server.pid)) if server.poll() is None else None
        server.wait()
        log.close()


def kill(process: Any) -> None:
    """Kill -9 a process and all below it at once."""
    import psutil

    found = [process, *process.children(recursive=True)]
    for one in found:
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(found, timeout=10)


def facts_of(own: Own, code: str) -> Any:
    """What ``code`` leaves in ``told``, from a process of the site."""
    return json.loads(own.python(f"import json\n{code}\nprint(json.dumps(told))").splitlines()[-1])


__all__ = ["PATIENCE", "PLACES", "_SETUP", "Make", "Own", "Visitor", "own_sites", "ready_database"]
