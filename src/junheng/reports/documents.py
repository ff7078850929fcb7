"""Writes a finding's documents: the Word report, the workbook, the list of printed numbers.

documents.json remembers what was written, so that a later run can tell a file edited by hand from one that
was not. The report's editable sections are carried over; an edit anywhere else stops the run, unless the user
says to overwrite. Nothing is written before everything is ready.
"""

import json
from pathlib import Path
from typing import Any

from junheng import __version__
from junheng.basics import Text, UserError, atomic_file, sha256_bytes, sha256_file
from junheng.reports.facts import Facts
from junheng.reports.numbers import NumberIndex
from junheng.reports.percent import PercentMode, check_percent_options
from junheng.reports.read_facts import read_facts
from junheng.reports.self_evaluation import cover, report_blocks
from junheng.reports.word.blocks import Block, Editable
from junheng.reports.word.carry import carried_markup
from junheng.reports.word.document import filled_template, saved, write_body
from junheng.reports.word.edits import generated_fingerprint, open_report
from junheng.reports.workbook.book import write_workbook

REPORT, WORKBOOK, NUMBERS, RECORD = "report.docx", "tables.xlsx", "figures.json", "documents.json"


def write_documents(
    folder: Path,
    *,
    percent: PercentMode = "truncate",
    digits: int = 1,
    template: Path | None = None,
    overwrite: bool = False,
) -> None:
    """Write report.docx, tables.xlsx, figures.json and documents.json into the finding ``folder``.

    Documents already in the folder are replaced; what people wrote in the report's editable sections is
    carried over. Raises UserError (exit 2) when generated parts were edited by hand and ``overwrite`` is not
    set, when the folder holds no finding, when the template cannot be used, or when the place cannot be
    written; then no document has changed.
    """
    check_percent_options(percent, digits)
    facts = read_facts(folder)
    numbers = NumberIndex(percent, digits)
    blocks = report_blocks(facts, numbers)
    kept_from = None if overwrite else _untouched_report(folder)
    report, generated = _report(facts, blocks, template, kept_from, _record(folder))
    record: dict[str, Any] = {
        "software": f"junheng {__version__}",
        "percent": percent,
        "digits": digits,
        REPORT: {"sha256": sha256_bytes(report), "generated": generated, "prompts": _prompts(blocks)},
        "verdict.json": {"sha256": sha256_file(folder / "verdict.json")},
    }
    _write_all(folder, facts, report, numbers, record)


def _write_all(
    folder: Path, facts: Facts, report: bytes, numbers: NumberIndex, record: dict[str, Any]
) -> None:
    """All four files are complete before the first takes its place."""
    with (
        atomic_file(folder / REPORT) as report_path,
        atomic_file(folder / NUMBERS) as numbers_path,
        atomic_file(folder / WORKBOOK) as workbook_path,
        atomic_file(folder / RECORD) as record_path,
    ):
        report_path.write_bytes(report)
        _write_json(numbers_path, numbers.as_json())
        write_workbook(facts, workbook_path)
        _write_json(record_path, {**record, WORKBOOK: {"sha256": sha256_file(workbook_path)}})


def _report(
    facts: Facts, blocks: list[Block], template: Path | None, kept_from: Path | None, record: dict[str, Any]
) -> tuple[bytes, str]:
    """The report's bytes and the fingerprint of its generated parts."""
    filling = cover(facts)
    document = filled_template(template, filling)
    kept: dict[str, str] = {}
    if kept_from is not None:
        prompts = record.get(REPORT, {}).get("prompts", {})
        kept = carried_markup(open_report(kept_from), document, prompts)
        lost = set(kept) - {block.tag for block in blocks if isinstance(block, Editable)}
        if lost:
            raise _edited(kept_from, f"人工填写部分 {'、'.join(sorted(lost))} 在新报告中没有位置")
    written = write_body(document, blocks, kept)
    return saved(written, filling["title"]), generated_fingerprint(written)


def _prompts(blocks: list[Block]) -> dict[str, str]:
    return {block.tag: block.prompt for block in blocks if isinstance(block, Editable)}


def _untouched_report(folder: Path) -> Path | None:
    """The report whose sections are to be kept, or None when there is none. Raises UserError when edited elsewhere."""
    record, report, workbook = _record(folder), folder / REPORT, folder / WORKBOOK
    if workbook.exists() and sha256_file(workbook) != record.get(WORKBOOK, {}).get("sha256"):
        raise _edited(workbook, "附表工作簿 tables.xlsx 被人工修改过，或不是由本软件写出")
    if not report.exists():
        return None
    known = record.get(REPORT, {})
    if sha256_file(report) == known.get("sha256"):
        return report
    if known.get("generated") is None or generated_fingerprint(open_report(report)) != known["generated"]:
        raise _edited(report, "报告中由软件生成的部分被人工修改过，或报告不是由本软件写出")
    return report


def _record(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _edited(path: Path, what: str) -> UserError:
    return UserError(
        Text(
            what,
            "Generated parts of this document were edited by hand, or it was not written by this program",
        ),
        where=str(path),
        why=Text(
            "重新生成会丢失这些修改，因此未作任何改动",
            "making it again would lose the edits; nothing was changed",
        ),
        fix=Text(
            "人工内容请写在灰色提示处（可保留）；要放弃修改请加 --overwrite；要保留请把结论复制到另一个文件夹再生成",
            "write in the grey prompted sections (they are kept); add --overwrite to discard the edits; or copy "
            "the finding to another folder and make the documents there",
        ),
    )


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
