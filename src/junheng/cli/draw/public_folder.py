"""A public folder as a stranger finds it: its files, and whether the posted list is the result."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from junheng.basics import Text, UserError
from junheng.cli.draw.declared_program import VERIFIERS, is_declared_verifier
from junheng.cli.draw.folder import json_lines

if TYPE_CHECKING:
    from junheng.verification import DrawCheck

_LISTS = {"admission": "录取公示表.xlsx", "classes": "分班公示表.xlsx"}
_NAME = Text("公示表", "Posted list")
_PROGRAMS = Text("公布的核对程序", "Published verifiers")


@dataclass(frozen=True)
class PublicFolder:
    """The files of a publication; those of a rehearsal carry its prefix."""

    folder: Path
    prefix: str

    def file(self, name: str) -> Path | None:
        """The file of that name, where it is there."""
        path = self.folder / f"{self.prefix}{name}"
        return path if path.is_file() else None

    def json(self, name: str) -> dict[str, Any]:
        """A JSON object of the folder. Raises UserError for anything else."""
        from junheng.draws import strict_json

        path = self.folder / f"{self.prefix}{name}"
        found = strict_json(path.read_bytes(), where=str(path))
        if not isinstance(found, dict):
            raise UserError(Text("不是 JSON 对象", "this is no JSON object"), where=str(path))
        return found

    def lines(self, name: str) -> list[dict[str, Any]]:
        """A file of JSON lines. Raises UserError for anything else."""
        return json_lines(self.folder, f"{self.prefix}{name}")

    def corrections(self) -> list[Path]:
        """The corrections in the folder, in order."""
        return sorted(self.folder.glob(f"{self.prefix}correction-[0-9][0-9][0-9][0-9].json"))


def public_folder(folder: Path) -> PublicFolder:
    """Look into ``folder``. Raises UserError where there is no transcript."""
    prefix = "rehearsal-" if (folder / "rehearsal-transcript.json").is_file() else ""
    found = PublicFolder(folder, prefix)
    if found.file("transcript.json") is None:
        raise UserError(
            Text("这个文件夹里没有抽签公报 transcript.json", "there is no transcript.json in this folder"),
            where=str(folder),
            fix=Text("请给出公布文件夹，不是抽签文件夹", "name the public folder, not the draw's own"),
        )
    return found


def check_posted_list(found: PublicFolder, results: Path | None) -> "DrawCheck":
    """Whether the list in the folder shows the result now valid; not checked where there is no list.

    Child by child where the results are at hand; else by fingerprint and by the numbers on each sheet.
    """
    from junheng.reports.draws import posted_differences, read_posted_list
    from junheng.verification import DrawCheck

    transcript = found.json("transcript.json")
    spec, result = transcript["spec"], transcript["result"]
    posted = found.file(_LISTS[spec["kind"]])
    if posted is None:
        absent = Text("文件夹里没有公示表", "there is no posted list in the folder")
        return DrawCheck(_NAME, "not_checked", absent)
    if corrections := found.corrections():
        last = corrections[-1].name.removeprefix(found.prefix)
        result, results = found.json(last)["result"], found.file(last.replace(".json", "-results.jsonl"))
    leaves = [] if results is None else json_lines(results.parent, results.name)
    wrong = posted_differences(read_posted_list(posted, spec["kind"]), spec, result, leaves)
    if wrong:
        return DrawCheck(_NAME, "failed", wrong[0])
    seen = Text("逐人与结果册相同", "child by child as in the results")
    counted = Text("指纹与各页人数相符", "fingerprint and numbers agree")
    return DrawCheck(_NAME, "passed", seen if leaves else counted)


def check_verifiers(found: PublicFolder) -> "DrawCheck":
    """Whether the verifiers in the folder are those the spec declared; not checked where one is missing."""
    from junheng.verification import DrawCheck

    spec = found.json("transcript.json")["spec"]
    present = {name: file for name in VERIFIERS if (file := found.file(name)) is not None}
    for name, file in present.items():
        if not is_declared_verifier(spec, name, file):
            other = Text(f"{name} 不是公告的那一个", f"{name} is not the one announced")
            return DrawCheck(_PROGRAMS, "failed", other)
    if lost := [name for name in VERIFIERS if name not in present]:
        absent = Text(f"文件夹里没有 {'、'.join(lost)}", f"{', '.join(lost)} is not in the folder")
        return DrawCheck(_PROGRAMS, "not_checked", absent)
    return DrawCheck(_PROGRAMS, "passed", Text("与方案中的摘要相同", "as the digests in the spec"))
