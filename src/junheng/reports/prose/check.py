"""All checks of a text, in the order of its passages."""

from collections.abc import Iterator
from pathlib import Path

from junheng.reports.lint_text import lint_damage
from junheng.reports.prose.changes import check_changes
from junheng.reports.prose.reading import Prose, read_prose
from junheng.reports.prose.remark import Remark
from junheng.reports.prose.repeats import check_repeats
from junheng.reports.prose.sentences import sentences_of
from junheng.reports.prose.shares import check_means, check_shares
from junheng.reports.prose.sums import check_sums
from junheng.reports.prose.tables import check_table


def check_prose(document: Path | Prose) -> tuple[Remark, ...]:
    """What agrees, contradicts or should be asked about in ``document``, by passage; tables and damage last."""
    prose = read_prose(document) if isinstance(document, Path) else document
    return (*_passages(prose), *_tables(prose), *_damage(prose))


def _passages(prose: Prose) -> Iterator[Remark]:
    by_passage = [list(sentences_of(passage)) for passage in prose.passages]
    every = [sentence for sentences in by_passage for sentence in sentences]
    figures = [figure for sentence in every for figure in sentence.figures]
    for sentences in by_passage:
        yield from check_sums(sentences)
        yield from check_shares(sentences, figures)
        yield from check_means(sentences)
        for sentence in sentences:
            yield from check_changes(sentence)
    yield from check_repeats(every)


def _tables(prose: Prose) -> Iterator[Remark]:
    for table in prose.tables:
        yield from check_table(table)


def _damage(prose: Prose) -> Iterator[Remark]:
    for problem in lint_damage(prose.text):
        yield Remark("damaged", problem.where, problem.what)
