import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


BUILT = {"build", "dist", "out", "site", "__pycache__", "htmlcov"}


def _listed() -> list[Path]:
    """What git tracks or would track; from an unpacked archive without git, all that is not built."""
    if shutil.which("git") and (ROOT / ".git").exists():
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        answer = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        return [ROOT / name for name in answer.stdout.decode().split("\0") if name]
    return [path for path in ROOT.rglob("*") if not _built(path.relative_to(ROOT))]


def _built(path: Path) -> bool:
    folders = path.parts[:-1]
    return any(part in BUILT or part.startswith(".") or part.endswith(".egg-info") for part in folders)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Every file git tracks or would track, that is present."""
    return sorted({path for path in _listed() if path.is_file()})


@pytest.fixture(scope="session")
def sources(tracked: list[Path]) -> list[Path]:
    """The Python files of the package."""
    return [path for path in tracked if path.suffix == ".py" and path.is_relative_to(ROOT / "src")]


@pytest.fixture(scope="session")
def python_files(tracked: list[Path]) -> list[Path]:
    return [path for path in tracked if path.suffix == ".py"]
