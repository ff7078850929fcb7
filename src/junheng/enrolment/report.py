"""The report of special groups: figures of a book, written with their source; no child is named in it."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from junheng.basics import Text, UserError, atomic_folder, sha256_file
from junheng.enrolment.book import read_book
from junheng.enrolment.folder import require_own, write_json
from junheng.enrolment.rules import Named, Rules
from junheng.enrolment.rules_file import load_rules
from junheng.enrolment.special import special_figures
from junheng.enrolment.special_public import public_special
from junheng.enrolment.views import COUNTS

REPORT = "special_groups.json"
FORMAT = "junheng/special-groups/1"
Json = dict[str, Any]


def run_report(path: Path, on: date, overlay: Path | None = None) -> Json:
    """The figures of the book at ``path`` under the rules of a day. Raises UserError."""
    rules, rules_from = load_rules(on, overlay)
    book = read_book(path, ())
    if not {"register", "totals", "cohort"} & set(book.rolls):
        raise UserError(
            Text("没有“学籍”“汇总”“毕业队列”任何一张表", "none of the sheets 学籍, 汇总, 毕业队列"),
            where=book.file,
            why=Text("没有可计算的数据", "there is nothing to count"),
            fix=Text(
                "按 docs/method/enrolment.md 命名工作表", "name the sheets as in docs/method/enrolment.md"
            ),
        )
    found = special_figures(book, rules)
    return {
        "format": FORMAT,
        "view": COUNTS,
        "on": on.isoformat(),
        "inputs": [{"file": book.file, "sha256": book.sha256}],
        "rules": rules_from,
        "words": _words(rules),
        **found,
        "public": public_special(found, rules.privacy.small_cell),
        "problems": [problem.json() for problem in book.problems.listed()],
    }


def _words(rules: Rules) -> Json:
    """The names of what is counted, Chinese and English."""
    groups: dict[str, Mapping[str, Named]] = {
        "left_behind": rules.left_behind.codes,
        "placement": rules.placement.words,
        "migrant": rules.seats.words,
        "retention": {"a": rules.retention.a, "b": rules.retention.b},
    }
    return {
        group: {key: [named.zh, named.en] for key, named in words.items()} for group, words in groups.items()
    }


def write_report(
    found: Json, target: Path, made_by: Mapping[str, Any], papers: Callable[[Path, Json], None]
) -> None:
    """Write the folder whole or not at all; ``papers(folder, found)`` adds the documents. Raises UserError."""
    require_own(target, REPORT)
    with atomic_folder(target) as folder:
        papers(folder, found)
        files = {path.name: sha256_file(path) for path in sorted(folder.iterdir())}
        inputs = found["inputs"]
        write_json(folder / REPORT, {**found, "manifest": {**made_by, "inputs": inputs, "files": files}})
