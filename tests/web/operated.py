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
from tests.web.ready_database import URL, statement, url_of

from junheng.cli.serve import server_arguments

SETUP = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'junheng.web.settings'; django.setup()\n"
PLACES = """
from junheng.web.people.actions import add_organisation, give_post
from junheng.web.people.models import Account
from junheng.web.people.roles import Kind, Role
from junheng.web.jobs.models import Job, Upload
nation = add_organisation(None, Kind.NATION, '全国', None)
province = add_organisation(None, Kind.PROVINCE, '甲省', nation)
county = add_organisation(None, Kind.COUNTY, 'XX区', province, '999901', 2015)
officer = Account.objects.create(username='o', name='o')
give_post(None, officer, county, Role.OFFICER)
"""
PATIENCE = 120.0


class Own:
    """A site in a folder, driven from outside."""

    def __init__(self, home: Path, database: str) -> None:
        self.home = home
        self.environment = os.environ | {"JUNHENG_HOME": str(home), "JUNHENG_DATABASE": database}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *arguments], env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def run(self, *arguments: str) -> str:
        process = self.start(*arguments)
        out, wrong = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, wrong
        return out

    def python(self, code: str) -> str:
        return self.run("-c", SETUP + code).strip()


Make = Callable[..., Own]


@pytest.fixture(name="bare")
def own_sites(tmp_path: Path, ready_database: str) -> Iterator[Make]:
    """Makes sites by name: with an empty database, or (``full=True``) with one that is up to date."""
    made: list[str] = []

    def make(name: str, *, full: bool = False) -> Own:
        database = f"own_{uuid4().hex[:12]}"
        own = Own(tmp_path / name, url_of(database))
        if URL:
            statement(f"CREATE DATABASE {database}" + (f" TEMPLATE {ready_database}" if full else ""))
            made.append(database)
        if full:
            own.home.mkdir(mode=0o700)
            if not URL:
                shutil.copyfile(ready_database, own.home / "junheng.sqlite3")
        return own

    yield make
    for database in made:
        statement(f"DROP DATABASE {database} WITH (FORCE)")


@pytest.fixture(name="own")
def own_site(bare: Make) -> Own:
    """One site of its own, empty and up to date."""
    return bare("home", full=True)


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
        [sys.executable, *server_arguments("127.0.0.1", port, 1)],
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
