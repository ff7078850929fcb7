"""A composed report sentence by sentence, each opening to the figures in it and where these stand; what lacks."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import Text
from junheng.reports.compose import load_library
from junheng.web.jobs.works.blocks import Block, Cell, Facts, Json, Table, Words, number, words_of

_PRINTED, _SILENT, _LACKING = "printed", "silent", "lacking"


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng compose`` wrote."""
    told = json.loads((folder / "报告.figures.json").read_bytes())
    figures = {one["id"]: one for one in told["figures"]}
    sentences = {one["id"]: one for one in told["sentences"]}
    shape = load_library().shapes[told["shape"]]
    yield _whole(told, shape.title.text)
    for at, chapter in enumerate(shape.chapters, 1):
        rows = [
            (Cell(section.title.text), Cell(Text(one["zh"], one["en"]), opened=tuple(_lines(one, figures))))
            for section in chapter.sections
            for run in section.paragraphs
            for one in (sentences[name] for name in run)
            if one["state"] == _PRINTED
        ]
        empty = Text("这一章没有可以写出的句子。", "Nothing can be written in this chapter.")
        yield Table(
            f"chapter{at}", chapter.title.text, (Text("节", "Section"), Text("句子", "Sentence")), rows, empty,
            _OPEN if rows else None, is_counts=True,
        )  # fmt: skip
    yield _lacks(told)
    yield _sources(told)


_OPEN = Text("点开句子，看每个数字出自哪里。", "Open a sentence to see where each figure stands.")


def _whole(told: Json, title: Text) -> Block:
    counts = {
        state: sum(one["state"] == state for one in told["sentences"])
        for state in (_PRINTED, _SILENT, _LACKING)
    }
    rows: list[tuple[Words, Cell]] = [
        (Text("写出的句子", "sentences written"), number(counts[_PRINTED])),
        (Text("数字", "figures"), number(len(told["figures"]))),
        (Text("条件不成立，不写", "do not apply"), number(counts[_SILENT])),
        (Text("尚缺数字，不写", "lack figures, not written"), number(counts[_LACKING])),
        (Text("工作数据", "work data"), Cell(told["told"] or "—")),
    ]
    return Facts(title, rows)


def _lines(sentence: Json, figures: Mapping[str, Json]) -> Iterator[Words]:
    """The figures of a sentence: what each is, and the file and path, the work data or the figures it comes from."""
    for key in sentence["figures"]:
        one = figures[key]
        yield Text(
            f"{key} {one['label']} {one['text']}：{_place(one).zh}", f"{key} {one['text']}: {_place(one).en}"
        )


def _place(one: Json) -> Text:
    refs, value = one["refs"], one["value"]
    if "path" in refs:
        name = _source_name(refs["source"])
        place = f"{refs['file']} {refs['path']} = {value}"
        return Text(f"{name.zh} {place}", f"{name.en}, {place}")
    if "told" in refs:
        said = f"{refs['file']}，{refs['document']}"
        return Text(f"{said} = {value}", f"{said} = {value}")
    parts = refs.get("parts") or [refs["part"], refs["whole"]]
    signs = {"share": " ÷ ", "quotient": " ÷ ", "difference": " - "}
    said = f"{signs.get(one['kind'], ' + ').join(parts)} = {value}"
    return Text(said, said)


def _source_name(kind: str) -> Text:
    """“台账结果（safety）” of ledger.safety."""
    wide, _, narrow = kind.partition(".")
    name = next((rule.name.text for rule in load_library().sources if rule.kind == wide), Text(wide, wide))
    return Text(f"{name.zh}（{narrow}）", f"{name.en} ({narrow})") if narrow else name


def _lacks(told: Json) -> Block:
    rows = [
        (Cell(one["source"] or "—"), Cell(words_of(one["reason"])), number(len(one["sentences"])))
        for one in told["lacking"]
    ]
    heads = (Text("结果", "Result"), Text("缺什么", "What lacks"), Text("句", "Sentences"))
    note = Text(
        "先在“专项业务”里办这些，再成文一次；没有的数字不会编。",
        "Do these works first and compose again; no figure is invented.",
    )
    return Table(
        "lacking", Text("尚缺事项", "What lacks"), heads, rows, Text("没有缺的。", "Nothing lacks."),
        note if rows else None, is_counts=True,
    )  # fmt: skip


def _sources(told: Json) -> Block:
    rows = [
        (Cell(_source_name(one["kind"])), Cell(one["folder"]), Cell(name), Cell(sha256))
        for one in told["sources"]
        for name, sha256 in one["files"].items()
    ]
    heads = (Text("种类", "Kind"), Text("结果", "Result"), Text("文件", "File"), Text("SHA-256", "SHA-256"))
    return Table("sources", Text("依据的结果", "Results it rests on"), heads, rows, is_counts=True)
