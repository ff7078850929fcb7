"""A standard of schools: rates as intervals, each school, its plan of what it lacks, what the county lacks in all."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import Text
from junheng.data import load_dictionary
from junheng.reports import format_share
from junheng.web.jobs.works.blocks import (
    Block,
    Cell,
    Facts,
    Json,
    Span,
    Spans,
    Table,
    Words,
    faults,
    number,
    verdict,
    words_of,
)
from junheng.web.jobs.works.show.norms_plan import lacking, plan, quantity

_ALL, _NOT_MET, _CANNOT_TELL = "all", "not_met", "cannot_tell"
_AREAS = {
    "urban": Text("城区", "city"), "town": Text("镇区", "town"), "rural": Text("乡村", "country"),
    "unknown": Text("城乡分类未填", "place not reported"),
}  # fmt: skip


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng school-standard judge`` found."""
    told = json.loads((folder / "school_standard.json").read_bytes())
    rows = {one["id"]: one for one in told["standard"]["rows"]}
    yield _standard(told)
    yield _rates(told)
    yield _parts(told)
    yield _totals(told, rows)
    yield _schools(told, rows)
    yield plan(told, rows)
    yield lacking(told, rows)
    yield faults(told["faults"])


def _standard(told: Json) -> Block:
    standard, whole = told["standard"], _whole(told)
    cited = standard["citation"]
    basis = f"{cited['document']} {cited['article']}（{cited['certainty']}，{cited['in_force_from']}）"
    rows: list[tuple[Words, Cell]] = [
        (Text("标准", "standard"), Cell(words_of(standard["name"]))),
        (Text("依据", "basis"), Cell(basis, opened=(words_of(cited["note"]),) if cited["note"] else ())),
        (
            Text("允许未达到的项", "rows that may be missed"),
            Cell(f"{standard['max_misses']} / {len(standard['rows'])}"),
        ),
        (Text("达标的学校", "schools that reach it"), Cell(f"{whole['met']:,} / {whole['whole']:,}")),
        (Text("无法判定的学校", "schools that cannot be told"), number(whole["unknown"])),
        (Text("薄弱学校", "weak schools"), number(sum(one["is_weak"] is True for one in told["schools"]))),
    ]
    if standard["is_made_up"]:
        rows.append(
            (
                Text("注意", "note"),
                Cell(Text("这份标准是虚构的样例", "this standard is made up"), _CANNOT_TELL),
            )
        )
    title = Text(f"{told['county']['name']} {told['year']} 年", f"{told['county']['name']} {told['year']}")
    return Facts(title, rows)


def _whole(told: Json) -> Json:
    return next(one for one in told["rates"] if (one["of"], one["by"]) == (_ALL, _ALL))


def _rates(told: Json) -> Block:
    groups = {one["id"]: words_of(one["name"]) for one in told["standard"]["groups"]}
    spans = [
        _span(groups.get(one["of"]) or Text("全部项目", "all rows"), one)
        for one in told["rates"]
        if one["by"] == _ALL
    ]
    note = Text(
        "有学校无法判定时是区间：从都不达标到都达标。百分比截断，判定不取整。",
        "An interval where schools cannot be told: from none of them to all of them. Cut off, never rounded up.",
    )
    return Spans(Text("达标率", "Rates"), spans, note=note)


def _parts(told: Json) -> Block:
    kinds = load_dictionary().tables["school"].columns["kind"].values
    spans = []
    for one in told["rates"]:
        if one["of"] == _ALL and one["by"] != _ALL and one["whole"]:
            name = _AREAS[one["key"]] if one["by"] == "area" else kinds.get(one["key"])
            spans.append(_span(name or one["key"], one))
    return Spans(Text("达标率：办学类型、城乡", "Rates by kind of school and place"), spans)


def _span(label: Words, one: Json) -> Span:
    if not one["whole"]:
        return Span(label, Text("没有适用的学校", "no school it is for"), 0, 0, 0)
    least, most = one["met"], one["met"] + one["unknown"]
    said = "–".join(dict.fromkeys(format_share(part, one["whole"]) for part in (least, most)))
    ends = [100 * part / one["whole"] for part in (least, most)]
    return Span(label, f"{said}%（{least:,}/{one['whole']:,}）", ends[0], ends[0], ends[1])


def _totals(told: Json, rows: Mapping[str, Json]) -> Block:
    listed = [
        (
            Cell(words_of(rows[one["row"]]["name"])), number(one["concerned"]), number(one["schools"]),
            number(one["unknown"]),
            Cell(quantity(one["lacks"], rows[one["row"]]) if one["schools"] else "—", is_number=True),
        )
        for one in told["totals"]
    ]  # fmt: skip
    heads = (
        Text("项目", "Row"), Text("适用学校", "Schools it is for"), Text("未达到", "Fall short"),
        Text("无法判定", "Cannot tell"), Text("共差", "Lacking in all"),
    )  # fmt: skip
    return Table(
        "totals", Text("全县各项还差多少", "What the county lacks, row by row"), heads, listed, is_counts=True
    )


def _schools(told: Json, rows: Mapping[str, Json]) -> Block:
    groups = [one["id"] for one in told["standard"]["groups"]]
    listed = []
    for one in told["schools"]:
        short = [words_of(rows[row["row"]]["name"]) for row in one["rows"] if row["verdict"] == _NOT_MET]
        weak = Cell(Text("薄弱", "weak"), _CANNOT_TELL) if one["is_weak"] is True else Cell("")
        listed.append(
            (Cell(one["name"]), weak, verdict(one["verdict"]), Cell(f"{one['misses']}", is_number=True, opened=tuple(short)),
             number(one["unknown"]), *(verdict(one["groups"].get(group)) for group in groups))
        )  # fmt: skip
    heads = (
        Text("学校", "School"), Text("薄弱", "Weak"), Text("判定", "Verdict"), Text("未达到项", "Rows missed"),
        Text("不明项", "Rows unknown"), *(words_of(one["name"]) for one in told["standard"]["groups"]),
    )  # fmt: skip
    return Table(
        "schools", Text("逐校判定，薄弱学校在前", "School by school, weak ones first"), heads, listed
    )
