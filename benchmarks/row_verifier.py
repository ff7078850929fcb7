"""The page's verifier on a whole draw, 100,000 pupils × 5 choices, beside the Python reference engine."""

import json
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.child import run
from benchmarks.result import Check, Result
from benchmarks.verifier_files import market_rows, write_files
from junheng.admissions import assign, market_from, order_of, parse_problem, run_draw
from junheng.draws import STANDALONE
from junheng.verification import verify_transcript

_PUPILS, _CHOICES, _RUNS, _RATIO = 100_000, 5, 3, 3.0
_NAMES = ("transcript.json", "rows.jsonl", "results.jsonl")
_CHROMIUM = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

# CPU seconds of the checks alone, without the start of node; every check must pass.
_NODE = r"""
const fs = require("fs");
const page = fs.readFileSync(process.argv[1], "utf8");
require("vm").runInThisContext(/<script>([^]*?)<\/script>/.exec(page)[1] + "\nglobalThis.made = makeVerifier();");
const given = {};
for (const name of ["transcript.json", "rows.jsonl", "results.jsonl"]) {
  given[name.split(".")[0]] = new Uint8Array(fs.readFileSync(process.argv[2] + "/" + name));
}
const before = process.cpuUsage();
const checks = globalThis.made.verify(given).checks;
const used = process.cpuUsage(before);
const failed = checks.filter((check) => check.state === "failed").length;
console.log(JSON.stringify({ cpu: (used.user + used.system) / 1e6, failed, checks: checks.length }));
"""


def measure(scale: float) -> Result:
    """Best of three runs of each, all in one sitting."""
    pupils = max(1000, round(_PUPILS * scale))
    problem, rows = market_rows(pupils, _CHOICES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spec, seed = write_files(folder, problem, rows)
        market = market_from(parse_problem(problem), rows)
        ranks = order_of(market, "sha256", seed).ranks
        reference = _cpu(lambda: assign(market, ranks, "python"))
        whole = _cpu(lambda: run_draw(spec, rows, seed, engine="python"))
        script = _script(folder)
        python = _cpu(lambda: verify_transcript(*(folder / file for file in _NAMES)), runs=1)
        browser = _browser(folder)
    return Result(
        "verifier",
        f"verify.html, full re-run of {pupils:,} pupils × {_CHOICES} choices",
        scale,
        [Check("JavaScript (node) ÷ reference engine's assignment", script / reference, _RATIO, "×")],
        [
            f"JavaScript: {script:.2f} CPU-s for reading, two Merkle trees, tickets, assignment and comparison of all",
            f"reference engine (plain Python): assignment alone {reference:.2f} CPU-s; tickets, assignment and result "
            f"leaves {whole:.2f} CPU-s (ratio {script / whole:.2f})",
            f"verify_draw.py and signatures: {python:.2f} CPU-s; in Chromium, files chosen to verdict shown: {browser}",
        ],
    )


def _cpu(work: Callable[[], Any], runs: int = _RUNS) -> float:
    """CPU seconds of this process, best of the runs."""
    found = []
    for _ in range(runs):
        before = time.process_time()
        work()
        found.append(time.process_time() - before)
    return min(found)


def _script(folder: Path) -> float:
    node = shutil.which("node")
    if node is None:
        raise RuntimeError("node is needed for this row")
    command = [node, "-e", _NODE, str(STANDALONE / "verify.html"), str(folder)]
    told = [json.loads(run(command).printed) for _ in range(_RUNS)]
    if any(one["failed"] or one["checks"] < len(_NAMES) for one in told):
        raise RuntimeError(f"the verifier did not pass its own draw: {told}")
    return float(min(one["cpu"] for one in told))


def _browser(folder: Path) -> str:
    """Wall seconds in a real browser, or why not."""
    chromium = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return "not measured (no playwright)"
    if chromium is None:
        return "not measured (no chromium)"
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=_CHROMIUM)
        page = browser.new_page(locale="en-GB")
        page.goto((STANDALONE / "verify.html").as_uri())
        before = time.perf_counter()
        page.set_input_files("#input", [str(folder / name) for name in _NAMES])
        page.wait_for_selector("#outcome:not([hidden])", timeout=600_000)
        wall = time.perf_counter() - before
        verdict = page.inner_text("#verdict-word")
        browser.close()
    return f"{wall:.1f} s wall ({verdict})"
