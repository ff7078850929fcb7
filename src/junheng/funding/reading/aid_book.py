"""From the archive of aid, the pupil register and the record of what was published to a frozen problem."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, is_identity_number, sha256_file, value_key
from junheng.funding.exact import Json
from junheng.funding.library import rules_for
from junheng.funding.problems import Problems
from junheng.funding.reading.sheets import Record, books_of, read_tables

FORMAT = "junheng/aid/1"
COLUMNS = ("pupil_id", "school_id", "stage", "category", "scheme", "term", "yuan", "paid_on", "sheet", "row")
_SLOTS = ("living", "living_day", "term", "scheme", "category", "publication", "aid_share")
_SEASONS = {"春": ("spring",), "秋": ("autumn",), "学年": ("autumn", "spring")}


def read_aid(book: Path, *, on: date, region: str = "", overlays: Sequence[Path] = ()) -> Json:
    """The frozen problem of aid: archive rows as lists under ``COLUMNS``, the rules of every term's first day.

    ``on``: the day of the statistics. Raises UserError for an unreadable book, one without an archive, and one that
    holds names or identity numbers of children.
    """
    problems, paths = Problems(), books_of(book)
    tables = read_tables(paths, ("aid", "register", "published"), problems)
    rules = rules_for(region, on, overlays).as_json()
    sheets = sorted({record.where for record in tables["aid"]})
    _refuse_identities(tables["aid"] + tables.get("register", []))
    known = {slot: _spellings(rules["rules"][slot]["values"]) for slot in ("category", "scheme")}
    rows = [_row(record, rules, known, sheets, problems) for record in tables["aid"]]
    terms = {term: _days(term, rules) for term in sorted({row[5] for row in rows if row[5]})}
    days = sorted({day for listed in terms.values() for day in listed})
    return {
        "format": FORMAT,
        "on": on.isoformat(),
        "region": region,
        "inputs": [{"name": path.name, "sha256": sha256_file(path)} for path in paths],
        "rules": _of_aid(rules),
        "terms": terms,
        "days": {
            day: _of_aid(rules_for(region, date.fromisoformat(day), overlays).as_json()) for day in days
        },
        "sheets": sheets,
        "columns": list(COLUMNS),
        "archive": rows,
        "register": _register(tables["register"]) if "register" in tables else None,
        "published": _published(tables["published"]) if "published" in tables else None,
        "problems": problems.as_json(),
    }


def _of_aid(rules: Json) -> Json:
    return {slot: rules["rules"][slot] for slot in _SLOTS if slot in rules["rules"]}


def _refuse_identities(records: Iterable[Record]) -> None:
    """The number itself is never repeated: what is refused is told by its cell."""
    found = [record.at("pupil_id") for record in records if is_identity_number(record["pupil_id"] or "")]
    if found:
        raise UserError(
            Text(
                f"“学生代号”一列有 {len(found)} 处是身份证件号",
                f"{len(found)} cells of the pupil's code are identity numbers",
            ),
            where="、".join(found[:3]),
            why=Text("资助档案只用假名编号", "the archive holds pseudonyms only"),
            fix=Text("请换成假名编号后再读", "replace them by pseudonyms and read again"),
        )


def _spellings(known: Mapping[str, Any]) -> dict[str, str]:
    """Chinese, English or own name, in the form in which words are compared → the key."""
    return {value_key(word): name for name, said in known.items() for word in (name, said["zh"], said["en"])}


def _row(
    record: Record,
    rules: Json,
    known: Mapping[str, dict[str, str]],
    sheets: Sequence[str],
    problems: Problems,
) -> list[Any]:
    named = {
        slot: _key(record, slot, rules["rules"][slot]["values"], known[slot], problems)
        for slot in ("category", "scheme")
    }
    values = [record[name] if name not in named else named[name] for name in COLUMNS[:8]]
    return [*values, sheets.index(record.where), record.line.place.row]


def _key(
    record: Record, slot: str, known: Mapping[str, Any], spellings: dict[str, str], problems: Problems
) -> str | None:
    """The key of a scheme or category by its Chinese, English or own name; None where it is none (noted)."""
    word = record[slot]
    if word is None:
        return None
    found = spellings.get(word)
    if found is None and (found := spellings.get(value_key(word))) is not None:
        spellings[word] = found  # the next row that writes it so need not be led back to it again
    if found is None:
        told = "、".join(said["zh"] for said in known.values())
        what = Text(
            f"没有名为“{word}”的{'类别' if slot == 'category' else '项目'}", f"no {slot} named {word!r}"
        )
        fix = Text(f"可用：{told}；其他的用叠加文件加入", f"use one of {told}, or add it by an overlay")
        problems.add(f"unknown_{slot}:{word}", record.at(slot), what, fix)
    return found


def _days(term: str, rules: Json) -> list[str]:
    """The first days of the terms that ``term`` stands for: autumn 2023 and spring 2024 for 2023学年."""
    values, year = rules["rules"]["term"]["values"], int(term[:4])
    seasons = _SEASONS[term[4:]]
    later = len(seasons) > 1
    return [f"{year + (later and season == 'spring')}-{values[season]}" for season in seasons]


def _register(records: Sequence[Record]) -> list[list[str | None]]:
    return [[record["pupil_id"], record["boarder"]] for record in records if record["pupil_id"]]


def _published(records: Sequence[Record]) -> list[Json]:
    names = ("kind", "title", "on", "where")
    return [{**{name: record[name] for name in names}, "at": record.at()} for record in records]
