"""Changes in words, for lists, notes and the trail's readers."""

from collections.abc import Mapping
from typing import Any

from junheng.basics import STAGE_NAMES, Text
from junheng.data import load_dictionary

Json = Mapping[str, Any]


def change_words(one: Json, names: Mapping[str, str] | None = None) -> Text:
    """One change (plain form) as a sentence; ``names`` of schools by code."""
    called = names or {}

    def name(code: str) -> str:
        return called.get(code, code)

    if one["do"] == "merge":
        return Text(
            f"{name(one['gone'])} 并入 {name(one['into'])}",
            f"{name(one['gone'])} merged into {name(one['into'])}",
        )
    if one["do"] == "open":
        stages = [STAGE_NAMES[stage] for stage in one["stages"]]
        zh, en = "、".join(one.zh for one in stages), ", ".join(one.en for one in stages)
        return Text(f"新开 {one['name']}（{zh}）", f"{one['name']} opened ({en})")
    if one["do"] == "build":
        return _built(one, name(one["school"]))
    spec = load_dictionary().tables[one["table"]].columns[one["column"]].heading
    stage = STAGE_NAMES[one["stage"]] if one.get("stage") else Text("", "")
    school = name(one["school"])
    return Text(
        f"{school} {stage.zh}{spec.zh}：改为 {one['to']}",
        f"{school} {stage.en} {spec.en}: becomes {one['to']}",
    )


def _built(one: Json, school: str) -> Text:
    tables = load_dictionary().tables
    parts = [(tables["premises"].columns[key].heading, f"+{value}") for key, value in one["adds"].items()]
    kinds = tables["special_room"].columns["kind"].values
    parts += [
        (kinds.get(room["kind"], Text(room["kind"], room["kind"])), f"+{room['count']}")
        for room in one["rooms"]
    ]
    zh = "，".join(f"{heading.zh} {value}" for heading, value in parts)
    en = ", ".join(f"{heading.en} {value}" for heading, value in parts)
    return Text(f"{school} 添建：{zh}", f"{school}, a building: {en}")
