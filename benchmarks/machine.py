"""What the figures were measured on: processor, memory, system, versions."""

import os
import platform
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

_PACKAGES = (
    "junheng",
    "duckdb",
    "pyarrow",
    "numpy",
    "pandas",
    "polars",
    "pyspark",
    "openpyxl",
    "python-calamine",
    "numba",
    "algmatch",
)
_BLOCK = 8 << 20


def machine_line() -> str:
    """One line: cores, processor, memory, system, Python."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{os.cpu_count()} cores · {_processor()} · {memory:.0f} GB · {platform.system()} "
        f"{platform.release()} · Python {platform.python_version()}"
    )


def versions_line() -> str:
    """One line: the packages that were raced."""
    return " · ".join(f"{name} {found}" for name in _PACKAGES if (found := _version(name)))


def load_line() -> str:
    """How busy the machine was beside the measurement: other work makes every figure worse."""
    return f"load average {os.getloadavg()[0]:.1f}"


def sequential_read_seconds(paths: list[Path]) -> float:
    """Seconds to read the files once from the disk, their pages dropped from the cache first."""
    for path in paths:
        with path.open("rb") as stream:
            os.fsync(stream.fileno())
            os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    started = time.perf_counter()
    for path in paths:
        with path.open("rb", buffering=0) as stream:
            while stream.read(_BLOCK):
                pass
    return time.perf_counter() - started


def _processor() -> str:
    lines = (
        Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        if Path("/proc/cpuinfo").exists()
        else []
    )
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
