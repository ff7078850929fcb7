"""For every item: which evidence it asks for, what is there, and what lacks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from junheng.data import load_dictionary
from junheng.indicators import expressions_of, item_facts, place_of
from junheng.reports.application.reported import Reported
from junheng.reports.chapters.items import PART_NAMES
from junheng.reports.chapters.wording import verdict_word
from junheng.reports.facts import Facts
from junheng.reports.read_facts import chinese

Json = Mapping[str, Any]
_MODES = {"computed": "由数据计算", "attested": "凭佐证", "survey": "凭调查", "both": "数据与佐证"}
_STATES = {
    "used": "有效",
    "undated": "没有日期",
    "expired": "已失效",
    "unrated": "没有评定结果",
    "off_scale": "评定结果不在等级内",
}
_SCOPES = {"county": "县级", "school": "学校"}


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One piece of evidence of one item, or the row that says there is none."""

    key: str
    part: str
    name: str
    mode: str
    asked: str
    there: str
    rating: str
    sha256: str
    dated: str
    expires: str
    lacks: str
    verdict: str


def evidence_rows(facts: Facts, reported: Reported) -> tuple[EvidenceRow, ...]:
    """A row for each attestation and each source sheet of every item, in the standard's order."""
    declared = {item["id"]: item for item in facts.standard.get("items") or []}
    return tuple(
        row
        for key, item in facts.verdict["items"].items()
        for row in _of_item(key, item, declared.get(key, {}), reported)
    )


def _of_item(key: str, item: Json, declared: Json, reported: Reported) -> Iterator[EvidenceRow]:
    tests = item.get("tests") or []
    lacks = _lacks(item)
    head = (key, PART_NAMES.get(str(item["part"]), str(item["part"])), chinese(declared.get("name")) or key)
    mode = _MODES.get(str(item.get("evidence")), str(item.get("evidence")))
    verdict = verdict_word(item["verdict"])
    computed = [str(test["fact"]) for test in tests if test["fact"] in item_facts()]
    sheets = list(_sheets(computed, reported))
    for place, text in sheets:
        yield EvidenceRow(*head, mode, f"填报数据：{place}", text, "", "", "", "", lacks, verdict)
    if any(test["fact"] == "attested" for test in tests):
        yield from _attested(head, mode, item, declared, verdict)
    elif not sheets:
        yield EvidenceRow(
            *head, mode, _asked(declared), "", "", "", "", "", lacks or "没有可用的填报数据", verdict
        )


def _attested(
    head: tuple[str, str, str], mode: str, item: Json, declared: Json, verdict: str
) -> Iterator[EvidenceRow]:
    asked, rows = _asked(declared), item.get("attestations") or []
    for row in rows:
        state = "" if row["state"] == "used" else _STATES.get(row["state"], row["state"])
        lacks = "；".join(filter(None, (state, "" if row["evidence"] else "没有佐证文件的指纹")))
        yield EvidenceRow(
            *head, mode, asked, f"{_SCOPES.get(row['scope'], row['scope'])} {row['scope_id']}", row["rating"] or "",
            row["evidence"] or "", row["dated_on"] or "", row["expires_on"] or "", lacks, verdict,
        )  # fmt: skip
    if not rows:
        yield EvidenceRow(*head, mode, asked, "", "", "", "", "", "没有佐证", verdict)


def _asked(declared: Json) -> str:
    """The clause itself says what the evidence must show."""
    citation = declared.get("citation") or {}
    return f"{declared.get('text', '')}（{citation.get('document', '')} {citation.get('article', '')}）"


def _lacks(item: Json) -> str:
    """Reasons of tests that cannot be told."""
    told = [
        chinese(test.get("reason")) for test in item.get("tests") or [] if test["verdict"] == "cannot_tell"
    ]
    return "；".join(dict.fromkeys(filter(None, told)))


def _sheets(names: list[str], reported: Reported) -> Iterator[tuple[str, str]]:
    """By table: its Chinese name, and the rows and number of cells the item's facts read from it."""
    places = frozenset(
        place_of(scope, name)
        for fact in names
        for scope, found in expressions_of(item_facts()[fact])
        for name in found.columns
    )
    tables: dict[str, list[Json]] = {}
    for row in reported.of(places):
        tables.setdefault(row["table"], []).append(row)
    dictionary = load_dictionary().tables
    for table, rows in tables.items():
        columns = dict.fromkeys(row["column"] for row in rows)
        known = dictionary[table].columns
        heads = "、".join(known[name].heading.zh if name in known else name for name in columns)
        yield f"{dictionary[table].sheet.zh}表：{heads}", _where(rows)


def _where(rows: list[Json]) -> str:
    by_sheet: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        by_sheet.setdefault((row["file"] or "", row["sheet"] or ""), []).append(row["row"] or 0)
    empty = sum(row["value"] is None and row["text"] is None for row in rows)
    told = [f"{file} [{sheet}] 第 {min(found)}–{max(found)} 行" for (file, sheet), found in by_sheet.items()]
    return "；".join(told) + f"，{len(rows)} 格" + (f"，其中 {empty} 格为空" if empty else "")
