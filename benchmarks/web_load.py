"""What a load costs: processor time of server, people and machine beside the requests answered."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from benchmarks.web_site import Running

_MILLI = 1000.0


@dataclass(frozen=True, slots=True)
class Load:
    """A while of asking: its ``seconds``, and the processor seconds of the server, of the people, and of the whole machine."""

    seconds: float
    server: float
    people: float
    machine: float

    def told(self, requests: int) -> str:
        """The cost of a request, and the share of the cores it makes at this rate: no server answers beyond all of it."""
        cores = psutil.cpu_count() or 1
        rate, each = requests / self.seconds, self.server / requests * _MILLI
        busy = self.machine / self.seconds / cores
        return (
            f"{requests} requests in {self.seconds:.0f} s ({rate:.0f}/s); server {each:.1f} CPU-ms a request"
            f" × {rate:.0f}/s ÷ {cores} cores = {each * rate / _MILLI / cores:.0%} of the machine (limit {cores * _MILLI / each:.0f}/s);"
            f" people {self.people / requests * _MILLI:.1f} CPU-ms; machine busy {busy:.0%}"
        )


def loaded(site: Running, work: Callable[[], None]) -> Load:
    """What it costs to do ``work``."""
    before = _now(site)
    work()
    return Load(*(late - early for early, late in zip(before, _now(site), strict=True)))


def _now(site: Running) -> tuple[float, float, float, float]:
    times = psutil.cpu_times()
    idle = times.idle + getattr(times, "iowait", 0.0)
    return time.perf_counter(), site.cpu_seconds(), time.process_time(), sum(times[:8]) - idle
