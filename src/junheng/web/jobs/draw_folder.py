"""A draw's folder within what was uploaded: where it lies, what it is, which programs came with it."""

from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, sha256_bytes

Json = dict[str, Any]
_ROLL, _SPEC, _RESULT = "roll/roll.json", "spec.json", "result/result.json"
VERIFIERS = ("verify_draw.py", "verify.html")
PROGRAMS = (".py", ".html", ".js")  # by how their names end: never run, never imported, taken out of the way


def draw_folder(given: Path) -> Path:
    """The only draw below ``given``. Raises UserError."""
    found = [path.parent for path in sorted(given.rglob("log.jsonl")) if (path.parent / _ROLL).is_file()]
    if len(found) == 1:
        return found[0]
    raise UserError(
        Text(
            f"压缩包里应有一个抽签文件夹，找到 {len(found)} 个",
            f"one draw is expected, {len(found)} were found",
        ),
        why=Text("没有可接着做的抽签", "there is no draw to go on with"),
        fix=Text(
            "请把 junheng draw 的抽签文件夹（含 log.jsonl、roll）压缩成 .zip",
            "pack the folder of junheng draw, with its log.jsonl and roll",
        ),
    )


def about_draw(folder: Path) -> Json:
    """Number, kind and purpose of a draw, and once it is decided its counts and the result's fingerprint."""
    from junheng.draws import strict_json

    roll = strict_json((folder / _ROLL).read_bytes(), where=_ROLL)
    facts = {key: str(roll[key]) for key in ("draw_id", "kind", "purpose")}
    if not (folder / _RESULT).is_file():
        return facts
    result = strict_json((folder / _RESULT).read_bytes(), where=_RESULT)
    return {**facts, "rows": int(result["rows"]), "root": str(result["root"])}


def program_notes(folder: Path, given: Path) -> list[Text]:
    """Take uploaded programs away, and say of each that it was not run, and whether it is the announced one."""
    from junheng.draws import program_digests, strict_json

    spec = folder / _SPEC
    declared = strict_json(spec.read_bytes(), where=_SPEC).get("programs", {}) if spec.is_file() else {}
    notes = []
    for path in sorted(path for path in given.rglob("*") if path.suffix.lower() in PROGRAMS):
        if path.name in VERIFIERS:
            notes.append(_note(path, declared.get(path.name)))
        path.unlink()
    here = program_digests()
    for name in VERIFIERS:
        if declared and declared.get(name) != here.get(name):
            notes.append(
                Text(
                    f"公告的 {name} 与本站安装的不同：公布文件夹里是本站的，请另附公告的那一份",
                    f"the announced {name} is not the one installed here: the public folder holds ours; add the other",
                )
            )
    return notes


def _note(path: Path, declared: object) -> Text:
    is_same = declared == sha256_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    zh, en = ("与公告的一致", "as announced") if is_same else ("与公告的不同", "not the announced one")
    return Text(
        f"压缩包里的 {path.name}（{zh}）没有运行：只运行本站安装的程序",
        f"{path.name} of the archive ({en}) was not run: only the installed program runs",
    )
