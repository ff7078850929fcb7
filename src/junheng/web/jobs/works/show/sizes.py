"""Class sizes: the bands as bars, the goals, the grades over the limit with the rooms they need."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from junheng.basics import STAGE_NAMES, Text
from junheng.judgement.sizes import size_rules_on
from junheng.standards import school_year_start
from junheng.web.jobs.works.blocks import (
    Block,
    Cell,
    Facts,
    Json,
    Table,
    bars,
    exactly,
    number,
    verdict,
    words_of,
)

_AREAS = {
    "all": Text("全县", "all"),
    "urban": Text("城区", "city"),
    "town": Text("镇区", "town"),
    "rural": Text("乡村", "rural"),
}


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng sizes`` found."""
    for path in sorted(folder.rglob("class_sizes.json")):
        yield from _county(json.loads(path.read_bytes()), names)


def _county(told: Json, names: Mapping[str, str]) -> Iterator[Block]:
    whole = [one for one in told["tallies"] if one["area"] == "all"]
    large_from = size_rules_on(school_year_start(told["year"])).large.large_from
    for one in whole:
        stage = STAGE_NAMES[one["stage"]]
        counted = zip(told["bands"], one["bands"], strict=True)
        rows = [(label, count, _is_large(label, large_from)) for label, count in counted]
        title = Text(f"{stage.zh}班额（每班人数）", f"{stage.en}: pupils a class")
        note = Text(
            f"{one['classes']:,} 个班，大班额 {one['large']}，超大班额 {one['super']}，平均 {exactly(one['mean'])} 人",
            f"{one['classes']:,} classes, {one['large']} large, {one['super']} super-large, {exactly(one['mean'])} on average",
        )
        yield bars(title, rows, note)
    yield _targets(told)
    yield _areas(told)
    yield _rooms(told, names)
    yield from _untold(told, names)


def _is_large(label: str, large_from: int) -> bool:
    """Whether a band, such as “56–60” or “≥66”, begins at a large class."""
    return not label.startswith("≤") and int(label.lstrip("≥").partition("–")[0]) >= large_from


def _targets(told: Json) -> Block:
    rows = [
        (
            Text(
                f"{STAGE_NAMES[one['stage']].zh} {one['source']['document']} {one['source']['article']}",
                f"{STAGE_NAMES[one['stage']].en}: {one['source']['document']} {one['source']['article']}",
            ),
            Cell(verdict(one["verdict"]).words, one["verdict"], opened=(words_of(one["reason"]),)),
        )
        for one in told["targets"]
    ]
    return Facts(Text("消除大班额的目标", "Goals against large classes"), rows)


def _areas(told: Json) -> Block:
    rows = [
        (
            Cell(STAGE_NAMES[one["stage"]]), Cell(_AREAS.get(one["area"], one["area"])), number(one["classes"]),
            number(one["pupils"]), Cell(exactly(one["mean"]), is_number=True), number(one["large"]), number(one["super"]),
            number(one["unknown"]),
        )
        for one in told["tallies"]
    ]  # fmt: skip
    heads = (
        Text("学段", "Stage"), Text("地方", "Place"), Text("班", "Classes"), Text("学生", "Pupils"), Text("平均", "Mean"),
        Text("大班额", "Large"), Text("超大", "Super"), Text("人数不明", "Unknown"),
    )  # fmt: skip
    return Table("areas", Text("城区、镇区、乡村", "City, town, country"), heads, rows, is_counts=True)


def _rooms(told: Json, names: Mapping[str, str]) -> Block:
    rows = [
        (
            Cell(names.get(one["school_id"], one["school_id"])), Cell(STAGE_NAMES[one["stage"]]), number(one["grade"]),
            number(one["pupils"]), number(one["classes"]), number(one["largest"]),
            Cell(
                str(one["rooms"]), is_number=True,
                opened=(
                    _need(one) if one["rooms"] else _spread(one),
                    Text(f"班级表第 {_rows(one)} 行", f"class table, rows {_rows(one)}"),
                ),
            ),
        )
        for one in told["rooms"]["limit"]
    ]  # fmt: skip
    heads = (
        Text("学校", "School"), Text("学段", "Stage"), Text("年级", "Grade"), Text("学生", "Pupils"), Text("班", "Classes"),
        Text("最大的班", "Largest"), Text("需增班", "Rooms"),
    )  # fmt: skip
    return Table(
        "rooms", Text("超过每班上限的年级", "Grades with a class over the limit"), heads, rows,
        Text("没有班超过上限。", "No class is over the limit.") if told["limits"] else
        Text("所选标准没有规定每班上限，请换优质均衡标准。", "The chosen standard limits no class: choose the one of quality balance."),
    )  # fmt: skip


def _need(one: Json) -> Text:
    zh = f"学生 {one['pupils']}，每班上限 {one['limit']}，已有 {one['classes']} 个班：需增 {one['rooms']} 个"
    return Text(
        zh,
        f"{one['pupils']} pupils, at most {one['limit']} a class, {one['classes']} classes: {one['rooms']} more",
    )


def _spread(one: Json) -> Text:
    zh = f"学生 {one['pupils']}，每班上限 {one['limit']}，已有 {one['classes']} 个班：重新平均分班即可"
    return Text(
        zh,
        f"{one['pupils']} pupils, at most {one['limit']} a class, {one['classes']} classes: spread them evenly",
    )


def _rows(one: Json) -> str:
    return "、".join(str(row) for row in one["rows"])


def _untold(told: Json, names: Mapping[str, str]) -> Iterator[Block]:
    if told["cannot_tell"]:
        rows = [
            (
                Cell(names.get(one["school_id"], one["school_id"])), Cell(STAGE_NAMES[one["stage"]]),
                number(one["grade"]), Cell("、".join(map(str, one["rows"]))),
            )
            for one in told["cannot_tell"]
        ]  # fmt: skip
        heads = (
            Text("学校", "School"),
            Text("学段", "Stage"),
            Text("年级", "Grade"),
            Text("班级表的行", "Rows of the class table"),
        )
        yield Table("untold", Text("无法判定的年级", "Grades that cannot be told"), heads, rows)
    if told["uncounted"]:
        lines = [(Cell(words_of(one)),) for one in told["uncounted"]]
        title = Text("班数与班级表不一致", "Counts that disagree with the class table")
        yield Table("uncounted", title, (Text("说明", "What"),), lines)
