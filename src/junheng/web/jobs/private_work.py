"""Draws, rehearsals and class formations: the command over the names of minors.

What the command says may quote what was uploaded, so it is kept beside the papers (``said.json``) and never in a
job's row, its log or the trail. Fingerprints and counts are told; names are not.
"""

import json
import secrets
import shutil
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError
from junheng.web.jobs.command import require_done, run_command
from junheng.web.jobs.draw_folder import about_draw, draw_folder, program_notes
from junheng.web.jobs.find_files import find_forms, find_rules, named
from junheng.web.jobs.plan_work import as_json

Json = dict[str, Any]
Tell = Callable[[Text, int, int], None]
SAID, PUBLIC = "said.json", "public"
_MADE = "../made"  # beside what was uploaded, not among it
_FIXED = (1980, 1, 1, 0, 0, 0)  # the archive of the same papers has the same bytes
_WRITTEN = (
    "已公布到",
    "封存材料在",
)  # where the command wrote: here that is a folder of the job, not the public page
_PARCELS = {"public": "公布.zip", "sealed": "封存.zip", "slips": "凭条.zip", "draw": "抽签文件夹.zip"}


def draw(task: Json, given: Path, out: Path, tell: Tell) -> Json:
    """Seed, decision and publication of a draw whose beacons are in: what the three commands write, byte for byte."""
    place = draw_folder(given)
    notes = program_notes(place, given)
    out.mkdir()
    shutil.move(place, out / "draw")
    said: list[Text] = []
    for step, (words, arguments) in enumerate(_steps(task)):
        tell(words, step, 4)
        said += require_done(run_command(arguments, out, _silent))
    tell(Text("装订各份材料", "packing the papers"), 3, 4)
    facts = about_draw(out / "draw")
    for name, parcel in _PARCELS.items():
        if (out / name).is_dir():
            _pack(out / name, out / parcel)
            if name != PUBLIC:  # slips alone may be thousands of files
                shutil.rmtree(out / name)
    write_said(out, [line for line in dict.fromkeys(said) if not line.zh.startswith(_WRITTEN)])
    return {**facts, "programs": as_json(notes)}


def _steps(task: Json) -> list[tuple[Text, list[str]]]:
    publish = ["draw", "publish", "draw", "--out", PUBLIC]
    if task["papers"]:
        publish += ["--sealed", "sealed", "--slips", "slips"]
    if task["with_rows"]:
        publish += ["--with-rows"]
    if task["roll_is_public"]:
        publish += [f"--roll-is-public={task['roll_is_public']}"]
    return [
        (Text("由承诺、公共随机计算种子", "the seed from reveals and beacons"), ["draw", "seed", "draw"]),
        (Text("抽签", "deciding"), ["draw", "run", "draw"]),
        (Text("写出公布文件夹、封存材料和凭条", "writing the public folder, sealed papers, slips"), publish),
    ]


def rehearse(task: Json, given: Path, out: Path, tell: Tell) -> Json:
    """The whole ceremony on invented randomness; it can never be published as official."""
    plan, forms = named(given, "plan.yaml"), find_forms(given, task["forms"])
    arguments = ["draw", "rehearse", _beside(forms, given), f"--plan={plan.relative_to(given)}"]
    tell(Text(f"演练 {task['times']} 次", f"rehearsing, {task['times']} times"), 0, 2)
    ran = run_command([*arguments, f"--out={_MADE}", f"--times={task['times']}"], given, _silent)
    said = require_done(ran)
    out.mkdir()
    tell(Text("装订各份材料", "packing the papers"), 1, 2)
    _pack(given / _MADE, out / "演练.zip")
    write_said(out, said)
    return {"times": task["times"]}


def classes(task: Json, given: Path, out: Path, tell: Tell) -> Json:
    """Classes on trial from an intake and a seed, or the lists of an official draw."""
    if task["from_draw"]:
        place = draw_folder(given)
        arguments, seed = ["classes", f"--from={place.relative_to(given)}", f"--out={_MADE}"], ""
    else:
        seed = task["seed"] or secrets.token_hex(32)
        forms, rules = find_forms(given, task["forms"]), find_rules(given)
        arguments = ["classes", _beside(forms, given), f"--seed={seed}", f"--out={_MADE}"]
        arguments += [f"--rules={rules.relative_to(given)}"] if rules else []
    tell(Text("编班", "forming classes"), 0, 1)
    said = require_done(run_command(arguments, given, _silent))
    shutil.move(given / _MADE, out)
    write_said(out, said)
    return {"seed": seed}


def write_said(folder: Path, lines: Sequence[Text]) -> None:
    """What the command said, kept among the private papers."""
    text = json.dumps(as_json(list(lines)), ensure_ascii=False, indent=1)
    (folder / SAID).write_text(text + "\n", encoding="utf-8")


def read_said(folder: Path | None) -> list[dict[str, str]]:
    """What the command said; [] where nothing is kept any more."""
    path = folder / SAID if folder else None
    if path is None or not path.is_file():
        return []
    return [dict(line) for line in json.loads(path.read_bytes())]


def look(task: Json, given: Path) -> Json:
    """Whether an upload holds what its work needs; nothing is told of what lies in it. Raises UserError."""
    if task["reads"] == "draw":
        return {"kind": about_draw(draw_folder(given))["kind"]}
    if task["reads"] == "rehearsal":
        named(given, "plan.yaml")
        find_forms(given, task["forms"])
        return {}
    if any(given.rglob("log.jsonl")):
        if about_draw(draw_folder(given))["kind"] != "classes":
            raise UserError(
                Text("这不是分班抽签", "this is no draw of classes"),
                fix=Text("招生派位请用“抽签”", "for an admission draw ask for the work “draw”"),
            )
        return {"from_draw": True}
    find_forms(given, task["forms"])
    return {"from_draw": False}


def _beside(path: Path, given: Path) -> str:
    """A file's name as an argument: never one that reads as an option."""
    return f"./{path.relative_to(given)}"


def _silent(_words: Text, _done: int, _total: int) -> None:
    """The command's own progress is not told: these steps are told above."""


def _pack(folder: Path, parcel: Path) -> None:
    with zipfile.ZipFile(parcel, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.name != ".lock"):
            name = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _FIXED)
            packed.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED)
    parcel.chmod(0o600)
