"""Schools to be visited: strata with their places, the frozen roll, and how the public draw goes on."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from junheng.basics import Text
from junheng.judgement.survey import PLACES, load_method
from junheng.web.jobs.works.blocks import Block, Cell, Facts, Json, Table, Words, number
from junheng.web.jobs.works.kept import read_lines

_OFFICIAL = "official"
_STEPS: tuple[tuple[Text, str, Text], ...] = (
    (
        Text("各方承诺", "the parties commit"), "junheng draw commit",
        Text("督导机构、监督员，各在自己的机器上", "each party, on its own machine"),
    ),
    (
        Text("封存方案，公告", "the plan is sealed and announced"), "junheng draw spec",
        Text("改好 plan.yaml 的各方、时间后", "once plan.yaml names parties and times"),
    ),
    (
        Text("各方公开秘密数", "the parties reveal"), "junheng draw reveal",
        Text("在公告的时间以前", "before the time announced"),
    ),
    (
        Text("录入公共随机", "public randomness is recorded"), "junheng draw beacon",
        Text("现场摇球，当众", "balls drawn in the hall"),
    ),
    (
        Text("抽签并公布", "drawn and published"), "junheng draw seed, run, publish",
        Text("公布文件夹放到公开的地方", "the public folder goes where everyone sees it"),
    ),
    (
        Text("任何人核对", "anyone checks it"), "junheng draw verify",
        Text("或打开公布文件夹里的 verify.html，不用本系统", "or verify.html of the public folder, without this system"),
    ),
    (
        Text("写出抽中学校名单", "the schools drawn are listed"), "junheng survey drawn",
        Text("或把整个文件夹交给本站“抽中学校”，抽签、核对、名单一次办完", "or give the whole folder to “Schools drawn” here"),
    ),
)  # fmt: skip


def show(folder: Path, names: Mapping[str, str]) -> Iterator[Block]:
    """What ``junheng survey schools`` laid down."""
    roll = json.loads((folder / "draw" / "roll" / "roll.json").read_bytes())
    rules: Json = yaml.safe_load((folder / "rules.yaml").read_text(encoding="utf-8"))
    named = strata_names()
    yield _whole(roll, rules)
    rows = [
        (Cell(_name(one, named)), number(roll["per_school"].get(one["id"], 0)), number(one["plan"]))
        for one in rules["schools"]
    ]
    heads = (Text("层", "Stratum"), Text("学校", "Schools"), Text("抽几所", "To be drawn"))
    yield Table("strata", Text("分层和名额", "Strata and places"), heads, rows, is_counts=True)
    yield _steps()
    yield _frame(folder, {one["id"]: _name(one, named) for one in rules["schools"]})


def _whole(roll: Json, rules: Json) -> Block:
    is_official = roll["purpose"] == _OFFICIAL
    rows: list[tuple[Words, Cell]] = [
        (Text("抽签编号", "draw"), Cell(roll["draw_id"])),
        (Text("用途", "purpose"), Cell(Text("正式", "official") if is_official else Text("演练，不能公布", "a rehearsal, never published"),
                                     "" if is_official else "cannot_tell")),
        (Text("抽样框", "schools in the frame"), number(roll["rows"])),
        (Text("要抽", "to be drawn"), number(sum(one["plan"] for one in rules["schools"]))),
        (Text("名册指纹", "fingerprint of the roll"), Cell(roll["root"])),
    ]  # fmt: skip
    return Facts(Text("名册已封存", "The roll is frozen"), rows)


def _steps() -> Block:
    rows = [
        (Cell(Text(f"{at} {what.zh}", f"{at} {what.en}")), Cell(command), Cell(who))
        for at, (what, command, who) in enumerate(_STEPS, 1)
    ]
    heads = (Text("做什么", "What"), Text("命令", "Command"), Text("谁，何时", "Who, when"))
    note = Text(
        "下载“实地抽签.zip”接着做。抽中谁由承诺与公共随机合成的种子决定，名册此后不能再改；改动过，核对程序会指出。",
        "Download 实地抽签.zip and go on. The seed of commitments and public randomness decides; "
        "a roll altered from now on is told by the verifier.",
    )
    return Table("steps", Text("往下怎样做", "What comes next"), heads, rows, note=note, is_counts=True)


def strata_names() -> dict[str, Text]:
    """The names of all strata, as the shipped method makes them."""
    return {
        f"{one.id}-{key}": Text(f"{place.zh}{one.name.zh}", f"{one.name.en}, {place.en}")
        for one in load_method(None).strata
        for key, place in PLACES.items()
    }


def _name(one: Mapping[str, Any], named: Mapping[str, Text]) -> Words:
    return named.get(one["id"]) or str(one["name"])


def _frame(folder: Path, strata: Mapping[str, Words]) -> Block:
    """Every school in its stratum, in the order of their codes."""
    identities = {
        one["pid"]: one["identity"] for one in read_lines(folder / "draw" / "private" / "identities.jsonl")
    }
    placed = [
        (one["choices"][0], identities[one["pid"]])
        for one in read_lines(folder / "draw" / "roll" / "rows.jsonl")
    ]
    order = list(strata)
    placed.sort(key=lambda one: (order.index(one[0]), one[1]["school_id"]))
    rows = [(Cell(strata[stratum]), Cell(one["school_id"]), Cell(one["name"])) for stratum, one in placed]
    heads = (Text("层", "Stratum"), Text("学校代码", "Code"), Text("学校", "School"))
    return Table("frame", Text("抽样框", "The frame"), heads, rows)
