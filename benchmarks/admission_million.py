"""One whole draw in a process of its own: tickets, assignment, audit, certificate; CPU seconds of each step as JSON.

``python -m benchmarks.admission_million PUPILS CHOICES with|without``: with or without the ``numba`` extra. What has to be
compiled is compiled before, on a small market; the market is made before the clock starts.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any


def main() -> None:
    """Measure the steps and print them."""
    if sys.argv[3] == "without":
        sys.modules["numba"] = None  # type: ignore[assignment]  # as on a machine where it is not installed
    pupils, choices = int(sys.argv[1]), int(sys.argv[2])
    from benchmarks.admission_market import make_market

    engine = "numba" if sys.argv[3] == "with" else "numpy"
    _draw(make_market(5_000, choices), engine)
    print(json.dumps(_draw(make_market(pupils, choices), engine)))


def _draw(market: Any, engine: Any) -> dict[str, float]:
    from junheng.admissions import assign, audit, certificate, check_certificate, order_of

    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        started = time.process_time()
        found = work()
        seconds[name] = time.process_time() - started
        return found

    ranks = timed("tickets", lambda: order_of(market, "sha256", bytes(32)).ranks)
    found = timed("assignment", lambda: assign(market, ranks, engine))
    timed("audit", lambda: audit(market, ranks, found, engine=engine))
    proof = timed("certificate", lambda: certificate(market, ranks, found))
    wrong = timed("check", lambda: check_certificate(market, ranks, found, proof))
    if wrong.size:
        raise SystemExit(f"{wrong.size} results do not follow from the certificate")
    seconds["proposals"] = found.proposals
    return seconds


if __name__ == "__main__":
    main()
