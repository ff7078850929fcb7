"""What lies beside the transcript in public, and the sealed papers; from the frozen files alone."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.basics import Text
from junheng.cli.draw.deciding import decider
from junheng.cli.draw.folder import corrections_of, json_lines, valid_results
from junheng.cli.draw.private_folder import private_folder

PUBLIC_LIST = {"admission": "录取公示表.xlsx", "classes": "分班公示表.xlsx"}
SEALED_PAPERS = Text("封存材料", "sealed papers")
_SEALED = {"admission": "录取名单_封存.xlsx", "classes": "分班名单_封存.xlsx"}


def papers_beside(draw: Path, transcript: Mapping[str, Any]) -> dict[str, bytes]:
    """Verifiers, notice and masked list by file name; list and notice show the corrections made since."""
    from junheng.admissions import mask_name
    from junheng.draws import STANDALONE
    from junheng.reports.draws import notice_document, write_class_lists, write_public_admissions

    spec, names, corrections = transcript["spec"], _names(draw), corrections_of(draw)
    results, root = valid_results(draw), _root(transcript, corrections)
    found = {name: (STANDALONE / name).read_bytes() for name in ("verify_draw.py", "verify.html")}
    found["结果公告.docx"] = notice_document(transcript, corrections)
    with tempfile.TemporaryDirectory(prefix="junheng-") as folder:
        path = Path(folder) / "list.xlsx"
        if spec["kind"] == "classes":
            write_class_lists(path, spec, results, names, mask=mask_name, root=root)
        else:
            numbers, first = _numbers(draw, transcript), _first(draw, corrections)
            write_public_admissions(path, spec, results, names, numbers, mask_name, first, root)
        found[PUBLIC_LIST[spec["kind"]]] = path.read_bytes()
    return found


def write_sealed(draw: Path, folder: Path, transcript: Mapping[str, Any], apart: Sequence[Path]) -> None:
    """Minutes and full list, readable by the owner alone."""
    from junheng.draws import read_log
    from junheng.reports.draws import minutes_document, write_class_lists, write_sealed_admissions

    spec, names, corrections = transcript["spec"], _names(draw), corrections_of(draw)
    results, root = valid_results(draw), _root(transcript, corrections)
    prefix = "演练_" if spec["purpose"] == "rehearsal" else ""
    with private_folder(folder, spec["draw_id"], SEALED_PAPERS, apart) as target:
        minutes, path = target / f"{prefix}抽签记录.docx", target / f"{prefix}{_SEALED[spec['kind']]}"
        minutes.write_bytes(minutes_document(transcript, read_log(draw)))
        if spec["kind"] == "classes":
            write_class_lists(path, spec, results, names, mask=None, root=root)
        else:
            numbers, first = _numbers(draw, transcript), _first(draw, corrections)
            write_sealed_admissions(path, spec, results, names, numbers, first, root)
        for paper in (minutes, path):
            paper.chmod(0o600)


def _names(draw: Path) -> dict[str, dict[str, str]]:
    return {line["pid"]: line["identity"] for line in json_lines(draw, "private/identities.jsonl")}


def _root(transcript: Mapping[str, Any], corrections: Sequence[Mapping[str, Any]]) -> str:
    result = corrections[-1]["result"] if corrections else transcript["result"]
    return str(result["root"])


def _first(draw: Path, corrections: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The results of the draw itself, where corrections came after."""
    return json_lines(draw, "result/results.jsonl") if corrections else []


def _numbers(draw: Path, transcript: Mapping[str, Any]) -> dict[str, str]:
    """The number shown of every child; where each school has its own, that of the school which admitted the child."""
    from junheng.draws import ticket
    from junheng.reports.draws import shown

    spec, seed = transcript["spec"], bytes.fromhex(transcript["seed"])
    digits = int(spec["problem"]["digits"])
    rows = json_lines(draw, "roll/rows.jsonl")
    if spec["problem"]["tickets"] == "per_school":
        placed = {leaf["pid"]: leaf for leaf in valid_results(draw) if leaf["choice"]}
        return {
            pid: shown(ticket(spec["hash"], seed, leaf["unit"], leaf["school"]).hex(), digits)
            for pid, leaf in placed.items()
        }
    tickets = decider("admission").tickets(spec, rows, seed)
    return {pid: shown(text, digits) for pid, text in tickets.items()}
