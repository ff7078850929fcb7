"""Composes a report: sentences told, a Word file with every figure tagged, and figures.json beside it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from junheng import __version__
from junheng.basics import Text, UserError, atomic_file, nearest
from junheng.reports.compose.definition import Library, Shape, load_library
from junheng.reports.compose.document import lacking_rows, report_blocks
from junheng.reports.compose.figure import Ground
from junheng.reports.compose.sentence import Sentence, tell
from junheng.reports.compose.sources import Source, open_sources
from junheng.reports.compose.told import read_told
from junheng.reports.kept_paper import MadePaper, make_paper, set_aside
from junheng.reports.numbers import NumberIndex
from junheng.reports.percent import PercentMode, check_percent_options
from junheng.reports.self_evaluation import MADE_UP_NOTICE

FORMAT = "junheng/composed/1"
_MADE_UP = "虚构"


@dataclass(frozen=True, slots=True)
class Composed:
    """What was written: the sentences by id, and the reasons of what lacks (source, reason, sentences)."""

    report: Path
    figures: Path
    sentences: Mapping[str, Sentence]
    lacking: Sequence[tuple[str, Text, tuple[str, ...]]]


def compose(
    shape: str,
    folders: Sequence[Path],
    out: Path,
    *,
    told: Path | None = None,
    owner: str = "",
    percent: PercentMode = "truncate",
    digits: int = 1,
    overwrite: bool = False,
) -> Composed:
    """Write the report of ``shape`` (district, congress) from result ``folders`` to ``out`` (.docx).

    ``told``: the workbook of work data; ``owner``: whose report it is, the finding's county by default. Raises
    UserError for an unknown shape, folders of no known result, and a report there that was edited by hand.
    """
    check_percent_options(percent, digits)
    library = load_library()
    form = _shape(shape, library)
    sources = open_sources(folders, library.sources)
    ground = Ground(library, sources, read_told(told, library.told) if told else {}, percent, digits)
    numbers = NumberIndex(percent, digits)
    sentences = {name: tell(library.sentences[name], ground, numbers) for name in form.sentences}
    lacking = lacking_rows(sentences, library)
    done = Composed(out, out.with_suffix(".figures.json"), sentences, lacking)
    known = _known(done.figures)
    blocks = report_blocks(form, sentences, numbers, library)
    paper = make_paper(out, known, _cover(owner, form, sources, told), blocks, overwrite=overwrite)
    record = _record(form, sources, told, done)
    set_aside(out, known)
    _write(done, paper, {**record, "figures": numbers.as_json(), "document": paper.record})
    return done


def _write(done: Composed, paper: MadePaper, record: Mapping[str, Any]) -> None:
    """Both files are complete before the first takes its place."""
    with atomic_file(done.report) as report, atomic_file(done.figures) as figures:
        report.write_bytes(paper.content)
        figures.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _cover(owner: str, form: Shape, sources: Mapping[str, Source], told: Path | None) -> Mapping[str, str]:
    whose = owner or _county(sources)
    title = f"{whose}{form.title.zh}"
    notice = _notice(whose, sources, told)
    return {"notice": notice, "title": title, "subtitle": _year(sources), "header": title}


def _shape(name: str, library: Library) -> Shape:
    if name not in library.shapes:
        near = nearest(name, list(library.shapes)) or next(iter(library.shapes))
        known = "、".join(f"{key}（{shape.title.zh}）" for key, shape in library.shapes.items())
        raise UserError(
            Text(
                f"没有这种报告：{name}，最接近的是 {near}", f"there is no shape {name}; the nearest is {near}"
            ),
            fix=Text(f"现有 {known}", f"there are {', '.join(library.shapes)}"),
        )
    return library.shapes[name]


def _county(sources: Mapping[str, Source]) -> str:
    finding = sources.get("finding")
    return str(finding.content()["county"].get("name") or "") if finding else ""


def _year(sources: Mapping[str, Source]) -> str:
    finding = sources.get("finding")
    if finding is None:
        return ""
    year = int(finding.content()["year"])
    return f"（{year}—{year + 1}学年）"


def _notice(owner: str, sources: Mapping[str, Source], told: Path | None) -> str:
    """A red line on the report where its owner or any input says that it is made up."""
    words = [owner, told.name if told else ""]
    words += [str(source.content()) for kind, source in sources.items() if kind in ("finding", "funds")]
    return MADE_UP_NOTICE if any(_MADE_UP in word for word in words) else ""


def _known(figures: Path) -> Mapping[str, Any]:
    try:
        found = json.loads(figures.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    document = found.get("document") if isinstance(found, dict) else None
    return document if isinstance(document, dict) else {}


def _record(shape: Shape, sources: Mapping[str, Source], told: Path | None, done: Composed) -> dict[str, Any]:
    sentences = [
        {"id": one.id, "state": one.state, "zh": one.chinese, "en": one.english, "figures": list(one.ids)}
        for one in done.sentences.values()
    ]
    lacking = [
        {"source": name, "reason": {"zh": why.zh, "en": why.en}, "sentences": list(ids)}
        for name, why, ids in done.lacking
    ]
    return {
        "format": FORMAT,
        "software": f"junheng {__version__}",
        "shape": shape.id,
        "sources": [source.told() for source in sources.values()],
        "told": told.name if told else None,
        "sentences": sentences,
        "lacking": lacking,
    }
