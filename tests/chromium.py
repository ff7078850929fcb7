"""The distribution's Chromium: one for all tests of a worker, since a second playwright beside an open one is refused."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
_ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
_WAIT = 90_000  # milliseconds an expectation waits; the machine may be slow


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser, of which each test opens contexts of its own."""
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    playwright.expect.set_options(timeout=_WAIT)
    with playwright.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield found
        found.close()
