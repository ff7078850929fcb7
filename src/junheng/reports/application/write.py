"""Writes the form of application and the list of evidence beside a finding, or into a folder of their own."""

import json
from collections.abc import Mapping
from pathlib import Path

from junheng import __version__
from junheng.basics import Text, UserError, atomic_file, sha256_bytes, sha256_file
from junheng.reports.application.evidence import EvidenceRow, evidence_rows
from junheng.reports.application.evidence_book import evidence_book
from junheng.reports.application.form import cover, form_blocks
from junheng.reports.application.reported import read_reported
from junheng.reports.facts import Facts
from junheng.reports.item_facts import has_items
from junheng.reports.kept_paper import Json, make_paper, set_aside
from junheng.reports.read_facts import read_facts

FORM, EVIDENCE, RECORD = "申报表.docx", "佐证材料清单.xlsx", "申报表.json"


def write_application(finding: Path, out: Path, *, overwrite: bool = False) -> tuple[Path, Path]:
    """Write 申报表.docx and 佐证材料清单.xlsx of ``finding`` into ``out``; their paths.

    Opinions written in the form are kept when it is made again. Raises UserError when the folder holds no
    finding, when the finding tells no items, or when a file there was edited by hand and not ``overwrite``.
    """
    facts, verdict_hash = _facts(finding), sha256_file(finding / "verdict.json")
    reported, known = read_reported(finding), _record(out)
    blocks = form_blocks(facts, reported, verdict_hash)
    paper = make_paper(out / FORM, known.get(FORM) or {}, cover(facts), blocks, overwrite=overwrite)
    book = evidence_book(facts, evidence_rows(facts, reported))
    _require_untouched(out / EVIDENCE, known.get(EVIDENCE) or {}, overwrite)
    record = {
        "software": f"junheng {__version__}",
        "verdict_sha256": verdict_hash,
        FORM: paper.record,
        EVIDENCE: {"sha256": sha256_bytes(book)},
    }
    for name in (FORM, EVIDENCE):
        set_aside(out / name, known.get(name) or {})
    _write(out, {FORM: paper.content, EVIDENCE: book, RECORD: _text(record)})
    return out / FORM, out / EVIDENCE


def list_evidence(finding: Path) -> tuple[EvidenceRow, ...]:
    """The rows of 佐证材料清单 of ``finding``. Raises UserError as ``write_application`` does."""
    return evidence_rows(_facts(finding), read_reported(finding))


def _facts(finding: Path) -> Facts:
    facts = read_facts(finding)
    if not has_items(facts):
        raise UserError(
            Text("这份结论没有逐条的条款，做不成申报表", "This finding tells no items test by test"),
            where=str(finding),
            fix=Text("请用本版本重新运行 junheng evaluate", "run junheng evaluate again with this version"),
        )
    return facts


def _write(out: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        with atomic_file(out / name) as temporary:
            temporary.write_bytes(content)


def _text(record: Json) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _record(out: Path) -> Json:
    try:
        found = json.loads((out / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _require_untouched(path: Path, known: Json, overwrite: bool) -> None:
    if path.exists() and not overwrite and sha256_file(path) != known.get("sha256"):
        raise UserError(
            Text(
                "佐证材料清单被人工修改过，或不是由本软件写出",
                "The list of evidence was edited, or is not ours",
            ),
            where=str(path),
            why=Text("未作任何改动", "nothing was changed"),
            fix=Text(
                "请改名保存，或加 --overwrite（旧文件另存为人工稿）",
                "rename it, or add --overwrite (it is set aside)",
            ),
        )
