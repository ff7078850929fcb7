"""A real site on loopback with two small counties in a home of its own, and people in a real browser."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.browser.held_draw import hold
from tests.browser.publishing import put_out
from tests.browser.small_county import PASSWORD
from tests.chromium import CHROMIUM

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PATIENCE = 180.0  # seconds a job or a start may take on a busy machine
_WAIT = 90_000  # milliseconds for a page or an element; the machine may be slow


@dataclass(frozen=True)
class Site:
    """Where it answers, what it keeps, and the numbers of ``made.json``."""

    address: str
    home: Path
    made: dict[str, int]

    def at(self, path: str) -> str:
        """An address of it: ``{county}`` and the like are filled in."""
        return self.address + path.format(**self.made)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The county as it was made once; each session's site begins with a copy."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    for name in ("playwright", "django", "granian", "allauth", "whitenoise"):
        pytest.importorskip(name, reason=f"{name} is not installed")
    home = tmp_path_factory.mktemp("county")
    county = Path(__file__).with_name("small_county.py")
    made = subprocess.run(
        [sys.executable, str(county)], env=_environment(home), capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    return home


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUNHENG_")}
    return kept | {"JUNHENG_HOME": str(home), "DJANGO_SETTINGS_MODULE": "junheng.web.settings"}


@pytest.fixture(scope="session")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Served by Granian with one worker of jobs, as ``junheng serve`` does; ended politely."""
    home = tmp_path_factory.mktemp("site") / "home"
    shutil.copytree(prepared, home)
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    command = ["serve", "--home", str(home), "--port", str(port), "--no-demo"]
    said = (home.parent / "said.txt").open("w+", encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-c", "from junheng.cli import main; main()", *command],
        env=_environment(home),
        stdout=said,
        stderr=subprocess.STDOUT,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _await(address, process, home.parent / "said.txt")
        yield Site(address, home, json.loads((home / "made.json").read_text(encoding="utf-8")))
    finally:
        process.terminate()
        process.wait(PATIENCE)
        said.close()


def _await(address: str, process: subprocess.Popen[bytes], said: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, f"the site ended: {said.read_text(encoding='utf-8')[-2000:]}"
        try:
            urllib.request.urlopen(address + "/health", timeout=30).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"the site did not answer: {said.read_text(encoding='utf-8')[-2000:]}")


@pytest.fixture(scope="session")
def held(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A draw's public folder and slips."""
    base = tmp_path_factory.mktemp("draw")
    hold(base)
    return base


@pytest.fixture(scope="session")
def published(site: Site, browser: Any, held: Path) -> Site:
    """Zones, the draw, a notice and figures, put out by the leader through the desk."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(site.at("/account/login/"))
    type_password(page, "leader")
    press_sign_in(page)
    page.get_by_role("heading", level=1, name="XX区").wait_for()
    page.goto(site.at("/place/{county}/open"))
    put_out(page, held)
    context.close()
    return site


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a browser of somebody; at the end none of them has met an error of the page or of the server."""
    contexts, troubles = [], []

    def open_(**given: Any) -> Any:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "zh-CN", **given})
        context.set_default_timeout(_WAIT)
        contexts.append(context)
        page = context.new_page()
        _listen(context, troubles)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert troubles == []


def _listen(context: Any, troubles: list[str]) -> None:
    """Errors of scripts, refusals of the content policy, answers of 500."""
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    context.on(
        "console", lambda said: troubles.append(said.text) if "Content Security" in said.text else None
    )
    context.on("response", lambda answer: troubles.append(answer.url) if answer.status >= 500 else None)


@pytest.fixture
def sign_in(site: Site, visit: Callable[..., Any]) -> Callable[..., Any]:
    """A browser in which somebody has typed name and password."""

    def enter(username: str, **given: Any) -> Any:
        page = visit(**given)
        page.goto(site.at("/account/login/"))
        type_password(page, username)
        press_sign_in(page)
        page.get_by_role("main").get_by_role("heading", level=1).filter(has_not_text="登录").wait_for()
        return page

    return enter


def type_password(page: Any, username: str) -> None:
    """Name and password into the page of signing in."""
    page.get_by_label("登录名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)


def press_sign_in(page: Any) -> None:
    """The button of that page."""
    page.get_by_role("main").get_by_role("button", name="登录").click()
