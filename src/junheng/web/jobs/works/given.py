"""What one work was given, as words of a command: every path lies in the folder it runs in."""

import shutil
from pathlib import Path
from typing import Any

from junheng.web.jobs.unpack import require_inside, unpack

Json = dict[str, Any]
Arguments = list[str]
OUT, GIVEN, DATA = "out", "上传", "本县数据"


class Given:
    """What one work was given, as words of a command: every path lies in the folder it runs in."""

    def __init__(self, task: Json, stage: Path) -> None:
        self._task, self.stage = task, stage
        if source := task.get("source"):
            unpack(Path(source), stage / GIVEN, is_draw=True)
            require_inside(stage / GIVEN)
        if data := task.get("data"):
            _fetch(Path(data), stage / DATA)

    def part(self, name: str) -> str:
        """Where a part lies: its only file, or the folder of them. "" where it was not given."""
        place = self.stage / GIVEN / name
        found = sorted(place.rglob("*")) if place.is_dir() else []
        files = [path for path in found if path.is_file()]
        if not files:
            return ""
        folders = {path.parent for path in files}
        chosen = files[0] if len(files) == 1 else folders.pop() if len(folders) == 1 else place
        return f"./{chosen.relative_to(self.stage)}"

    def data(self) -> str:
        """The county's schools: what was uploaded for this work alone, else what stands on the site."""
        return self.part("data") or f"./{DATA}"

    def told(self, name: str) -> str:
        """A choice of the form, "" where none was made."""
        value = self._task.get(name)
        return "" if value is None else str(value)

    def results(self) -> dict[str, Path]:
        """The results chosen, by the names their copies get."""
        return {name: Path(place) for name, place in self._task.get("results", {}).items()}

    def options(self, **named: str) -> Arguments:
        """``--option=value`` for every one that has a value; underscores read as dashes."""
        return [f"--{name.replace('_', '-')}={value}" for name, value in named.items() if value]


def _fetch(data: Path, place: Path) -> None:
    """The county's data from where the site keeps them, under a name that tells no place of this machine."""
    if data.is_dir():
        shutil.copytree(data, place)
    elif data.suffix == ".zip":
        unpack(data, place)
    else:
        place.mkdir()
        shutil.copyfile(data, place / f"{DATA}{data.suffix}")
