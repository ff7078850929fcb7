"""The result as a folder: ``full`` (owner only), ``masked`` and ``counts``, each saying which view it is."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, atomic_folder, sha256_file
from junheng.enrolment.comparisons import HOUSEHOLD, Comparison
from junheng.enrolment.outcome import LEDGERS, Outcome
from junheng.enrolment.people import People
from junheng.enrolment.rules import LEVELS
from junheng.enrolment.school_age import age_state
from junheng.enrolment.views import COUNTS, FULL, MASKED, VIEW_WORDS, masked_entry, public_tables

ABOUT, VIEW, TABLES = "enrolment.json", "view.json", "counts.json"
FORMAT = "junheng/enrolment/1"
_OWNER_ONLY = 0o700
_FIELDS = ("numbers", "students", "names", "births", "sexes", "schools", "guardians")
Json = dict[str, Any]
Papers = Callable[[Path, str, Sequence[Mapping[str, Any]], Json], None]


def write_outcome(outcome: Outcome, target: Path, made_by: Mapping[str, Any], papers: Papers) -> None:
    """Write the folder whole or not at all; it may replace an earlier result and nothing else.

    ``papers(folder, view, entries, tables)`` adds the documents of a view. Raises UserError.
    """
    require_own(target, ABOUT)
    rule = outcome.rules.privacy
    masked = [masked_entry(entry, rule) for entry in outcome.entries]
    hidden = public_tables(outcome.tables, rule.small_cell)
    with atomic_folder(target) as folder:
        _write_full(folder / FULL, outcome, papers)
        _write_view(folder / MASKED, MASKED, outcome, masked, hidden, papers)
        _write_view(folder / COUNTS, COUNTS, outcome, [], hidden, papers)
        about = {
            "format": FORMAT,
            "on": outcome.on.isoformat(),
            "manifest": {**made_by, "inputs": [{"file": outcome.book.file, "sha256": outcome.book.sha256}]},
            "rules": outcome.rules_from,
            "clocks": outcome.clocks,
            "problems": [problem.json() for problem in outcome.book.problems.listed()],
            "views": {view: sha256_file(folder / view / VIEW) for view in (FULL, MASKED, COUNTS)},
        }
        write_json(folder / ABOUT, about)


def _write_full(folder: Path, outcome: Outcome, papers: Papers) -> None:
    """Lists as read, every pair, every entry, and the rules used: all that a second reckoning needs."""
    folder.mkdir(mode=_OWNER_ONLY)
    for name, comparison in outcome.compared.comparisons.items():
        _write_list(folder / f"{name}.left.csv", comparison.left)
        _write_list(folder / f"{name}.right.csv", comparison.right)
        _write_pairs(folder / f"{name}.pairs.csv", comparison)
    _write_children(folder / "school_age.csv", outcome)
    write_json(folder / "rules.json", outcome.rules.model_dump(mode="json", by_alias=True))
    _finish(folder, FULL, outcome, outcome.entries, outcome.tables, papers)


def _write_view(
    folder: Path, view: str, outcome: Outcome, entries: Sequence[Json], tables: Json, papers: Papers
) -> None:
    folder.mkdir()
    _finish(folder, view, outcome, entries, tables, papers)


def _finish(
    folder: Path, view: str, outcome: Outcome, entries: Sequence[Json], tables: Json, papers: Papers
) -> None:
    if view != COUNTS:
        write_json(folder / LEDGERS, {"view": view, "on": outcome.on.isoformat(), "entries": list(entries)})
    write_json(folder / TABLES, {"view": view, "on": outcome.on.isoformat(), "tables": tables})
    papers(folder, view, entries, tables)
    words = VIEW_WORDS[view]
    files = {path.name: sha256_file(path) for path in sorted(folder.iterdir())}
    about = {
        "format": FORMAT,
        "view": view,
        "words": {"zh": words.zh, "en": words.en},
        "on": outcome.on.isoformat(),
    }
    write_json(folder / VIEW, {**about, "files": files})


def _write_list(path: Path, people: People) -> None:
    columns = [getattr(people, field) for field in _FIELDS]
    _write_csv(path, ("row", *_FIELDS), zip(people.roll.rows, *columns, strict=True))


def _write_pairs(path: Path, comparison: Comparison) -> None:
    rows = (
        (pair.left, pair.right, pair.score, pair.kind, pair.how, int(pair.has_rival), *pair.levels)
        for pair in comparison.matched.pairs
    )
    _write_csv(path, ("left", "right", "score", "class", "how", "rival", *LEVELS), rows)


def _write_children(path: Path, outcome: Outcome) -> None:
    """适龄儿童台账 in whole: every child of school age and whether the register has it."""
    comparison = outcome.compared.comparisons["household_register"]
    pairs = {pair.left: pair for pair in comparison.matched.pairs}
    people, rule = comparison.left, outcome.rules.school_age
    rows = []
    for i in range(len(people)):
        kind = pairs[i].kind if i in pairs else "none"
        age = age_state(people.births[i], outcome.on, rule)
        school = comparison.right.roll.column("school")[pairs[i].right] if i in pairs else ""
        rows.append(
            (people.roll.rows[i], people.names[i], people.numbers[i], people.births[i], age, kind, school)
        )
    _write_csv(path, (f"{HOUSEHOLD}_row", "name", "number", "birth", "age", "register", "school"), rows)


def _write_csv(path: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """UTF-8, indented, keys in the order of meaning: a person reads it too."""
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def require_own(target: Path, mark: str) -> None:
    """Raise UserError unless ``target`` is free, empty or holds an earlier result (a file ``mark``)."""
    is_free = not target.exists() or (target.is_dir() and not any(target.iterdir()))
    if not is_free and not (target / mark).is_file():
        raise UserError(
            Text("输出位置已有别的内容", "the output place holds something else"),
            where=str(target),
            why=Text("输出文件夹会整个替换", "the folder is replaced as a whole"),
            fix=Text("请换一个新的文件夹", "name a new folder"),
        )
