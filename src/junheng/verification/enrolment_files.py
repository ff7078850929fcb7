"""The files of an enrolment result as plain values; what is absent or damaged is refused in words."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, sha256_file

Json = dict[str, Any]
VIEWS = ("full", "masked", "counts")


def read_json(path: Path) -> Json:
    """The object in a file. Raises UserError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(found, dict):
            raise ValueError(type(found).__name__)
    except (OSError, ValueError) as error:
        raise _refused(path) from error
    return found


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file. Raises UserError."""
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))
    except (OSError, ValueError, csv.Error) as error:
        raise _refused(path) from error


def altered(folder: Path, about: Mapping[str, Any]) -> Text | None:
    """The first file that is not as it was written; None where all are."""
    for view in VIEWS:
        inside = folder / view
        if not (inside / "view.json").is_file() or sha256_file(inside / "view.json") != about["views"][view]:
            return Text(f"{view}/view.json 改动过或缺失", f"{view}/view.json was altered or is gone")
        said = read_json(inside / "view.json")
        if said["view"] != view:
            return Text(f"{view}/view.json 写的是另一视图", f"{view}/view.json names another view")
        found = _files(inside)
        if found != said["files"]:
            names = sorted(n for n in {*found, *said["files"]} if found.get(n) != said["files"].get(n))
            told = "、".join(names)
            return Text(f"{view} 中的文件改动过：{told}", f"files of {view} were altered: {told}")
    return None


def _files(folder: Path) -> dict[str, str]:
    return {path.name: sha256_file(path) for path in folder.iterdir() if path.name != "view.json"}


def comparisons_in(folder: Path) -> Sequence[str]:
    """The names of the comparisons that the full view holds."""
    return sorted(path.name.removesuffix(".pairs.csv") for path in folder.glob("*.pairs.csv"))


def _refused(path: Path) -> UserError:
    return UserError(
        Text("结果文件缺失或损坏", "a file of the result is absent or damaged"),
        where=str(path),
        why=Text("核对需要全部信息视图 full", "checking needs the full view"),
        fix=Text(
            "请给出 junheng enrolment match 写出的整个文件夹",
            "name the whole folder that junheng enrolment match wrote",
        ),
    )
