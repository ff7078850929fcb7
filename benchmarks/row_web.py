"""The site under load on both databases: 300 schools file at once; dashboard; a nation's tree."""

import random
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.result import Check, Result
from benchmarks.web_clients import Browser, at_rate, pause, percentile, together
from benchmarks.web_load import loaded
from benchmarks.web_site import THREADS, WORKERS, Running, ask, database, running

_SCHOOLS, _COUNTIES = 300, 3000
_FILING_MS, _DASHBOARD_MS, _TREE_MS = 500.0, 150.0, 300.0
_TYPING_SECONDS, _RATE, _SECONDS = 10.0, 20.0, 20.0
_PEOPLE = 20
_FIGURES = 6  # each clerk types: a minute
_KINDS = ("page", "save", "checks")
_P95 = 0.95


def measure(scale: float) -> Result:
    """Filing, dashboard and tree, each on both databases; the people's program runs on the same two cores."""
    checks: list[Check] = []
    notes = [
        f"{WORKERS} Granian workers of {THREADS} threads; the people are threads of one program on the same cores",
        f"a clerk types a figure every {_TYPING_SECONDS:g} s on average (half to one and a half times that)",
    ]
    for name in ("sqlite", "postgresql"):
        with database(name) as address:
            for found, note in _both(name, address, scale):
                checks += found
                notes.append(note)
    return Result("web", "300 schools file at once; dashboard; a nation's tree", scale, checks, notes)


def _both(name: str, address: str, scale: float) -> Iterator[tuple[list[Check], str]]:
    with running("county", max(5, int(_SCHOOLS * scale)), address) as site:
        yield _dashboard(name, site)
        yield _filing(name, site)
    yield from _nation(name, scale)


def _nation(name: str, scale: float) -> Iterator[tuple[list[Check], str]]:
    with database(name) as address, running("tree", max(10, int(_COUNTIES * scale)), address) as site:
        yield _tree(name, site)


def _filing(name: str, site: Running) -> tuple[list[Check], str]:
    browsers = [(Browser(one["session"]), one) for one in site.told["clerks"]]
    wanted: dict[tuple[int, str], str] = {}
    faults: list[str] = []
    load = loaded(
        site, lambda: faults.extend(together(_clerk(browser, one, wanted) for browser, one in browsers))
    )
    took = {kind: [ms for browser, _ in browsers for ms in browser.took.get(kind, [])] for kind in _KINDS}
    every = [ms for found in took.values() for ms in found]
    now = ask(site, "kept")
    held = {(row, column): value for row, column, value in now["cells"]}
    lost = sum(held.get(key) != value for key, value in wanted.items()) + abs(
        now["changes"] - len(took["save"])
    )
    checks = [
        Check(f"{name}: filing, p95 of every request", percentile(every, _P95), _FILING_MS, "ms"),
        Check(f"{name}: writes lost or refused", lost + len(faults), 0, ""),
    ]
    told = ", ".join(
        f"{kind} {percentile(found, 0.5):.0f}/{percentile(found, _P95):.0f}/{max(found):.0f}"
        for kind, found in took.items()
        if found
    )
    return checks, (
        f"{name}: {len(browsers)} clerks, {len(took['save'])} figures kept; median/p95/slowest in ms: {told}; {load.told(len(every))}"
        + (f"; first fault: {faults[0][:200]}" if faults else "")
    )


def _clerk(browser: Browser, one: dict[str, Any], wanted: dict[tuple[int, str], str]) -> Callable[[], None]:
    source = random.Random(one["filing"])

    def file() -> None:
        pause(_TYPING_SECONDS / 2, source)
        browser.get("page", f"/filing/{one['filing']}?section=stage")
        for row, column, value in one["cells"][:_FIGURES]:
            pause(_TYPING_SECONDS, source)
            typed = str(int(float(value or 1)) + 1)
            browser.post("save", f"/filing/{one['filing']}/row/{row}/{column}", value=typed, seen=value)
            wanted[row, column] = typed
            browser.get("checks", f"/filing/{one['filing']}/checks")

    return file


def _dashboard(name: str, site: Running) -> tuple[list[Check], str]:
    browsers = [Browser(site.told["officer"]) for _ in range(_PEOPLE)]
    addresses = (f"/finding/{site.told['finding']}", f"/place/{site.told['county']}")
    for browser in browsers[: WORKERS * 2]:
        browser.get("first", addresses[0])
    source = random.Random(1)

    def look(number: int) -> None:
        browsers[number].get("page", addresses[0] if source.random() < 0.7 else addresses[1])

    faults: list[str] = []
    load = loaded(site, lambda: faults.extend(at_rate(look, _RATE, _SECONDS, _PEOPLE)))
    found = [ms for browser in browsers for ms in browser.took.get("page", [])]
    note = (
        f"{name}: dashboard, median {percentile(found, 0.5):.0f} ms, p95 {percentile(found, _P95):.0f} ms,"
        f" {len(faults)} faults; {load.told(len(found))}"
    )
    return [
        Check(f"{name}: dashboard of the county, p95", percentile(found, _P95), _DASHBOARD_MS, "ms")
    ], note


def _tree(name: str, site: Running) -> tuple[list[Check], str]:
    browser = Browser(site.told["inspector"])
    for place, key in site.told["places"].items():
        for _ in range(12):
            browser.get(place, f"/place/{key}")
    slow = {place: percentile(found[2:], _P95) for place, found in browser.took.items()}
    told = ", ".join(f"{place} {ms:.0f} ms" for place, ms in slow.items())
    checks = [Check(f"{name}: slowest page of a nation's tree", max(slow.values()), _TREE_MS, "ms")]
    return checks, f"{name}: tree of {site.told['schools']:,} schools, p95 of ten: {told}"
